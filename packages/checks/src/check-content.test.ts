import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { sanitise } from '@chengmen/html';
import { checkContent, holdingBack, withOverrules, type CheckContext, type Finding } from './index.ts';
import { context, found, whole } from './testing/whole.ts';

test('checkContent: an article that is as it should be has no findings', () => {
  assert.deepEqual(checkContent('article', whole('<p>青渡区的排涝站本月开工。</p>'), context), []);
});

test('checkContent: what holds back comes first, the rest by gravity and place', () => {
  const all = checkContent('article', whole('<h4>小标题</h4><p>截止目前，〓。</p>'), context);
  assert.deepEqual(
    all.map(({ rule, severity }) => [rule, severity]),
    [
      ['damage-leftover', 'must'],
      ['word', 'should'],
      ['heading-order', 'should'],
    ],
  );
  assert.deepEqual(
    holdingBack(all).map(({ rule }) => rule),
    ['damage-leftover'],
  );
});

test('checkContent: the place is in the words of the field, and the occurrence counts', () => {
  const body = '<h2>帐户</h2><p>　查<b>询帐</b>户&amp;帐户</p><table><tr><td>一</td><td>帐户</td></tr></table>';
  const all = checkContent('article', whole(body), context);
  const words = '帐户\n查询帐户&帐户\n一\n帐户';
  assert.deepEqual(
    all.map(({ where }) => [where.offset, where.occurrence]),
    [
      [0, 0],
      [5, 1],
      [8, 2],
      [13, 3],
    ],
  );
  for (const { where } of all) assert.equal(words.slice(where.offset, where.offset + 2), where.quote);
});

test('checkContent: the occurrence counts among all that are the same, however grave', () => {
  const body = '<p>小陈15400138016</p><p>联系电话15400138016</p><p>小陈15400138016</p>';
  const all = checkContent('article', whole(body), context);
  assert.deepEqual(
    all.map(({ severity, where }) => [severity, where.occurrence]),
    [
      ['must', 0],
      ['must', 2],
      ['should', 1],
    ],
  );
});

test('checkContent: an overrule holds while the passage stands, wherever it moves, and ends with it', () => {
  const first = checkContent('article', whole('<p>小陈，15400138016。</p>'), context);
  const [{ id }] = first as [Finding];
  const overrules = new Map([[id, { reason: '本人同意公布', by: '秦松', at: '2026-11-28T13:00:00.000Z' }]]);
  const hold = (body: string): number =>
    holdingBack(withOverrules(checkContent('article', whole(body), context), overrules)).length;
  assert.equal(holdingBack(first).length, 1);
  assert.equal(hold('<p>小陈，15400138016。</p>'), 0);
  assert.equal(hold('<h2>前面多了一节</h2><p>小陈，15400138016。</p>'), 0);
  assert.equal(hold('<p>小陈，15400138017。</p>'), 1);
});

test('checkContent: a record of decisions does not give a number away', () => {
  const number = '11010519491231002X';
  const [finding] = checkContent('article', whole(`<p>${number}</p>`), context);
  assert.equal(finding?.shown, '110105********002X');
  assert.equal(finding?.where.quote, number);
  const [other] = checkContent('article', whole('<p>110105********002X</p>'), context);
  assert.equal(other, undefined);
});

test('checkContent: a long list is one finding, decided together and anew when it changes', () => {
  const list = (count: number): string =>
    Array.from({ length: count }, (_, at) => `<p>154${String(10000000 + at * 7)}</p>`).join('');
  const all = checkContent('article', whole(list(200)), context);
  assert.equal(all.length, 21);
  assert.match(all.at(-1)?.message.zh ?? '', /另有 180 处/);
  assert.notEqual(checkContent('article', whole(list(201)), context).at(-1)?.id, all.at(-1)?.id);
});

test('checkContent: a site sets a rule graver, milder or off', () => {
  const settings = { ...context.settings, rules: { word: { severity: 'must' as const } } };
  assert.deepEqual(found('<p>截止目前</p>', { settings }), [['word', 'must', '截止目前']]);
  const off = { ...context.settings, rules: { word: { severity: 'off' as const } } };
  assert.deepEqual(found('<p>截止目前</p>', { settings: off }), []);
});

test('checkContent: fields of every kind are read, codes and addresses are not', () => {
  const fields = {
    ...whole('<p>正文。</p>'),
    materials: [{ name: '帐户证明', form: '原件', copies: 1 }],
    rows: [['周某', '15400138016', 3]],
    phone: '15400138016',
    trackingCode: '15400138016',
    mending: { places: [{ before: '帐户' }] },
  };
  assert.deepEqual(
    checkContent('service', fields, context).map(({ rule, where }) => [rule, where.field, where.quote]),
    [
      ['phone-number', 'rows', '15400138016'],
      ['word', 'materials.name', '帐户'],
    ],
  );
});

test('checkContent: any input comes to its end, with no more findings than a person reads', () => {
  // Something quadratic would take hours over these.
  const hostile = {
    nested: '<div>'.repeat(100_000) + '正文',
    tables: '<table><tr><td>'.repeat(20_000),
    digits: `<p>${'1'.repeat(5_000_000)}</p>`,
    grouped: `<p>${'138 '.repeat(50_000)}</p>`,
    marks: `<p>${'?'.repeat(500_000)}</p>`,
    markup: `<p>${'&lt;p '.repeat(50_000)}</p>`,
    brackets: `<p>${'发〔2026'.repeat(100_000)}</p>`,
    words: `<p>${'社会主义核心价值'.repeat(50_000)}</p>`,
    links: '<a href="http://a.b">点击</a>'.repeat(5_000),
    measures: `<p>${'9'.repeat(100)}只`.repeat(5_000),
    broken: '\ud800<p>\udfff'.repeat(20_000),
  };
  for (const [name, body] of Object.entries(hostile))
    assert.ok(checkContent('article', whole(body), traditional).length <= 200, name);
});

const traditional: CheckContext = { ...context, traditional: { variant: 'hk' } };

const corpus = process.env['CHENGMEN_CORPUS'];
const file = join(corpus ?? '', 'articles', 'articles.jsonl.gz');
test(
  'checkContent: no false alarm over 460 articles of the national news',
  { skip: corpus === undefined || !existsSync(file) ? 'CHENGMEN_CORPUS is not set' : false },
  () => {
    const lines = gunzipSync(readFileSync(file)).toString().trim().split('\n');
    const alarms: string[] = [];
    for (let at = 0; at < lines.length; at += 30) {
      const { title, html, date } = JSON.parse(lines[at] ?? '') as { title: string; html: string; date: string };
      const fields = { ...whole(sanitise(html).html), title, date: `${date.slice(0, 10)} 19:00`, summary: title };
      for (const { rule, where } of checkContent('article', fields, context)) alarms.push(`${rule} ${where.quote}`);
    }
    // One in ten of those that were looked at; 4 600 of them held five places, all errors: 截止到目前, 气侯, 明查暗访, 的的.
    assert.deepEqual(alarms, []);
  },
);
