import {
  canonicalJson,
  revisionId,
  sha256,
  type FieldsOf,
  type ItemId,
  type Kind,
  type LiveItem,
} from '@chengmen/model';

/** A number for a seed and a place, the same on every machine: 0 ≤ n < below. */
export function numberAt(seed: number, place: number, below: number): number {
  // The finishing steps of MurmurHash3, which spread neighbouring inputs.
  let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(place + 1, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) % below;
}

const topChannels = 10;
const below = 5;
/** Channels of every generated city: ten at the top, five below each. */
export const channelCount = topChannels * (below + 1);

const words = {
  when: ['近日', '今年以来', '上半年', '本周', '入冬以来', '汛期前', '开学前', '国庆期间'],
  who: ['市水务局', '市教育局', '城北区', '青渡区', '市交通运输局', '市卫生健康委员会', '白鹭县', '市民政局', '各街道'],
  how: ['按照工作安排', '会同有关部门', '在广泛征求意见后', '结合本地实际', '聚焦群众关切', '坚持问题导向'],
  what: [
    '完成老旧小区加装电梯',
    '新建口袋公园',
    '整治河道',
    '改造农村公路',
    '增设社区食堂',
    '开通便民公交',
    '修缮校舍',
  ],
  count: ['十二处', '三十六公里', '八个', '一百余项', '二十四所', '五千余户', '四批次'],
  effect: ['惠及周边居民', '方便市民出行', '改善了人居环境', '缩短了办理时间', '受到群众好评', '为后续工作打下基础'],
  next: ['下一步将继续跟踪问效', '有关情况将及时公布', '欢迎市民提出意见', '年底前全部完成', '长效管护同步跟进'],
} as const;
type Slot = keyof typeof words;

const patterns: readonly (readonly (Slot | string)[])[] = [
  ['when', '，', 'who', 'how', '，', 'what', 'count', '，', 'effect', '。'],
  ['who', '负责人介绍，', 'how', '，已', 'what', 'count', '，', 'next', '。'],
  ['截至目前，', 'who', '累计', 'what', 'count', '，', 'effect', '，', 'next', '。'],
  ['when', '，', 'who', '组织现场查看，', 'what', '进展顺利，', 'next', '。'],
];

/** A sentence of the generator's own grammar. */
export function sentence(seed: number): string {
  const pattern = patterns[numberAt(seed, 0, patterns.length)] ?? [];
  return pattern.map((part, place) => fill(part, seed, place + 1)).join('');
}

function fill(part: string, seed: number, place: number): string {
  const choices = Object.hasOwn(words, part) ? words[part as Slot] : undefined;
  return choices ? (choices[numberAt(seed, place, choices.length)] ?? '') : part;
}

/** Paragraphs there are to choose from. */
const paragraphCount = 4096;
const paragraphs: string[] = [];

/** Made once: of a million articles the grammar would take longer than all the rest. */
function paragraph(at: number): string {
  return (paragraphs[at] ??= `<p>${Array.from({ length: 4 }, (_, one) => sentence(at * 5 + one)).join('')}</p>`);
}

function body(seed: number): string {
  const count = 6 + numberAt(seed, 91, 5);
  return Array.from({ length: count }, (_, at) => paragraph(numberAt(seed, 200 + at, paragraphCount))).join('\n');
}

const firstDay = Date.UTC(2006, 0, 1);
const minutes = ((Date.UTC(2026, 10, 20) - firstDay) / 60_000) | 0;

/** `2026-11-20 09:30`, twenty years before the newest at most. */
export function dateOf(seed: number): string {
  return new Date(firstDay + numberAt(seed, 7, minutes) * 60_000).toISOString().slice(0, 16).replace('T', ' ');
}

/** Item `at` of a city; the same for any size. */
export function articleAt(at: number, changes: Partial<FieldsOf<'article'>> = {}): LiveItem<'article'> {
  const channel = channelId(numberAt(at, 3, channelCount));
  const date = dateOf(at);
  const title = sentence(at * 64 + 63).replace(/，.*$/, '') + `（第 ${at + 1} 期）`;
  const fields: FieldsOf<'article'> = { title, channel, date, source: '临江发布', body: body(at), ...changes };
  return live(
    `a${at}`,
    'article',
    fields,
    `${channelPath(channel)}${date.slice(0, 10).replaceAll('-', '/')}/a${at}.html`,
  );
}

/** Everything live in a city of `count` articles in sixty channels. */
export function* cityOf(count: number): Generator<LiveItem> {
  yield live('site', 'site', siteFields, null);
  for (let at = 0; at < channelCount; at++) yield channelAt(at);
  for (let at = 0; at < count; at++) yield articleAt(at);
}

function channelAt(at: number): LiveItem<'channel'> {
  const id = channelId(at);
  const fields: FieldsOf<'channel'> = {
    name: `栏目${at + 1}`,
    segment: `c${at}`,
    parent: parentOf(at),
    position: at,
    type: '新闻动态',
    description: sentence(at),
    keywords: ['临江', `栏目${at + 1}`],
    layout: at < topChannels ? 'landing' : 'list',
    navigation: at < topChannels,
  };
  return live(id, 'channel', fields, channelPath(id));
}

const channelId = (at: number): ItemId => `c${at}`;
const parentOf = (at: number): ItemId | null => (at < topChannels ? null : channelId(at % topChannels));

function channelPath(id: ItemId): string {
  const at = Number(id.slice(1));
  return at < topChannels ? `/c${at}/` : `/c${at % topChannels}/c${at}/`;
}

function live<K extends Kind>(id: ItemId, kind: K, fields: FieldsOf<K>, path: string | null): LiveItem<K> {
  const hash = sha256(canonicalJson({ site: 'bench', item: id, kind, fields }));
  return { id, kind, state: 'live', path, formerPaths: [], revision: revisionId(id, 1), hash, fields };
}

const siteFields: FieldsOf<'site'> = {
  name: '临江市人民政府',
  shortName: '临江',
  englishName: 'Linjiang',
  domain: 'www.linjiang.example',
  origin: 'https://www.linjiang.example',
  identificationCode: '9901000001',
  icp: '苏ICP备99000001号',
  policeFiling: '苏公网安备 99010002000001号',
  conac: 'C0DEC0DEC0DEC0DEC0DEC0DEC0DEC0DE',
  sponsor: '临江市人民政府办公室',
  organiser: '临江市数据局',
  copyright: '临江市人民政府',
  phone: '0999-12345',
  email: 'webmaster@linjiang.example',
  address: '临江市城北区望江路1号',
  postcode: '990000',
  demonstration: '演示网站：临江市为虚构城市，所有内容均为示例。',
  home: { focus: 'c0', blocks: [{ channel: 'c1', count: 6 }] },
};
