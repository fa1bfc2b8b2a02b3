import {
  canonicalJson,
  isDocument,
  revisionId,
  sha256,
  type DocumentFields,
  type FieldsOf,
  type Hash,
  type ItemId,
  type Kind,
  type LiveItem,
  type PagePath,
} from '@chengmen/model';
import { articleAt, cityOf, dateOf, numberAt, sentence } from './city.ts';

/** A city in which things happen, as the ledger would tell them to the press. */
export interface CityLife {
  readonly items: () => Iterable<LiveItem>;
  readonly bytes: (hash: Hash) => Uint8Array | undefined;
  /** Lets the next thing happen; the items it changes, those that move with a channel among them. */
  readonly next: () => { readonly what: string; readonly changed: readonly LiveItem[] };
}

interface Life {
  readonly items: Map<ItemId, LiveItem>;
  readonly blobs: Map<Hash, Uint8Array>;
  readonly pick: (below: number) => number;
  count: number;
}

type Happening = (life: Life) => readonly LiveItem[];

/** `article:` … each with how often it happens in a hundred. */
const happenings: readonly (readonly [string, number, Happening])[] = [
  ['edit a body', 14, (life) => [revised(life, anyDocument(life), { body: `<p>${sentence(life.pick(1e6))}</p>` })]],
  ['edit a title', 14, (life) => [revised(life, anyDocument(life), { title: titleOf(life) })]],
  ['add', 16, (life) => [added(life, 'article', {})]],
  ['add a policy', 4, (life) => [added(life, 'policy', policyFields)]],
  ['add an interpretation', 6, addInterpretation],
  ['withdraw', 8, (life) => [withdrawn(life, anyDocument(life))]],
  ['bring back', 5, bringBack],
  ['back-date', 8, (life) => [revised(life, anyDocument(life), { date: dateOf(life.pick(1e6)) })]],
  ['pin', 6, (life) => [revised(life, anyDocument(life), { pinned: true })]],
  ['unpin', 3, unpin],
  ['move', 6, (life) => [revised(life, anyDocument(life), { channel: anyLeaf(life).id })]],
  ['show a picture', 3, addPicture],
  ['replace a picture', 2, replacePicture],
  ['rename a channel', 1, (life) => [revised(life, anyLeaf(life), { name: `改名${life.pick(1000)}` })]],
  ['rename a top channel', 1, renameTop],
  ['readdress a channel', 1, readdressChannel],
  ['merge a channel', 1, mergeChannel],
  ['change the site', 1, (life) => [revised(life, found(life, 'site'), { phone: `0999-${life.pick(90_000)}` })]],
  [
    'many at once',
    1,
    (life) => Array.from({ length: 20 }, () => revised(life, anyDocument(life), { title: titleOf(life) })),
  ],
];
const allWeights = happenings.reduce((sum, [, weight]) => sum + weight, 0);

/** A city of so many articles, and what happens in it: the same for the same seed. */
export function cityLife(articles: number, seed: number): CityLife {
  let place = 0;
  const life: Life = {
    items: new Map([...cityOf(articles)].map((item) => [item.id, item])),
    blobs: new Map(),
    pick: (below) => numberAt(seed, place++, below),
    count: articles,
  };
  return {
    items: () => life.items.values(),
    bytes: (hash) => life.blobs.get(hash),
    next: () => {
      let at = life.pick(allWeights);
      const [what, , happen] = happenings.find(([, weight]) => (at -= weight) < 0) ?? happenings[0]!;
      return { what, changed: distinct(happen(life)) };
    },
  };
}

/** Each item as it is last. */
function distinct(items: readonly LiveItem[]): LiveItem[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

function revised(life: Life, item: LiveItem, changes: object): LiveItem {
  const fields = { ...item.fields, ...changes } as FieldsOf<Kind>;
  return put(life, { ...item, state: 'live', fields }, true);
}

/** Takes an item in as it now is, at the address that follows from it. */
function put(life: Life, { withdrawal: _over, ...item }: LiveItem, revise: boolean): LiveItem {
  const { id, kind, fields } = item;
  const path = pathOf(life, item);
  const former = new Set([...item.formerPaths, ...(item.path === null || item.path === path ? [] : [item.path])]);
  if (path !== null) former.delete(path);
  const number = Number(item.revision.replace(/^.*\./, '')) + (revise ? 1 : 0);
  const made: LiveItem = {
    ...item,
    path,
    formerPaths: [...former].sort(),
    revision: revisionId(id, number),
    hash: sha256(canonicalJson({ site: 'bench', item: id, kind, fields })),
  };
  life.items.set(id, made);
  return made;
}

function pathOf(life: Life, { id, kind, path, fields }: Omit<LiveItem, 'withdrawal'>): PagePath | null {
  if (kind === 'channel') return channelPath(life, fields as FieldsOf<'channel'>);
  if (!isDocument(kind)) return null;
  const { channel, date } = fields as DocumentFields;
  const [, day = date.slice(0, 10).replaceAll('-', '/')] = /\/(\d{4}\/\d\d\/\d\d)\/[^/]+$/.exec(path ?? '') ?? [];
  return `${found(life, channel).path ?? '/'}${day}/${id}.html`;
}

function channelPath(life: Life, { parent, segment }: FieldsOf<'channel'>): PagePath {
  return `${parent === null ? '/' : (found(life, parent).path ?? '/')}${segment}/`;
}

function withdrawn(life: Life, item: LiveItem): LiveItem {
  const gone: LiveItem = { ...item, state: 'withdrawn', withdrawal: { reason: '内容有误', on: '2026-11-20' } };
  life.items.set(item.id, gone);
  return gone;
}

function bringBack(life: Life): readonly LiveItem[] {
  const gone = [...life.items.values()].filter(({ kind, state }) => isDocument(kind) && state === 'withdrawn');
  const item = gone[life.pick(Math.max(1, gone.length))];
  return item ? [revised(life, item, {})] : [];
}

function unpin(life: Life): readonly LiveItem[] {
  const pinned = [...life.items.values()].filter(({ fields }) => 'pinned' in fields && fields.pinned === true);
  const item = pinned[life.pick(Math.max(1, pinned.length))];
  return item ? [revised(life, item, { pinned: false })] : [];
}

function added(life: Life, kind: Kind, more: object): LiveItem {
  const at = life.count++;
  const fields = { ...articleAt(at, { channel: anyLeaf(life).id }).fields, ...more } as FieldsOf<Kind>;
  return put(
    life,
    { id: `a${at}`, kind, state: 'live', path: null, formerPaths: [], revision: `a${at}.1`, hash: '', fields },
    false,
  );
}

function addInterpretation(life: Life): readonly LiveItem[] {
  const policies = [...life.items.values()].filter(({ kind }) => kind === 'policy');
  const policy = policies[life.pick(Math.max(1, policies.length))] ?? added(life, 'policy', policyFields);
  return [policy, added(life, 'interpretation', { interprets: [policy.id], form: '问答' })];
}

const policyFields = {
  indexNumber: '000014349/2026-00001',
  topic: '城乡建设',
  issuer: '临江市人民政府',
  documentNumber: '临政发〔2026〕1号',
  madeOn: '2026-01-01',
  validity: '有效',
};

function addPicture(life: Life): readonly LiveItem[] {
  const id = `picture-${life.count++}`;
  const fields = pictureFields(life, id);
  const picture = put(
    life,
    { id, kind: 'media', state: 'live', path: null, formerPaths: [], revision: `${id}.1`, hash: '', fields },
    false,
  );
  return [picture, revised(life, anyDocument(life), { image: id })];
}

function replacePicture(life: Life): readonly LiveItem[] {
  const pictures = [...life.items.values()].filter(({ kind }) => kind === 'media');
  const picture = pictures[life.pick(Math.max(1, pictures.length))];
  return picture ? [revised(life, picture, pictureFields(life, picture.id))] : [];
}

function pictureFields(life: Life, id: ItemId): FieldsOf<'media'> {
  const bytes = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><!-- ${id} ${life.pick(1e6)} --></svg>`);
  const hash = sha256(bytes);
  life.blobs.set(hash, bytes);
  return { title: id, hash, type: 'image/svg+xml', alt: '', size: bytes.length };
}

/** Its name stands in the navigation of every page. */
function renameTop(life: Life): readonly LiveItem[] {
  return [revised(life, found(life, `c${life.pick(10)}`), { name: `总栏${life.pick(1000)}` })];
}

function readdressChannel(life: Life): readonly LiveItem[] {
  const channel = anyLeaf(life);
  const moved = revised(life, channel, { segment: `${channel.id}-${life.count++}` });
  return [
    moved,
    ...membersOf(life, channel.id)
      .map((item) => put(life, item, false))
      .map((item) => keepState(life, item)),
  ];
}

/** `put` brings to life what it takes in; what only moves stays as it is. */
function keepState(life: Life, item: LiveItem): LiveItem {
  return item.state === 'live' ? item : withdrawn(life, item);
}

/** What stands in one channel goes to another; then the empty one is closed. */
function mergeChannel(life: Life): readonly LiveItem[] {
  const leaves = leavesOf(life);
  if (leaves.length < 10) return [];
  const [from, to] = [leaves[life.pick(leaves.length)]!, leaves[life.pick(leaves.length)]!];
  if (from.id === to.id) return [];
  const moving = membersOf(life, from.id).filter(({ state }) => state === 'live');
  return [...moving.map((item) => revised(life, item, { channel: to.id })), withdrawn(life, from)];
}

function membersOf(life: Life, channel: ItemId): LiveItem[] {
  return [...life.items.values()].filter(({ fields }) => 'channel' in fields && fields.channel === channel);
}

function leavesOf(life: Life): LiveItem[] {
  return [...life.items.values()].filter(
    ({ kind, state, fields }) =>
      kind === 'channel' && state === 'live' && (fields as FieldsOf<'channel'>).parent !== null,
  );
}

function anyLeaf(life: Life): LiveItem {
  const leaves = leavesOf(life);
  return leaves[life.pick(leaves.length)]!;
}

function anyDocument(life: Life): LiveItem {
  for (;;) {
    const item = life.items.get(`a${life.pick(life.count)}`);
    if (item?.state === 'live') return item;
  }
}

function titleOf(life: Life): string {
  return `${sentence(life.pick(1e6)).slice(0, 24)}${life.pick(1000)}`;
}

function found(life: Life, id: ItemId): LiveItem {
  const item = life.items.get(id);
  if (!item) throw new Error(`the city has no ${id}`);
  return item;
}
