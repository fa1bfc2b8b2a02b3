import { createReadStream } from 'node:fs';
import { WARCParser } from 'warcio';
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
    for await (const record of new WARCParser(createReadStream(file))) {
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
      const bytes = await record.readFully(true);
      if (bytes.length > largest) yield { name, fault: tooLarge(name, bytes.length) };
      else yield { name, bytes, ...(address === undefined ? {} : { address }) };
    }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    yield { name: `${file}#${number + 1}`, fault: new ChengmenError('file-unreadable', { file, problem }) };
  }
}

const tooLarge = (file: string, size: number): Error =>
  new ChengmenError('nothing-to-take-in', { file, problem: `${size} B` });

/** The pictures and attachments of a web archive, by their addresses. An archive that breaks off ends them. */
export async function* warcFiles(file: string): AsyncGenerator<{ readonly address: string; readonly file: OldFile }> {
  try {
    for await (const record of new WARCParser(createReadStream(file))) {
      const address = record.warcTargetURI ?? '';
      const { statusCode, headers } = record.httpHeaders ?? {};
      const length = Number(headers?.get('content-length') ?? 0);
      const isFile =
        record.warcType === 'response' &&
        Number(statusCode) === 200 &&
        !/html/i.test(headers?.get('content-type') ?? '') &&
        mayBeFile(address) &&
        length <= fileLimits.size;
      if (isFile) yield { address, file: oldFile(address, await record.readFully(true)) };
      else await record.skipFully();
    }
  } catch {
    // The pages of the archive tell that it cannot be read.
  }
}
