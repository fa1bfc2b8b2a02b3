import { ChengmenError, type FieldsOf, type Hash, type MediaTypeName, type PictureForm } from '@chengmen/model';
import type { ByteStore } from './byte-store.ts';
import { makeForms } from './make-forms.ts';
import { shownName } from './shown-name.ts';
import { sniffFile } from './sniff-file.ts';

export interface FileLimits {
  /** Bytes of a file handed in. The portal holds a file whole while it answers for it, so this bounds its memory too. */
  readonly size: number;
  /** Pixels of a picture. */
  readonly pixels: number;
  /** Milliseconds a picture may take. */
  readonly patience: number;
}

export const fileLimits: FileLimits = { size: 20 * 1024 * 1024, pixels: 64_000_000, patience: 60_000 };

export interface TakeFileOptions {
  /** As it was given; see `shownName`. */
  readonly name: string;
  readonly store: ByteStore;
  /** What a picture shows, for those who cannot see it. */
  readonly alt?: string;
  /** A picture that came inside a text may wait for its words; the public cannot have it without. */
  readonly wordless?: boolean;
  readonly limits?: Partial<FileLimits>;
}

export interface TakenFile {
  /** For people. */
  readonly name: string;
  readonly hash: Hash;
  readonly size: number;
  readonly type: MediaTypeName;
  readonly alt: string;
  readonly charset?: 'gb18030';
  /** Of a picture, which is kept as it was drawn anew and not as it was handed in. */
  readonly picture?: {
    readonly width: number;
    readonly height: number;
    readonly forms: readonly PictureForm[];
    readonly madeBy: string;
  };
}

/**
 * Takes a file into the store: streamed to disk, told by its bytes, refused unless it may be published. Documents are
 * kept as they are; of a picture only what was drawn anew is kept, since the original may tell where its maker lives.
 * Throws `file-…` and `picture-…` of the error catalogue; then nothing of the file is left.
 *
 * @example
 * const taken = await takeFile(createReadStream('报告.docx'), { name: '报告.docx', store });
 */
export async function takeFile(bytes: AsyncIterable<Uint8Array>, options: TakeFileOptions): Promise<TakenFile> {
  const { store } = options;
  const limits = { ...fileLimits, ...options.limits };
  const name = shownName(options.name);
  const alt = (options.alt ?? '').normalize('NFC').trim();
  const received = await store.receive(bytes, { name, limit: limits.size });
  try {
    const { file, hash, size } = received;
    const sniffed = await sniffFile(file, name);
    if (sniffed.kind === 'file') {
      await received.keep();
      const { type, charset } = sniffed;
      return { name, hash, size, type, alt, ...(charset ? { charset } : {}) };
    }
    if (alt === '' && !options.wordless) throw new ChengmenError('picture-without-words', { name });
    const { source } = sniffed;
    const { whole, forms, madeBy } = await makeForms({ ...limits, file, source, name, put: (made) => store.put(made) });
    const { width, height } = whole;
    return {
      name,
      hash: whole.hash,
      size: whole.size,
      type: whole.type,
      alt,
      picture: { width, height, forms, madeBy },
    };
  } finally {
    await received.drop();
  }
}

/** The fields of a media item for a file that was taken in; it is called after its name where no title is given. */
export function mediaFields(taken: TakenFile, title = ''): FieldsOf<'media'> {
  const { name, hash, size, type, alt, charset, picture } = taken;
  const stem = name.replace(/\.[A-Za-z0-9]{1,10}$/, '');
  return {
    title: title.normalize('NFC').trim() || stem,
    hash,
    type,
    alt,
    size,
    name,
    ...(charset ? { charset } : {}),
    ...(picture
      ? { width: picture.width, height: picture.height, forms: [...picture.forms], madeBy: picture.madeBy }
      : {}),
  };
}
