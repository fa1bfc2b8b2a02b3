import { isDocument, kinds, type DocumentFields, type ItemId, type Kind, type Relation } from '@chengmen/model';

/** One item that a document points at. */
export interface Reference {
  /** The field it stands in. */
  readonly where: string;
  readonly item: ItemId;
  /** The kinds it may be of. */
  readonly kinds: readonly Kind[];
}

const anyKind = Object.keys(kinds) as Kind[];
const documents = anyKind.filter(isDocument);

const relationKinds: Readonly<Record<Relation, readonly Kind[]>> = {
  interprets: ['policy'],
  department: ['department'],
  responsible: ['department'],
  relatedTo: documents,
};

/** Everything a document points at: its picture, its attachments, its relations, and the links and pictures of its texts. */
export function referencesOf(fields: DocumentFields & Readonly<Record<string, unknown>>): Reference[] {
  const image = fields.image === undefined ? [] : [{ where: 'image', item: fields.image, kinds: ['media' as const] }];
  const attached = (fields.attachments ?? []).map((item) => ({
    where: 'attachments',
    item,
    kinds: ['media' as const],
  }));
  const related = Object.entries(relationKinds).flatMap(([where, allowed]) =>
    [fields[where] ?? []].flat().map((item) => ({ where, item: item as ItemId, kinds: allowed })),
  );
  return [...image, ...attached, ...related, ...inText('body', fields['body']), ...inText('answer', fields['answer'])];
}

/** The body is clean, so an address stands in double quotes and nowhere else after `href` or `src`. */
function inText(where: string, text: unknown): Reference[] {
  if (typeof text !== 'string') return [];
  return [...text.matchAll(/ (?:href|src)="(item|media):([a-z0-9-]+)"/gi)].map(([, scheme, item = '']) => ({
    where,
    item,
    kinds: scheme?.toLowerCase() === 'media' ? ['media'] : anyKind,
  }));
}
