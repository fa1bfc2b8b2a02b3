import { chromium } from 'playwright-core';
import { findBrowser } from '../../tools/support/find-browser.ts';
import { quantile } from '../measure.ts';

/** Slow 4G as Lighthouse has it; bytes a second. */
const slow4G = { offline: false, latency: 150, downloadThroughput: 204_800, uploadThroughput: 86_400 };

/**
 * Milliseconds until a page that was opened before first shows something, over a slow connection, the median of so many
 * times; undefined without a browser.
 */
export async function firstPaints(
  port: number,
  pages: readonly { readonly path: string; readonly cookie: string }[],
  times: number,
): Promise<readonly number[] | undefined> {
  const found = await findBrowser();
  if (!('path' in found)) return undefined;
  const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] });
  try {
    const medians: number[] = [];
    for (const { path, cookie } of pages) {
      const context = await browser.newContext({ extraHTTPHeaders: { cookie } });
      const page = await context.newPage();
      const open = async (): Promise<number> => {
        await page.goto('about:blank');
        await page.goto(`http://127.0.0.1:${port}${path}`);
        await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
        return page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity);
      };
      await open();
      const network = await context.newCDPSession(page);
      await network.send('Network.enable');
      await network.send('Network.emulateNetworkConditions', slow4G);
      const taken: number[] = [];
      for (let time = 0; time < times; time++) taken.push(await open());
      medians.push(quantile(taken, 0.5));
      await context.close();
    }
    return medians;
  } finally {
    await browser.close();
  }
}
