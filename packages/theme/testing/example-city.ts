import {
  accessibilityStatement,
  sha256,
  type FieldsOf,
  type Hash,
  type ItemId,
  type LiveItem,
  type MendingNote,
  type PictureForm,
  type Source,
} from '@chengmen/model';
import { accessibilityRecord } from '../src/generated/accessibility-record.ts';
import { pictures } from './example-pictures.ts';
import { createMemorySource, live } from './memory-source.ts';

type Document = FieldsOf<'article'>;

const site: FieldsOf<'site'> = {
  name: '临江市人民政府',
  shortName: '临江市',
  englishName: 'Linjiang Municipal People’s Government',
  domain: 'www.linjiang.example',
  origin: 'https://www.linjiang.example',
  identificationCode: '9901000001',
  icp: '苏ICP备99000001号',
  policeFiling: '苏公网安备 99010002000001号',
  conac: 'C0DEC0DEC0DEC0DEC0DEC0DEC0DEC0DE',
  sponsor: '临江市人民政府办公室',
  organiser: '临江市数据局',
  copyright: '临江市人民政府',
  phone: '0999-8100000',
  email: 'webmaster@linjiang.example',
  address: '临江市城北区望江路1号',
  postcode: '990000',
  traditional: { variant: 'hk', names: [{ simplified: '临江市', traditional: '临江市' }] },
  demonstration: '演示网站：临江市为虚构城市，所有内容均为示例。',
  counter: 'https://counter.linjiang.example',
  elder: { channels: ['services', 'notices', 'headlines'] },
  home: {
    focus: 'headlines',
    words: ['公积金贷款', '加装电梯', '养老补贴', '义务教育入学'],
    blocks: [
      { show: 'focus' },
      { channel: 'services', count: 8 },
      { channel: 'notices', count: 6 },
      { channel: 'pictures', count: 2 },
      { show: 'policies', policies: 'policies', interpretations: 'interpretations', count: 4 },
      { show: 'interaction', letters: 'letters', consultations: 'consultations' },
      { channel: 'topics', count: 2 },
      { channel: 'projects', count: 3 },
      { channel: 'opendata', count: 3 },
    ],
  },
};

const channelPaths = new Map<ItemId, string>();

function channel(
  id: ItemId,
  name: string,
  segment: string,
  parent: ItemId | null,
  layout: FieldsOf<'channel'>['layout'],
  description: string,
  extra: Partial<FieldsOf<'channel'>> = {},
): LiveItem<'channel'> {
  const path = `${parent === null ? '/' : (channelPaths.get(parent) ?? '/')}${segment}/`;
  channelPaths.set(id, path);
  const position = channelPaths.size * 10;
  const fields = {
    name,
    segment,
    parent,
    position,
    type: name,
    description,
    keywords: [name],
    layout,
    navigation: true,
  };
  return live('channel', id, path, { ...fields, ...extra });
}

const channels = [
  channel('about', '走进临江', 'about', null, 'landing', '认识这座城市：概况、领导、机构。'),
  channel('leaders', '领导之窗', 'leaders', 'about', 'people', '市政府领导的分工与简历。'),
  channel('departments', '政府机构', 'departments', 'about', 'departments', '市政府部门的职责与联系方式。'),
  channel('news', '新闻中心', 'news', null, 'landing', '临江的新闻与公告。'),
  channel('headlines', '要闻动态', 'headlines', 'news', 'list', '市政府工作与城市发展的要闻。', { type: '时政要闻' }),
  channel('notices', '通知公告', 'notices', 'news', 'list', '面向公众的通知与公告。'),
  channel('pictures', '图片新闻', 'pictures', 'news', 'pictures', '用图片看临江。'),
  channel('topics', '专题专栏', 'topics', 'news', 'topics', '一件大事，从头到尾放在一起看。'),
  channel('restored', '旧页修复', 'restored', 'news', 'list', '从受损的旧网页中修复的文章。', { navigation: false }),
  channel('disclosure', '政府信息公开', 'disclosure', null, 'landing', '政策、解读、年度报告与重大项目。'),
  channel('policies', '政策文件', 'policies', 'disclosure', 'policies', '市政府及其办公室印发的政策文件。'),
  channel('interpretations', '政策解读', 'interpretations', 'disclosure', 'list', '用平实的话讲清楚政策。'),
  channel('projects', '重大项目', 'projects', 'disclosure', 'projects', '重大建设项目的批准与实施信息。'),
  channel('services', '政务服务', 'services', null, 'services', '按一生中会遇到的事情，找到要办的手续。'),
  channel('interaction', '政民互动', 'interaction', null, 'landing', '来信、征集与问答。'),
  channel('letters', '来信选登', 'letters', 'interaction', 'letters', '市民来信与部门答复。'),
  channel('consultations', '意见征集', 'consultations', 'interaction', 'list', '正在听取意见的草案和方案。'),
  channel('opendata', '数据开放', 'opendata', null, 'datasets', '可以下载和再利用的公共数据。'),
  channel('archive', '空栏目', 'archive', null, 'list', '尚无内容。', { navigation: false }),
  channel('old-channel', '旧栏目', 'old-channel', null, 'list', '已停办的栏目。', { navigation: false }),
];

function pathOf(id: ItemId, fields: { readonly channel: ItemId; readonly date: string }): string {
  return `${channelPaths.get(fields.channel) ?? '/'}${fields.date.slice(0, 10).replaceAll('-', '/')}/${id}.html`;
}

function article(
  id: ItemId,
  fields: Partial<Document> & Pick<Document, 'title' | 'channel' | 'date'>,
): LiveItem<'article'> {
  const whole = { source: '临江市人民政府办公室', body: defaultBody, ...fields };
  return live('article', id, pathOf(id, whole), whole);
}

/** Of the news some have no department on the site. */
const publishers = ['dept-transport', 'dept-office', 'dept-education'];

const defaultBody =
  '<p>本次工作由市政府办公室牵头，有关部门按职责分工落实。群众对办理过程有疑问的，可以拨打政务服务热线，或者在网上来信。</p><p>市政府办公室将按月公布进展，接受社会监督。</p>';

const titles: readonly (readonly [string, string, string, string?])[] = [
  [
    '2026-11-20 09:30',
    '澜水三桥主塔封顶　跨江段明年合龙',
    '两座主塔历时十四个月建成，接下来将架设主梁。大桥通车后，青渡区到城南区的车程由四十分钟缩短到十分钟。',
    'pic-bridge',
  ],
  [
    '2026-11-18 16:05',
    '市政府常务会议研究部署今冬供暖和困难群众保障工作',
    '会议要求提前检修管网，把补贴在入冬前发到位。',
  ],
  [
    '2026-11-16 10:20',
    '市图书馆新馆试开放，首周接待读者二万六千人次',
    '新馆设三千个座位，儿童阅读区全天开放。',
    'pic-library',
  ],
  ['2026-11-13 08:40', '青渡港自动化码头吞吐量创单月新高', '十月完成集装箱吞吐量十一万标准箱。', 'pic-port'],
  ['2026-11-10 14:00', '白鹭湖连续六个月保持二类水质', '综合整治工程的生态护岸全部完工。', 'pic-lake'],
  ['2026-11-06 09:00', '“免申即享”再添十二项，全年惠及企业四千余户', '符合条件的企业无需提交申请，补贴直接到账。'],
  ['2026-10-30 11:30', '城北实验学校迎来首个秋季运动会', '学校九月启用，现有三十六个班。'],
  ['2026-10-22 15:45', '全市加装电梯突破一千部', '今年加装电梯三百一十部。'],
];

const news = [
  ...titles.map(([date, title, summary, image], index) =>
    article(`news-${index + 1}`, {
      title,
      date,
      channel: 'headlines',
      summary: summary ?? '',
      keywords: ['临江', '要闻'],
      ...(publishers[index] === undefined ? {} : { publishedBy: publishers[index] }),
      ...(image === undefined ? {} : { image }),
    }),
  ),
  ...Array.from({ length: 24 }, (_, index) =>
    article(`older-${index + 1}`, {
      title: `全市重点工作推进情况通报（第 ${24 - index} 期）`,
      date: `2026-0${9 - Math.floor(index / 4)}-1${index % 4} 09:00`,
      channel: 'headlines',
    }),
  ),
  ...[
    '关于元旦期间政务服务窗口开放时间的通告',
    '关于公开征集市区公交线路优化意见的公告',
    '关于下达二〇二六年老旧小区改造计划的通知',
    '关于城北区望江路部分路段临时封闭的通告',
    '关于开展全市燃气安全检查的通知',
    '关于召开餐厨垃圾收运价格听证会的公告',
  ].map((title, index) =>
    article(`notice-${index + 1}`, {
      title,
      date: `2026-11-${String(19 - index * 2).padStart(2, '0')} 10:00`,
      channel: 'notices',
      ...(index === 2 ? { pinned: true } : {}),
    }),
  ),
  ...['《临江市养老服务条例（草案）》公开征求意见', '市区公交线路优化方案，请您来提'].map((title, index) =>
    article(`consultation-${index + 1}`, { title, date: `2026-11-1${index} 09:00`, channel: 'consultations' }),
  ),
  ...['pic-bridge', 'pic-library', 'pic-port', 'pic-lake'].map((image, index) =>
    article(`picture-${index + 1}`, {
      title: ['澜水两岸', '新馆夜读', '港口清晨', '湖上白鹭'][index] ?? '',
      date: `2026-11-0${9 - index} 18:00`,
      channel: 'pictures',
      image,
      body: `<figure><img src="media:${image}" alt="画面近处是江水"><figcaption>画面近处是江水</figcaption></figure>`,
    }),
  ),
];

const gap = '<span class="gap" role="img" aria-label="此处原文缺损，无法复原">〓</span>';

const mending: MendingNote = {
  received: sha256('received'),
  mechanism: 'cp936-round-trip',
  counts: { proved: 21, likely: 4, lost: 2, stated: 1 },
  places: [
    { class: 'proved', place: '…融入新发展格局。</p>', before: '、/p>', after: '。</p>', rule: 'minus-one' },
    {
      class: 'likely',
      place: '…位居全国第二十三位…',
      before: '?3',
      after: '年23',
      rule: 'lost-pair',
      probability: 0.9912,
    },
    { class: 'lost', place: '…今〓·28经贸洽谈会…', before: '?', after: '〓', rule: 'lost-pair' },
    {
      class: 'stated',
      place: '…12月1日…',
      before: '12?日',
      after: '12月1日',
      rule: 'lost-pair',
      source: '当日纸质报纸',
    },
  ],
  alarms: [{ kind: 'foreign-encoding', evidence: 'ɳ˭Ӯ', readings: ['沙特谁赢', '沙地谁赢'] }],
  removed: ['编辑器书签 2 处', '页面导航与页脚'],
};

const restored = article('restored-1', {
  title: '市领导带队赴京对接央企 推动重大项目〓展',
  date: '2020-12-04 00:00',
  channel: 'restored',
  source: '临江日报',
  body: `<p>12月1日和2日，市领导带队赴京对接央企，推动重大项目进展。今${gap}·28经贸洽谈会期间揭牌的研究院，正在加快建设。</p><p>在京期间，一行人还拜访了<a href="item:project-bridge">澜水三桥</a>的设计单位，并商定了<a href="item:withdrawn-1">后续安排</a>。</p>`,
  mending,
  original: 'http://www.linjiang.example/old/2020/1204/14831.html',
});

/** Published, then changed twice. */
const editions = [
  { on: '2026-11-12', hash: 'c'.repeat(64) },
  { on: '2026-11-13', hash: 'b'.repeat(64) },
  { on: '2026-11-18', hash: 'a'.repeat(64) },
];

const rich: LiveItem<'article'> = {
  ...article('rich', {
    title: '临江市二〇二六年国民经济和社会发展计划执行情况',
    date: '2026-11-12 09:00',
    channel: 'headlines',
    author: '韩修',
    summary: '前三季度主要指标完成情况与下一步安排。',
    body: `<p>前三季度，全市经济运行平稳。现将计划执行情况通报如下。</p><h2>一、主要指标</h2><p>地区生产总值同比增长百分之五点六，高于全省平均水平。</p><table><thead><tr><th>指标</th><th>单位</th><th>数值</th><th>同比</th></tr></thead><tbody><tr><td>地区生产总值</td><td>亿元</td><td>2 846.3</td><td>5.6%</td></tr><tr><td>一般公共预算收入</td><td>亿元</td><td>218.4</td><td>4.1%</td></tr></tbody></table><h2>二、下一步安排</h2><ul><li>稳住工业，抓紧新材料产业园二期建设；</li><li>补齐短板，按期建成新馆和新院区。</li></ul><blockquote><p>民生无小事，枝叶总关情。</p></blockquote><h3>（一）重点项目</h3><p>详见<a href="item:project-bridge">澜水三桥</a>，附件：<a href="media:attachment">指标表</a>。</p><figure><img src="media:pic-port" alt="青渡港的岸桥"><figcaption>青渡港自动化码头</figcaption></figure>`,
  }),
  editions,
};

const policies = [
  '临江市促进新材料产业发展若干措施',
  '临江市“免申即享”事项管理办法',
  '临江市机动车停车收费暂行办法',
  '临江市养老服务补贴办法',
].map((title, index) => {
  const id = `policy-${index + 1}`;
  const validity = (['有效', '有效', '废止', '尚未生效'] as const)[index] ?? '有效';
  const fields: FieldsOf<'policy'> = {
    title,
    channel: 'policies',
    date: `2026-1${index % 2}-0${5 - index} 09:00`,
    source: '临江市人民政府办公室',
    keywords: ['产业', '措施'],
    summary: '自印发之日起施行。',
    body: '<p>各区县人民政府，市政府各部门：</p><p>现印发给你们，请认真贯彻执行。</p><h2>第一条</h2><p>为规范有关工作，制定本办法。</p><h2>第二条</h2><p>本办法自印发之日起施行。</p>',
    indexNumber: `99010001/2026-0001${index}`,
    topic: '国民经济管理、国有资产监管',
    issuer: '临江市人民政府',
    documentNumber: `临政发〔2026〕${12 + index}号`,
    madeOn: '2026-03-16',
    validity,
    inForceFrom: '2026-04-01',
    ...(validity === '废止' ? { inForceTo: '2026-09-30' } : {}),
  };
  return live('policy', id, pathOf(id, fields), fields);
});

const interpretations = [1, 2].map((number) => {
  const id = `interpretation-${number}`;
  const fields: FieldsOf<'interpretation'> = {
    title: number === 1 ? '一图读懂《临江市促进新材料产业发展若干措施》' : '哪些事项可以“免申即享”？',
    channel: 'interpretations',
    date: `2026-11-0${number} 10:00`,
    source: '临江市发展和改革委员会',
    body: '<p>这份文件解决什么问题？企业能得到什么？我们用三个问答讲清楚。</p>',
    interprets: [`policy-${number}`],
  };
  return live('interpretation', id, pathOf(id, fields), fields);
});

const services = (
  [
    ['新生儿出生“一件事”联办', '出生', '个人', 5, 'dept-health'],
    ['义务教育入学报名', '上学', '个人', 10, 'dept-education'],
    ['高校毕业生就业补贴', '就业', '个人', 7, 'dept-education'],
    ['公司设立登记', '开办企业', '企业', 1, 'dept-office'],
    ['住房公积金贷款', '购房', '个人', 8, 'dept-office'],
    ['职工医疗保险报销', '就医', '个人', 0, 'dept-health'],
    ['养老服务补贴申领', '养老', '个人', 10, 'dept-office'],
    ['老旧小区加装电梯', '居住', '个人和企业', 15, 'dept-office'],
    ['出生医学证明补发', '出生', '个人', 3, 'dept-health'],
  ] as const
).map(([title, lifeEvent, audience, promisedDays, department], index) => {
  const id = `service-${index + 1}`;
  const fields: FieldsOf<'service'> = {
    title,
    channel: 'services',
    date: `2026-05-0${index + 1} 09:00`,
    source: '临江市政务服务中心',
    summary: '一次申请，并联办理。',
    body: '<p>在线上或窗口提交一次申请，由各部门并联办理。</p>',
    department,
    lifeEvent,
    audience,
    basis: '《中华人民共和国行政许可法》',
    conditions: ['户籍或居住证在本市', '材料真实、完整'],
    materials: [
      { name: '居民身份证', form: '原件，核验后退回', copies: 0 },
      { name: '申请表', form: '窗口领取或网上下载', copies: 1 },
    ],
    steps: [
      { name: '申请', text: '在线上或窗口提交材料。' },
      { name: '受理', text: '当场核验，缺少材料一次告知。' },
      { name: '办结', text: '领取或邮寄结果。' },
    ],
    legalDays: 20,
    promisedDays,
    fee: '不收费',
    place: '临江市政务服务中心（城北区望江路18号）',
    hours: '工作日 9:00—17:00',
    phone: '0999-8100018',
  };
  return live('service', id, pathOf(id, fields), fields);
});

const letters = [
  '小区门口的路灯坏了半个月，请尽快维修',
  '请问加装电梯的补贴什么时候到账？',
  '建议在澜水公园增设直饮水点',
].map((title, index) => {
  const id = `letter-${index + 1}`;
  const fields: FieldsOf<'letter'> = {
    title,
    channel: 'letters',
    date: `2026-11-1${index} 15:00`,
    source: '临江市住房和城乡建设局',
    body: '<p>您好！我住在城南区，想反映这个问题，希望得到答复。谢谢！</p>',
    trackingCode: `LJ2026-11-0${index}`,
    topic: ['市政设施', '住房保障', '公园绿化'][index] ?? '其他',
    sender: '陈**',
    askedOn: '2026-11-03',
    department: 'dept-office',
    answeredOn: `2026-11-1${index}`,
    answer: '<p>您好！来信收悉。经现场核实，现已修复。感谢您的监督，如有疑问请致电我局。</p>',
    satisfaction: '满意',
  };
  return live('letter', id, pathOf(id, fields), fields);
});

const datasetBase = {
  channel: 'opendata',
  source: '临江市数据局',
  body: '<p>数据来自年度统计，四舍五入，合计可能与分项之和略有出入。</p>',
  department: 'dept-office',
  updateCycle: '每年',
  licence: '临江市公共数据开放许可',
};

const datasets = [
  dataset('dataset-population', {
    ...datasetBase,
    title: '全市常住人口（2018—2025年）',
    date: '2026-03-20 09:00',
    summary: '按年的常住人口与城镇人口。',
    period: '2018—2025年',
    columns: [
      { name: '年份', type: 'text' },
      { name: '常住人口', unit: '万人', type: 'number' },
      { name: '城镇人口', unit: '万人', type: 'number' },
    ],
    rows: [
      ['2018年', 271.2, 170.1],
      ['2019年', 273.9, 175.4],
      ['2020年', 276.1, 180.2],
      ['2021年', 278.4, 185.6],
      ['2022年', 280.3, 189.9],
      ['2023年', 282.5, 194.8],
      ['2024年', 284.6, 199.7],
      ['2025年', 286.4, 204.5],
    ],
  }),
  dataset('dataset-districts', {
    ...datasetBase,
    title: '各区县面积与人口',
    date: '2026-03-21 09:00',
    summary: '四个区县的面积、常住人口。',
    period: '2025年',
    columns: [
      { name: '区县', type: 'text' },
      { name: '常住人口', unit: '万人', type: 'number' },
      { name: '面积', unit: '平方公里', type: 'number' },
    ],
    rows: [
      ['城北区', 92.1, 410],
      ['城南区', 86.7, 520],
      ['青渡区', 58.4, 890],
      ['白鹭县', 49.2, 2300],
    ],
  }),
  dataset('dataset-text', {
    ...datasetBase,
    title: '公共卫生间名录',
    date: '2026-03-22 09:00',
    period: '2026年',
    columns: [
      { name: '名称', type: 'text' },
      { name: '备注', type: 'text' },
    ],
    rows: [
      ['望江路公厕', '含“第三卫生间”, 全天'],
      ['澜水公园公厕', null],
    ],
  }),
];

function dataset(id: ItemId, fields: FieldsOf<'dataset'>): LiveItem<'dataset'> {
  const path = pathOf(id, fields);
  return live('dataset', id, path, fields, { formerPaths: [path.replace('/opendata/', '/data/')] });
}

const people: readonly (readonly [string, string])[] = [
  ['陆知远', '市长'],
  ['沈禾', '常务副市长'],
  ['顾清川', '副市长'],
  ['叶若琳', '副市长'],
];

/** The mayor leads none, and one department has two leaders. */
const ledBy: readonly (string[] | undefined)[] = [
  undefined,
  ['dept-office', 'dept-health'],
  ['dept-transport'],
  ['dept-education', 'dept-health'],
];

const leaders = people.map(([title, post], index) => {
  const id = `leader-${index + 1}`;
  const fields: FieldsOf<'leader'> = {
    title,
    post,
    channel: 'leaders',
    date: '2026-01-10 09:00',
    source: '临江市人民政府办公室',
    body: '<p>长期从事城市管理工作，熟悉基层。</p>',
    duties: ['主持市政府全面工作', '分管审计、财政'],
    ...(ledBy[index] === undefined ? {} : { leads: ledBy[index] }),
    ...(index === 1 ? { office: '望江路1号', phone: '0999-8100001', email: 'shen@linjiang.example' } : {}),
    // Not in the order of their ids.
    order: [1, 3, 2, 4][index] ?? 9,
  };
  return live('leader', id, pathOf(id, fields), fields);
});

const departments = (
  [
    ['dept-office', '市人民政府办公室', '罗启明'],
    ['dept-health', '市卫生健康委员会', '季安'],
    ['dept-education', '市教育局', '温书岚'],
    ['dept-transport', '市交通运输局', '魏行'],
  ] as const
).map(([id, title, head], index) => {
  const fields: FieldsOf<'department'> = {
    title,
    head,
    channel: 'departments',
    date: '2026-01-11 09:00',
    source: '临江市人民政府办公室',
    body: '<p>市政府工作部门。</p>',
    address: `临江市城北区望江路${index + 1}号`,
    phone: `0999-81000${index}0`,
    hours: '工作日 9:00—12:00，13:30—17:30',
    ...(index === 0
      ? {
          email: 'office@linjiang.example',
          divisions: [
            { name: '秘书科', duty: '文电和会务', phone: '0999-8100011' },
            { name: '政务公开科', duty: '信息公开和依申请公开的受理', phone: '0999-8100012' },
          ],
        }
      : {}),
    duties: ['拟订本领域的规划并组织实施', '办理人大代表建议和政协提案'],
    order: index + 1,
  };
  return live('department', id, pathOf(id, fields), fields);
});

const projects = (
  [
    ['project-bridge', '澜水三桥', '青渡区—城南区', '42.6亿元', '在建', 58, 'pic-bridge'],
    ['project-library', '市图书馆新馆', '城南区', '5.2亿元', '竣工', 100, 'pic-library'],
    ['project-park', '青渡新材料产业园二期', '青渡区', '26亿元', '前期', 4, 'pic-port'],
  ] as const
).map(([id, title, place, investment, stage, progress, image], index) => {
  const fields: FieldsOf<'project'> = {
    title,
    channel: 'projects',
    date: `2026-10-1${index} 09:00`,
    source: '临江市发展和改革委员会',
    summary: '按月公布进展。',
    body: '<p>项目全长 4.8 公里，双向六车道，设非机动车道和人行道。</p>',
    image,
    code: `2403-990100-04-01-12345${index}`,
    responsible: 'dept-transport',
    place,
    investment,
    stage,
    progress,
    parties:
      index === 2
        ? []
        : [
            { role: '建设单位', name: '临江城建集团' },
            { role: '设计单位', name: '江南桥梁设计院' },
          ],
    approvals:
      index === 2
        ? []
        : [
            {
              name: '可行性研究报告审批',
              number: '临发改审〔2024〕101号',
              date: '2024-08-12',
              body: '市发展和改革委员会',
            },
          ],
    milestones: [
      { date: '2025-03-01', text: '主体工程开工。', done: true },
      { date: '2026-11-18', text: '主塔封顶。', done: stage !== '前期' },
      { date: '2028-06-30', text: '建成通车。', done: stage === '竣工' },
    ],
    relatedTo: ['news-1'],
  };
  return live('project', id, pathOf(id, fields), fields);
});

const topicBase = { channel: 'topics', source: '临江市人民政府办公室', body: '' };

const bridgeTopic: FieldsOf<'topic'> = {
  ...topicBase,
  title: '澜水三桥：一座桥怎样建起来',
  date: '2026-11-20 10:00',
  summary: '从选址、审批到封顶，桥的来历、花费和下一步都在这里。每次进展当天更新。',
  image: 'pic-bridge',
  blocks: [
    {
      show: 'facts',
      title: '一眼看懂',
      facts: [
        { name: '全长', value: '4.8 公里，双向六车道' },
        { name: '总投资', value: '42.6 亿元' },
        { name: '通车后', value: '青渡区到城南区由 40 分钟缩短到 10 分钟' },
      ],
    },
    { show: 'items', title: '最新进展', items: ['news-1', 'rich', 'picture-1'] },
    {
      show: 'timeline',
      title: '大事记',
      events: [
        { date: '2024-08-12', text: '可行性研究报告获批。', done: true },
        { date: '2025-03-01', text: '主体工程开工。', done: true },
        { date: '2026-11-18', text: '两座主塔封顶。', done: true },
        { date: '2028-06-30', text: '建成通车。', done: false },
      ],
    },
    { show: 'items', title: '影像', items: ['gallery-1', 'video-1'], as: 'cards' },
    {
      show: 'text',
      title: '施工期间怎样出行',
      paragraphs: ['望江路北段夜间封闭，请绕行青渡路。', '公交 12 路、31 路临时改线，站牌上有新的路线图。'],
    },
    { show: 'channel', title: '相关通告', channel: 'notices', count: 3 },
    {
      show: 'links',
      title: '还想知道',
      links: [
        { name: '向建设单位提问', note: '三个工作日内答复', address: '/contact.html' },
        { name: '设计单位介绍', address: 'https://bridge.example/' },
      ],
    },
  ],
};
const floodTopic: FieldsOf<'topic'> = {
  ...topicBase,
  title: '二〇二五年防汛专题',
  date: '2025-07-01 08:00',
  summary: '汛期已过，专题保留供查考。',
  image: 'pic-lake',
  archived: { on: '2025-11-01', why: '最新汛情请看通知公告。' },
  blocks: [{ show: 'channel', channel: 'notices', count: 5 }],
};
const topics = Object.entries({ 'topic-bridge': bridgeTopic, 'topic-flood': floodTopic }).map(([id, fields]) =>
  live('topic', id, pathOf(id, fields), fields),
);

const galleryFields: FieldsOf<'gallery'> = {
  title: '一江四景',
  channel: 'pictures',
  date: '2026-11-10 18:00',
  source: '临江市融媒体中心',
  summary: '从桥到湖，四张图看临江的秋天。',
  image: 'pic-lake',
  body: '<p>十一月的江面风平浪静。我们沿江走了一天，留下这四张图。</p>',
  pictures: [
    { picture: 'pic-bridge', caption: '澜水三桥的主塔已经封顶，缆索一根一根挂上去。' },
    { picture: 'pic-library', caption: '市图书馆新馆的儿童阅读区全天开放。' },
    { picture: 'pic-port', caption: '青渡港的自动化岸桥，夜里也不停。' },
    { picture: 'pic-lake', caption: '白鹭湖的水面上又有了白鹭。' },
  ],
};
const videoFields: FieldsOf<'video'> = {
  title: '三分钟看懂“免申即享”',
  channel: 'pictures',
  date: '2026-11-11 18:00',
  source: '临江市融媒体中心',
  summary: '符合条件的企业无需提交申请，补贴直接到账。',
  image: 'pic-port',
  body: '<p>短片由市数据局的工作人员讲解。</p>',
  video: 'film',
  captions: 'film-captions',
  duration: 185,
  transcript:
    '（画面：政务服务大厅，一位企业主走向窗口。）\n旁白：以前申请一笔补贴，要填六张表，跑三个部门。\n（画面：屏幕上，六张表叠成一张，又消失了。）\n旁白：现在，系统替您比对。符合条件的，钱直接到账。',
};
const recordings = [
  live('gallery', 'gallery-1', pathOf('gallery-1', galleryFields), galleryFields),
  live('video', 'video-1', pathOf('video-1', videoFields), videoFields),
];

const outside = article('outside', {
  title: '关于与省外高校联合招聘的通告',
  date: '2026-03-03 09:00',
  channel: 'notices',
  archived: { on: '2026-06-01' },
  body: '<p>报名见<a href="https://jobs.example/linjiang?a=1&amp;b=2">招聘网站</a>，政策见<a href="https://www.gov.cn/">中国政府网</a>和<a href="https://www.linjiang.example/services/">本站办事栏目</a>。</p>',
});

const bytes = new Map<Hash, Uint8Array>();

function media(
  id: ItemId,
  title: string,
  type: FieldsOf<'media'>['type'],
  data: Uint8Array,
  width?: number,
): LiveItem<'media'> {
  const hash = sha256(data);
  bytes.set(hash, data);
  const size = width === undefined ? {} : { width, height: (width * 9) / 16 };
  return live('media', id, null, { title, hash, type, alt: title, size: data.length, ...size });
}

const spoken = (item: LiveItem<'media'>, more: Partial<FieldsOf<'media'>>): LiveItem<'media'> => ({
  ...item,
  fields: { ...item.fields, ...more },
});

const medias = [
  ...Object.entries(pictures).map(([id, data]) =>
    media(
      id,
      { 'pic-bridge': '建设中的澜水三桥', 'pic-library': '市图书馆新馆外景' }[id] ?? '临江风景',
      'image/svg+xml',
      data,
      960,
    ),
  ),
  spoken(media('film', '三分钟看懂“免申即享”', 'video/mp4', new TextEncoder().encode('\0\0\0\u0018ftypisom'), 1280), {
    captions: 'film-captions',
    image: 'pic-port',
  }),
  media(
    'film-captions',
    '中文字幕',
    'text/vtt',
    new TextEncoder().encode('WEBVTT\n\n00:00.000 --> 00:04.000\n以前申请一笔补贴，要填六张表，跑三个部门。\n'),
  ),
  spoken(media('sound', '防汛广播', 'audio/mpeg', new Uint8Array([0xff, 0xfb, 0x90, 0x64])), {
    transcript: '播音员：江水今晚上涨。\n播音员：请离开低处。',
  }),
  media('attachment', '指标表', 'text/csv', new TextEncoder().encode('指标,数值\n')),
];

/** A picture in forms, and another item of the very same bytes. */
const photograph = (id: ItemId): LiveItem<'media'> => {
  const form = (type: 'image/jpeg' | 'image/webp', width: number): PictureForm => {
    const data = new TextEncoder().encode(`${type} ${width}`);
    bytes.set(sha256(data), data);
    return { hash: sha256(data), type, width, height: width / 2, size: data.length };
  };
  const forms = [form('image/webp', 480), form('image/webp', 900)];
  return live('media', id, null, { ...form('image/jpeg', 900), title: '江雾', alt: '江雾', name: 'IMG_1.jpg', forms });
};
const photographs = ['photo-mist', 'photo-mist-again'].map(photograph);
const withFiles = article('with-files', {
  title: '附件和照片',
  date: '2026-02-02 09:00',
  channel: 'notices',
  image: 'photo-mist',
  attachments: ['attachment'],
  body: '<p><img src="media:photo-mist-again" alt="江&amp;雾"></p><p>见<a href="media:attachment">指标表</a>。</p>',
});

const withRecordings = article('with-recordings', {
  title: '汛期的短片和广播',
  date: '2026-02-03 09:00',
  channel: 'notices',
  body: '<p><a href="media:film">看短片</a></p><p><a href="media:sound">听广播</a></p><p>也可<a href="media:sound">下载广播</a>。</p>',
});

const hostile = article('hostile', {
  title: '"><script>alert(1)</script>\'&amp;{{7*7}}</title>',
  date: '2026-02-01 09:00',
  channel: 'notices',
  source: '<img src=x onerror=alert(1)>',
  summary: '</script><script>alert(2)</script>',
  keywords: ['"onmouseover="x'],
});

const withdrawn = live(
  'article',
  'withdrawn-1',
  '/news/notices/2026/01/05/withdrawn-1.html',
  {
    title: '不该再出现的标题',
    channel: 'notices',
    date: '2026-01-05 09:00',
    source: '临江市人民政府办公室',
    body: '<p>不该再出现的正文</p>',
  },
  {
    state: 'withdrawn',
    withdrawal: { reason: '内容有误，待更正后重新发布', on: '2026-01-08' },
    formerPaths: ['/news/headlines/2026/01/05/withdrawn-1.html'],
  },
);
const withdrawnChannel = channels.map((item) =>
  item.id === 'old-channel'
    ? { ...item, state: 'withdrawn' as const, withdrawal: { reason: '栏目停办', on: '2026-06-30' } }
    : item,
);
const moved = { ...(news[1] as LiveItem<'article'>), formerPaths: ['/news/notices/2026/11/18/news-2.html'] };

/** Signed before the tests found what they find now. */
const statement = live('statement', accessibilityStatement, null, {
  title: '无障碍声明',
  checkedOn: '2026-10-09',
  facts: accessibilityRecord.facts.map((fact) => (fact.criterion === '1.2.2' ? { ...fact, result: 'person' } : fact)),
  limits: [
    { what: '2019年以前的部分附件是扫描件，读屏软件读不出文字。', until: '2027-06-30' },
    { what: '地图没有键盘操作，旁边有同样内容的列表。' },
  ],
  contact: { name: '临江市数据局网站科', phone: '0999-8100018', email: 'web@linjiang.example' },
  signedBy: '蓝牧',
  signedOn: '2026-10-10',
});

/** A small city with every kind of item, some of them hostile, withdrawn, moved or mended. */
export const exampleItems: readonly LiveItem[] = [
  live('site', 'site', null, site),
  ...withdrawnChannel,
  ...news.map((item) => (item.id === moved.id ? moved : item)),
  restored,
  rich,
  hostile,
  withFiles,
  withRecordings,
  outside,
  withdrawn,
  ...topics,
  ...recordings,
  ...policies,
  ...interpretations,
  ...services,
  ...letters,
  ...datasets,
  ...leaders,
  ...departments,
  ...projects,
  ...medias,
  ...photographs,
  statement,
];

export const exampleBytes: ReadonlyMap<Hash, Uint8Array> = bytes;

/** The example city, with its site settings changed where a test asks for it. */
export function exampleCity(change: Partial<FieldsOf<'site'>> = {}): Source {
  const items = exampleItems.map((item) =>
    item.kind === 'site' ? live('site', 'site', null, { ...site, ...change }) : item,
  );
  return createMemorySource({ items, bytes });
}
