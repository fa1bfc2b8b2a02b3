import type { LiveItem, Output, Source } from '@chengmen/model';
import { mediaPath } from '../read.ts';

/** The bytes of a picture or attachment; nothing once it is withdrawn. */
export function mediaOutputs(source: Source, { fields, state }: LiveItem<'media'>): readonly Output[] {
  if (state === 'withdrawn') return [];
  const bytes = source.bytes(fields.hash);
  if (!bytes) return [];
  const type = fields.type === 'text/csv' ? 'text/csv; charset=utf-8' : fields.type;
  return [{ path: mediaPath(fields), status: 200, type, body: bytes }];
}
