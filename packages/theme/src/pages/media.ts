import type { LiveItem, Output, Source } from '@chengmen/model';
import { mediaPath } from '../read.ts';

/** The bytes of a picture in each of its forms, or of an attachment; nothing once it is withdrawn. */
export function mediaOutputs(source: Source, { id, fields, state }: LiveItem<'media'>): readonly Output[] {
  if (state === 'withdrawn') return [];
  const { hash, type, charset = 'utf-8', forms = [] } = fields;
  const ofText = type.startsWith('text/') ? `; charset=${charset}` : '';
  const found = new Map<string, Output>();
  for (const form of [{ hash, type }, ...forms]) {
    const [path, body] = [mediaPath(id, form), source.bytes(form.hash)];
    if (body) found.set(path, { path, status: 200, type: `${form.type}${ofText}`, body });
  }
  return [...found.values()];
}
