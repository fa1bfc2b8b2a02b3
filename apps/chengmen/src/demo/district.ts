import type { FieldsOf } from '@chengmen/model';
import { figure, h2, ol, p, table, ul } from './markup.ts';
import { demoPictures } from './pictures.ts';
import { demo, type DemoItem } from './types.ts';
import { withPublisher } from './with-publisher.ts';

/** The second site of the demonstration: one of the city's districts, with a site, channels and people of its own. */
export const district = { id: 'qingdu', name: '青渡区', origin: 'www.qingdu.example/chengmen' } as const;

type Channel = FieldsOf<'channel'>;

const office = '青渡区人民政府办公室';
const port = '青渡区港口服务中心';

function channel(
  id: string,
  name: string,
  position: number,
  about: Pick<Channel, 'layout' | 'type' | 'description'> & Partial<Channel>,
): DemoItem {
  return demo('channel', id, {
    ...{ name, segment: id, parent: null, position, keywords: ['青渡区', name], navigation: true },
    ...about,
  });
}

const site = demo('site', 'site', {
  name: '青渡区人民政府',
  shortName: '青渡',
  englishName: 'Qingdu District People’s Government',
  domain: 'www.qingdu.example',
  origin: 'https://www.qingdu.example',
  identificationCode: '9901000002',
  icp: '苏ICP备99000002号',
  policeFiling: '苏公网安备 99010002000002号',
  conac: 'C0DEC0DEC0DEC0DEC0DEC0DEC0DEC0DF',
  sponsor: office,
  organiser: '青渡区数据中心',
  copyright: '青渡区人民政府',
  phone: '0999-8830001',
  email: 'webmaster@qingdu.example',
  address: '临江市青渡区船厂路1号',
  postcode: '990300',
  demonstration: '演示网站：临江市青渡区为虚构地方，所有内容均为示例。',
  hue: 158,
  traditional: { variant: 'hk' },
  home: {
    focus: 'news',
    words: ['轮渡时刻', '船厂路', '老街早市'],
    blocks: [
      { show: 'focus' },
      { channel: 'notices', count: 4 },
      { channel: 'services', count: 4 },
      { channel: 'faq', count: 3 },
    ],
  },
});

const channels = [
  channel('news', '区里新闻', 1, {
    ...{ layout: 'list', type: '政务动态', description: '区政府的工作和区里的事情。', update: 'two-weeks' },
  }),
  channel('notices', '通知公告', 2, {
    ...{ layout: 'list', type: '通知公告', description: '需要居民和企业知晓的通知和公示。', update: 'six-months' },
  }),
  channel('services', '办事指南', 3, { layout: 'services', type: '办事服务', description: '区里窗口办的事。' }),
  channel('faq', '常见问答', 4, { layout: 'list', type: '咨询问答', description: '居民问得最多的问题。' }),
  channel('departments', '区政府机构', 5, {
    ...{ layout: 'departments', type: '机构职能', description: '区政府部门的职责、地址和电话。' },
  }),
  channel('data', '区里数据', 6, {
    ...{
      layout: 'datasets',
      type: '数据开放',
      description: '可以查看、下载和自由使用的数据，从本网站的访问数字开始。',
    },
  }),
];

/** Where the figures of the visit statistics stand, and whose they are. */
export const districtFigures = { channel: 'data', department: 'dept-office' } as const;

/** What the district's accessibility statement says of its own site. */
export const districtStatement: Pick<FieldsOf<'statement'>, 'limits' | 'contact'> = {
  limits: [{ what: '轮渡时刻表只有文字和表格，还没有语音播报。', until: '2027-03-31' }],
  contact: { name: office, phone: '0999-8830001', email: 'webmaster@qingdu.example' },
};

const departments = [
  demo('department', 'dept-office', {
    title: office,
    channel: 'departments',
    date: '2026-01-05 09:00',
    source: office,
    summary: '区政府的文电、会务和信息公开机构，主办本网站。',
    body: p('区政府办公室负责区政府的文电、会务、督查和信息公开，主办本网站。'),
    address: '青渡区船厂路1号',
    phone: '0999-8830100',
    hours: '工作日 9:00—12:00，13:30—17:30',
    head: '简宜',
    duties: ['起草、审核区政府公文', '督促检查区政府决定事项的落实', '管理本网站'],
    order: 1,
  }),
  demo('department', 'dept-port', {
    title: port,
    channel: 'departments',
    date: '2026-01-05 09:00',
    source: port,
    summary: '为到港的船、上船的人和开店的人办手续的地方。',
    body: p('区港口服务中心设在港东门，船员、货主和老街的商户都在这里办事，轮渡的时刻也由这里公布。'),
    address: '青渡区港东门2号',
    phone: '0999-8830200',
    hours: '每天 7:00—19:00',
    head: '温渡',
    duties: ['公布轮渡时刻', '受理船员和货主的申请', '管理老街临时摊点'],
    order: 2,
  }),
];

const article = (id: string, fields: FieldsOf<'article'>): DemoItem => demo('article', id, fields);

const news = [
  article('news-ferry', {
    title: '第一班轮渡提前到五点二十',
    channel: 'news',
    date: '2026-11-19 08:30',
    source: port,
    summary: '12月1日起，青渡老街至小码头的早班船提前半小时，赶早市和上早班的人不用再等。',
    keywords: ['轮渡'],
    image: 'picture-port',
    body:
      figure('picture-port', '青渡港的三台岸桥和堆场，江上停着一艘货船', '港东门旁就是轮渡口。') +
      p(
        '12月1日起，青渡老街至小码头的早班船由5时50分提前到5时20分，末班船不变。',
        '秋天里，港口服务中心在渡口数了十四个早晨：每天有六十到九十人在第一班船之前到，一半是挑菜过江的，一半是上早班的。提前半小时，船员要早起，中心给早班船员调了休，每周多歇半天。',
        '票价仍是1元，用公交卡一样上船。',
      ),
  }),
  article('news-park', {
    title: '产业园二期把污水管先铺到了地块边',
    channel: 'news',
    date: '2026-11-12 16:00',
    source: office,
    summary: '水、电、污水管网接到地块红线，企业进来就能开工。',
    keywords: ['新材料产业园'],
    body: p(
      '青渡新材料产业园二期首批四个地块的污水管网11月10日通过验收，管口就在地块红线外一米。',
      '五年前，一家企业因为管线迁改晚了三个月投产。这一回，区里把管网放在土地交付之前，验收时请来了那家企业的厂长，由他第一个打开井盖看。',
    ),
  }),
  article('news-bridge', {
    title: '澜水三桥青渡一侧接线管线迁改完成',
    channel: 'news',
    date: '2026-11-06 10:00',
    source: office,
    summary: '燃气、供水和通信三条管线改到辅路下面，沿线居民停水两次，都在夜里。',
    keywords: ['澜水三桥'],
    image: 'picture-bridge',
    body: p(
      '11月4日，澜水三桥青渡一侧接线的管线迁改全部完成，比计划早十一天。',
      '迁改期间沿线停水两次，都在零时至五时，社区逐户敲门告知，给七户有老人和婴儿的人家送了桶装水。',
    ),
  }),
];

const notices = [
  article('notice-ferry', {
    title: '关于调整轮渡时刻的通告',
    channel: 'notices',
    date: '2026-11-18 09:00',
    source: port,
    summary: '12月1日起执行，全天44班。',
    keywords: ['轮渡'],
    pinned: true,
    body:
      p('为方便早出的居民，自2026年12月1日起调整青渡老街至小码头轮渡时刻。') +
      table(
        '青渡老街开',
        ['时段', '间隔', '班次'],
        [
          ['5:20—7:00', '20分钟', 6],
          ['7:00—9:00', '15分钟', 8],
          ['9:00—17:00', '30分钟', 16],
          ['17:00—19:30', '15分钟', 10],
          ['19:30—21:30', '30分钟', 4],
        ],
      ) +
      p('大风或者大雾停航时，渡口的灯牌和12345会同时告知。'),
  }),
  article('notice-market', {
    title: '关于老街早市冬季开市时间的通知',
    channel: 'notices',
    date: '2026-11-10 09:00',
    source: port,
    summary: '11月15日至次年2月底，早市6时开，9时收。',
    keywords: ['老街早市'],
    body:
      p('11月15日至2027年2月28日，老街早市每天6时开市，9时收市。') +
      ul(
        '摊位按去年的号，空号当天先到先用。',
        '车辆停港东门停车场，9时前免费。',
        '收市后十分钟内清扫，水冲不到的角落由市场管理员补扫。',
      ),
  }),
  article('notice-shipyard', {
    title: '船厂路老厂宿舍加装电梯方案公示',
    channel: 'notices',
    date: '2026-10-28 09:00',
    source: office,
    summary: '3幢、5幢共四台，公示十五天，看图在社区活动室。',
    keywords: ['加装电梯'],
    body: p(
      '船厂路老厂宿舍3幢、5幢加装电梯方案自2026年10月28日至11月11日公示，图纸在船厂路社区活动室，每天8时至20时可以看。',
      '一楼住户关心的采光，图上画了冬至日的影子；有意见的，写在活动室的本子上或者打0999-8830100。',
    ),
  }),
];

function guide(
  id: string,
  fields: Omit<
    FieldsOf<'service'>,
    'channel' | 'date' | 'source' | 'keywords' | 'department' | 'place' | 'hours' | 'phone'
  >,
): DemoItem {
  return demo('service', id, {
    ...fields,
    ...{ channel: 'services', date: '2026-03-16 09:00', source: port, keywords: ['办事指南', fields.lifeEvent] },
    ...{ department: 'dept-port', place: '港东门2号港口服务中心一楼', hours: '每天 7:00—19:00', phone: '0999-8830200' },
  });
}

const services = [
  guide('service-stall', {
    title: '老街临时摊点备案',
    summary: '卖自产菜、旧书和手艺的，当场备案，不收费。',
    body: p('老街早市和节日集市的临时摊点，带身份证来登记一次，一年内有效。'),
    lifeEvent: '开店',
    audience: '个人',
    basis: '《临江市临时摊点管理办法》',
    conditions: ['年满16周岁', '经营自产农产品、旧书、手工艺品或者便民小修'],
    materials: [{ name: '身份证', form: '原件，核验后当场退回', copies: 0 }],
    steps: [
      { name: '登记', text: '在窗口填一张表，选好集市和日子。' },
      { name: '领号', text: '当场领摊位号，开市前一小时凭号进场。' },
    ],
    legalDays: 5,
    promisedDays: 1,
    fee: '不收费',
  }),
  guide('service-boat', {
    title: '渔船停靠码头登记',
    summary: '小型渔船在青渡渔港停靠的登记和变更。',
    body: p('停靠三天以内的打电话即可，超过三天的到窗口登记。'),
    lifeEvent: '行船',
    audience: '个人和企业',
    basis: '《临江市港口管理规定》',
    conditions: ['船长在12米以下', '船舶证书在有效期内'],
    materials: [
      { name: '船舶证书', form: '原件', copies: 0 },
      { name: '停靠登记表', form: '窗口领取', copies: 1 },
    ],
    steps: [
      { name: '申请', text: '在窗口交表。' },
      { name: '安排', text: '调度员指定泊位，电话告知。' },
      { name: '停靠', text: '按泊位停靠，第二天有人来看缆绳。' },
    ],
    legalDays: 10,
    promisedDays: 2,
    fee: '不收费',
  }),
];

const faq = [
  article('faq-fog', {
    title: '大雾天怎么知道轮渡开不开？',
    channel: 'faq',
    date: '2026-10-12 09:30',
    source: port,
    keywords: ['轮渡'],
    body: p('能见度不足五百米时停航。渡口灯牌、12345和本网站同时告知，恢复开航前十分钟再告知一次。'),
  }),
  article('faq-city', {
    title: '哪些事在区里办，哪些事要去市里？',
    channel: 'faq',
    date: '2026-09-08 09:30',
    source: office,
    keywords: ['办事'],
    body:
      h2('先看这三条') +
      ol(
        '摊点、渔船和社区里的事，在区里办。',
        '户口、社保和不动产，在市政务服务中心办，网上也行。',
        '分不清的，打12345，说清楚事情就好。',
      ),
  }),
];

/** Written by the district's own writer, and waiting for its first review. */
export const waitingInDistrict: DemoItem<'article'> = demo('article', 'news-lamp', {
  title: '老街的路灯换成了不刺眼的',
  channel: 'news',
  date: '2026-11-20 09:00',
  source: office,
  summary: '一百二十盏灯换成暖光，灯罩朝下，楼上的窗户不再亮一夜。',
  keywords: ['老街'],
  body: p(
    '11月19日，老街一百二十盏路灯全部换成暖光灯，灯罩朝下。',
    '换灯之前先试了三盏，请住在二楼的十一户人家连看三晚，第二晚嫌暗的有两户，于是把功率加了一成。',
  ),
});

const shown: ReadonlySet<string> = new Set(['picture-port', 'picture-bridge']);

/** The pictures the district shows; its media are its own, whoever has the same. */
export const districtPictures = (): ReturnType<typeof demoPictures> => demoPictures().filter(({ id }) => shown.has(id));

/** Everything the district publishes, in an order in which it can be approved. */
export function districtItems(): DemoItem[] {
  return withPublisher([
    site,
    ...channels,
    ...districtPictures().map(({ item }) => item),
    ...departments,
    ...services,
    ...faq,
    ...notices,
    ...news,
  ]);
}
