import sharp from 'sharp';

const [width, height] = [840, 525];

const ease = (t: number): number => t * t * (3 - 2 * t);

function grainAt(i: number, j: number): number {
  const value = Math.sin(i * 127.1 + j * 311.7) * 43758.5453;
  return value - Math.floor(value);
}

/** 0 … 1, always the same at the same place. */
function noise(x: number, y: number): number {
  const i = Math.floor(x);
  const j = Math.floor(y);
  const u = ease(x - i);
  const v = ease(y - j);
  const left = grainAt(i, j);
  const top = left + (grainAt(i + 1, j) - left) * u;
  if (v === 0) return top;
  const below = grainAt(i, j + 1);
  const bottom = below + (grainAt(i + 1, j + 1) - below) * u;
  return top + (bottom - top) * v;
}

function cloud(x: number, y: number): number {
  let sum = 0;
  for (let scale = 1; scale <= 8; scale *= 2) sum += noise(x * scale, y * scale) / (2 * scale);
  return sum;
}

type Colour = readonly [number, number, number];
const mix = (a: Colour, b: Colour, part: number): Colour => {
  const share = Math.min(1, Math.max(0, part));
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
};

const [sky, dawn, mist, hill, water]: Colour[] = [
  [122, 148, 176],
  [246, 205, 160],
  [226, 222, 216],
  [52, 70, 84],
  [112, 128, 140],
];
const shore = 330;
const ridges = [0, 1, 2, 3];

const crestAt = (x: number, ridge: number): number =>
  190 + ridge * 36 - 95 * cloud(x / (210 - ridge * 30) + ridge * 17, ridge * 5) + 45;
/** Of each ridge, column by column: what lies above the water asks for them row after row. */
const crests = ridges.map((ridge) => Float64Array.from({ length: width }, (_, x) => crestAt(x, ridge)));

/** The colour above the water at a place: sky, sun, four ridges one behind the other, each deeper in the mist. */
function landAt(x: number, y: number): Colour {
  const sun = Math.exp(-(((x - 590) / 90) ** 2) - ((y - 205) / 80) ** 2);
  let colour = mix(mix(sky as Colour, dawn as Colour, y / 300), [255, 244, 222], sun);
  for (const ridge of ridges) {
    const top = crests[ridge]?.[x] ?? crestAt(x, ridge);
    if (y <= top) continue;
    const depth = 0.8 - ridge * 0.2;
    colour = mix(mix(hill as Colour, mist as Colour, depth), mist as Colour, (y - top) / (shore - top + 1));
  }
  return colour;
}

function pixel(x: number, y: number): Colour {
  if (y < shore) return landAt(x, y);
  const ripple = (cloud(x / 26, y / 3) - 0.5) * (6 + (y - shore) / 5);
  const mirrored = landAt(x + ripple * 2, 2 * shore - y * 0.97 - 6 + ripple);
  const fog = mix(mirrored, water as Colour, 0.25 + ((y - shore) / (height - shore)) * 0.45);
  return mix(fog, mist as Colour, 0.75 * cloud(x / 120 + 3, y / 34) * (1 - (y - shore) / (height - shore)));
}

/**
 * A river in the morning mist, as a telephone would hand it in: JPEG, with the place it was taken at in its metadata.
 * Drawn by code: nobody's photograph, and no place that is.
 */
export async function photograph(): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const grain = (noise(x * 1.7, y * 1.7) - 0.5) * 9;
      pixel(x, y).forEach((value, at) => {
        pixels[(y * width + x) * 3 + at] = Math.min(255, Math.max(0, value + grain));
      });
    }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .resize({ width: width * 2 })
    .withExif({
      IFD0: { Model: 'Demonstration' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '0/1 0/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '0/1 0/1 0/1' },
    })
    .jpeg({ quality: 90 })
    .toBuffer();
}
