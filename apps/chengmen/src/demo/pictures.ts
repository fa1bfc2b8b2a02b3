import { sha256, type FieldsOf } from '@chengmen/model';
import type { Scene } from './drawing.ts';
import { portraits } from './portraits.ts';
import { scenes } from './scenes.ts';
import { demo, type DemoItem } from './types.ts';

/** What is seen on the pictures that pages in English show. */
const inEnglish: Readonly<Record<string, string>> = {
  'picture-bridge': 'A cable-stayed bridge with two towers across the Lan River, hills and a setting sun behind it',
  'picture-line':
    'Metro Line 1 from Chengbei by Drum Tower Lane and Little Wharf through Chengnan to Reed Mouth in Egret County: eighteen stations',
  'picture-lake': 'Three egrets in the shallows of Egret Lake, reeds in the morning light',
  'picture-city': 'Linjiang at dusk: the old gate and tall buildings north of the river, a ferry on the water',
  'picture-hospital': 'The white buildings of the Second People’s Hospital, with trees before them',
  'picture-port': 'Three cranes and stacked containers in Qingdu port, a cargo ship on the river',
  'picture-street':
    'Two rows of tall plane trees above the old street of Chengbei, shops with white walls and dark tiles',
};

interface Picture {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly item: DemoItem<'media'>;
}

function picture({ id, title, alt, width = 1200, height = 800, sky, drawing }: Scene): Picture {
  const markup = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="${sky[0]}"/><stop offset="1" stop-color="${sky[1]}"/></linearGradient></defs><rect width="${width}" height="${height}" fill="url(#sky)"/>${drawing}</svg>\n`;
  const bytes = Buffer.from(markup);
  const fields: FieldsOf<'media'> = {
    title,
    hash: sha256(bytes),
    type: 'image/svg+xml',
    alt,
    ...(inEnglish[id] === undefined ? {} : { altIn: { en: inEnglish[id] } }),
    width,
    height,
    size: bytes.length,
  };
  return { id, bytes, item: demo('media', id, fields) };
}

/** The demonstration's pictures, drawn by code: nobody's photograph, always the same bytes. */
export function demoPictures(): readonly Picture[] {
  return [...scenes, ...portraits].map(picture);
}
