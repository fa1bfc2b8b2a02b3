import { sha256, type FieldsOf } from '@chengmen/model';
import type { Scene } from './drawing.ts';
import { portraits } from './portraits.ts';
import { scenes } from './scenes.ts';
import { demo, type DemoItem } from './types.ts';

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
