import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bareGonePage } from './bare-gone-page.ts';

test('bareGonePage: says that and why something was withdrawn, and shows or asks for nothing else of the site', () => {
  const page = bareGonePage({ on: '2026-11-29', reason: '含个人信息 <img src=x>' });
  assert.match(page, /撤回日期：2026-11-29。撤回原因：含个人信息 &lt;img src=x>|&lt;img src=x&gt;/);
  assert.doesNotMatch(page, /<(?:link|script|style|img)\b/);
  assert.doesNotMatch(bareGonePage(undefined), /撤回原因/);
});
