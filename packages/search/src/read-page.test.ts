import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPage } from './index.ts';

const document = (main: string, head = ''): string =>
  `<!doctype html><html lang="zh-Hans"><head>${head}</head><body><nav>首页</nav><main>${main}</main><footer>版权</footer></body></html>`;
const labels =
  '<meta name="ArticleTitle" content="通知"><meta name="PubDate" content="2026-11-20 09:30"><meta name="ContentSource" content="市水务局">';

test('readPage: a document is its title, its labels and its article, line by line', () => {
  const page = readPage(
    '/news/local/2026/11/20/a1.html',
    document(
      '<nav>当前位置</nav><article data-kind="policy" data-validity="有效"><header><h1>通知</h1><p>来源</p></header><p>一<b>二</b>三<br>四</p>' +
        '<table><tr><td>甲</td><td>乙</td></tr></table><button>打印</button><script>x</script><p hidden>藏</p>' +
        '<footer>上一篇</footer></article><aside>相关</aside>',
      labels,
    ),
  );
  assert.deepEqual(page, {
    path: '/news/local/2026/11/20/a1.html',
    title: '通知',
    date: '2026-11-20 09:30',
    kind: 'policy',
    channel: '/news/local/',
    department: '市水务局',
    validity: '有效',
    lines: ['通知', '一二三', '四', '甲', '乙', '来源'],
  });
});

test('readPage: a channel is its name and what it is for, not what it lists', () => {
  const head = '<meta name="ColumnName" content="要闻"><meta name="ColumnDescription" content="市内大事">';
  const page = readPage('/news/local/', document('<h1>要闻</h1><a href="/x">某文章</a>', head));
  assert.deepEqual(page?.lines, ['要闻', '市内大事']);
  assert.equal(page?.channel, '/news/');
  assert.equal(page?.kind, 'channel');
});

test('readPage: lists, twins and what engines shall leave out are not read', () => {
  const archive = '<meta name="ColumnName" content="要闻">';
  assert.equal(readPage('/news/2026-11.html', document('<h1>要闻</h1>', archive)), undefined);
  assert.equal(readPage('/', document('<h1>首页</h1>')), undefined);
  assert.equal(readPage('/zh-hant/a.html', document('<h1>x</h1>').replace('zh-Hans', 'zh-Hant')), undefined);
  assert.equal(readPage('/search.html', document('<h1>检索</h1>')), undefined);
  const elder = document('<h1>长者版</h1>').replace('<html ', '<html data-edition="elder" ');
  assert.equal(readPage('/elder/', elder), undefined);
  assert.equal(readPage('/503.html', document('<h1>x</h1>', '<meta name="robots" content="noindex">')), undefined);
  assert.equal(readPage('/broken.html', '<html lang="zh-Hans"'), undefined);
});
