import type { Page } from 'playwright-core';
import { nextCode } from './next-code.ts';
import type { City } from './start-city.ts';

/** Signs a person of the demonstration in at the desk. `atCode`: called where a code is asked for. */
export async function signIn(
  page: Page,
  city: City,
  username: string,
  atCode: () => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  await page.goto(city.desk);
  await page.getByLabel(/账号/).fill(username);
  await page.getByLabel(/口令/).fill(city.passwords()[username] ?? '');
  await page.getByRole('button', { name: /登录/ }).click();
  await page.waitForLoadState();
  const key = city.keys()[username];
  if (key === undefined) return;
  await atCode();
  await page.getByLabel(/验证码/).fill(await nextCode(key));
  await page.getByRole('button', { name: /继续/ }).click();
  await page.waitForLoadState();
}
