import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crosscheck } from './crosscheck.ts';
import { mend } from './mend.ts';
import { simulate } from './simulate.ts';
import type { SimulateOptions } from './simulate.ts';
import type { MendResult } from './types.ts';
import { toBytes, toHex } from './utf8.ts';

const source = `<html><head><title>临江市春耕安排</title></head><body>
<p>农机站已检修拖拉机六百台，种子和化肥储备充足，市场价格平稳。</p>
<p>全市三个区县的合作社开展互助，请农户到网站上浏览</p><p>联系人：周怀民</p></body></html>`;
const mended = (text: string, options: SimulateOptions): MendResult =>
  mend({ name: 'test', bytes: simulate(toBytes(text), { filter: 'php52', ...options }) });

test('simulate of PHP 5.2 writes ? for a pair without a character, within a character and across two', () => {
  assert.equal(toHex(simulate(Uint8Array.of(0xaa, 0xa1, 0x41), { filter: 'php52' })), '3f41');
  assert.equal(toHex(simulate(Uint8Array.of(0xa1, 0x80, 0xff), { filter: 'php52' })), '3f3f');
  assert.equal(toHex(simulate(Uint8Array.of(0xaa, 0xa1, 0x41), { filter: 'php54' })), 'aaa141');
});

test('lostPair names the generation and offers the lost characters when the bytes were kept', () => {
  const result = mended(source, {});
  assert.equal(result.encoding.mechanism, 'cp936-round-trip-php52');
  const places = result.plan.filter(({ rule }) => rule === 'pair-lost');
  assert.ok(places.length >= 2, `${places.length} places`);
  for (const place of places) {
    assert.ok(place.candidates.length > 0);
    for (const { text } of place.candidates)
      assert.equal(crosscheck(result, result.plan.indexOf(place), text), undefined);
  }
});

test('mend proves minus-ones of PHP 5.2 right and leaves no debris, whatever became of the bytes', () => {
  for (const options of [{}, { sink: 'drop' }, { sink: 'replace' }] as const) {
    const result = mended(source, options);
    const proved = result.plan.filter((place) => place.class === 'proved').map(({ after }) => after);
    assert.deepEqual(proved, ['排<', '。<', '览<', '民<'], JSON.stringify(options));
    assert.doesNotMatch(result.html, /[^<]\/p>|\ufffd/);
  }
});

test('mend proves a minus-one behind a single ? of PHP 5.2, too few to tell that filter by', () => {
  const page = `<p>${'镇文化站开设广场舞班，报名不收费。'.repeat(12)}</p>\n<p>会手语者优先</p>\n<p>联系人：周怀民</p>`;
  const { html } = mended(page, { sink: 'drop' });
  assert.match(html, /优先<\/p>/);
});

test('mend takes no rare surname for a word that lost a colon where the walk would be out of step behind it', () => {
  const page = '<h1>来信</h1><p>佟师傅您好，来信收到，现在答复如下：</p>\n<p>路灯修好了。</p>';
  const { html, plan } = mended(page, { sink: 'drop', filter: 'php54' });
  assert.match(html, /<p>佟师傅.*答复如下：<\/p>/);
  assert.ok(plan.every(({ rule }) => rule !== 'minus-one-sign'));
});
