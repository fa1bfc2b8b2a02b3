import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { createConverter, type Variant } from './index.ts';

test('createConverter: one simplified character becomes the right one of several, by phrase', () => {
  const convert = createConverter({ variant: 'hk' });
  const pairs = {
    '头发 发展 发票': '頭髮 發展 發票',
    '干部 树干 干净 干预': '幹部 樹幹 乾淨 干預',
    '皇后 以后 后勤': '皇后 以後 後勤',
    '里程 公里 心里': '里程 公里 心裏',
    '面条 面向 方面': '麪條 面向 方面',
    '准备 批准 标准': '準備 批准 標準',
    '系统 联系 关系': '系統 聯繫 關係',
    '征求意见 征收土地 长征': '徵求意見 徵收土地 長征',
    '山谷 稻谷': '山谷 稻穀',
  };
  for (const [simplified, traditional] of Object.entries(pairs)) assert.equal(convert(simplified), traditional);
});

test('createConverter: standards differ in forms, not in words', () => {
  assert.equal(createConverter({ variant: 'hk' })('群众在软件里着手办理'), '羣眾在軟件裏着手辦理');
  assert.equal(createConverter({ variant: 'tw' })('群众在软件里着手办理'), '群眾在軟件裡著手辦理');
});

test('createConverter: names stay what they are, the longest first, also where phrases overlap them', () => {
  const convert = createConverter({
    variant: 'hk',
    names: [
      { simplified: '里仁', traditional: '里仁' },
      { simplified: '里仁发面社', traditional: '里仁發麵社' },
      { simplified: '(范)', traditional: '(范)' },
      { simplified: '', traditional: '?' },
    ],
  });
  assert.equal(convert('里仁村在里仁发面社后面(范)'), '里仁村在里仁發麵社後面(范)');
});

test('createConverter: what is not Chinese stays as it is, and lone surrogates do not stop it', () => {
  const convert = createConverter({ variant: 'tw', names: [{ simplified: '后', traditional: '后' }] });
  fc.assert(fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => convert(text) === text));
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof convert(text) === 'string'));
});

test('createConverter: the same text gives the same forms, remembered or not', () => {
  const sentence = '临江市以后发展的头发'.repeat(30);
  const convert = createConverter({ variant: 'hk' });
  const pieces = Array.from({ length: 6000 }, (_, at) => `第${at}里程`);
  const first = pieces.map(convert);
  assert.deepEqual(pieces.map(convert), first);
  assert.equal(convert(sentence), createConverter({ variant: 'hk' })(sentence));
});

const corpus = process.env['CHENGMEN_CORPUS'];
const file = join(corpus ?? '', 'opencc', 'testcases.json');
test(
  'createConverter: every case of OpenCC from Simplified to these standards',
  { skip: corpus === undefined || !existsSync(file) ? 'CHENGMEN_CORPUS is not set' : false },
  () => {
    // The file has commas after last members.
    const { cases } = JSON.parse(readFileSync(file, 'utf8').replace(/,(\s*[\]}])/g, '$1')) as {
      cases: readonly { id: string; input: string; expected: Record<string, string> }[];
    };
    for (const variant of ['hk', 'tw'] satisfies Variant[]) {
      const convert = createConverter({ variant });
      const concerned = cases.filter(({ expected }) => expected[`s2${variant}`] !== undefined);
      assert.ok(concerned.length > 40);
      for (const { id, input, expected } of concerned) assert.equal(convert(input), expected[`s2${variant}`], id);
    }
  },
);
