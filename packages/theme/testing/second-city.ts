/** 砚川市, another invented city: its own colour, sign, channels and order of blocks, by data alone. */
import {
  sha256,
  type DocumentKind,
  type FieldsOf,
  type Hash,
  type ItemId,
  type LiveItem,
  type Source,
} from '@chengmen/model';
import { createMemorySource, live } from './memory-source.ts';

const site: FieldsOf<'site'> = {
  name: '砚川市人民政府',
  shortName: '砚川',
  englishName: 'Yanchuan Municipal People’s Government',
  domain: 'www.yanchuan.example',
  origin: 'https://www.yanchuan.example',
  identificationCode: '9902000002',
  icp: '皖ICP备99000002号',
  policeFiling: '皖公网安备 99020002000002号',
  conac: 'FACEFACEFACEFACEFACEFACEFACEFACE',
  sponsor: '砚川市人民政府办公室',
  organiser: '砚川市政务信息中心',
  copyright: '砚川市人民政府',
  phone: '0998-6200000',
  email: 'office@yanchuan.example',
  address: '砚川市砚山区青石街9号',
  postcode: '998000',
  demonstration: '演示网站：砚川市为虚构城市，所有内容均为示例。',
  hue: 28,
  logo: 'sign',
  home: {
    focus: 'zixun',
    words: ['办居住证', '茶园贷款', '老字号补贴'],
    blocks: [
      { channel: 'banshi', count: 6 },
      {
        show: 'links',
        title: '常用入口',
        links: [
          { name: '给市长写信', note: '五个工作日内答复', address: '/hudong/' },
          { name: '查公交到站', address: 'https://bus.example/' },
          { name: '砚台博物馆', note: '免费预约', address: '/renshi/' },
          { name: '网站纠错', address: '/correction.html' },
        ],
      },
      { show: 'focus' },
      { channel: 'zhuanti', count: 2, title: '正在进行' },
      { show: 'policies', policies: 'wenjian', interpretations: 'jiedu', count: 3 },
      { show: 'interaction', letters: 'hudong' },
      { channel: 'shuju', count: 2 },
    ],
  },
};

const sign = new TextEncoder().encode(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect x="2" y="2" width="44" height="44" rx="8" fill="#fff3ea"/><path d="M9 31l9-15 6 9 5-7 10 13z" fill="#8c2f14"/><path d="M9 36h30" stroke="#8c2f14" stroke-width="3.500"/></svg>',
);
const hill = new TextEncoder().encode(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 540"><rect width="960" height="540" fill="#f4e7d8"/><circle cx="240" cy="140" r="60" fill="#e8a583"/><path d="M0 380L200 220 380 350 560 200 760 340 960 240V540H0z" fill="#b98a6e"/><path d="M0 440L260 340 520 430 760 360 960 420V540H0z" fill="#7d5a48"/></svg>',
);
const bytes = new Map<Hash, Uint8Array>([sign, hill].map((data) => [sha256(data), data]));

const media = (
  id: ItemId,
  alt: string,
  data: Uint8Array,
  size: { width?: number; height?: number },
): LiveItem<'media'> =>
  live('media', id, null, { title: alt, alt, hash: sha256(data), type: 'image/svg+xml', size: data.length, ...size });

const channel = (
  segment: string,
  name: string,
  layout: FieldsOf<'channel'>['layout'],
  description: string,
  parent: ItemId | null = null,
): LiveItem<'channel'> => {
  const path = parent === null ? `/${segment}/` : `/${parent}/${segment}/`;
  const keywords = ['砚川', name];
  const fields = { name, segment, parent, position: position++, type: name, description, keywords, layout };
  return live('channel', segment, path, { ...fields, navigation: parent === null });
};
let position = 1;

const channels = [
  channel('banshi', '办事大厅', 'services', '先看要带什么，再出门。'),
  channel('zixun', '砚川资讯', 'list', '市里的事，当天说清楚。'),
  channel('gongkai', '信息公开', 'landing', '文件、解读与专题。'),
  channel('wenjian', '文件', 'policies', '市政府印发的文件。', 'gongkai'),
  channel('jiedu', '解读', 'list', '文件讲了什么。', 'gongkai'),
  channel('zhuanti', '专题', 'topics', '一件事放在一起看。', 'gongkai'),
  channel('hudong', '互动', 'letters', '来信与答复。'),
  channel('shuju', '数据', 'datasets', '可下载的数据。'),
  channel('renshi', '认识砚川', 'departments', '各部门在哪里、做什么。'),
];
const pathOf = new Map(channels.map(({ id, path }) => [id, path ?? '/']));

function item<K extends DocumentKind>(
  kind: K,
  id: ItemId,
  where: ItemId,
  title: string,
  day: string,
  more: Omit<FieldsOf<K>, 'title' | 'channel' | 'date' | 'source' | 'body'> & { readonly body?: string },
): LiveItem<K> {
  const base = { title, channel: where, date: `${day} 09:00`, source: '砚川市人民政府办公室', body: text };
  const path = `${pathOf.get(where) ?? '/'}${day.replaceAll('-', '/')}/${id}.html`;
  return live(kind, id, path, { ...base, ...more } as unknown as FieldsOf<K>);
}
const text = '<p>市政府办公室会同有关部门办理，结果在本站公布。群众有疑问的，可以来信，也可以到市民中心一楼咨询。</p>';

const news = [
  ['老街雨污分流完工，青石板原样铺回', '2026-11-19', '编号的四千二百块石板一块没有少。'],
  ['今年第二批茶园贷款贴息到账', '2026-11-17', '惠及一百三十七户茶农。'],
  ['砚山森林防火期提前到十一月二十日', '2026-11-15', '上山请勿携带火种。'],
  ['制砚技艺传习所招收第九期学员', '2026-11-12', '学制两年，学费由市财政承担。'],
  ['市民中心周末照常办事', '2026-11-09', '二十六个窗口开放。'],
].map(([title = '', day = '', summary = ''], at) =>
  item('article', `zixun-${at + 1}`, 'zixun', title, day, { summary, ...(at === 0 ? { image: 'hill' } : {}) }),
);

const guides = (
  [
    ['居住证办理', '来砚川生活', '个人', 3],
    ['茶园贷款贴息申请', '种茶', '个人和企业', 10],
    ['老字号修缮补贴', '开店', '企业', 15],
    ['幼儿园报名', '上学', '个人', 5],
    ['高龄津贴申领', '养老', '个人', 0],
    ['宅基地审批', '建房', '个人', 20],
  ] as const
).map(([title, lifeEvent, audience, promisedDays], at) =>
  item('service', `banshi-${at + 1}`, 'banshi', title, `2026-06-0${at + 1}`, {
    department: 'office',
    lifeEvent,
    audience,
    promisedDays,
    legalDays: 20,
    basis: '《砚川市便民服务规定》',
    conditions: ['在本市居住或者经营'],
    materials: [{ name: '身份证件', form: '出示原件', copies: 0 }],
    steps: [
      { name: '提交', text: '到市民中心窗口提交。' },
      { name: '领取', text: '凭回执领取结果。' },
    ],
    fee: '不收费',
    place: '砚川市市民中心（砚山区青石街9号）',
    hours: '每天 9:00—17:00',
    phone: '0998-6200018',
  }),
);

const papers = ['砚川市老街保护办法', '砚川市茶产业扶持办法', '砚川市养犬管理办法'].map((title, at) =>
  item('policy', `wenjian-${at + 1}`, 'wenjian', title, `2026-0${9 - at}-02`, {
    indexNumber: `99020002/2026-0000${at}`,
    topic: '城乡建设',
    issuer: '砚川市人民政府',
    documentNumber: `砚政规〔2026〕${3 - at}号`,
    madeOn: `2026-0${9 - at}-01`,
    validity: '有效',
  }),
);
const readings = papers.map(({ id }, at) =>
  item(
    'interpretation',
    `jiedu-${at + 1}`,
    'jiedu',
    ['老街房子怎么修？', '种茶能拿多少钱？', '养狗要办什么证？'][at] ?? '',
    `2026-0${9 - at}-05`,
    {
      interprets: [id],
    },
  ),
);

const letters = ['老街夜里的音响太吵', '请问高龄津贴几号发', '北门公交站没有雨棚'].map((title, at) =>
  item('letter', `xin-${at + 1}`, 'hudong', title, `2026-11-1${at}`, {
    trackingCode: `YC2026-110${at}`,
    topic: '城市管理',
    sender: '方**',
    askedOn: '2026-11-05',
    department: 'office',
    answeredOn: `2026-11-1${at}`,
    answer: '<p>来信收悉，已办理，谢谢您。</p>',
    satisfaction: '满意',
  }),
);

const data = ['茶园面积', '老街店铺数'].map((title, at) =>
  item('dataset', `shuju-${at + 1}`, 'shuju', title, `2026-04-0${at + 1}`, {
    department: 'office',
    period: '2023—2025年',
    updateCycle: '每年',
    licence: '砚川市公共数据开放许可',
    columns: [
      { name: '年份', type: 'text' as const },
      { name: title, type: 'number' as const },
    ],
    rows: [
      ['2023年', 310 + at],
      ['2024年', 322 + at],
      ['2025年', 341 + at],
    ],
  }),
);

const topics = (
  [
    ['老街修缮记', '一条一千二百米的老街，三年修好。'],
    ['秋茶季', '开园、收购、贷款，都在这里。'],
  ] as const
).map(([title, summary], at) =>
  item('topic', `zhuanti-${at + 1}`, 'zhuanti', title, `2026-10-0${at + 1}`, {
    summary,
    image: 'hill',
    body: '',
    blocks: [
      { show: 'items', title: '进展', items: ['zixun-1', 'zixun-2'] },
      { show: 'channel', channel: 'banshi', count: 3 },
    ],
  }),
);

const office = item('department', 'office', 'renshi', '市人民政府办公室', '2026-01-01', {
  address: '砚川市砚山区青石街9号',
  phone: '0998-6200000',
  hours: '工作日 9:00—17:30',
  duties: ['综合协调'],
  order: 1,
});

export const secondItems: readonly LiveItem[] = [
  live('site', 'site', null, site),
  ...channels,
  media('sign', '砚川市标志', sign, {}),
  media('hill', '晨光里的砚山', hill, { width: 960, height: 540 }),
  ...news,
  ...guides,
  ...papers,
  ...readings,
  ...letters,
  ...data,
  ...topics,
  office,
];

/** The second example city. */
export function secondCity(): Source {
  return createMemorySource({ items: secondItems, bytes });
}
