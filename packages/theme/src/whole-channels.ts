import type { FieldsOf } from '@chengmen/model';

export type Layout = FieldsOf<'channel'>['layout'];

/** Small bounded lists, shown whole: they have an order of their own and no archive. */
const whole: ReadonlySet<Layout> = new Set(['people', 'departments']);

export function hasArchive(layout: Layout): boolean {
  return !whole.has(layout);
}
