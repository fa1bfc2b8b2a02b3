import { desk } from './api.ts';

/**
 * A picture that came with a text has no words of its own yet: what is said about it here becomes the media item's too,
 * which the public cannot have without. One that has words keeps them; here it may be called something else.
 */
export async function describePicture(src: string, alt: string): Promise<void> {
  if (!src.startsWith('media:')) return;
  const item = src.slice('media:'.length);
  const { fields } = await desk.call('GET /api/items/:item', { params: { item } });
  if (fields['alt'] !== '') return;
  await desk.command('save-draft', { item, kind: 'media', fields: { ...fields, alt } });
}
