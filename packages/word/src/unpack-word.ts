import { ChengmenError } from '@chengmen/model';
import { openPromise, type Entry, type ZipFile } from 'yauzl';

export interface UnpackLimits {
  /** Characters of all XML parts together, in bytes: what is made of them takes some fifty times as much. */
  readonly xml: number;
  /** Bytes of all pictures together. */
  readonly pictures: number;
}

const xmlPart = /^(?:\[Content_Types\]\.xml|(?:_rels|word)\/(?:[^/]+\/)*[^/]+\.(?:xml|rels))$/;
const picturePart = /^word\/media\/[^/]+$/;

/**
 * The parts of a Word document that its text is made of, by name. Never holds more than the limits, whatever the archive
 * says of itself: a part that unpacks to more than it claims ends it. Throws `word-too-large` and `word-unreadable`.
 */
export async function unpackWord(path: string, name: string, limits: UnpackLimits): Promise<Map<string, Uint8Array>> {
  const left = { xml: limits.xml, pictures: limits.pictures };
  const parts = new Map<string, Uint8Array>();
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
  try {
    for await (const entry of zip.eachEntry()) {
      const kind = xmlPart.test(entry.fileName) ? 'xml' : picturePart.test(entry.fileName) ? 'pictures' : undefined;
      if (kind === undefined) continue;
      left[kind] -= entry.uncompressedSize;
      if (left[kind] < 0) throw tooLarge(name, kind, limits);
      parts.set(entry.fileName, await bytesOf(zip, entry));
    }
  } catch (error) {
    throw error instanceof ChengmenError ? error : unreadable(name, error);
  } finally {
    zip.close();
  }
  return parts;
}

async function bytesOf(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function tooLarge(name: string, kind: keyof UnpackLimits, limits: UnpackLimits): ChengmenError {
  const most = Math.round(limits[kind] / 1024 / 1024);
  const problem =
    kind === 'xml'
      ? `文字和表格超过 ${most} MB (its text and tables are larger)`
      : `图片合计超过 ${most} MB (its pictures are larger)`;
  return new ChengmenError('word-too-large', { name, problem });
}

export function unreadable(name: string, error: unknown): ChengmenError {
  return new ChengmenError('word-unreadable', {
    name,
    problem: error instanceof Error ? error.message.slice(0, 200) : String(error).slice(0, 200),
  });
}
