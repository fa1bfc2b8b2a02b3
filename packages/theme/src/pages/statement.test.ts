import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemorySource, exampleItems } from '@chengmen/theme/testing';
import { accessibilityStatement, type AccessibilityRecord, type FieldsOf } from '@chengmen/model';
import { accessibilityRecord } from '../generated/accessibility-record.ts';
import { statementPage } from './statement.ts';

const signed = exampleItems.find(({ id }) => id === accessibilityStatement)?.fields as FieldsOf<'statement'>;
const shown = (record: AccessibilityRecord, withdrawn = false): string => {
  const items = exampleItems.map((item) =>
    item.id === accessibilityStatement && withdrawn ? { ...item, state: 'withdrawn' as const } : item,
  );
  return String(statementPage(createMemorySource({ items, bytes: new Map() }), record).body);
};

test('statementPage: who signed and when, what is known not to work, and nothing of changes where there are none', () => {
  const page = shown({ checkedOn: '2026-12-24', tests: 9, facts: signed.facts });
  assert.match(page, /签署人<\/dt>\s*<dd>蓝牧/);
  assert.match(page, /<time datetime="2026-10-10">/);
  assert.match(page, /扫描件[^]*预计 2027-06-30 前解决/);
  assert.doesNotMatch(page, /签署之后又有变化|尚未由人签署/);
});

test('statementPage: what was found since is told criterion by criterion, and the signed results stay', () => {
  const facts = accessibilityRecord.facts.map((fact) =>
    fact.criterion === '1.4.3' ? { ...fact, result: 'failed' as const } : fact,
  );
  const page = shown({ checkedOn: '2026-12-24', tests: 9, facts });
  assert.match(page, /2026-12-24 的检验有 2 条与签署的不同/);
  assert.match(page, /1\.4\.3 对比度：程序检验通过 → 程序检验未通过/);
  assert.match(page, /程序检验的日期：2026-10-09/);
});

test('statementPage: without a signature, or with one that was withdrawn, the page says so', () => {
  const page = shown(accessibilityRecord, true);
  assert.match(page, /尚未由人签署/);
  assert.doesNotMatch(page, /签署人/);
  assert.match(page, new RegExp(`程序检验的日期：${accessibilityRecord.checkedOn}`));
});
