import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkOutside, linksOutOf, targetsOf, type OutsideFacts } from './index.ts';
import { context, whole } from './testing/whole.ts';

const told = (fields: Record<string, unknown>, facts: OutsideFacts, kind: 'article' | 'media' = 'article'): string[] =>
  checkOutside(kind, fields, facts, context).map(({ rule, severity, shown }) => `${rule} ${severity} ${shown}`);

test('targetsOf: every item a document names, in texts, fields and records', () => {
  const fields = {
    ...whole('<p><a href="item:a1">全文</a><img src="media:m1" alt="图里是江堤"><a href="https://b.cn/">外</a></p>'),
    image: 'm2',
    attachments: ['f1', 'f2'],
    pictures: [{ picture: 'm3', caption: '江' }],
    blocks: [{ show: 'items', title: '新', items: ['a2'] }, { show: 'channel', channel: 'c1', count: 1 }, null, 7],
  };
  assert.deepEqual(targetsOf('topic', fields).sort(), ['a1', 'a2', 'c1', 'f1', 'f2', 'm1', 'm2', 'm3']);
});

test('linksOutOf: what a reader would leave by, of texts and of blocks, each once', () => {
  const links = [{ name: '省政府', address: 'https://www.js.gov.cn/' }, { name: '本站', address: '/a/' }, null];
  const hrefs = [
    'https://x.cn/1',
    'https://x.cn/1',
    '//y.cn/',
    'https://www.linjiang.example/',
    '/z',
    'http://10.0.0.1/',
  ];
  const body = hrefs.map((href) => `<p><a href="${href}">办事指南全文</a></p>`).join('');
  assert.deepEqual(linksOutOf('topic', { ...whole(body), blocks: [{ show: 'links', links }] }, context).sort(), [
    '//y.cn/',
    'https://www.js.gov.cn/',
    'https://x.cn/1',
  ]);
});

test('checkOutside: of what nobody asked nothing is said', () => {
  const fields = whole('<p><a href="item:a1">全文</a><a href="https://x.cn/">外</a></p>');
  assert.deepEqual(told(fields, {}), []);
  assert.deepEqual(told(fields, { targets: new Map(), links: new Map([['https://x.cn/', null]]) }), []);
});

test('checkOutside: withdrawn and missing items, dead links', () => {
  const fields = whole('<p><a href="item:a1">全文</a><a href="item:a2">全文</a><a href="https://x.cn/">外面的</a></p>');
  const withdrawn = { title: '旧通知', kind: 'article', state: 'withdrawn' } as const;
  const facts = {
    targets: new Map([
      ['a1', withdrawn],
      ['a2', undefined],
    ]),
    links: new Map([['https://x.cn/', 'HTTP 404']]),
  };
  assert.deepEqual(told(fields, facts), [
    'link-dead should 旧通知',
    'link-dead should a2',
    'link-dead should https://x.cn/',
  ]);
});

test('checkOutside: old news, by likeness and date', () => {
  const similar = { item: 'a1', title: '旧稿', date: '2025-11-20', likeness: 0.9 };
  assert.deepEqual(told(whole('<p>正文。</p>'), { similar: [similar] }), ['old-news should 2025-11-20 旧稿']);
  for (const other of [{ likeness: 0.79 }, { date: '2026-11-20' }])
    assert.deepEqual(told(whole('<p>正文。</p>'), { similar: [{ ...similar, ...other }] }), []);
});

test('checkOutside: numbers of persons in a file, by rule, with their places', () => {
  const lines = ['姓名\t身份证号\t电话', '周某\t11010519491231002X\t15400138016', '吴某\t\t15400139017'];
  const words = { lines: lines.map((text, at) => ({ text, cell: true, place: `第 ${at + 1} 行` })), complete: true };
  const file = { item: 'f1', name: '名单.csv', hash: 'a'.repeat(64), words };
  assert.deepEqual(told({}, { files: [file] }, 'media'), [
    'id-number must 名单.csv：第 2 行 110105********002X',
    'phone-number must 名单.csv：第 2 行 154****8016；第 3 行 154****9017',
  ]);
  assert.deepEqual(told({}, { files: [{ ...file, words: { lines: [], complete: false } }] }, 'media'), [
    'file-unread hint 名单.csv',
  ]);
  const garbled = { lines: [{ text: '锟斤拷锟斤拷 办法', cell: false, place: '第 2 页' }], complete: true };
  for (const kind of ['media', 'article'] as const)
    assert.deepEqual(told({}, { files: [{ ...file, name: '办法.pdf', words: garbled }] }, kind).slice(-1), [
      'damage-leftover should 办法.pdf：第 2 页 锟斤拷锟斤拷',
    ]);
  const again = { ...file, hash: 'b'.repeat(64) };
  const [one] = checkOutside('media', {}, { files: [file] }, context);
  const [other] = checkOutside('media', {}, { files: [again] }, context);
  assert.notEqual(one?.id, other?.id);
});
