import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { actKinds, actName, actNames, commandsOf, detailOf } from './audit-words.ts';

test('actNames: every command of the rooms has its words, and no other', () => {
  const packages = join(import.meta.dirname, '..', '..', '..', 'packages');
  const files = readdirSync(packages, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\/src\/commands\/[a-z-]+\.ts$/.test(file),
  );
  const named = files.flatMap((file) => [
    ...readFileSync(join(packages, file), 'utf8').matchAll(/^ +name: '([a-z-]+)',$/gm),
  ]);
  assert.deepEqual(Object.keys(actNames).sort(), [...new Set(named.map(([, name = '']) => name))].sort());
});

test('commandsOf: a kind is all its commands, a command itself; each command is of one kind', () => {
  assert.deepEqual(commandsOf('seeing'), ['note-opening', 'note-preview']);
  assert.deepEqual(commandsOf('withdraw-item'), ['withdraw-item']);
  for (const word of ['', 'toString', 'nothing']) assert.equal(commandsOf(word), undefined);
  assert.deepEqual(
    Object.keys(actKinds)
      .flatMap((kind) => commandsOf(kind) ?? [])
      .sort(),
    Object.keys(actNames).sort(),
  );
});

test('detailOf: the decision, what came of it and the reason', () => {
  const detail = (command: string, payload: object): string => detailOf({ command, payload: JSON.stringify(payload) });
  const review = { revision: 'a.1', stage: 'final', decision: 'approve', state: 'approved' };
  assert.equal(detail('review-revision', review), '终审通过；上线');
  assert.equal(detail('review-revision', { ...review, afterwards: true }), '终审通过（补审）');
  assert.equal(
    detail('review-revision', { ...review, stage: 'first', decision: 'return', state: 'returned' }),
    '初审退回',
  );
  assert.equal(detail('withdraw-item', { item: 'a', reason: '有误' }), '理由：有误');
  assert.equal(detail('grant-role', { account: 'x', role: 'writer', channel: 'news' }), '角色：采编；栏目：news');
  assert.equal(detail('save-draft', { stage: 'constructor', role: {}, reason: null }), '');
  assert.equal(actName('toString'), 'toString');
});
