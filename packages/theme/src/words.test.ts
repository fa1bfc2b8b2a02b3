import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { printHtml, raw } from '@chengmen/html';
import { chinese, markChinese, wordsIn } from './words.ts';
import { english } from './words/english.ts';

const t = wordsIn({ language: 'en', root: '/en' });
const ar = wordsIn({
  language: 'ar',
  root: '/ar',
  direction: 'rtl',
  words: { '{n} 篇': '{n} {n:zero=مواد|one=مادة|two=مادتان|few=مواد|other=مادة}' },
});

test('english: every phrase is one that the theme says', () => {
  const sources = globSync(['src/**/*.ts', 'src/browser/*.js'], { cwd: join(import.meta.dirname, '..') })
    .filter((file) => !/generated|words\/english|test\.ts$/.test(file))
    .map((file) => readFileSync(join(import.meta.dirname, '..', file), 'utf8'))
    .join('\n');
  const values =
    '有效 失效 废止 部分失效 个人 企业 个人和企业 前期 在建 满意 基本满意 尚未生效 此处原文缺损，无法复原'.split(' ');
  const unsaid = Object.keys(english).filter((phrase) => !sources.includes(`'${phrase}'`) && !values.includes(phrase));
  assert.deepEqual(unsaid, []);
});

test('english: the places of a phrase are those of its Chinese text', () => {
  const places = (text: string): string[] =>
    [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name = '']) => name))].sort();
  for (const [phrase, text] of Object.entries(english)) assert.deepEqual(places(text), places(phrase), phrase);
});

test('wordsIn: numbers choose the form of a word, by the rules of the language', () => {
  assert.equal(t('{n} 篇', { n: 1 }), '1 item');
  assert.equal(t('{n} 篇', { n: 1234 }), '1,234 items');
  assert.deepEqual(
    [1, 2, 3, 100].map((n) => ar('{n} 篇', { n }).replace(/^\S+ /, '')),
    ['مادة', 'مادتان', 'مواد', 'مادة'],
  );
  assert.equal(chinese('{n} 篇', { n: 1234 }), '1234 篇');
});

test('wordsIn: days are those of Asia/Shanghai wherever the press stands', () => {
  assert.equal(t.day('2026-11-01 00:05'), '1 November 2026');
  assert.equal(t.minute('2026-11-01 23:55'), '1 November 2026 at 23:55');
  assert.equal(t.month('2026-01'), 'January 2026');
  assert.equal(wordsIn({ language: 'de', root: '/de' }).day('2026-11-01'), '1. November 2026');
  assert.equal(chinese.day('2026-11-01 00:05'), '2026-11-01');
});

test('wordsIn: a language without words of its own speaks English; markup stands where it belongs', () => {
  assert.equal(ar('更多'), 'More');
  assert.equal(
    printHtml(t.rich('如需了解详情，请{contact}。', { contact: raw('<a href="/">x</a>') })),
    'For details, please <a href="/">x</a>.',
  );
  assert.equal(printHtml(t.rich('来源：{source}', { source: '<b>' })), 'Source: &lt;b&gt;');
});

test('markChinese: Chinese is marked once, in texts alone, with the numbers in it', () => {
  assert.equal(
    markChinese('<p title="临江">In 临江市2026年 and <b lang="zh-Hans">城门 <i>市</i></b> 门</p>', t),
    '<p title="临江">In <span lang="zh-Hans">临江市2026年</span> and <b lang="zh-Hans">城门 <i>市</i></b> <span lang="zh-Hans">门</span></p>',
  );
  assert.equal(markChinese('<img src="a" alt="江">', t), '<img lang="zh-Hans" src="a" alt="江">');
  assert.equal(markChinese('<p>漢字</p>', wordsIn({ language: 'ja', root: '/ja' })), '<p>漢字</p>');
  assert.equal(markChinese('<p>汉字</p>', chinese), '<p>汉字</p>');
});
