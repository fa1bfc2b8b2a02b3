import {
  blockReferences,
  isDocument,
  kinds,
  type Block,
  type BlockReference,
  type DocumentFields,
  type FieldsOf,
  type ItemId,
  type Kind,
  type Relation,
} from '@chengmen/model';

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
  publishedBy: ['department'],
  leads: ['department'],
  responsible: ['department'],
  relatedTo: documents,
  translates: documents,
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
  const texts = [...inText('body', fields['body']), ...inText('answer', fields['answer'])];
  return [...image, ...attached, ...related, ...shown(fields), ...texts];
}

/** Pictures of a gallery, bytes of a video, and what the blocks of a topic show. */
function shown(fields: Readonly<Record<string, unknown>>): Reference[] {
  const { pictures, video, captions, blocks } = fields as Partial<
    FieldsOf<'gallery'> & FieldsOf<'video'> & FieldsOf<'topic'>
  >;
  const media = [
    ...(pictures ?? []).map(({ picture }) => ({ where: 'pictures', item: picture })),
    ...[video].flatMap((item) => (item === undefined ? [] : { where: 'video', item })),
    ...[captions].flatMap((item) => (item === undefined ? [] : { where: 'captions', item })),
  ];
  return [...media.map((one) => ({ ...one, kinds: ['media' as const] })), ...(blocks ?? []).flatMap(inBlock)];
}

const kindsNamed: Readonly<Record<BlockReference['as'], readonly Kind[]>> = {
  channel: ['channel'],
  document: documents,
  dataset: ['dataset'],
  media: ['media'],
};

/** What a block shows. */
export function inBlock(block: Block): Reference[] {
  return blockReferences(block).map(({ item, as }) => ({ where: 'blocks', item, kinds: kindsNamed[as] }));
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
