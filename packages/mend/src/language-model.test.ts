import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageModel } from './language-model.ts';

const model = languageModel();
const ids = (text: string): [number, number, number, number] => {
  const [a = 0, b = 0, c = 0, d = 0] = [...text].map(model.idOf);
  return [a, b, c, d];
};

test('languageModel: a third character before makes the fourth of a set phrase more probable, and others less', () => {
  assert.ok(model.fourth(...ids('交易中心')) > 0.2);
  assert.ok(model.fourth(...ids('大会举办')) < -1);
  assert.equal(model.fourth(...ids('龘易中心')), 0);
});

test('languageModel: what stands after a gap says of each character what asking for it alone says', () => {
  const [after1, after2] = ids('号。');
  const { first, second } = model.column(after1, after2);
  for (const char of '年备〇龘第') {
    const id = model.idOf(char);
    assert.ok(Math.abs((first[id] ?? 0) - model.two(id, after1)) < 1e-12);
    assert.ok(Math.abs((second[id] ?? 0) - model.logProbability(id, after1, after2)) < 1e-9);
  }
});
