import type { ItemId } from '@chengmen/model';
import type { DemoItem } from './types.ts';

const kinds: ReadonlySet<string> = new Set(['article', 'policy', 'interpretation', 'gallery', 'video']);

/** What a department of the demonstration is named as the source of was published by it. */
export function withPublisher(items: readonly DemoItem[]): DemoItem[] {
  const departments = new Map<string, ItemId>(
    items.flatMap(({ id, kind, fields }) => (kind === 'department' && 'title' in fields ? [[fields.title, id]] : [])),
  );
  return items.map((item) => {
    const publishedBy = 'source' in item.fields ? departments.get(item.fields.source) : undefined;
    if (publishedBy === undefined || !kinds.has(item.kind)) return item;
    return { ...item, fields: { ...item.fields, publishedBy } };
  });
}
