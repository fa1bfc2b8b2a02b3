import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { codePageBytes } from './codecs.ts';
import { mend, replay } from './index.ts';
import type { KnownEncoding } from './index.ts';
import { toBytes } from './utf8.ts';

const page = (words: string, declared = 'utf-8'): string =>
  `<!DOCTYPE html><html><head><meta charset="${declared}"><title>${words.slice(0, 8)}</title></head><body><p>${words}</p></body></html>`;
const simplified = '临江市人民政府办公室关于印发《荷花节交通组织方案》的通知，请各有关单位认真贯彻执行。';
const traditional = '臨江市人民政府辦公室關於印發《荷花節交通組織方案》的通知，請各有關單位認真貫徹執行。';

const inPage = (code: 'gb18030' | 'big5', text: string): Uint8Array => codePageBytes(code, text) ?? assert.fail(text);

function utf16(text: string, order: 'le' | 'be'): Uint8Array {
  const bytes = Buffer.from(text, 'utf16le');
  return new Uint8Array(order === 'be' ? bytes.swap16() : bytes);
}

function assertHonest(bytes: Uint8Array, used: string, text: string): void {
  const result = mend({ name: 'page', bytes });
  assert.equal(result.html, text);
  assert.deepEqual(
    [result.encoding.used, result.encoding.mechanism, result.verdict, result.plan.length, result.alarms.length],
    [used, 'none', 'clean', 0, 0],
  );
  assert.equal(replay(result, bytes), text);
}

describe('mend on honest pages in older encodings', () => {
  test('mend tells a file cut inside a character as honest, whatever its encoding', () => {
    const inUtf8 = toBytes(page(simplified));
    const inGbk = inPage('gb18030', page(simplified, 'gbk'));
    for (const [bytes, used] of [
      [inUtf8.subarray(0, inUtf8.length - 23), 'utf-8'],
      [inGbk.subarray(0, inGbk.length - 25), 'gb18030'],
    ] as const) {
      const { encoding, plan, alarms } = mend({ name: 'cut', bytes });
      assert.deepEqual([encoding.used, encoding.mechanism, encoding.confidence], [used, 'none', 1]);
      assert.deepEqual([plan.length, alarms.length], [1, 0]);
    }
  });

  for (const declared of ['utf-8', 'gb2312', 'big5', 'iso-8859-1']) {
    test(`mend reads GBK, Big5 and UTF-16 exactly where the page declares ${declared}`, () => {
      assertHonest(inPage('gb18030', page(simplified, declared)), 'gb18030', page(simplified, declared));
      assertHonest(inPage('gb18030', page(traditional, declared)), 'gb18030', page(traditional, declared));
      assertHonest(inPage('big5', page(traditional, declared)), 'big5', page(traditional, declared));
      for (const order of ['le', 'be'] as const) {
        for (const text of [page(simplified, declared), `\ufeff${page(traditional, declared)}`]) {
          assertHonest(utf16(text, order), `utf-16${order}`, text);
        }
      }
    });
  }

  test('mend reads text without any markup, and characters outside the basic plane', () => {
    assertHonest(inPage('gb18030', simplified), 'gb18030', simplified);
    assertHonest(inPage('big5', traditional), 'big5', traditional);
    assertHonest(utf16(simplified, 'le'), 'utf-16le', simplified);
    const rare = page(`${simplified}𠮷野家与㐂字`);
    assertHonest(inPage('gb18030', rare), 'gb18030', rare);
    assertHonest(utf16(rare, 'be'), 'utf-16be', rare);
  });

  test('mend keeps a page that was cut inside a character, with one gap at its end', () => {
    for (const [code, text] of [
      ['gb18030', simplified],
      ['big5', traditional],
    ] as const) {
      const bytes = inPage(code, `<p>${text}${text}`).slice(0, -1);
      const result = mend({ name: 'cut', bytes });
      assert.equal(result.encoding.used, code);
      assert.equal(result.html, `<p>${text}${text.slice(0, -1)}〓`);
      assert.deepEqual(
        result.plan.map(({ class: kind, rule }) => [kind, rule]),
        [['lost', `not-${code}`]],
      );
    }
    const odd = mend({ name: 'cut', bytes: utf16(page(simplified), 'le').slice(0, -1) });
    assert.deepEqual([odd.encoding.used, odd.html.at(-1), odd.verdict], ['utf-16le', '〓', 'gaps']);
  });

  test('mend believes an encoding that is known from elsewhere', () => {
    const bytes = inPage('big5', '中文');
    assert.equal(mend({ name: 'short', bytes, encoding: 'big5' }).html, '中文');
    const wrong = mend({ name: 'short', bytes: Uint8Array.of(0x41, 0xff, 0xff, 0x42), encoding: 'gb18030' });
    assert.deepEqual([wrong.html, wrong.verdict, wrong.plan.length], ['A〓B', 'gaps', 1]);
  });
});

const corpus = process.env['CHENGMEN_CORPUS'];

describe(
  'mend on the reference pairs of the Encoding standard',
  { skip: corpus ? false : 'CHENGMEN_CORPUS is not set' },
  () => {
    const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(corpus ?? '', 'encoding', name)));
    const pairs: readonly [string, string, KnownEncoding][] = [
      ['gb18030_in.txt', 'gb18030_in_ref.txt', 'gb18030'],
      ['gb18030_out_ref.txt', 'gb18030_out.txt', 'gb18030'],
      ['big5_in.txt', 'big5_in_ref.txt', 'big5'],
      ['big5_out_ref.txt', 'big5_out.txt', 'big5'],
    ];
    for (const [bytes, reference, encoding] of pairs) {
      test(`mend decodes ${bytes} as the reference does, a gap where that has U+FFFD`, () => {
        const expected = Buffer.from(read(reference)).toString('utf8').replaceAll('\ufffd', '〓');
        assert.equal(mend({ name: bytes, bytes: read(bytes), encoding }).html, expected);
      });
    }

    test('mend decodes the GB18030 pairs without being told', () => {
      for (const name of ['gb18030_in', 'gb18030_out_ref']) {
        assert.equal(mend({ name, bytes: read(`${name}.txt`) }).encoding.used, 'gb18030');
      }
    });

    test('mend leaves the references themselves as they are', () => {
      for (const name of ['gb18030_in_ref.txt', 'gb18030_out.txt', 'big5_out.txt']) {
        const result = mend({ name, bytes: read(name) });
        assert.deepEqual(toBytes(result.html), read(name), name);
      }
    });
  },
);
