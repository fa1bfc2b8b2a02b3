import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createConverter, doubtfulForms } from './index.ts';

const quotes = (text: string, names: Parameters<typeof doubtfulForms>[1] = []): string[] =>
  doubtfulForms(text, names).map(({ quote }) => quote);

test('doubtfulForms: places where conversion goes by nothing, and goes wrong', () => {
  const convert = createConverter({ variant: 'hk' });
  const wrong = {
    '放归朱鹮50只。': ['50只', '隻'],
    '局长范明说，': ['范明', '范'],
    '、余燕、': ['余燕', '余'],
    记者于立军: ['于立军', '于'],
    海水制氢: ['制氢', '製'],
    绵延数万里: ['万里', '里'],
  };
  for (const [text, [quote, right = '']] of Object.entries(wrong)) {
    assert.deepEqual(quotes(text), [quote], text);
    assert.ok(!convert(text).includes(right), text);
  }
});

test('doubtfulForms: what a phrase or a protected name decides, and what only looks alike', () => {
  for (const text of [
    '范围',
    '模范',
    '关于办法',
    '姜海说',
    '于是',
    '两只鸟',
    '村里',
    '制度',
    '征收',
    '5只能容纳',
    '位于临江',
  ])
    assert.deepEqual(quotes(text), [], text);
  assert.deepEqual(quotes('局长范明说，', [{ simplified: '范明', traditional: '范明' }]), []);
});

test('doubtfulForms: places are in the text, in order', () => {
  const text = '范明带来50只。\n余燕到会';
  const found = doubtfulForms(text, []);
  assert.deepEqual(
    found.map(({ offset, quote }) => text.slice(offset, offset + quote.length)),
    ['50只'],
  );
  for (const { offset, quote } of found) assert.equal(text.slice(offset, offset + quote.length), quote);
});
