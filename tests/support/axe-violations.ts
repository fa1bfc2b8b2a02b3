import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Asked through the browser's own door for tools: the pages let no script in. Forced colours are the reader's own; axe sees ours. */
export async function axeViolations(page: Page, forced = false): Promise<string[]> {
  return (await page.evaluate(`(async () => { ${axe}
    const { violations } = await axe.run(document, { iframes: false, rules: { 'color-contrast': { enabled: ${!forced} } } });
    return violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => String(target[0])).join(', '));
  })()`)) as string[];
}
