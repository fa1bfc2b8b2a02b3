import type { MediaTypeName } from '@chengmen/model';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { readPdf } from './read-pdf.ts';

/** The words of a file, for those who check what it gives away. */
export interface FileWords {
  readonly lines: readonly FileLine[];
  /** Nothing was left out. False where the file is longer than is read, or holds what cannot be read here. */
  readonly complete: boolean;
}

export interface FileLine {
  readonly text: string;
  /** A row of a table, its cells parted by tabs; hidden rows, columns and sheets too. */
  readonly cell: boolean;
  /** Where it stands, for people: the name of a sheet and its row, or the number of a line. */
  readonly place: string;
}

export interface WordsOfFile {
  readonly bytes: Uint8Array;
  readonly type: MediaTypeName;
  readonly charset?: 'gb18030' | undefined;
}

/** Bytes of text or XML that are read of one file. What unpacks to more is a bomb, or nothing a person has written. */
const most = 16 * 1024 * 1024;
const mostEntries = 2000;
const mostLines = 200_000;

/**
 * What is written in a document, table or text file, whatever it looks like: hidden columns, comments and deleted words too,
 * for they go along when it is downloaded. Undefined where the type cannot be read here. Reads at most 16 MB
 * unpacked, and of a PDF what `pdfLimits` allow; never throws.
 */
export async function wordsOfFile({ bytes, type, charset }: WordsOfFile): Promise<FileWords | undefined> {
  if (type === 'text/plain' || type === 'text/csv') return textLines(bytes, charset, type === 'text/csv');
  if (type === 'application/pdf') return readPdf(bytes);
  const read = archives[type];
  if (!read) return undefined;
  try {
    const parts = await partsOf(bytes, read.parts);
    const lines = read.lines(parts.texts);
    return { lines: lines.slice(0, mostLines), complete: parts.complete && lines.length <= mostLines };
  } catch {
    return { lines: [], complete: false };
  }
}

function textLines(bytes: Uint8Array, charset: string | undefined, isTable: boolean): FileWords {
  const text = new TextDecoder(charset ?? 'utf-8').decode(bytes.subarray(0, most));
  const all = text.split(/\r\n?|\n/);
  const lines = all.slice(0, mostLines).map((line, at) => ({
    text: isTable ? line.replaceAll(/["“”]?[,;]["“”]?/g, '\t') : line,
    cell: isTable,
    place: `第 ${at + 1} 行`,
  }));
  return { lines, complete: bytes.length <= most && all.length <= mostLines };
}

interface Archive {
  readonly parts: RegExp;
  readonly lines: (texts: ReadonlyMap<string, string>) => FileLine[];
}

const archives: Partial<Record<MediaTypeName, Archive>> = {
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    parts: /^word\/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$|^docProps\/core\.xml$/,
    lines: paragraphs,
  },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
    parts: /^xl\/(?:workbook|sharedStrings|comments\d*|worksheets\/sheet\d+)\.xml$/,
    lines: sheetRows,
  },
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': {
    parts: /^ppt\/(?:slides\/slide\d+|notesSlides\/notesSlide\d+)\.xml$/,
    lines: paragraphs,
  },
};

async function partsOf(bytes: Uint8Array, wanted: RegExp): Promise<{ texts: Map<string, string>; complete: boolean }> {
  const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), {
    lazyEntries: true,
    validateEntrySizes: true,
  });
  const texts = new Map<string, string>();
  let [left, complete, count] = [most, true, 0];
  for await (const entry of zip.eachEntry()) {
    if (++count > mostEntries || left <= 0) return { texts, complete: false };
    if (!wanted.test(entry.fileName)) continue;
    const text = await readEntry(zip, entry, left);
    left -= text.length;
    complete &&= text.length === entry.uncompressedSize;
    texts.set(entry.fileName, text.toString('utf8'));
  }
  return { texts, complete };
}

/** As it unpacks, and no further than the limit: what the archive says of its size is not believed. */
async function readEntry(zip: ZipFile, entry: Entry, limit: number): Promise<Buffer> {
  const stream = await zip.openReadStreamPromise(entry);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const piece = (chunk as Buffer).subarray(0, limit - size);
    chunks.push(piece);
    size += piece.length;
    if (size >= limit) break;
  }
  stream.destroy();
  return Buffer.concat(chunks);
}

const tag = /<([^<>]*)>|([^<>]+)/g;

/** Texts of runs, a line for each paragraph. The name of a field counts as much as its words. */
function paragraphs(texts: ReadonlyMap<string, string>): FileLine[] {
  return [...texts].flatMap(([part, xml]) => {
    const lines: FileLine[] = [];
    let [line, cells] = ['', 0];
    const end = (): void => {
      if (line.trim() !== '')
        lines.push({ text: line.trim(), cell: cells > 0, place: `${nameOf(part)}第 ${lines.length + 1} 段` });
      line = '';
    };
    for (const [, markup, text] of xml.matchAll(tag)) {
      if (text !== undefined) line += unescaped(text);
      else if (markup === '/w:p' || markup === '/a:p') end();
      else if (markup === 'w:tab/' || markup === 'w:br/' || markup === 'a:br/') line += '\t';
      else if (markup === 'w:tc' || markup?.startsWith('w:tc ')) cells++;
      else if (markup === '/w:tc') cells = Math.max(0, cells - 1);
    }
    end();
    return lines;
  });
}

const partNames: readonly (readonly [RegExp, string])[] = [
  [/header/, '页眉'],
  [/footer/, '页脚'],
  [/footnotes|endnotes/, '脚注'],
  [/comments/, '批注'],
  [/core/, '文件属性'],
  [/notesSlide/, '备注'],
  [/slide/, '幻灯片'],
];
const nameOf = (part: string): string => partNames.find(([pattern]) => pattern.test(part))?.[1] ?? '';

/** Rows of all sheets, hidden or not. A long number that was typed as one is told as it was typed. */
function sheetRows(texts: ReadonlyMap<string, string>): FileLine[] {
  const shared = (texts.get('xl/sharedStrings.xml') ?? '').split(/<\/si>/).map(plainText);
  const names = [...(texts.get('xl/workbook.xml') ?? '').matchAll(/<sheet\b[^<>]*?\bname="([^"]*)"/g)];
  return [...texts].flatMap(([part, xml]) => {
    const number = /sheet(\d+)\.xml$/.exec(part)?.[1];
    if (number === undefined) return part.includes('comments') ? commentLines(xml) : [];
    const sheet = unescaped(names[Number(number) - 1]?.[1] ?? `表 ${number}`);
    return xml.split('</row>').flatMap((row, at) => {
      const cells = row.split('</c>').map((cell) => cellText(cell, shared));
      const text = cells.filter((cell) => cell !== '').join('\t');
      return text === '' ? [] : [{ text, cell: true, place: `${sheet} 第 ${at + 1} 行` }];
    });
  });
}

function commentLines(xml: string): FileLine[] {
  return xml
    .split('</comment>')
    .map(plainText)
    .filter((text) => text !== '')
    .map((text, at) => ({ text, cell: false, place: `批注 ${at + 1}` }));
}

function cellText(cell: string, shared: readonly string[]): string {
  const start = cell.lastIndexOf('<c ');
  if (start < 0) return '';
  const open = cell.slice(start, cell.indexOf('>', start));
  const value = cell.slice(start + open.length + 1);
  if (!/\bt="s"/.test(open)) return plainText(value.replace(/<f\b[^<>]*>[^<>]*<\/f>/g, ''));
  return shared[Number(plainText(value))] ?? '';
}

const plainText = (xml: string): string => unescaped(xml.replace(/<[^<>]*>/g, '')).trim();

function unescaped(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[name.toLowerCase()] ?? whole;
      const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
