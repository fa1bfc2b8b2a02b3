import {
  canonicalJson,
  revisionId,
  sha256,
  type FieldsOf,
  type Hash,
  type ItemId,
  type Kind,
  type LiveItem,
  type PagePath,
} from '@chengmen/model';

/** What may happen to a small city. Numbers pick an item, a channel, a date …: every number picks something. */
export type SmallCommand =
  | { readonly do: 'add'; readonly kind: number; readonly channel: number; readonly day: number; readonly to: number }
  | { readonly do: 'edit'; readonly item: number; readonly text: number }
  | { readonly do: 'approve'; readonly item: number }
  | { readonly do: 'withdraw'; readonly item: number }
  | { readonly do: 'back-date'; readonly item: number; readonly day: number }
  | { readonly do: 'pin'; readonly item: number }
  | { readonly do: 'relate'; readonly item: number; readonly to: number }
  | { readonly do: 'move-item'; readonly item: number; readonly channel: number }
  | { readonly do: 'rename-channel'; readonly channel: number; readonly segment: number }
  | { readonly do: 'name-channel'; readonly channel: number; readonly text: number }
  | { readonly do: 'merge-channel'; readonly channel: number; readonly to: number }
  | { readonly do: 'move-channel'; readonly channel: number; readonly below: number }
  | { readonly do: 'withdraw-channel'; readonly channel: number }
  | { readonly do: 'change-language'; readonly channel: number; readonly text: number }
  | { readonly do: 'change-site'; readonly text: number }
  | { readonly do: 'change-blocks'; readonly channel: number; readonly to: number }
  | { readonly do: 'change-home'; readonly text: number; readonly to: number }
  | { readonly do: 'redirect'; readonly text: number; readonly to: number }
  | { readonly do: 'change-picture'; readonly item: number; readonly text: number };

/** The desk's side of a small city, as simple as it can be: what the press is compared against. */
export interface SmallWorld {
  /** Does it, and names the items the public may now see differently (not those that only move with a channel). */
  readonly run: (command: SmallCommand) => ItemId[];
  readonly live: () => LiveItem[];
  readonly liveOf: (ids: readonly ItemId[]) => LiveItem[];
  readonly bytes: (hash: Hash) => Uint8Array | undefined;
}

interface Entry {
  readonly kind: Kind;
  revision: number;
  fields: FieldsOf<Kind>;
  draft: FieldsOf<Kind> | undefined;
  approved: boolean;
  withdrawn: boolean;
  /** `/2026/11/20/`: set at the first approval and kept. */
  datePath: string;
  path: PagePath | null;
  readonly former: Set<PagePath>;
}

const site = 'smalltown';
const documentKinds = [
  'article',
  'policy',
  'interpretation',
  'project',
  'service',
  'leader',
  'topic',
  'department',
] as const;
const segments = ['news', 'notices', 'water', 'roads', 'a', 'b', 'c', 'd'];

export function createSmallWorld(channelCount = 6): SmallWorld {
  const entries = new Map<ItemId, Entry>();
  const blobs = new Map<Hash, Uint8Array>();
  const world: World = { entries, blobs, owners: new Map() };
  open(world, 'settings', 'site', siteFields('小城'), true);
  for (let at = 0; at < channelCount; at++)
    open(world, `channel-${at}`, 'channel', channelFields(at, at < 3 ? null : `channel-${at % 3}`), true);
  // Named, moved or given an address by a command, these are opened by it.
  for (let at = channelCount; at < channelCount + 2; at++)
    open(world, `channel-${at}`, 'channel', channelFields(at, at % 2 === 0 ? null : 'channel-1'), false);
  const first = { title: '题目', channel: 'channel-0', date: dateOf(1), source: '小城发布', body: '<p>一</p>' };
  open(world, 'article-0', 'article', first, true);
  readdress(world);
  return {
    run: (command) => {
      const touched = runCommand(world, command);
      readdress(world);
      return touched;
    },
    live: () => [...entries.keys()].flatMap((id) => liveItem(world, id)),
    liveOf: (ids) => ids.flatMap((id) => liveItem(world, id)),
    bytes: (hash) => blobs.get(hash),
  };
}

interface World {
  readonly entries: Map<ItemId, Entry>;
  readonly blobs: Map<Hash, Uint8Array>;
  /** Addresses used by anybody, ever. */
  readonly owners: Map<PagePath, ItemId>;
}

function runCommand(world: World, command: SmallCommand): ItemId[] {
  switch (command.do) {
    case 'add':
      return add(world, command);
    case 'change-site':
      return change(world, 'settings', (fields) => ({ ...fields, name: `小城${command.text}` }));
    case 'change-blocks':
      return change(world, pick(channelsOf(world), command.channel), (fields) =>
        changeBlocks(world, fields, command.to),
      );
    case 'change-home':
      return changeHome(world, command);
    case 'redirect':
      return redirect(world, command);
    case 'rename-channel':
      return readdressed(world, pick(channelsOf(world), command.channel), (fields) => ({
        ...fields,
        segment: segments[command.segment % segments.length],
      }));
    case 'name-channel':
      return change(world, pick(channelsOf(world), command.channel), (fields) => ({
        ...fields,
        name: `栏目${command.text}`,
      }));
    case 'change-language':
      return change(world, pick(channelsOf(world), command.channel), (fields) => changeLanguage(fields, command.text));
    case 'merge-channel':
      return mergeChannel(world, pick(channelsOf(world), command.channel), pick(channelsOf(world), command.to));
    case 'move-channel':
      return readdressed(world, pick(channelsOf(world), command.channel), (fields) => ({
        ...fields,
        parent: [null, ...channelsOf(world)][command.below % (channelsOf(world).length + 1)],
      }));
    case 'withdraw-channel':
      return withdraw(world, pick(channelsOf(world), command.channel));
    case 'change-picture':
      return changePicture(world, command.item, command.text);
    default:
      return runOnItem(world, command, pick(documentsOf(world), command.item));
  }
}

/** Blocks that name what there is, or none. */
function changeBlocks(world: World, fields: FieldsOf<Kind>, to: number): unknown {
  const plain = { ...(fields as FieldsOf<'channel'>) };
  delete plain.blocks;
  return to % 5 === 0 ? plain : { ...plain, blocks: [...blocksOf(world, to), { show: 'list' }] };
}

function blocksOf(world: World, to: number): FieldsOf<'home'>['blocks'] {
  const [channel, other] = [pick(channelsOf(world), to), pick(channelsOf(world), to + 1)];
  const document = pick(documentsOf(world), to);
  const pictures = mediaOf(world);
  const all: FieldsOf<'home'>['blocks'] = [
    { show: 'focus', channel },
    { show: 'channel', channel, count: 2 },
    { show: 'services', channel, count: 3 },
    { show: 'policies', policies: channel, interpretations: other, count: 2 },
    { show: 'interaction', letters: channel, consultations: other },
    { show: 'items', title: '其一', items: [document, 'nobody'], as: to % 2 === 0 ? 'cards' : 'lines' },
    ...pictures.slice(0, 1).map((picture) => ({ show: 'pictures' as const, pictures: [{ picture }] })),
    { show: 'text', title: '说明', paragraphs: [`第 ${to} 段`] },
  ];
  return [...all.slice(to % all.length), ...all.slice(0, to % 3)].slice(0, 4);
}

/** The home page by blocks, or as the settings say it again. */
function changeHome(world: World, { text, to }: { readonly text: number; readonly to: number }): ItemId[] {
  const fields = { words: [`词${text}`], blocks: blocksOf(world, to) };
  if (!world.entries.has('home-page')) {
    open(world, 'home-page', 'home', fields, true);
    return ['home-page'];
  }
  return text % 3 === 0 ? withdraw(world, 'home-page') : change(world, 'home-page', () => fields);
}

/** An address of its own that leads to an item that is live then; another target, or another address, when it is there already. */
function redirect(world: World, { text, to }: { readonly text: number; readonly to: number }): ItemId[] {
  const id = `redirect-${text % 3}`;
  const places = [...documentsOf(world), ...channelsOf(world), 'settings'].filter((one) => isLive(world, one));
  const fields = { from: `/art/${text % 7}.html`, to: pick(places, to) };
  const owner = world.owners.get(fields.from);
  if (owner !== undefined && owner !== id) return [];
  if (world.entries.has(id)) return to % 6 === 0 ? withdraw(world, id) : change(world, id, () => fields);
  open(world, id, 'redirect', fields, true);
  return [id];
}

type ItemCommand = Extract<
  SmallCommand,
  { readonly do: 'edit' | 'approve' | 'withdraw' | 'back-date' | 'pin' | 'relate' | 'move-item' }
>;

function runOnItem(world: World, command: ItemCommand, id: ItemId): ItemId[] {
  switch (command.do) {
    case 'edit':
      return draft(world, id, (fields) => ({
        ...fields,
        title: `题目 ${command.text}`,
        body: `<p>${command.text}</p>`,
      }));
    case 'approve':
      return approve(world, id);
    case 'withdraw':
      return withdraw(world, id);
    case 'back-date':
      return change(world, id, (fields) => ({ ...fields, date: dateOf(command.day) }));
    case 'pin':
      return change(world, id, (fields) => ({ ...fields, pinned: !('pinned' in fields && fields.pinned === true) }));
    case 'relate':
      return change(world, id, (fields) => ({
        ...fields,
        ...relationFields(kindOf(id), pick(documentsOf(world), command.to)),
      }));
    case 'move-item':
      return change(world, id, (fields) => ({ ...fields, channel: pick(channelsOf(world), command.channel) }));
  }
}

const kindOf = (id: ItemId): (typeof documentKinds)[number] =>
  documentKinds.find((kind) => id.startsWith(kind)) ?? 'article';

/** An edition of another language, or none; now and then a channel that stands for another. */
function changeLanguage(fields: FieldsOf<Kind>, text: number): unknown {
  const plain = { ...(fields as FieldsOf<'channel'>) };
  delete plain.edition;
  delete plain.translates;
  if (text % 4 === 0) return { ...plain, translates: `channel-${text % 3}` };
  return text % 4 === 1 ? plain : { ...plain, edition: { ...editionFields, name: `Small Town ${text % 5}` } };
}

const editionFields: Omit<NonNullable<FieldsOf<'channel'>['edition']>, 'name'> = {
  language: 'en',
  languageName: 'English',
  missing: 'Not in English.',
  shortName: 'Small Town',
  sponsor: 'Town Office',
  organiser: 'Data Office',
  copyright: 'Small Town',
  address: '1 Small Street',
  home: { focus: 'channel-3', blocks: [{ channel: 'channel-5', count: 3 }] },
};

/** All that stands in a channel stands in another from now on, its addresses are the other's, and the channel is no more. */
function mergeChannel(world: World, from: ItemId, to: ItemId): ItemId[] {
  const [entry, other] = [entryOf(world, from), entryOf(world, to)];
  const isFull = channelsOf(world).some((id) => {
    const { approved, fields } = entryOf(world, id);
    return approved && 'parent' in fields && fields.parent === from;
  });
  if (from === to || isFull || [entry, other].some(({ approved, withdrawn }) => !approved || withdrawn)) return [];
  if (isMerged(world, from) || isMerged(world, to)) return [];
  const members = documentsOf(world).filter((id) => {
    const { fields, approved } = entryOf(world, id);
    return approved && 'channel' in fields && standing(world, fields.channel) === from;
  });
  entry.fields = { ...entry.fields, mergedInto: to } as FieldsOf<'channel'>;
  entry.draft = undefined;
  entry.revision++;
  for (const path of [...entry.former, ...(entry.path === null ? [] : [entry.path])]) {
    other.former.add(path);
    world.owners.set(path, to);
  }
  entry.former.clear();
  entry.path = null;
  return [from, to, ...members];
}

/** The channel itself, or the one it was merged into. */
function standing(world: World, id: ItemId): ItemId {
  const { mergedInto } = entryOf(world, id).fields as FieldsOf<'channel'>;
  return mergedInto === undefined ? id : standing(world, mergedInto);
}

const isMerged = (world: World, id: ItemId): boolean => standing(world, id) !== id;

type Edit = (fields: FieldsOf<Kind>) => unknown;

function add(world: World, command: Extract<SmallCommand, { do: 'add' }>): ItemId[] {
  const kind = documentKinds[command.kind % documentKinds.length] ?? 'article';
  const number = world.entries.size;
  const id = `${kind}-${number}`;
  const picture = number % 4 === 0 ? [addPicture(world, number)] : [];
  const related = [...documentsOf(world), 'nobody'];
  const fields = {
    title: `题目 ${number}`,
    channel: pick(channelsOf(world), command.channel),
    date: dateOf(command.day),
    source: '小城发布',
    body: `<p>${number}</p>`,
    ...(picture[0] === undefined ? {} : { image: picture[0] }),
    ...relationFields(kind, pick(related, command.to)),
  };
  open(world, id, kind, fields as unknown as FieldsOf<Kind>, false);
  return command.to % 5 === 0 ? picture : [...picture, ...approve(world, id)];
}

function relationFields(kind: (typeof documentKinds)[number], to: ItemId): Record<string, unknown> {
  switch (kind) {
    case 'interpretation':
      return { interprets: [to], form: '问答' };
    case 'project':
      return { ...projectFields, responsible: to, relatedTo: [to] };
    case 'service':
      return { ...serviceFields, department: to };
    case 'leader':
      return { post: '镇长', order: 1, duties: ['主持全面工作'], leads: [to] };
    case 'department':
      return { address: '小城一号', phone: '12345', hours: '工作日', order: 1, duties: ['起草公文'] };
    case 'policy':
      return { ...policyFields, publishedBy: to };
    case 'topic':
      return {
        blocks: [
          { show: 'items', title: '其一', items: [to] },
          { show: 'channel', channel: 'channel-0', count: 2 },
        ],
      };
    case 'article':
      return { translates: to };
  }
}

const policyFields = {
  indexNumber: '000014349/2026-00001',
  topic: '城乡建设',
  issuer: '小城人民政府',
  documentNumber: '小政发〔2026〕1号',
  madeOn: '2026-01-01',
  validity: '有效',
};

const serviceFields = {
  lifeEvent: '住房',
  audience: '个人',
  basis: '小城办事规定',
  conditions: ['本地居民'],
  materials: [{ name: '申请表', form: '原件', copies: 1 }],
  steps: [{ name: '受理', text: '窗口受理' }],
  legalDays: 20,
  promisedDays: 5,
  fee: '不收费',
  place: '政务大厅',
  hours: '工作日',
  phone: '12345',
};

const projectFields = {
  code: 'X-1',
  place: '城北',
  investment: '1亿元',
  stage: '在建',
  progress: 40,
  parties: [{ role: '建设单位', name: '小城建设' }],
  approvals: [],
  milestones: [{ date: '2026-05-01', text: '开工', done: true }],
};

function addPicture(world: World, number: number): ItemId {
  const id = `picture-${number}`;
  open(world, id, 'media', pictureFields(world, id, number), true);
  return id;
}

function pictureFields(world: World, id: ItemId, number: number): FieldsOf<'media'> {
  const bytes = new TextEncoder().encode(`<svg><!-- ${id} ${number} --></svg>`);
  const hash = sha256(bytes);
  world.blobs.set(hash, bytes);
  return { title: id, hash, type: 'image/svg+xml', alt: '', size: bytes.length };
}

function changePicture(world: World, item: number, text: number): ItemId[] {
  const pictures = mediaOf(world);
  if (pictures.length === 0) return [];
  const id = pick(pictures, item);
  return change(world, id, () => pictureFields(world, id, text));
}

function open(world: World, id: ItemId, kind: Kind, fields: FieldsOf<Kind>, approved: boolean): void {
  const base = { kind, revision: 1, fields, draft: undefined, withdrawn: false, datePath: '', path: null };
  world.entries.set(id, { ...base, approved, former: new Set() });
}

function draft(world: World, id: ItemId, edit: Edit): ItemId[] {
  const entry = entryOf(world, id);
  entry.draft = edit(entry.draft ?? entry.fields) as FieldsOf<Kind>;
  return [];
}

function approve(world: World, id: ItemId): ItemId[] {
  const entry = entryOf(world, id);
  if (entry.approved && !entry.withdrawn && !entry.draft) return [];
  if (entry.kind === 'channel' && isMerged(world, id)) return [];
  if (!isOpen(world, entry.draft ?? entry.fields)) return [];
  if (entry.draft) entry.revision++;
  entry.fields = entry.draft ?? entry.fields;
  entry.draft = undefined;
  entry.approved = true;
  entry.withdrawn = false;
  return [id];
}

function change(world: World, id: ItemId, edit: Edit): ItemId[] {
  draft(world, id, edit);
  return approve(world, id);
}

function withdraw(world: World, id: ItemId): ItemId[] {
  const entry = entryOf(world, id);
  if (!entry.approved || entry.withdrawn || (entry.kind === 'channel' && isMerged(world, id))) return [];
  entry.withdrawn = true;
  return [id];
}

/** A new address for a channel, unless that would take somebody's or put the channel below itself. */
function readdressed(world: World, id: ItemId, edit: Edit): ItemId[] {
  const entry = entryOf(world, id);
  const { fields } = entry;
  entry.fields = edit(fields) as FieldsOf<Kind>;
  const possible =
    trail(world, id) !== undefined &&
    isOpen(world, entry.fields) &&
    [...world.entries.keys()].every((item) => {
      const owner = world.owners.get(pathOf(world, item) ?? '');
      return owner === undefined || owner === item;
    });
  entry.fields = fields;
  return possible ? change(world, id, edit) : [];
}

/** Nothing is approved into a channel that never was, nor a channel below one that was merged. */
function isOpen(world: World, fields: FieldsOf<Kind>): boolean {
  if ('channel' in fields) return entryOf(world, standing(world, fields.channel)).approved;
  if (!('parent' in fields) || fields.parent === null) return true;
  return entryOf(world, fields.parent).approved && !isMerged(world, fields.parent);
}

/** Takes down where everything now stands. */
function readdress(world: World): void {
  for (const [id, entry] of world.entries) {
    if (!entry.approved) continue;
    if (entry.datePath === '' && 'date' in entry.fields)
      entry.datePath = entry.fields.date.slice(0, 10).replaceAll('-', '/');
    const path = pathOf(world, id);
    if (entry.path !== null && entry.path !== path) entry.former.add(entry.path);
    if (path !== null) entry.former.delete(path);
    if (path !== null) world.owners.set(path, id);
    entry.path = path;
  }
}

function pathOf(world: World, id: ItemId): PagePath | null {
  const { kind, fields, datePath } = entryOf(world, id);
  if (kind === 'redirect') return (fields as FieldsOf<'redirect'>).from;
  if (kind === 'channel') return isMerged(world, id) ? null : (trail(world, id) ?? null);
  if (!('channel' in fields)) return null;
  return `${trail(world, standing(world, fields.channel)) ?? '/'}${datePath}/${id}.html`;
}

/** `/news/notices/`; undefined where a channel would stand below itself. */
function trail(world: World, id: ItemId, seen: readonly ItemId[] = []): PagePath | undefined {
  if (seen.includes(id)) return undefined;
  const { segment, parent } = entryOf(world, id).fields as FieldsOf<'channel'>;
  const above = parent === null ? '/' : trail(world, parent, [...seen, id]);
  return above === undefined ? undefined : `${above}${segment}/`;
}

function liveItem(world: World, id: ItemId): LiveItem[] {
  const { kind, revision, fields, approved, withdrawn, path, former } = entryOf(world, id);
  if (!approved) return [];
  return [
    {
      id,
      kind,
      state: withdrawn ? 'withdrawn' : 'live',
      path,
      formerPaths: [...former].sort(),
      revision: revisionId(id, revision),
      hash: sha256(canonicalJson({ site, item: id, kind, fields })),
      fields:
        'channel' in fields ? ({ ...fields, channel: standing(world, fields.channel) } as FieldsOf<Kind>) : fields,
      ...(withdrawn ? { withdrawal: { reason: '内容有误', on: '2026-11-20' } } : {}),
    },
  ];
}

function isLive(world: World, id: ItemId): boolean {
  const { approved, withdrawn, path, kind } = entryOf(world, id);
  return approved && !withdrawn && (path !== null || kind === 'site');
}

function entryOf(world: World, id: ItemId): Entry {
  const entry = world.entries.get(id);
  if (!entry) throw new Error(`the small world has no ${id}`);
  return entry;
}

const channelsOf = (world: World): ItemId[] =>
  [...world.entries].flatMap(([id, { kind }]) => (kind === 'channel' ? [id] : []));
const mediaOf = (world: World): ItemId[] =>
  [...world.entries].flatMap(([id, { kind }]) => (kind === 'media' ? [id] : []));
const documentsOf = (world: World): ItemId[] =>
  [...world.entries].flatMap(([id, { fields }]) => ('channel' in fields ? [id] : []));

function pick(ids: readonly ItemId[], number: number): ItemId {
  return ids[number % ids.length] ?? '';
}

function dateOf(day: number): string {
  const at = new Date(Date.UTC(2022, 0, 1 + day)).toISOString();
  return `${at.slice(0, 10)} 09:30`;
}

function siteFields(name: string): FieldsOf<'site'> {
  return {
    name,
    shortName: '小城',
    englishName: 'Small Town',
    domain: 'www.smalltown.example',
    origin: 'https://www.smalltown.example',
    identificationCode: '9901000002',
    icp: '苏ICP备99000002号',
    policeFiling: '苏公网安备 99010002000002号',
    conac: 'C0DEC0DEC0DEC0DEC0DEC0DEC0DEC0DE',
    sponsor: '小城人民政府办公室',
    organiser: '小城数据局',
    copyright: '小城人民政府',
    phone: '0999-12345',
    email: 'webmaster@smalltown.example',
    address: '小城一号',
    postcode: '990000',
    demonstration: '演示',
    elder: { channels: ['channel-0', 'channel-4'] },
    home: {
      focus: 'channel-0',
      blocks: [
        { channel: 'channel-1', count: 5 },
        { show: 'interaction', letters: 'channel-2' },
      ],
    },
  };
}

function channelFields(at: number, parent: ItemId | null): FieldsOf<'channel'> {
  return {
    name: `栏目${at}`,
    segment: `channel${at}`,
    parent,
    position: at % 4,
    type: '新闻',
    description: '栏目',
    keywords: ['栏目'],
    layout: 'list',
    navigation: true,
  };
}
