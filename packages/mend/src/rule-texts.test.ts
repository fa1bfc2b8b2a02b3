import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ruleTexts } from './rule-texts.ts';

const source = import.meta.dirname;

test('ruleTexts explains every rule that mending names', () => {
  const files = readdirSync(source).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const rules = new Set(
    files.flatMap((name) =>
      [...readFileSync(join(source, name), 'utf8').matchAll(/\brule: '([a-z0-9-]+)'/g)].map(([, rule = '']) => rule),
    ),
  );
  assert.ok(rules.size > 10);
  for (const rule of rules) assert.ok(rule in ruleTexts, rule);
});
