import { ChengmenError, mediaTypes, type MediaTypeName } from '@chengmen/model';
import { withFileParts, type FileParts } from './file-parts.ts';
import { inspectCompound } from './inspect-compound.ts';
import { looksLikeMarkup, textCharset } from './inspect-text.ts';
import { inspectZip } from './inspect-zip.ts';
import { refused, suspicious } from './refuse.ts';
import { nameEnding } from './shown-name.ts';

/** Pictures that are drawn anew; a file is kept as it is. */
export type PictureSource = 'jpeg' | 'png' | 'webp' | 'gif';
export type Sniffed =
  | { readonly kind: 'picture'; readonly source: PictureSource }
  | { readonly kind: 'file'; readonly type: MediaTypeName; readonly charset?: 'gb18030' };

const sampleSize = 64 * 1024;

const pictures: Readonly<Record<string, { readonly source: PictureSource; readonly endings: readonly string[] }>> = {
  'image/jpeg': { source: 'jpeg', endings: ['jpg', 'jpeg', 'jpe', 'jfif'] },
  'image/png': { source: 'png', endings: ['png'] },
  'image/webp': { source: 'webp', endings: ['webp'] },
  'image/gif': { source: 'gif', endings: ['gif'] },
};

/**
 * What a file is, by its bytes, for a file under that name. Throws `file-type-refused`, `file-name-differs`,
 * `file-macro`, `file-encrypted` and `file-suspicious`; what comes out may be published.
 */
export async function sniffFile(path: string, name: string): Promise<Sniffed> {
  return withFileParts(path, async (parts) => {
    const head = await parts.at(0, sampleSize);
    const found = head.length >= 12 ? await knownType(head) : undefined;
    const picture = found && pictures[found.mime];
    if (picture) {
      checkEnding(name, picture.source.toUpperCase(), picture.endings);
      return { kind: 'picture', source: picture.source };
    }
    const file = await fileType(path, parts, head, name, found);
    if (file.type !== 'application/zip' && !isZipped(head)) await refuseSecondArchive(parts, name);
    const { zh, en, endings } = mediaTypes[file.type];
    checkEnding(name, `${zh} (${en})`, endings);
    return { kind: 'file', ...file };
  });
}

async function knownType(head: Buffer) {
  const { fileTypeFromBuffer } = await import('file-type');
  return fileTypeFromBuffer(head.subarray(0, 4096)).catch(() => undefined);
}

interface FileType {
  readonly type: MediaTypeName;
  readonly charset?: 'gb18030';
}

async function fileType(
  path: string,
  parts: FileParts,
  head: Buffer,
  name: string,
  found: { readonly mime: string; readonly ext: string } | undefined,
): Promise<FileType> {
  if (isZipped(head)) return { type: await inspectZip(path, name, parts.size) };
  if (head.subarray(0, 8).toString('hex') === 'd0cf11e0a1b11ae1') return { type: await inspectCompound(parts, name) };
  if (head.subarray(0, 5).toString('latin1') === '%PDF-') return { type: await inspectPdf(parts, name) };
  if (found?.ext === 'mp3') return { type: 'audio/mpeg' };
  if (found?.ext === 'mp4' && found.mime === 'video/mp4') return { type: 'video/mp4' };
  if (found?.mime === 'video/webm') return { type: 'video/webm' };
  if (found?.ext === 'vtt') return { type: 'text/vtt' };
  if (looksLikeMarkup(head)) throw refused(name, '网页或 SVG、XML 源码 (a web page, SVG or XML source)');
  if (found) throw refused(name, `${found.ext.toUpperCase()}（${found.mime}）`);
  const charset = await textCharset(parts);
  if (charset === undefined) throw refused(name, '不认识的二进制文件 (an unknown binary file)');
  const type = nameEnding(name).toLowerCase() === 'csv' ? 'text/csv' : 'text/plain';
  return { type, ...(charset === 'gb18030' ? { charset } : {}) };
}

const isZipped = (head: Buffer): boolean => head.length >= 4 && head.readUInt32BE() === 0x504b0304;

/** A PDF ends where it says so; what goes on is cut off, or something else besides. */
async function inspectPdf(parts: FileParts, name: string): Promise<MediaTypeName> {
  const tail = (await parts.at(Math.max(0, parts.size - 2048), 2048)).toString('latin1');
  const end = tail.lastIndexOf('%%EOF');
  if (end < 0) throw suspicious(name, '没有 PDF 的结尾，可能没有传完 (a PDF without its end, perhaps cut off)');
  if (/[^\s\0]/.test(tail.slice(end + 5)))
    throw suspicious(name, 'PDF 结尾之后另有内容 (something stands behind the end of the PDF)');
  return 'application/pdf';
}

/** Archives are found from their end, so one can hide behind anything: an end record that reaches to the end of the file. */
async function refuseSecondArchive(parts: FileParts, name: string): Promise<void> {
  const length = 0xffff + 22;
  const tail = await parts.at(Math.max(0, parts.size - length), length);
  for (
    let at = tail.indexOf('PK\u0005\u0006', 0, 'latin1');
    at >= 0;
    at = tail.indexOf('PK\u0005\u0006', at + 1, 'latin1')
  )
    if (at + 22 <= tail.length && at + 22 + tail.readUInt16LE(at + 20) === tail.length)
      throw suspicious(name, '它同时也是一个压缩包 (it is an archive at the same time)');
}

function checkEnding(name: string, type: string, endings: readonly string[]): void {
  if (endings.includes(nameEnding(name).toLowerCase())) return;
  throw new ChengmenError('file-name-differs', { name, type, endings: endings.join('、') });
}
