import type { Readable } from 'node:stream';
import { mediaFields, type TakenFile } from '@chengmen/media';
import { ChengmenError, explainError, type FieldsOf } from '@chengmen/model';

/** A part of a form with files, as it comes in. */
export type UploadPart =
  | { readonly type: 'field'; readonly fieldname: string; readonly value: unknown }
  | { readonly type: 'file'; readonly filename: string | undefined; readonly file: Readable };

export interface Saved {
  readonly item: string;
  readonly revision: string;
}

/** What became of one file. */
export type Uploaded =
  | (Saved & { readonly name: string; readonly fields: FieldsOf<'media'> })
  | { readonly name: string; readonly refused: ReturnType<typeof explainError> };

export interface TakeUploads {
  /** Throws unless the form is ours; asked before any file is looked at. */
  readonly check: (token: unknown) => void;
  readonly takeFile: (
    bytes: AsyncIterable<Uint8Array>,
    about: { readonly name: string; readonly alt: string; readonly wordless: boolean },
  ) => Promise<TakenFile>;
  readonly save: (fields: FieldsOf<'media'>, submit: boolean) => Promise<Saved>;
}

/**
 * Takes the files of a form one after another as they arrive, so that none waits in memory. The token and the choices
 * stand before the files, the words of each file right before it; one that is refused does not hold up the others.
 */
export async function takeUploads(parts: AsyncIterable<UploadPart>, options: TakeUploads): Promise<Uploaded[]> {
  const done: Uploaded[] = [];
  const said = new Map<string, string>();
  for await (const part of parts) {
    if (part.type === 'field') {
      said.set(part.fieldname, typeof part.value === 'string' ? part.value : '');
      continue;
    }
    options.check(said.get('_token'));
    // A row of the form that was left empty.
    if ((part.filename ?? '') === '') part.file.resume();
    else done.push(await takeOne(part.filename ?? '', part.file, said, options));
    said.delete('alt');
    said.delete('title');
  }
  return done;
}

async function takeOne(
  name: string,
  file: Readable,
  said: ReadonlyMap<string, string>,
  { takeFile, save }: TakeUploads,
): Promise<Uploaded> {
  try {
    const taken = await takeFile(file, { name, alt: said.get('alt') ?? '', wordless: said.get('wordless') === 'yes' });
    const owner = said.get('owner') ?? '';
    const fields = { ...mediaFields(taken, said.get('title')), ...(owner === '' ? {} : { owner }) };
    return { name: taken.name, fields, ...(await save(fields, said.get('submit') === 'yes')) };
  } catch (error) {
    file.resume();
    if (!(error instanceof ChengmenError)) throw error;
    return { name, refused: explainError(error) };
  }
}
