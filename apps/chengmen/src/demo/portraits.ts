import { circle, path, rect, type Scene } from './drawing.ts';

interface Sitter {
  readonly coat: string;
  readonly hair: string;
  readonly cut: 'short' | 'parted' | 'bob';
  readonly glasses?: boolean;
  readonly tie?: string;
  readonly sky: readonly [string, string];
}

/** One for each leader, in their order. */
const sitters: readonly Sitter[] = [
  { coat: '#3f6276', hair: '#3b3b3d', cut: 'short', tie: '#8e3d36', sky: ['#e8edee', '#cfdadd'] },
  { coat: '#6f6259', hair: '#5d5a58', cut: 'parted', glasses: true, tie: '#37566a', sky: ['#efebe4', '#dcd5c9'] },
  { coat: '#4f6d5a', hair: '#2f3337', cut: 'short', glasses: true, sky: ['#e9efe8', '#d2dfd4'] },
  { coat: '#7a5a70', hair: '#33292b', cut: 'bob', sky: ['#f0e9ec', '#dfd2d9'] },
  { coat: '#3d6f78', hair: '#3a3230', cut: 'bob', glasses: true, sky: ['#e5eeee', '#cbdedf'] },
  { coat: '#5a5f7d', hair: '#6b6866', cut: 'parted', tie: '#93723f', sky: ['#eaebf0', '#d3d6e0'] },
];

const skin = '#dfc0a0';

/** Behind the head, and over it. The face stays empty: these are nobody. */
const cuts: Record<Sitter['cut'], (hair: string) => readonly [string, string]> = {
  short: (hair) => [
    '',
    path('M188 300 C176 214 226 166 300 166 S424 214 412 300 C404 252 376 232 300 232 S196 252 188 300 Z', hair),
  ],
  parted: (hair) => [
    '',
    path(
      'M186 306 C170 208 232 160 306 164 S428 216 414 306 C408 262 392 240 352 236 C300 232 262 214 248 196 C246 230 204 250 186 306 Z',
      hair,
    ),
  ],
  bob: (hair) => [
    path(
      'M166 420 C150 232 214 154 300 154 S450 232 434 420 C436 444 402 452 386 436 H214 C198 452 164 444 166 420 Z',
      hair,
    ),
    path(
      'M184 330 C176 216 226 168 300 168 S424 216 416 330 C398 272 352 262 322 222 C296 262 214 266 184 330 Z',
      hair,
    ),
  ],
};

function draw({ coat, hair, cut, glasses, tie }: Sitter): string {
  const [behind, over] = cuts[cut](hair);
  return (
    behind +
    rect(258, 380, 84, 110, '#d0ad8b') +
    path('M190 290 C190 210 240 180 300 180 S410 210 410 290 C410 372 358 424 300 424 S190 372 190 290 Z', skin) +
    over +
    (glasses === true ? spectacles() : '') +
    path('M70 800 C82 596 170 520 258 480 L300 540 L342 480 C430 520 518 596 530 800 Z', coat) +
    path('M252 470 L300 548 L348 470 L372 498 L318 610 L300 570 L282 610 L228 498 Z', '#f6f6f2') +
    (tie === undefined ? '' : path('M286 548 h28 l16 150 l-30 44 l-30 -44 Z', tie)) +
    path(
      'M228 498 L282 620 L262 800 H246 L214 640 L236 620 L200 530 Z M372 498 L318 620 L338 800 H354 L386 640 L364 620 L400 530 Z',
      '#000000',
      ' opacity=".14"',
    )
  );
}

function spectacles(): string {
  const ring = ' fill-opacity="0" stroke="#4a4f52" stroke-width="5"';
  return (
    circle(252, 304, 32, '#fff', ring) + circle(348, 304, 32, '#fff', ring) + path('M284 302 h32 v5 h-32 Z', '#4a4f52')
  );
}

/** Silhouettes without a face: the demonstration shows nobody's photograph. */
export const portraits: readonly Scene[] = sitters.map((sitter, index) => ({
  id: `portrait-${index + 1}`,
  title: `人物剪影${index + 1}`,
  alt: '人物剪影，演示网站不使用真人照片',
  width: 600,
  height: 800,
  sky: sitter.sky,
  drawing: draw(sitter),
}));
