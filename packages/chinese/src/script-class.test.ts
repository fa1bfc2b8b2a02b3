import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { createConverter, scriptClass } from './index.ts';

const folded = (text: string): string => [...text].map(scriptClass).join('');

test('scriptClass: all forms that the scripts write for one character give the same', () => {
  for (const forms of ['发發髮', '干乾幹', '后後', '里裡裏', '台臺', '着著', '只隻', '面麵麪', '云雲'])
    assert.equal(new Set([...forms].map(scriptClass)).size, 1, forms);
});

test('scriptClass: what is no form of another stays itself', () => {
  for (const character of '城门市a1，𠮷') assert.equal(folded(scriptClass(character)), scriptClass(character));
  assert.notEqual(scriptClass('城'), scriptClass('市'));
  assert.equal(scriptClass('a'), 'a');
});

test('scriptClass: conversion by phrase leaves folded text as it was', (context) => {
  const corpus = process.env['CHENGMEN_CORPUS'];
  const file = corpus === undefined ? '' : join(corpus, 'articles', 'articles.jsonl.gz');
  if (!existsSync(file)) {
    context.skip('needs CHENGMEN_CORPUS');
    return;
  }
  const lines = gunzipSync(readFileSync(file)).toString().trim().split('\n').slice(0, 400);
  for (const variant of ['hk', 'tw'] as const) {
    const convert = createConverter({ variant });
    for (const line of lines) {
      const { text } = JSON.parse(line) as { text: string };
      assert.equal(folded(convert(text)), folded(text));
    }
  }
});
