import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noSettings } from '../context.ts';
import { found } from '../testing/whole.ts';
import { builtInWords } from './word-list.ts';

const rulesOf = (text: string, more: Parameters<typeof found>[1] = {}): string[] =>
  found(`<p>${text}</p>`, more).map(([rule = '', , quote = '']) => `${rule} ${quote}`);

test('words: what is in the list, and not what only holds it', () => {
  assert.deepEqual(rulesOf('截止目前，群众反应问题的帐户已部署。'), ['word 截止目前', 'word 反应问题', 'word 帐户']);
  for (const right of [
    '药品不良反应问题',
    '形势严峻工作繁重',
    '激发韧性',
    '按装机容量',
    '发布署名文章',
    '不能自已',
    '的的确确',
  ])
    assert.deepEqual(rulesOf(right), [], right);
  assert.deepEqual(rulesOf('药品不良反应问题和反应问题'), ['word 反应问题']);
});

test('words: every built-in word is found, and what should stand there is not', () => {
  for (const { wrong, right = '' } of builtInWords) {
    assert.deepEqual(rulesOf(`甲${wrong}乙`), [`word ${wrong}`]);
    assert.deepEqual(rulesOf(`甲${right}乙`), [], right);
  }
});

test('words: a site adds words, changes ours and does without some', () => {
  const settings = {
    ...noSettings,
    words: [
      { wrong: '临江巿', right: '临江市', severity: 'must' as const },
      { wrong: '帐户', note: '本市沿用' },
    ],
    without: ['截止目前'],
  };
  assert.deepEqual(found('<p>临江巿的帐户截止目前。</p>', { settings }), [
    ['word', 'must', '临江巿'],
    ['word', 'should', '帐户'],
  ]);
});

test('words: a set phrase one slip off, and not what is another phrase', () => {
  for (const wrong of [
    '社会主义核心价直观',
    '社会主义核心价观',
    '社会主义核核心价值观',
    '社会主义核心值价观',
    '社合主义核心价值观',
  ])
    assert.deepEqual(rulesOf(`践行${wrong}的要求`), [`set-phrase ${wrong}`], wrong);
  for (const right of [
    '社会主义核心价值观',
    '社会主义核心价值体系',
    '社会主义的核心价值观',
    '社会主义 核心价值观',
    '全面从严治军',
    '中华民族的伟大复兴',
    '中国共产主义青年团',
  ])
    assert.deepEqual(rulesOf(`践行${right}的要求`), [], right);
});

test('leaders: a name one character off beside its title, and a title that is another’s', () => {
  assert.deepEqual(rulesOf('市长陆知原到会。'), ['leader-name 市长陆知原']);
  assert.deepEqual(rulesOf('副市长陆知远到会。'), ['leader-title 副市长陆知远']);
  assert.deepEqual(rulesOf('市长沈禾到会。'), ['leader-title 市长沈禾']);
  for (const right of [
    '市委副书记、市长陆知远',
    '市长陆知远',
    '陆知远',
    '时任副市长陆知远',
    '市长热线',
    '常务副市长沈禾',
    '副市长沈禾',
  ])
    assert.deepEqual(rulesOf(right), [], right);
});

test('leaders: those of the day, also where the site’s own of the settings are the same as before', () => {
  const settings = { ...noSettings, leaders: [{ name: '周望', titles: ['市政协主席'] }] };
  const told = (leader: { name: string; titles: string[] }): string[] =>
    rulesOf('副市长陆知远到会。', { settings, leaders: [leader] });
  assert.deepEqual(told({ name: '陆知远', titles: ['市长'] }), ['leader-title 副市长陆知远']);
  assert.deepEqual(told({ name: '陆知远', titles: ['副市长'] }), []);
});
