import { createReadStream } from 'node:fs';
import { WARCParser, type WARCRecord } from 'warcio';
import { fileLimits } from '@chengmen/media';
import { ChengmenError } from '@chengmen/model';
import { mayBeFile, oldFile, type OldFile } from './old-file.ts';
import type { SourceEntry } from './source-page.ts';

/** No page is larger; longer records are passed over without being held in memory. */
const largest = 4 * 1024 * 1024;

/** The pages of a web archive: responses of HTML or text with status 200. Pictures and other records are passed over. */
export async function* warcPages(file: string): AsyncGenerator<SourceEntry> {
  let number = 0;
  try {
    for await (const record of recordsOf(file)) {
      number++;
      const name = `${file}#${number}`;
      const address = record.warcTargetURI ?? undefined;
      const type = record.httpHeaders?.headers.get('content-type') ?? '';
      const isPage =
        record.warcType === 'response' &&
        Number(record.httpHeaders?.statusCode) === 200 &&
        /html|text\/plain/i.test(type);
      if (!isPage) {
        await record.skipFully();
        continue;
      }
      const bytes = await bounded(record, largest);
      if (bytes === undefined) yield { name, fault: tooLarge(name) };
      else yield { name, bytes, ...(address === undefined ? {} : { address }) };
    }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    yield { name: `${file}#${number + 1}`, fault: new ChengmenError('file-unreadable', { file, problem }) };
  }
}

/** Far more often than the parser asks for bytes after the last ones, of an archive that is whole. */
const mostAsked = 100;

/**
 * The records of an archive. Throws where a record says that it is longer than what there is: the parser then asks for the rest again
 * and again, and nothing else in the process would ever have its turn.
 */
async function* recordsOf(file: string): AsyncGenerator<WARCRecord> {
  const stream = createReadStream(file);
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  let asked = 0;
  const next = async (): Promise<IteratorResult<Uint8Array>> => {
    const chunk = await chunks.next();
    if (chunk.done && ++asked > mostAsked) throw new Error('存档不完整 / the archive breaks off');
    return chunk;
  };
  try {
    yield* new WARCParser({ [Symbol.asyncIterator]: () => ({ next }) });
  } finally {
    stream.destroy();
  }
}

/** What a record unpacks to; undefined beyond a limit, whatever it says of itself. */
async function bounded(record: WARCRecord, limit: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of record) {
    size += chunk.length;
    if (size > limit) break;
    chunks.push(chunk);
  }
  await record.skipFully();
  return size > limit ? undefined : new Uint8Array(Buffer.concat(chunks));
}

const tooLarge = (file: string): Error =>
  new ChengmenError('nothing-to-take-in', {
    file,
    problem: `超过 ${largest / 1024 / 1024} MB，不像一个网页 / larger than a page can be`,
  });

/** The pictures and attachments of a web archive, by their addresses. An archive that breaks off ends them. */
export async function* warcFiles(file: string): AsyncGenerator<{ readonly address: string; readonly file: OldFile }> {
  try {
    for await (const record of recordsOf(file)) {
      const address = record.warcTargetURI ?? '';
      const { statusCode, headers } = record.httpHeaders ?? {};
      const length = Number(headers?.get('content-length') ?? 0);
      const isFile =
        record.warcType === 'response' &&
        Number(statusCode) === 200 &&
        !/html/i.test(headers?.get('content-type') ?? '') &&
        mayBeFile(address) &&
        length <= fileLimits.size;
      const bytes = isFile ? await bounded(record, fileLimits.size) : undefined;
      if (bytes) yield { address, file: oldFile(address, bytes) };
      else if (!isFile) await record.skipFully();
    }
  } catch {
    // The pages of the archive tell that it cannot be read.
  }
}
