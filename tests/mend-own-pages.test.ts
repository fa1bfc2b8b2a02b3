import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mend } from '@chengmen/mend';
import { createTheme } from '@chengmen/theme';
import { exampleCity, exampleItems, renderAll } from '@chengmen/theme/testing';

test('mend finds every page of our own theme clean: nothing changed, nothing alarmed', () => {
  let pages = 0;
  for (const [path, { type, body }] of renderAll(createTheme(), exampleCity(), exampleItems)) {
    if (!type.startsWith('text/html') || body === undefined) continue;
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    const { plan, alarms, html } = mend({ name: path, bytes });
    assert.deepEqual([plan, alarms], [[], []], path);
    assert.equal(html, new TextDecoder().decode(bytes), path);
    pages++;
  }
  assert.ok(pages > 50, `${pages} pages`);
});
