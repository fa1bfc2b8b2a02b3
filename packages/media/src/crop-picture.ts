import { ChengmenError, type FieldsOf, type PictureArea } from '@chengmen/model';
import type { ByteStore } from './byte-store.ts';
import { makeForms } from './make-forms.ts';
import { fileLimits, type FileLimits } from './take-file.ts';

type Fields = FieldsOf<'media'>;

export interface CropOptions {
  readonly store: ByteStore;
  readonly limits?: Partial<FileLimits>;
}

/** A part of a picture is at least this wide and high, in pixels. */
export const leastSide = 64;

/** The whole of a picture, which a crop is cut from; undefined for what is none or cannot be cut, such as a drawing. */
export function wholeOf({ hash, type, width, height, size, forms, madeBy, uncropped }: Fields): Fields['uncropped'] {
  if (uncropped) return uncropped;
  if (width === undefined || height === undefined) return undefined;
  if (type !== 'image/jpeg' && type !== 'image/png' && type !== 'image/webp') return undefined;
  return { hash, type, width, height, size, ...(forms ? { forms } : {}), ...(madeBy === undefined ? {} : { madeBy }) };
}

/**
 * The fields of a picture that shows a part of what it showed, in all its forms; the whole is kept beside. Without an area it
 * shows the whole again, in the bytes it had. Throws `invalid-input` where the area does not lie in the picture, is too small
 * or there is no picture to cut, and `picture-…`.
 */
export async function cropPicture(
  fields: Fields,
  area: PictureArea | undefined,
  { store, limits }: CropOptions,
): Promise<Fields> {
  const whole = wholeOf(fields);
  if (!whole) throw invalid('这种图片不能裁剪 (a picture of this kind cannot be cropped)');
  const rest = withoutForms(fields);
  if (!area) return { ...rest, ...whole };
  const { left, top, width, height } = area;
  if (width < leastSide || height < leastSide)
    throw invalid(`裁剪后宽和高至少 ${leastSide} 像素 (at least ${leastSide} pixels wide and high)`);
  if (left + width > whole.width || top + height > whole.height)
    throw invalid('超出了图片 (it reaches beyond the picture)');
  const bytes = await store.get(whole.hash);
  if (!bytes) throw new ChengmenError('not-found', { what: '原图 (picture)', id: whole.hash });
  const name = fields.name ?? fields.title;
  const { size, pixels, patience } = { ...fileLimits, ...limits };
  const received = await store.receive(inOne(bytes), { name, limit: size });
  try {
    const source = whole.type === 'image/jpeg' ? 'jpeg' : whole.type === 'image/png' ? 'png' : 'webp';
    const { file } = received;
    const order = { file, source, pixels, area, name, patience } as const;
    const made = await makeForms({ ...order, put: (form) => store.put(form) });
    return { ...rest, ...made.whole, forms: [...made.forms], madeBy: made.madeBy, crop: area, uncropped: whole };
  } finally {
    await received.drop();
  }
}

const ofForms = new Set(['crop', 'uncropped', 'forms', 'madeBy']);

function withoutForms(fields: Fields): Omit<Fields, 'crop' | 'uncropped' | 'forms' | 'madeBy'> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !ofForms.has(name))) as Fields;
}

async function* inOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

function invalid(problem: string): ChengmenError {
  return new ChengmenError('invalid-input', { where: '裁剪', problem });
}
