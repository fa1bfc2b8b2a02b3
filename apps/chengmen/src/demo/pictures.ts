import { sha256, type FieldsOf } from '@chengmen/model';
import { demo, type DemoItem } from './types.ts';

interface Picture {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly item: DemoItem<'media'>;
}

interface Scene {
  readonly id: string;
  readonly title: string;
  readonly alt: string;
  readonly width?: number;
  readonly height?: number;
  readonly sky: readonly [string, string];
  readonly drawing: string;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const rect = (x: number, y: number, width: number, height: number, fill: string, more = ''): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fill}"${more}/>`;
const circle = (x: number, y: number, radius: number, fill: string, more = ''): string =>
  `<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius)}" fill="${fill}"${more}/>`;
const path = (d: string, fill: string, more = ''): string => `<path d="${d}" fill="${fill}"${more}/>`;
const line = (d: string, stroke: string, width: number, more = ''): string =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round"${more}/>`;
const many = (count: number, draw: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => draw(index)).join('');

const water = (top: number, deep = '#3f7f96', light = '#6ba5b8'): string =>
  rect(0, top, 1200, 800 - top, deep) +
  many(9, (n) => line(`M${(n * 271) % 1000} ${top + 30 + n * 26} q40 -10 80 0 t80 0`, light, 4, ' opacity=".6"'));
const hills = (base: number, far = '#9dbcc4', near = '#7ba3a8'): string =>
  path(
    `M0 ${base} C150 ${base - 130} 280 ${base - 60} 420 ${base - 120} S760 ${base - 30} 900 ${base - 110} S1130 ${base - 70} 1200 ${base - 60} V${base} Z`,
    far,
  ) +
  path(
    `M0 ${base} C200 ${base - 50} 330 ${base - 90} 520 ${base - 40} S900 ${base - 80} 1200 ${base - 20} V${base} Z`,
    near,
  );
const sun = (x: number, y: number): string =>
  circle(x, y, 62, '#f7d9a3') + circle(x, y, 92, '#f7d9a3', ' opacity=".35"');
const tree = (x: number, y: number, size: number, fill = '#4f8a63'): string =>
  rect(x - size * 0.06, y - size * 0.5, size * 0.12, size * 0.5, '#7a5b45') +
  circle(x, y - size * 0.75, size * 0.42, fill) +
  circle(x - size * 0.26, y - size * 0.56, size * 0.28, fill) +
  circle(x + size * 0.26, y - size * 0.56, size * 0.28, fill);
const windows = (x: number, y: number, columns: number, rows: number, step: number, fill: string): string =>
  many(columns * rows, (n) =>
    rect(x + (n % columns) * step, y + Math.floor(n / columns) * step, step * 0.5, step * 0.5, fill),
  );
const egret = (x: number, y: number, size: number): string =>
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

const cable = (tower: number, deck: number): string =>
  many(8, (n) =>
    line(`M${tower} 190 L${tower - 45 - n * 42} ${deck} M${tower} 190 L${tower + 45 + n * 42} ${deck}`, '#e9f1f2', 4),
  );

const scenes: readonly Scene[] = [
  {
    id: 'picture-bridge',
    title: '澜水三桥效果图',
    alt: '一座双塔斜拉桥横跨澜水，远处是青山和落日',
    sky: ['#cfe4ea', '#f6ead8'],
    drawing:
      sun(930, 190) +
      hills(470) +
      water(460) +
      cable(400, 452) +
      cable(820, 452) +
      path('M385 560 L395 170 H405 L415 560 Z M805 560 L815 170 H825 L835 560 Z', '#f4f6f4') +
      rect(0, 448, 1200, 22, '#e4ecec') +
      rect(0, 466, 1200, 8, '#a9bfc4'),
  },
  {
    id: 'picture-lake',
    title: '白鹭湖的早晨',
    alt: '白鹭湖浅水里站着三只白鹭，岸边芦苇在晨光里',
    sky: ['#dbe9e6', '#f8ecd9'],
    drawing:
      sun(260, 220) +
      hills(430, '#b4cfcd', '#8fb5ad') +
      water(420, '#6fa4a6', '#9cc5c3') +
      egret(520, 560, 150) +
      egret(720, 600, 190) +
      egret(880, 540, 110) +
      many(26, (n) =>
        line(
          `M${n * 48} 800 q${(n % 5) * 6 - 12} -${90 + (n % 4) * 36} ${(n % 3) * 16} -${130 + (n % 4) * 44}`,
          n % 2 ? '#7d9a5f' : '#9aad6d',
          7,
        ),
      ),
  },
  {
    id: 'picture-port',
    title: '青渡港自动化码头',
    alt: '青渡港的三座桥吊和堆放整齐的集装箱，江面上停着货船',
    sky: ['#cfdfe8', '#eef2ea'],
    drawing:
      hills(420) +
      water(560) +
      rect(0, 520, 1200, 60, '#8b949b') +
      many(
        3,
        (n) =>
          rect(190 + n * 300, 220, 16, 305, '#d9793f') +
          rect(300 + n * 300, 220, 16, 305, '#d9793f') +
          rect(120 + n * 300, 210, 320, 18, '#e58a4e') +
          line(
            `M255 120 M${255 + n * 300} 130 L${130 + n * 300} 212 M${255 + n * 300} 130 L${430 + n * 300} 212 M${255 + n * 300} 130 V212`,
            '#c2662f',
            6,
          ) +
          rect(150 + n * 300, 228, 26, 70, '#5d6870'),
      ) +
      many(30, (n) =>
        rect(
          30 + (n % 15) * 78,
          430 + Math.floor(n / 15) * 45,
          72,
          41,
          ['#3d7f95', '#c8604a', '#dba84a', '#5d8f6b', '#7b86a3'][(n * 7) % 5] ?? '#3d7f95',
        ),
      ) +
      path('M420 640 H1020 L970 720 H480 Z', '#39566b') +
      many(6, (n) => rect(500 + n * 76, 596, 70, 44, ['#c8604a', '#dba84a', '#3d7f95'][n % 3] ?? '#c8604a')) +
      rect(930, 560, 60, 80, '#f0f2ef'),
  },
  {
    id: 'picture-metro',
    title: '轨道交通1号线列车',
    alt: '一列蓝白色的地铁列车停在明亮的站台旁',
    sky: ['#e9eef0', '#dfe6e9'],
    drawing:
      rect(0, 0, 1200, 150, '#c9d6db') +
      many(8, (n) => rect(60 + n * 150, 60, 90, 14, '#fff7d8')) +
      rect(0, 600, 1200, 200, '#b9c4c8') +
      rect(0, 600, 1200, 14, '#e6c14e') +
      path('M90 590 V330 Q90 240 190 240 H1200 V590 Z', '#f7f9f8') +
      rect(90, 470, 1110, 46, '#1d6f8f') +
      path('M112 450 V345 Q112 270 196 270 H270 V450 Z', '#34546a') +
      many(
        5,
        (n) => rect(330 + n * 175, 290, 110, 130, '#4d7187', ' rx="12"') + rect(455 + n * 175, 280, 6, 300, '#c8d3d6'),
      ) +
      circle(150, 545, 18, '#f7dd8b') +
      many(
        3,
        (n) => circle(260 + n * 320, 690, 26, '#566872') + path(`M${232 + n * 320} 790 q28 -110 56 0 Z`, '#566872'),
      ),
  },
  {
    id: 'picture-hospital',
    title: '市第二人民医院新院区',
    alt: '市第二人民医院新院区的白色门诊楼和住院楼，楼前有树',
    sky: ['#d7e8ee', '#f3f1e6'],
    drawing:
      hills(520, '#c0d6d6', '#a7c5c0') +
      rect(0, 600, 1200, 200, '#a8c29a') +
      rect(180, 320, 380, 290, '#f6f7f5') +
      windows(205, 345, 11, 7, 32, '#8fb3c4') +
      rect(600, 200, 260, 410, '#eef2f1') +
      windows(622, 225, 7, 11, 33, '#8fb3c4') +
      rect(900, 400, 180, 210, '#f6f7f5') +
      windows(918, 420, 5, 5, 32, '#8fb3c4') +
      rect(325, 230, 90, 90, '#ffffff') +
      rect(358, 243, 24, 64, '#c8473d') +
      rect(338, 263, 64, 24, '#c8473d') +
      rect(310, 540, 120, 70, '#5f8ba1') +
      path('M0 690 Q600 610 1200 700 V740 Q600 650 0 735 Z', '#d9d6cb') +
      tree(110, 640, 130) +
      tree(1130, 650, 150) +
      tree(880, 650, 90, '#6fa06f'),
  },
  {
    id: 'picture-library',
    title: '市图书馆新馆',
    alt: '图书馆新馆像几本叠放的书，立在水边',
    sky: ['#dfe7ee', '#f7eedd'],
    drawing:
      hills(500) +
      water(600, '#7aa6b3', '#a4c6cf') +
      rect(240, 520, 720, 90, '#e9e1d1') +
      rect(280, 430, 660, 86, '#c98f5a') +
      rect(230, 344, 640, 82, '#f2ecdf') +
      rect(300, 262, 600, 78, '#5d8797') +
      many(22, (n) => rect(262 + n * 31, 534, 10, 62, '#9c8a70')) +
      many(18, (n) => rect(320 + n * 32, 278, 12, 46, '#bcd3da')) +
      many(18, (n) => rect(250 + n * 34, 362, 14, 46, '#b8aa90')) +
      many(18, (n) => rect(300 + n * 35, 448, 14, 50, '#f0d9b8')) +
      tree(150, 606, 130) +
      tree(1060, 606, 150, '#5f9670'),
  },
  {
    id: 'picture-school',
    title: '城北实验学校',
    alt: '城北实验学校的红砖教学楼、操场和国旗',
    sky: ['#cfe6f0', '#f2f3e4'],
    drawing:
      hills(520, '#c2d9d4', '#a5c6b4') +
      rect(0, 590, 1200, 210, '#93b981') +
      rect(200, 330, 700, 265, '#c07a5c') +
      many(3, (n) => rect(200, 395 + n * 70, 700, 8, '#f1e4d2')) +
      windows(230, 348, 14, 4, 47, '#e9f2f4') +
      rect(500, 500, 110, 95, '#6d4c3d') +
      rect(1000, 220, 8, 380, '#8a949a') +
      path('M1008 226 h120 v76 h-120 Z', '#cc4437') +
      path('M120 700 a480 70 0 0 1 960 0 a480 70 0 0 1 -960 0 Z', '#c2624e') +
      path('M240 700 a360 42 0 0 1 720 0 a360 42 0 0 1 -720 0 Z', '#93b981') +
      line('M160 700 a440 58 0 0 1 880 0 a440 58 0 0 1 -880 0 Z', '#f3e9df', 3) +
      tree(110, 600, 120) +
      tree(960, 600, 100, '#6fa06f'),
  },
  {
    id: 'picture-street',
    title: '城北老街的梧桐',
    alt: '两排高大的梧桐遮住城北老街，街边是白墙黑瓦的店铺',
    sky: ['#e6eee6', '#f6eeda'],
    drawing:
      path('M0 800 L480 420 H720 L1200 800 Z', '#d8d0c2') +
      many(
        4,
        (n) =>
          path(`M${n * 110} ${300 + n * 34} h110 v${360 - n * 60} h-110 Z`, '#f4f0e7') +
          path(`M${n * 110 - 12} ${300 + n * 34} l67 -52 l67 52 Z`, '#4f5557') +
          rect(n * 110 + 28, 400 + n * 30, 54, 120 - n * 18, '#8c5b43'),
      ) +
      many(
        4,
        (n) =>
          path(`M${1090 - n * 110} ${300 + n * 34} h110 v${360 - n * 60} h-110 Z`, '#f4f0e7') +
          path(`M${1078 - n * 110} ${300 + n * 34} l67 -52 l67 52 Z`, '#4f5557') +
          rect(1118 - n * 110, 400 + n * 30, 54, 120 - n * 18, '#8c5b43'),
      ) +
      many(
        4,
        (n) =>
          tree(250 + n * 62, 720 - n * 84, 430 - n * 84, n % 2 ? '#7fae6d' : '#679a5f') +
          tree(950 - n * 62, 720 - n * 84, 430 - n * 84, n % 2 ? '#6fa264' : '#7fae6d'),
      ) +
      circle(600, 560, 16, '#4c5a60') +
      path('M582 650 q18 -90 36 0 Z', '#4c5a60'),
  },
  {
    id: 'picture-park',
    title: '青渡新材料产业园',
    alt: '产业园的锯齿形厂房和实验楼，屋顶铺着光伏板',
    sky: ['#d5e3ea', '#f0efe2'],
    drawing:
      hills(470) +
      rect(0, 600, 1200, 200, '#a9bf9c') +
      many(
        5,
        (n) =>
          path(`M${80 + n * 130} 600 V450 L${210 + n * 130} 390 V600 Z`, n % 2 ? '#dfe5e4' : '#eef1ef') +
          path(`M${84 + n * 130} 446 L${206 + n * 130} 390 v22 L${84 + n * 130} 468 Z`, '#34556e'),
      ) +
      rect(790, 300, 300, 300, '#f3f5f3') +
      windows(815, 325, 8, 8, 33, '#7fa6b9') +
      rect(900, 540, 80, 60, '#5f8ba1') +
      path('M0 700 H1200 V745 H0 Z', '#d7d3c7') +
      tree(740, 640, 100) +
      tree(1140, 640, 120, '#6fa06f'),
  },
  {
    id: 'picture-hall',
    title: '市政务服务中心',
    alt: '政务服务中心大厅，工作人员在低柜台前接待市民',
    sky: ['#eef2f2', '#e4eaea'],
    drawing:
      many(6, (n) => rect(80 + n * 190, 60, 120, 240, '#d5e3e8')) +
      rect(0, 330, 1200, 12, '#cfd9da') +
      rect(120, 430, 960, 120, '#1d6f8f') +
      rect(100, 415, 1000, 22, '#f2f4f2') +
      many(
        4,
        (n) =>
          circle(230 + n * 245, 350, 34, '#e8c7a8') +
          path(`M${180 + n * 245} 418 q50 -70 100 0 Z`, '#36566a') +
          circle(230 + n * 245, 560, 38, '#dcb58f') +
          path(`M${170 + n * 245} 720 q60 -200 120 0 Z`, ['#b8694f', '#6f8c5c', '#d0a24c', '#6d7ca3'][n] ?? '#6d7ca3'),
      ) +
      rect(0, 700, 1200, 100, '#d9d4c8'),
  },
  {
    id: 'picture-emblem',
    title: '临江市网站标志',
    alt: '城门与江水组成的标志',
    sky: ['#0e5f7c', '#0b4f68'],
    drawing:
      path(
        'M300 560 V330 H360 V280 H420 V330 H480 V280 H540 V330 H660 V280 H720 V330 H780 V280 H840 V330 H900 V560 H700 V470 A100 100 0 0 0 500 470 V560 Z',
        '#f5efe2',
      ) +
      line('M260 620 q57 -34 113 0 t113 0 t113 0 t113 0 t113 0 t113 0', '#8fd0e6', 18) +
      line('M300 680 q50 -30 100 0 t100 0 t100 0 t100 0 t100 0 t100 0', '#8fd0e6', 14, ' opacity=".7"'),
  },
  ...['#5b7f92', '#8b6f62', '#6d8a6b', '#7d6f93', '#92805b', '#5f8a88'].map((coat, index): Scene => ({
    id: `portrait-${index + 1}`,
    title: `人物剪影${index + 1}`,
    alt: '人物剪影，演示网站不使用真人照片',
    width: 600,
    height: 800,
    sky: ['#e8edee', '#d6dfe1'],
    drawing:
      circle(300, 300, 118, '#d9b896') +
      path(
        `M178 ${304 + (index % 2) * 10} A122 122 0 0 1 422 ${304 + (index % 2) * 10} C${396 - (index % 3) * 12} ${240 + (index % 3) * 8} ${204 + (index % 3) * 12} ${236 + (index % 2) * 14} 178 ${304 + (index % 2) * 10} Z`,
        ['#3b3b3d', '#5c5552', '#2f3337'][index % 3] ?? '#3b3b3d',
      ) +
      path('M90 800 C100 560 210 470 300 470 S500 560 510 800 Z', coat) +
      path('M250 470 L300 560 L350 470 Z', '#f6f6f2') +
      path(`M288 520 h24 l14 130 l-26 40 l-26 -40 Z`, index % 2 ? coat : '#8e3d36'),
  })),
];

function picture({ id, title, alt, width = 1200, height = 800, sky, drawing }: Scene): Picture {
  const markup = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="${sky[0]}"/><stop offset="1" stop-color="${sky[1]}"/></linearGradient></defs><rect width="${width}" height="${height}" fill="url(#sky)"/>${drawing}</svg>\n`;
  const bytes = Buffer.from(markup);
  const fields: FieldsOf<'media'> = {
    title,
    hash: sha256(bytes),
    type: 'image/svg+xml',
    alt,
    width,
    height,
    size: bytes.length,
  };
  return { id, bytes, item: demo('media', id, fields) };
}

/** The demonstration's pictures, drawn by code: nobody's photograph, always the same bytes. */
export function demoPictures(): readonly Picture[] {
  return scenes.map(picture);
}
