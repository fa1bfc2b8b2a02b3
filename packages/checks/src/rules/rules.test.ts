import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkContent } from '../index.ts';
import { context, found, whole } from '../testing/whole.ts';

const rulesOf = (
  fields: Record<string, unknown>,
  kind: 'article' | 'policy' | 'channel' | 'media' = 'article',
): string[] => checkContent(kind, fields, context).map(({ rule, where }) => `${rule} ${where.field}`);

test('missingLabels: empty, missing, or the text of a template', () => {
  const article = whole('<p>正文。</p>');
  for (const value of ['', ' ', 'null', 'undefined', '{{source}}', '请输入来源', 'xxx', '——', undefined])
    assert.deepEqual(rulesOf({ ...article, source: value }), ['label-missing source'], String(value));
  for (const value of ['市数据局', '《临江日报》', '无锡日报', '测试中心'])
    assert.deepEqual(rulesOf({ ...article, source: value }), [], value);
  assert.deepEqual(
    rulesOf({}).slice(0, 4),
    ['title', 'date', 'source', 'channel'].map((name) => `label-missing ${name}`),
  );
  assert.deepEqual(rulesOf({ name: '要闻' }, 'channel'), []);
});

test('wantingLabels: keywords, and a summary of a long text', () => {
  const { keywords, summary, ...bare } = whole(`<p>${'青渡区排涝站开工。'.repeat(60)}</p>`);
  assert.ok(keywords && summary);
  assert.deepEqual(rulesOf(bare), ['label-wanting keywords', 'label-wanting summary']);
  assert.deepEqual(rulesOf({ ...bare, body: '<p>短。</p>' }), ['label-wanting keywords']);
});

test('documentNumbers: the form of GB/T 9704', () => {
  const number = (text: string): string | undefined =>
    checkContent('article', whole(`<p>${text}</p>`), context)[0]?.suggestion;
  assert.equal(number('临政发[2026]12号'), '临政发〔2026〕12号');
  assert.equal(number('临政办发（2026）第003号'), '临政办发〔2026〕3号');
  assert.equal(number('临政函【2026】 5 号'), '临政函〔2026〕5号');
  for (const right of ['临政发〔2026〕12号', '京A（2026）12号', '临政发2026年12号', '会议（2026）号'])
    assert.equal(number(right), undefined, right);
});

test('pictureWords: none, none that say anything, and words', () => {
  const picture = (alt: string): string[][] => found(`<p><img src="media:m1" alt="${alt}"></p>`);
  assert.deepEqual(
    picture('').map(([rule, severity]) => [rule, severity]),
    [['alt-missing', 'must']],
  );
  for (const alt of ['图片', '图1', '照片（2）', 'image', 'IMG_2034.jpg', 'DSC0001', '20261120', '微信图片_2026.png'])
    assert.equal(picture(alt)[0]?.[0], alt.startsWith('微信') ? undefined : 'alt-empty-words', alt);
  for (const alt of ['青渡排涝站的三台水泵', '图：江堤', '市长在工地', '1号线路图'])
    assert.deepEqual(picture(alt), [], alt);
  const media = { title: '图', type: 'image/png', hash: 'a'.repeat(64), size: 1 };
  assert.deepEqual(rulesOf({ ...media, alt: '' }, 'media'), ['alt-missing alt']);
  // As it stands in an editor, nothing need be there, nor be words.
  assert.deepEqual(rulesOf({}, 'media'), []);
  assert.deepEqual(rulesOf({ type: 'image/png', hash: 5, alt: null }, 'media'), ['alt-missing alt']);
  assert.deepEqual(rulesOf({ ...media, alt: '江堤' }, 'media'), []);
  assert.deepEqual(rulesOf({ ...media, type: 'application/pdf', alt: '' }, 'media'), []);
});

test('pictureWords: what was decided about one picture is not decided about another', () => {
  const [one, other] = checkContent(
    'article',
    whole('<p><img src="media:m1" alt=""><img src="media:m2" alt=""></p>'),
    context,
  );
  assert.notEqual(one?.id, other?.id);
});

test('headingOrder: one level at a time, from the second', () => {
  assert.deepEqual(found('<h2>一</h2><p>…</p><h3>（一）</h3><h2>二</h2><h3>（一）</h3><h4>1</h4>'), []);
  assert.deepEqual(found('<h2>一</h2><h4>细</h4><h4>目</h4>'), [['heading-order', 'should', '细']]);
  assert.deepEqual(found('<h3>一</h3>'), [['heading-order', 'should', '一']]);
  assert.equal(found(`<h2>${'整段都是标题'.repeat(20)}</h2>`)[0]?.[0], 'heading-order');
});

test('links: where they lead, by their addresses alone', () => {
  const link = (href: string, words = '办事指南全文'): string[] =>
    found(`<p><a href="${href}">${words}</a></p>`).map(([rule = '']) => rule);
  for (const href of ['item:a1', '/news/', '#top', 'mailto:a@b.cn', 'tel:12345', 'https://www.linjiang.example/x'])
    assert.deepEqual(link(href), [], href);
  for (const href of ['https://www.gov.cn/', '//zwfw.js.gov.cn/a', 'https://www.gov.cn:8443/x', 'http://临江市.政务/'])
    assert.deepEqual(link(href), ['link-outside'], href);
  for (const href of [
    'https://gov.cn.example.com/',
    'https://www.fakegov.cn/',
    'https://example.com/?gov.cn',
    'https://mp.weixin.qq.com/s/x',
  ])
    assert.deepEqual(link(href), ['link-not-government', 'link-outside'], href);
  for (const href of [
    'http://localhost:8081/items/a',
    'http://192.168.1.5/',
    'http://10.0.0.1',
    'http://[::1]/',
    'http://oa/',
    'http://0x7f000001/',
    'http://oa.corp/',
  ])
    assert.deepEqual(link(href), ['link-inside', 'link-outside'], href);
  for (const words of ['点击这里', '详情', '更多>', '', 'here'])
    assert.deepEqual(link('item:a1', words), words === '' ? [] : ['link-words'], words);
});

test('links: hosts a site knows, with what is below them', () => {
  const settings = { ...context.settings, hosts: ['people.com.cn'] };
  const rules = (href: string): string[] =>
    found(`<p><a href="${href}">全文</a></p>`, { settings }).map(([rule = '']) => rule);
  assert.deepEqual(rules('http://politics.people.com.cn/'), ['link-outside']);
  assert.deepEqual(rules('http://notpeople.com.cn/'), ['link-not-government', 'link-outside']);
});

test('damageLeftovers: gaps, wrong encodings, markup', () => {
  for (const [text, quote] of [
    ['今年〓月', '〓'],
    ['坏\ufffd字', '\ufffd'],
    ['锟斤拷锟斤拷', '锟斤拷锟斤拷'],
    ['ä¸­æ–‡', 'ä¸æ–‡'],
    ['会议???召开', '???'],
    ['字\ue123', '\ue123'],
    ['甲&amp;nbsp;乙', '&nbsp;'],
    ['甲&lt;br/&gt;乙', '<br/>'],
  ] as const)
    assert.deepEqual(found(`<p>${text}</p>`)[0], ['damage-leftover', 'must', quote], text);
  for (const text of [
    '缺字标为“〓”',
    '真的吗？',
    '真的吗??',
    'A&amp;B',
    'a &lt; b &gt; c',
    'Ångström',
    'naïve café',
    '屯昌县',
  ])
    assert.deepEqual(found(`<p>${text}</p>`), [], text);
});

test('damageLeftovers: a gap that the page’s note tells of is only shown', () => {
  const fields = { ...whole('<p>今年〓月，锟斤拷。</p>'), mending: {} };
  assert.deepEqual(
    checkContent('article', fields, context).map(({ severity, where }) => [severity, where.quote]),
    [
      ['must', '锟斤拷'],
      ['hint', '〓'],
    ],
  );
});

test('dateAhead: a publication date after now', () => {
  assert.deepEqual(rulesOf({ ...whole('<p>正文。</p>'), date: '2026-11-28 21:01' }), ['date-ahead date']);
  assert.deepEqual(rulesOf({ ...whole('<p>正文。</p>'), date: '2026-11-28 21:00' }), []);
});

test('datesInText: no such day, the wrong weekday, the past in the future', () => {
  for (const wrong of ['2026年2月30日', '2026年13月1日', '2026年11月20日（星期四）', '2062年11月20日，会议召开了'])
    assert.equal(found(`<p>${wrong}。</p>`)[0]?.[0], 'date-in-text', wrong);
  for (const right of [
    '2024年2月29日',
    '2026年11月20日（星期五）',
    '2026年11月22日（周日）',
    '自2027年1月1日起施行',
    '会议决定，于2027年3月1日前完成',
    '2027年5月1日',
    '12026年2月30日',
  ])
    assert.deepEqual(found(`<p>${right}。</p>`), [], right);
});

test('traditionalDoubts: only where the site has that edition, and not for protected names', () => {
  const text = '<p>放归朱鹮50只，局长范明说。</p>';
  assert.deepEqual(found(text), []);
  const traditional = { variant: 'hk' as const };
  assert.deepEqual(
    found(text, { traditional }).map(([, severity, quote]) => [severity, quote]),
    [
      ['hint', '50只'],
      ['hint', '范明'],
    ],
  );
  const names = [{ simplified: '范明', traditional: '范明' }];
  assert.deepEqual(
    found(text, { traditional: { ...traditional, names } }).map(([, , quote]) => quote),
    ['50只'],
  );
  assert.deepEqual(found('<p>范围、关于、模范、唯一的，5只能容纳</p>', { traditional }), []);
});
