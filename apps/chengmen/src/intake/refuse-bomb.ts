import { createReadStream } from 'node:fs';
import { Unzip, UnzipInflate } from 'fflate';

/** A workbook is read whole, and takes several times what it unpacks to. */
const mostUnpacked = 128 * 1024 * 1024;

/**
 * Throws where a zip file unpacks to more than a limit. It is unpacked without being kept, and counted: what an archive says of
 * itself counts for nothing.
 */
export async function refuseBomb(file: string, most = mostUnpacked): Promise<void> {
  let size = 0;
  const unzip = new Unzip((entry) => {
    entry.ondata = (error, chunk) => {
      if (error) throw error;
      size += chunk.length;
      if (size > most)
        throw new Error(
          `解开后超过 ${Math.floor(most / 1024 / 1024)} MB，请分成几个文件 (unpacks to too much: split it)`,
        );
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  // In small pieces, so that none unpacks to more than some megabytes before it is counted.
  for await (const chunk of createReadStream(file, { highWaterMark: 16_384 }))
    unzip.push(new Uint8Array(chunk as Buffer));
  unzip.push(new Uint8Array(0), true);
}
