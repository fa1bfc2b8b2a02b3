/** A picture before it becomes a file: its sky, and the shapes in front of it. Sizes in pixels. */
export interface Scene {
  readonly id: string;
  readonly title: string;
  readonly alt: string;
  readonly width?: number;
  readonly height?: number;
  readonly sky: readonly [string, string];
  readonly drawing: string;
}

const round = (value: number): number => Math.round(value * 10) / 10;
export const rect = (x: number, y: number, width: number, height: number, fill: string, more = ''): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fill}"${more}/>`;
export const circle = (x: number, y: number, radius: number, fill: string, more = ''): string =>
  `<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius)}" fill="${fill}"${more}/>`;
export const path = (d: string, fill: string, more = ''): string => `<path d="${d}" fill="${fill}"${more}/>`;
export const line = (d: string, stroke: string, width: number, more = ''): string =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round"${more}/>`;
export const many = (count: number, draw: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => draw(index)).join('');

export const water = (top: number, deep = '#3f7f96', light = '#6ba5b8'): string =>
  rect(0, top, 1200, 800 - top, deep) +
  many(9, (n) => line(`M${(n * 271) % 1000} ${top + 30 + n * 26} q40 -10 80 0 t80 0`, light, 4, ' opacity=".6"'));
export const hills = (base: number, far = '#9dbcc4', near = '#7ba3a8'): string =>
  path(
    `M0 ${base} C150 ${base - 130} 280 ${base - 60} 420 ${base - 120} S760 ${base - 30} 900 ${base - 110} S1130 ${base - 70} 1200 ${base - 60} V${base} Z`,
    far,
  ) +
  path(
    `M0 ${base} C200 ${base - 50} 330 ${base - 90} 520 ${base - 40} S900 ${base - 80} 1200 ${base - 20} V${base} Z`,
    near,
  );
export const sun = (x: number, y: number): string =>
  circle(x, y, 62, '#f7d9a3') + circle(x, y, 92, '#f7d9a3', ' opacity=".35"');
export const tree = (x: number, y: number, size: number, fill = '#4f8a63'): string =>
  rect(x - size * 0.06, y - size * 0.5, size * 0.12, size * 0.5, '#7a5b45') +
  circle(x, y - size * 0.75, size * 0.42, fill) +
  circle(x - size * 0.26, y - size * 0.56, size * 0.28, fill) +
  circle(x + size * 0.26, y - size * 0.56, size * 0.28, fill);
export const windows = (x: number, y: number, columns: number, rows: number, step: number, fill: string): string =>
  many(columns * rows, (n) =>
    rect(x + (n % columns) * step, y + Math.floor(n / columns) * step, step * 0.5, step * 0.5, fill),
  );
export const egret = (x: number, y: number, size: number): string =>
  path(
    `M${x} ${y} c${size * 0.1} ${-size * 0.5} ${size * 0.5} ${-size * 0.5} ${size * 0.7} ${-size * 0.1} c${-size * 0.2} ${size * 0.25} ${-size * 0.5} ${size * 0.3} ${-size * 0.7} ${size * 0.1} Z`,
    '#fdfdf8',
  ) +
  line(
    `M${x + size * 0.04} ${y - size * 0.05} c${-size * 0.25} ${-size * 0.2} ${size * 0.1} ${-size * 0.5} ${-size * 0.12} ${-size * 0.62}`,
    '#fdfdf8',
    size * 0.08,
  ) +
  line(`M${x - size * 0.08} ${y - size * 0.67} l${-size * 0.22} ${size * 0.06}`, '#d99a3d', size * 0.05) +
  line(`M${x + size * 0.3} ${y} v${size * 0.45} M${x + size * 0.42} ${y} v${size * 0.45}`, '#4a4a44', size * 0.03);
