import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { between, fits, siblingIndex } from './sibling-index.ts';

const node = (text: string, before = '', after = '') => ({ text, before, after, pages: 2, from: 'a' });

test('fits lets a gap stand for one to sixty characters and nothing else differ', () => {
  assert.ok(fits('主办：〓市水务局', '主办：云岭市水务局') && fits('', '') && fits('〓〓', '城北'));
  assert.ok(!fits('主办：〓市水务局', '承办：云岭市水务局') && !fits('〓', '') && !fits('〓', '城'.repeat(61)));
});

test('between gives each text of one character or two that can stand in the gap', () => {
  assert.deepEqual(between('滨河路2', '号', '滨河路26号'), ['6']);
  assert.deepEqual(between('', '民政府', '市人民政府'), ['市人']);
  assert.deepEqual(between('〓', '〓', '甲乙丙丁'), ['乙', '乙丙', '丙']);
  assert.deepEqual(between('滨河路', '号', '滨江路6号'), []);
});

test('between and fits agree with a pattern for any texts', () => {
  const piece = fc.string({ unit: fc.constantFrom('a', 'b', '〓'), maxLength: 6 });
  const whole = fc.string({ unit: fc.constantFrom('a', 'b', '𠮷'), maxLength: 8 });
  const pattern = (text: string): string => text.replaceAll('〓', '.{1,60}');
  fc.assert(
    fc.property(piece, piece, whole, (left, right, text) => {
      assert.equal(fits(left, text), new RegExp(`^${pattern(left)}$`, 'u').test(text));
      const can = new RegExp(`^${pattern(left)}.{1,2}${pattern(right)}$`, 'u').test(text);
      assert.equal(between(left, right, text).length > 0, can);
    }),
  );
});

test('siblingIndex finds every piece that fits, and says nothing where hundreds may', () => {
  const nodes = [
    node('云岭公开栏', '要闻', '大厅'),
    node('云岭要闻'),
    ...Array.from({ length: 400 }, (_, i) => node(`第${i}期`)),
  ];
  const { like, between: among } = siblingIndex({ nodes });
  assert.deepEqual(
    like('云岭〓开栏')?.map(({ text }) => text),
    ['云岭公开栏'],
  );
  assert.deepEqual(
    among('要闻', '大〓')?.map(({ text }) => text),
    ['云岭公开栏'],
  );
  assert.deepEqual(like('云海〓'), []);
  assert.equal(like('第〓期'), undefined);
});
