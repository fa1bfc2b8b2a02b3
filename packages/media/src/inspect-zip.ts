import type { MediaTypeName } from '@chengmen/model';
import { ChengmenError } from '@chengmen/model';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { refused, suspicious } from './refuse.ts';

const mostEntries = 20_000;
/** A body of text packs 20 : 1 and a table 60 : 1; a bomb a thousand and more. */
const largestRatio = 300;
const largestUnpacked = 2 * 1024 * 1024 * 1024;
const largestContentTypes = 1024 * 1024;

const mainParts: readonly (readonly [string, MediaTypeName])[] = [
  ['wordprocessingml.document.main+xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['spreadsheetml.sheet.main+xml', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['presentationml.presentation.main+xml', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
];

const macroPart = /(?:^|\/)(?:vbaProject\.bin|vbaData\.xml|macrosheets\/.*|activeX\d*\.bin)$/i;
const runnable =
  /\.(?:exe|dll|scr|com|pif|bat|cmd|msi|msp|js|jse|vbs|vbe|wsf|wsh|ps1|hta|cpl|lnk|reg|jar|apk|app|sh|html?|shtml|xhtml|svg|mht|chm|docm|dotm|xlsm|xltm|xlam|xll|pptm|potm|ppsm)$/i;
const nested = /\.(?:zip|rar|7z|gz|tgz|bz2|xz|tar|iso|img|cab)$/i;

/**
 * What a file that begins as a ZIP archive is: an office document, OFD, or an archive of harmless files. Only its
 * directory and one list of types are read, the list up to a fixed size, so nothing that unpacks large is unpacked.
 * Throws `file-macro`, `file-encrypted`, `file-suspicious`, `file-type-refused`.
 */
export async function inspectZip(path: string, name: string, size: number): Promise<MediaTypeName> {
  const zip = await open(path, name);
  try {
    const entries = await entriesOf(zip, name);
    checkDirectory(entries, name, size);
    const names = entries.map(({ fileName }) => fileName);
    const contentTypes = entries.find(({ fileName }) => fileName === '[Content_Types].xml');
    if (contentTypes) return officeType(names, await readText(zip, contentTypes, name), name);
    if (names.includes('OFD.xml')) return 'application/ofd';
    if (names.includes('mimetype')) throw refused(name, 'OpenDocument 或电子书 (OpenDocument or an e-book)');
    checkArchive(names, name);
    return 'application/zip';
  } finally {
    zip.close();
  }
}

async function open(path: string, name: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
  } catch (error) {
    throw broken(name, error);
  }
}

async function entriesOf(zip: ZipFile, name: string): Promise<Entry[]> {
  if (zip.entryCount > mostEntries)
    throw suspicious(name, `其中有 ${zip.entryCount} 个文件，过多 (holds ${zip.entryCount} files, too many)`);
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) entries.push(entry);
  } catch (error) {
    throw broken(name, error);
  }
  return entries;
}

function checkDirectory(entries: readonly Entry[], name: string, size: number): void {
  if (entries.some((entry) => entry.isEncrypted())) throw new ChengmenError('file-encrypted', { name });
  const packed = entries.reduce((sum, { compressedSize }) => sum + compressedSize, 0);
  const unpacked = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  if (packed > size || unpacked > largestUnpacked || unpacked > largestRatio * size)
    throw suspicious(
      name,
      `解开后有 ${Math.ceil(unpacked / 1024 / 1024)} MB，像是压缩炸弹 (unpacks to that size: a zip bomb)`,
    );
  // Something else stands before the archive, or a second one does.
  if (entries.length > 0 && !entries.some(({ relativeOffsetOfLocalHeader: at }) => at === 0))
    throw suspicious(name, '压缩内容之前另有内容 (something else stands before the archive)');
  if (new Set(entries.map(({ fileName }) => fileName)).size < entries.length)
    throw suspicious(name, '其中有两个同名文件 (holds two files of one name)');
}

function officeType(names: readonly string[], contentTypes: string, name: string): MediaTypeName {
  const macro = names.find((part) => macroPart.test(part));
  if (macro !== undefined) throw new ChengmenError('file-macro', { name, where: macro });
  if (/macroEnabled|ms-office\.vbaProject/i.test(contentTypes))
    throw new ChengmenError('file-macro', { name, where: '[Content_Types].xml' });
  const found = mainParts.find(([type]) => contentTypes.includes(type));
  if (!found) throw refused(name, '不认识的 Office 文件 (an office file of an unknown kind)');
  return found[1];
}

function checkArchive(names: readonly string[], name: string): void {
  if (names.includes('META-INF/MANIFEST.MF')) throw refused(name, 'Java 程序 (a Java program)');
  const program = names.find((part) => runnable.test(part));
  if (program !== undefined)
    throw suspicious(name, `其中的“${program}”打开时会运行 (“${program}” in it runs when opened)`);
  const inner = names.find((part) => nested.test(part));
  if (inner !== undefined)
    throw suspicious(name, `其中的“${inner}”又是压缩包，无法检查 (“${inner}” in it is an archive again)`);
}

async function readText(zip: ZipFile, entry: Entry, name: string): Promise<string> {
  if (entry.uncompressedSize > largestContentTypes) throw suspicious(name, '[Content_Types].xml 过大 (is too large)');
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  } catch (error) {
    throw broken(name, error);
  }
}

function broken(name: string, error: unknown): ChengmenError {
  if (error instanceof ChengmenError) return error;
  const problem = error instanceof Error ? error.message : String(error);
  return suspicious(name, `压缩结构不完整或不合规 (the archive is cut off or malformed): ${problem}`);
}
