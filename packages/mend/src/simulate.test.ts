import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { simulate } from './simulate.ts';
import { toBytes, toHex } from './utf8.ts';

const hurt = (text: string): string => toHex(simulate(toBytes(text)));
const bytesOf = (text: string): string => toHex(toBytes(text));

test('simulate turns an open lead and `<` into minus-one', () => {
  // 览 ends in 88, which stands alone before `<`: the pair comes out as 87 FC.
  assert.equal(hurt('无障碍浏览</a>'), `${bytesOf('无障碍浏')}e8a787fc${bytesOf('/a>')}`);
});

test('simulate writes one question mark for a character and a digit', () => {
  assert.equal(hurt('临江12月1日起'), `${bytesOf('临江12')}e69c3f${bytesOf('日起')}`);
});

test('simulate loses a character before white space without trace once the bytes are dropped', () => {
  assert.equal(new TextDecoder().decode(simulate(toBytes('恢复通航了 首班'), { sink: 'drop' })), '恢复通航 首班');
});

test('simulate leaves a run of even length alone', () => {
  assert.equal(hurt('临江</a>'), bytesOf('临江</a>'));
});

test('simulate writes question marks only with the later filter', () => {
  assert.equal(toHex(simulate(toBytes('浏览页<'), { filter: 'php8' })), `${bytesOf('浏览')}e9a13f`);
});

test('simulate puts injected names in as GBK without hurting their borders', () => {
  const damaged = simulate(toBytes('<a>数据开放</a>'), { inject: [{ was: '数据开放', keyword: '彩票' }] });
  assert.equal(toHex(damaged), `${bytesOf('<a>')}b2cac6b1${bytesOf('</a>')}`);
});

test('simulate keeps ASCII as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
      assert.equal(hurt(text), bytesOf(text));
    }),
  );
});

test('simulate never lengthens its input', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      assert.ok(simulate(bytes).length <= bytes.length);
    }),
  );
});
