import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import {
  blockCity,
  blockItems,
  blockTemplates,
  exampleCity,
  exampleItems,
  exampleTemplates,
  foreignCity,
  foreignItems,
  foreignPaths,
  renderAll,
  secondCity,
  secondItems,
  secondTemplates,
  styleGuide,
} from '@chengmen/theme/testing';
import { createTheme } from './create-theme.ts';

/** What the standard says; questions of taste are the formatter's. */
const validator = new HtmlValidate(new StaticConfigLoader({ extends: ['html-validate:standard'] }));

async function faults(markup: string): Promise<string[]> {
  const { results } = await validator.validateString(markup);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector ?? ''})`),
  );
}

test('Valid HTML: the validator finds what is wrong', async () => {
  assert.equal(
    (await faults('<!doctype html><html lang="zh"><title>x</title><p><a href="/"><button>x</button></a></p></html>'))
      .length,
    1,
  );
});

test('Valid HTML: every template of both cities, and some of their Traditional twins, keep to the standard', async () => {
  const theme = createTheme();
  const first = renderAll(theme, exampleCity(), exampleItems);
  const second = renderAll(theme, secondCity(), secondItems);
  const twins = ['home', 'article', 'services', 'topic'].map((name) => `/zh-hant${exampleTemplates[name] ?? ''}`);
  for (const path of [...Object.values(exampleTemplates), ...twins])
    assert.deepEqual(await faults(String(first.get(path)?.body)), [], path);
  for (const path of Object.values(secondTemplates))
    assert.deepEqual(await faults(String(second.get(path)?.body)), [], path);
});

test('Valid HTML: every template in another language, written from left to right or from right to left', async () => {
  const foreign = renderAll(createTheme(), foreignCity(), foreignItems);
  for (const path of foreignPaths()) assert.deepEqual(await faults(String(foreign.get(path)?.body)), [], path);
});

test('Valid HTML: blocks of every kind, wherever they stand', async () => {
  const pages = renderAll(createTheme(), blockCity(), blockItems);
  for (const path of Object.values(blockTemplates))
    assert.deepEqual(await faults(String(pages.get(path)?.body)), [], path);
});

test('Style guide: every component has an id of its own, and together they are valid', async () => {
  assert.deepEqual(await faults(String(styleGuide().get('/index.html')?.body)), []);
});
