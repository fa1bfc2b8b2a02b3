import type { FieldsOf, ItemId, Kind } from '@chengmen/model';

/** One item of the demonstration, as a writer would save it. */
export interface DemoItem<K extends Kind = Kind> {
  readonly id: ItemId;
  readonly kind: K;
  readonly fields: FieldsOf<K>;
}

export function demo<K extends Kind>(kind: K, id: ItemId, fields: FieldsOf<K>): DemoItem<K> {
  return { id, kind, fields };
}
