import { crc32, deflateSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import sharp from 'sharp';

type Entries = Readonly<Record<string, string | Uint8Array>>;

/** A ZIP archive; the same entries give the same bytes. */
export function zipOf(entries: Entries): Buffer {
  const files = Object.entries(entries).map(([name, data]) => [name, typeof data === 'string' ? strToU8(data) : data]);
  return Buffer.from(zipSync(Object.fromEntries(files) as Record<string, Uint8Array>, { mtime: new Date(2026, 0, 1) }));
}

const mainTypes = {
  docx: ['word/document.xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'],
  xlsx: ['xl/workbook.xml', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'],
  pptx: ['ppt/presentation.xml', 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml'],
  docm: ['word/document.xml', 'application/vnd.ms-word.document.macroEnabled.main+xml'],
} as const;

/** As much of an office document as tells what it is. */
export function officeFile(kind: keyof typeof mainTypes, more: Entries = {}): Buffer {
  const [part, type] = mainTypes[kind];
  return zipOf({
    '[Content_Types].xml': `<Types><Override PartName="/${part}" ContentType="${type}"/></Types>`,
    [part]: '<x/>',
    ...more,
  });
}

/** A compound file with a directory of these names, each stream beginning in the sector behind it. */
export function compoundFile(names: readonly string[], stream = Buffer.alloc(512)): Buffer {
  const header = Buffer.alloc(512);
  header.write('d0cf11e0a1b11ae1', 'hex');
  header.writeUInt16LE(9, 30);
  const entries = ['Root Entry', ...names].map((name, at) => {
    const entry = Buffer.alloc(128);
    entry.write(name, 'utf16le');
    entry.writeUInt16LE((name.length + 1) * 2, 64);
    entry[66] = at === 0 ? 5 : 2;
    entry.writeUInt32LE(2, 116);
    return entry;
  });
  const directory = Buffer.alloc(1024);
  Buffer.concat(entries).copy(directory);
  return Buffer.concat([header, directory, stream]);
}

export const pdfFile = (): Buffer =>
  Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

/** A picture with grain, so that sizes and types make a difference. `orientation` as cameras write it. */
export async function photograph({
  width = 2000,
  height = 1200,
  type = 'jpeg' as 'jpeg' | 'png' | 'webp' | 'gif',
  orientation = 1,
} = {}): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < pixels.length; at++) pixels[at] = (at * 7 + ((at * at) >> 9)) % 251;
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .withMetadata({ orientation })
    .withExifMerge({
      IFD0: { Artist: 'Zhang San' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 47/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '119/1 58/1 0/1' },
    })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><note>secret place</note></x:xmpmeta>')
    .toFormat(type)
    .toBuffer();
}

/** Says it has that many pixels and holds none: the header of a PNG and nothing behind it. */
export function hugePng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1 << 20))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A GIF of two frames. */
export async function movingGif(): Promise<Buffer> {
  const frame = (red: number): Promise<Buffer> =>
    sharp({ create: { width: 20, height: 20, channels: 3, background: { r: red, g: 0, b: 0 } } })
      .png()
      .toBuffer();
  return sharp(await Promise.all([frame(0), frame(200)]), { join: { animated: true } })
    .gif()
    .toBuffer();
}
