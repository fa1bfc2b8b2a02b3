import assert from 'node:assert/strict';
import { test } from 'node:test';
import { furnitureFilling, spacedFilling } from './furniture-rules.ts';

const any = (): boolean => true;

test('spacedFilling: the one label set in letters apart that has the letters left', () => {
  assert.equal(spacedFilling('<tr><td>', ' 〓 号：</td>', false, any), '索');
  assert.equal(spacedFilling('<tr><td>〓 ', ' 号：</td>', false, any), '引');
  assert.equal(
    spacedFilling('<tr><td>', ' 号</td>', false, (char) => char === '文'),
    '文',
  );
  assert.equal(spacedFilling('<td>王 ', ' 国</td>', false, any), undefined);
  assert.equal(spacedFilling('<td>', ' 〓</td>', false, any), undefined);
});

test('furnitureFilling: the rule whose filling is as long as the gap', () => {
  assert.equal(furnitureFilling('苏公网安', '2041102000448', 2)?.text, '备3');
  assert.equal(furnitureFilling('苏公网安', ' 32041102000', 1)?.text, '备');
  assert.equal(furnitureFilling('青山区人民政府办公', ' 承办', 1)?.text, '室');
  assert.equal(furnitureFilling('青山自治区人民政府办公', ' 承办', 1), undefined);
  assert.equal(furnitureFilling('会议决定，由区信息中心承办', '/span>', 1), undefined);
  assert.equal(furnitureFilling('满意 <b>12</b> 一', ' <b>6</b> 不满意', 1)?.text, '般');
  assert.equal(furnitureFilling('满意 一〓 不满', '</div>', 1)?.text, '意');
  assert.equal(furnitureFilling('群众对整改结果不满', '</p>', 1), undefined);
});
