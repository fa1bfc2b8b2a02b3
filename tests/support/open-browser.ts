import { chromium, type Browser } from 'playwright-core';

/** Why browser tests are skipped, or false. */
export const noBrowser: string | false = process.env['CHENGMEN_TEST_BROWSER']
  ? false
  : 'no browser: run by npm test, or set CHENGMEN_TEST_BROWSER';

/** A real Chromium, without its own background traffic. */
export function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHENGMEN_TEST_BROWSER'] ?? '';
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
