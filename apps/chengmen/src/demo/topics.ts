import { p, to } from './markup.ts';
import { demo, type DemoItem } from './types.ts';

const office = '临江市人民政府办公室';

/** 专题 and a gallery: pages put together from what stands elsewhere on the site. */
export const topics: readonly DemoItem[] = [
  demo('gallery', 'gallery-autumn', {
    title: '澜水的秋天，从早到晚',
    channel: 'pictures',
    date: '2026-11-16 09:00',
    source: '临江市文化广电和旅游局',
    summary: '晨雾、晚稻、月亮和夜航，一条江的一天。',
    keywords: ['图片新闻'],
    image: 'picture-rice',
    body: p('从第一班渡船到最后一台桥吊，沿江走一天，留下这四张图。图由演示程序绘制，不是照片。'),
    pictures: [
      { picture: 'photo-mist', caption: '清晨，江雾让首班渡船晚开了四十分钟。' },
      { picture: 'picture-rice', caption: '上午，白鹭县的晚稻开镰，鹭鸟跟在收割机后面。' },
      { picture: 'picture-city', caption: '入夜，小码头加开了一班看月亮的渡船。' },
      { picture: 'picture-port', caption: '深夜，青渡港的桥吊还在动，操作员坐在屏幕前。' },
    ],
  }),
  demo('topic', 'topic-bridge', {
    title: '澜水三桥：一座桥怎样建起来',
    channel: 'topics',
    date: '2026-11-20 11:00',
    source: office,
    summary: '从选址、开工到主塔封顶，这座桥的花费、进度和下一步都在这里。',
    keywords: ['澜水三桥', '重大项目'],
    image: 'picture-bridge',
    body: p(`桥的审批、参建单位和全部节点见${to('project-bridge', '项目页')}，这里只讲大家问得最多的。`),
    blocks: [
      {
        show: 'facts',
        title: '一眼看懂',
        facts: [
          { name: '全长', value: '4.8 公里' },
          { name: '形象进度', value: '48%' },
          { name: '通车', value: '计划 2028 年 6 月' },
        ],
      },
      {
        show: 'timeline',
        title: '大事记',
        events: [
          { date: '2025-03-18', text: '主体工程开工。', done: true },
          { date: '2026-11-18', text: '168 米高的北主塔封顶。', done: true },
          { date: '2027-01-20', text: '南主塔封顶。', done: false },
          { date: '2027-10-30', text: '主桥合龙。', done: false },
          { date: '2028-06-30', text: '建成通车。', done: false },
        ],
      },
      { show: 'items', title: '报道与项目', items: ['headline-bridge-tower', 'project-bridge'] },
      {
        show: 'text',
        title: '施工与邻居',
        paragraphs: [
          '今年五月夜里打桩，对岸居民提了意见，项目部改了工序：二十二时以后不打桩，不浇塔柱。',
          '还有声音，请在下面写信，三个工作日内有人回话。',
        ],
      },
      {
        show: 'links',
        title: '还想知道',
        links: [
          { name: '来信选登', note: '别人问过什么', address: '/interaction/letters/' },
          { name: '全部重大项目', address: '/disclosure/projects/' },
        ],
      },
    ],
  }),
  demo('topic', 'topic-elder', {
    title: '养老服务：一张单子讲清楚',
    channel: 'topics',
    date: '2026-11-06 09:00',
    source: '临江市民政局',
    summary: '补贴多少、找谁办、家里人能不能代办。',
    keywords: ['养老服务'],
    image: 'picture-elevator',
    body: '',
    blocks: [
      { show: 'items', title: '先看这两份', items: ['policy-14', 'consultation-elder'] },
      { show: 'items', title: '能在家门口办的', items: ['service-elevator'] },
      {
        show: 'text',
        title: '写字不方便',
        paragraphs: ['可以打电话，由工作人员记录，念给您听，您点头才算数。'],
      },
    ],
  }),
];
