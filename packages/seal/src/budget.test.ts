import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBudget } from './budget.ts';

test('createBudget: what runs together costs no more than the limit; what costs more runs alone; all in their order', async () => {
  const budget = createBudget(10);
  const began: number[] = [];
  let spent = 0;
  let most = 0;
  const work = (cost: number): Promise<void> =>
    budget.spend(cost, async () => {
      began.push(cost);
      spent += cost;
      most = Math.max(most, spent <= 10 ? spent : spent === cost ? 0 : Infinity);
      await new Promise((resolve) => setImmediate(resolve));
      spent -= cost;
    });
  const costs = [4, 5, 3, 50, 1, 9, 9, 2];
  await Promise.all(costs.map(work));
  assert.deepEqual(began, costs);
  assert.equal(most, 10);
});

test('createBudget: work that fails gives its share back', async () => {
  const budget = createBudget(1);
  await assert.rejects(
    budget.spend(1, () => Promise.reject(new Error('no'))),
    /no/,
  );
  assert.equal(await budget.spend(1, () => Promise.resolve('yes')), 'yes');
});
