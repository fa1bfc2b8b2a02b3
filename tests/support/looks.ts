import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { axeViolations } from './axe-violations.ts';

export type Look = readonly [width: number, colorScheme: 'light' | 'dark'];

/** Sideways scrolling and what axe finds, at some widths; a picture of each where `CHENGMEN_SCREENSHOTS` names a folder. */
export async function looks(page: Page, name: string, views: readonly Look[]): Promise<string[]> {
  const found: string[] = [];
  const folder = process.env['CHENGMEN_SCREENSHOTS'];
  for (const [width, colorScheme] of views) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    found.push(...(await axeViolations(page)).map((each) => `${name} ${width} ${colorScheme}: ${each}`));
    const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    if (over > 0) found.push(`${name} ${width}: ${over} px too wide`);
    if (folder) await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
  }
  return found;
}
