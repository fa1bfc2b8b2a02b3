import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statedAfter } from './stated-elsewhere.ts';

const any = (): boolean => true;
const after = (plain: string, line: string): string | undefined => {
  const left = line.slice(-4);
  const places = [...plain.matchAll(new RegExp(left, 'g'))].map(({ index }) => index + left.length);
  return statedAfter(plain, places, line, any)?.text;
};

test('statedAfter: a whole name that goes on in one way elsewhere, not a part of one', () => {
  assert.equal(after('清江职业技术学院简介', '版权 清江职业技术学'), '院');
  assert.equal(after('清江职业技术学院\n清江职业技术学校', '版权 清江职业技术学'), undefined);
  assert.equal(after('从事农业综合开发条件差的地方', '河东省农业综合开发条'), undefined);
  assert.equal(after('职业技术学院', '版权 职业技术学'), undefined);
});
