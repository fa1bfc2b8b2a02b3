/** The example city after its editors put blocks together: of every kind, on the home page, on a channel's and in a topic. */
import type { FieldsOf, LiveItem, Source } from '@chengmen/model';
import { exampleBytes, exampleItems } from './example-city.ts';
import { createMemorySource, live } from './memory-source.ts';

const shown: FieldsOf<'home'>['blocks'] = [
  { show: 'pictures', pictures: [{ picture: 'pic-bridge', caption: '澜水三桥封顶', address: '/news/topics/' }] },
  { show: 'focus' },
  { show: 'services', channel: 'services', count: 4, title: '常办的事' },
  { show: 'channel', channel: 'notices', count: 4 },
  { show: 'items', title: '编辑精选', items: ['rich', 'news-2', 'no-such-item'] },
  { show: 'policies', policies: 'policies', interpretations: 'interpretations', count: 2 },
  { show: 'figures', dataset: 'dataset-population', count: 3, by: 'column' },
  { show: 'text', title: '开放时间', paragraphs: ['政务服务大厅工作日开放。', '周六上午办理不动产登记。'] },
  { show: 'timeline', title: '近期安排', events: [{ date: '2026-12-01', text: '新馆开馆。', done: false }] },
  { show: 'facts', title: '一城之数', facts: [{ name: '公园', value: '86 个' }] },
  { show: 'interaction', letters: 'letters', consultations: 'consultations' },
  { show: 'links', title: '常用入口', links: [{ name: '查公交', address: 'https://bus.example/' }] },
  {
    show: 'pictures',
    title: '城市影像',
    pictures: [
      { picture: 'pic-lake' },
      { picture: 'pic-port', caption: '青渡港' },
      { picture: 'pic-library', caption: '看书去', address: 'https://library.example/' },
    ],
  },
  { show: 'items', title: '看图', items: ['picture-1', 'gallery-1'], as: 'cards' },
];

const changes: Readonly<Record<string, object>> = {
  site: {
    navigation: [{ channel: 'services' }, { name: '预约', address: 'https://book.example/' }, { channel: 'news' }],
    footer: {
      links: [
        { name: '隐私', address: '/contact.html' },
        { name: '图书馆', address: 'https://library.example/' },
      ],
    },
  },
  notices: {
    blocks: [
      ...shown.filter((block) => 'show' in block && block.show !== 'focus'),
      { show: 'list', title: '全部通告' },
    ],
  },
  'topic-bridge': { blocks: shown },
};

export const blockItems: readonly LiveItem[] = [
  ...exampleItems.map((item) => {
    const more = changes[item.id];
    return more ? ({ ...item, fields: { ...item.fields, ...more } } as LiveItem) : item;
  }),
  live('home', 'home-page', null, { words: ['公积金'], blocks: shown }),
  live('redirect', 'redirect-1', '/art/2019/1/4/art_1_2.html', { from: '/art/2019/1/4/art_1_2.html', to: 'rich' }),
];

/** Where blocks stand in it. */
export const blockTemplates: Readonly<Record<string, string>> = {
  home: '/',
  channel: '/news/notices/',
  topic: exampleItems.find(({ id }) => id === 'topic-bridge')?.path ?? '',
};

export const blockCity = (): Source => createMemorySource({ items: blockItems, bytes: exampleBytes });
