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

/** A PDF of given objects, the first of them its catalogue; a stream with its dictionary's words before it. */
export function pdfOf(objects: readonly (string | readonly [dictionary: string, stream: Buffer])[]): Buffer {
  const pieces: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  objects.forEach((object, at) => {
    pieces.push(Buffer.from(`${at + 1} 0 obj\n`));
    if (typeof object === 'string') pieces.push(Buffer.from(`${object}\nendobj\n`));
    else {
      const [words, stream] = object;
      const head = Buffer.from(`<<${words}/Length ${stream.length}>>\nstream\n`);
      pieces.push(head, stream, Buffer.from('\nendstream\nendobj\n'));
    }
  });
  return Buffer.concat([...pieces, Buffer.from('trailer<</Root 1 0 R/Info 8 0 R>>\n%%EOF\n')]);
}

/** A page of Chinese lines in a font that is not inside, as older programs write them; more pages without a word. */
export function pdfWithText(lines: readonly string[], { note = '', blank = 0 } = {}): Buffer {
  const hex = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex');
  const content = `BT /F1 12 Tf 72 720 Td ${lines.map((line) => `<${hex(line)}> Tj 0 -20 Td`).join(' ')} ET`;
  const kids = ['3 0 R', ...Array.from({ length: blank }, () => '9 0 R')];
  const page = '/Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]';
  const annotation =
    note === '' ? '' : `/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents<feff${hex(note)}>>>]`;
  return pdfOf([
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Kids[${kids.join(' ')}]/Count ${kids.length}>>`,
    `<<${page}/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>${annotation}>>`,
    ['/Filter/FlateDecode', deflateSync(Buffer.from(content))],
    '<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>',
    '<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor 7 0 R>>',
    '<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>',
    `<</Title<feff${hex('公示名单')}>>>`,
    `<<${page}>>`,
  ]);
}

/** Unpacks to so many megabytes of nothing, packed twice, where the text of a page should stand. */
export function pdfBomb(megabytes: number): Buffer {
  const packed = deflateSync(deflateSync(Buffer.alloc(megabytes * 1024 * 1024, ' ')));
  const page = '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>';
  const pages = '<</Type/Pages/Kids[3 0 R]/Count 1>>';
  return pdfOf(['<</Type/Catalog/Pages 2 0 R>>', pages, page, ['/Filter[/FlateDecode/FlateDecode]', packed]]);
}

/** Its pages are their own. */
export const pdfKnot = (): Buffer =>
  pdfOf(['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[2 0 R 2 0 R]/Count 900>>']);

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
