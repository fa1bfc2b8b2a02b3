import { ChengmenError, type MediaTypeName } from '@chengmen/model';
import type { FileParts } from './file-parts.ts';
import { refused } from './refuse.ts';
import { nameEnding } from './shown-name.ts';

/** What the main stream is called in each kind of document ([MS-DOC] 2.1, [MS-XLS] 2.1.2, [MS-PPT] 2.1). */
const streams: readonly (readonly [stream: string, office: MediaTypeName, wps: MediaTypeName, wpsEnding: string])[] = [
  ['WordDocument', 'application/msword', 'application/wps-office.wps', 'wps'],
  ['Workbook', 'application/vnd.ms-excel', 'application/wps-office.et', 'et'],
  ['Book', 'application/vnd.ms-excel', 'application/wps-office.et', 'et'],
  ['PowerPoint Document', 'application/vnd.ms-powerpoint', 'application/wps-office.dps', 'dps'],
];
const macroNames = ['_VBA_PROJECT', '_VBA_PROJECT_CUR', 'VBA', 'Macros'];

/**
 * What a compound file (the older Office formats and WPS) is. Its directory entries stand at multiples of 128 bytes
 * ([MS-CFB] 2.6.1), so they are found without following any chain a hostile file could make a knot of.
 * Throws `file-macro`, `file-encrypted`, `file-type-refused`.
 */
export async function inspectCompound(parts: FileParts, name: string): Promise<MediaTypeName> {
  const starts = await directoryOf(parts);
  if (starts.has('EncryptedPackage') || starts.has('EncryptionInfo'))
    throw new ChengmenError('file-encrypted', { name });
  const macro = macroNames.find((one) => starts.has(one));
  if (macro !== undefined) throw new ChengmenError('file-macro', { name, where: macro });
  const found = streams.find(([stream]) => starts.has(stream));
  if (!found)
    throw refused(name, '不认识的复合文档，可能是安装包或邮件 (a compound file, perhaps an installer or a mail)');
  const [stream, office, wps, wpsEnding] = found;
  if (await isEncrypted(parts, stream, starts.get(stream) ?? 0)) throw new ChengmenError('file-encrypted', { name });
  return nameEnding(name).toLowerCase() === wpsEnding ? wps : office;
}

/** Names of streams and storages, with the sector each begins in. */
async function directoryOf(parts: FileParts): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for await (const chunk of parts.chunks())
    for (let at = 0; at + 128 <= chunk.length; at += 128) {
      const entry = chunk.subarray(at, at + 128);
      const [length, type] = [entry.readUInt16LE(64), entry[66] ?? 0];
      if (length < 4 || length > 64 || length % 2 === 1 || ![1, 2, 5].includes(type)) continue;
      if (entry.readUInt16LE(length - 2) === 0)
        found.set(entry.subarray(0, length - 2).toString('utf16le'), entry.readUInt32LE(116));
    }
  return found;
}

/** [MS-DOC] 2.5.2: a bit of the file information block. [MS-XLS] 2.4.117: a FilePass record right behind the first. */
async function isEncrypted(parts: FileParts, stream: string, sector: number): Promise<boolean> {
  const shift = (await parts.at(30, 2)).readUInt16LE();
  if (shift !== 9 && shift !== 12) return false;
  const start = await parts.at((sector + 1) * 2 ** shift, 64);
  if (start.length < 64) return false;
  if (stream === 'WordDocument') return (start.readUInt16LE(10) & 0x0100) !== 0;
  if (stream !== 'Workbook' && stream !== 'Book') return false;
  const next = 4 + start.readUInt16LE(2);
  return next + 2 <= start.length && start.readUInt16LE(next) === 0x2f;
}
