/** Signing in as people do it, in a real browser: a second factor set up under guidance, passkeys, an identity elsewhere. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createAccount, systemActor } from '@chengmen/identity';
import { openRealProvider, type OpenProvider } from '@chengmen/identity/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { siteId } from 'chengmen';
import { nextCode } from './support/next-code.ts';
import { noBrowser, openBrowser } from './support/open-browser.ts';
import { openFoundedCity } from './support/small-city.ts';
import { chengmen, freePorts, startCity, temporaryFolder, type City } from './support/start-city.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const [id, secret] = ['chengmen', 'a secret of the tests'];

describe('signing in, in a real browser', { skip: noBrowser }, () => {
  const folder = temporaryFolder();
  let city: City;
  let desk: string;
  let browser: Browser;
  let provider: OpenProvider;
  /** Password of the writer. */
  let writer: string;

  before(async () => {
    const ports = await freePorts();
    desk = `http://localhost:${ports.desk}`;
    provider = await openRealProvider({ id, secret, redirect: `${desk}/sign-in/oidc/back`, who: () => 'he-cai' });
    const office = await openFoundedCity(folder.path);
    const account = { username: 'caibian', name: '何采', grants: [{ role: 'writer' }] };
    writer = (await office.ledger.execute(createAccount, systemActor(siteId), account)).password;
    await office.close();
    // So that the start finds a city that stands already.
    writeFileSync(join(folder.path, 'demo.json'), '{}');
    city = await startCity({
      data: folder.path,
      ports,
      arguments: ['--desk-url', desk],
      environment: {
        CHENGMEN_OIDC_ISSUER: provider.issuer,
        CHENGMEN_OIDC_CLIENT_ID: id,
        CHENGMEN_OIDC_CLIENT_SECRET: secret,
        CHENGMEN_OIDC_NAME: '临江统一身份',
      },
    });
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await city.stop();
    await provider.close();
    folder.remove();
  });

  const found: string[] = [];
  const look = async (page: Page): Promise<void> => {
    await page.evaluate(axe);
    const violations = await page.evaluate<string[]>(
      "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target[0]).join(', ')))",
    );
    found.push(...violations.map((each) => `${new URL(page.url()).pathname}: ${each}`));
  };
  const password = async (page: Page, username: string, word: string): Promise<void> => {
    await page.goto(`${desk}/sign-in`);
    await page.getByLabel(/账号/).fill(username);
    await page.getByLabel(/口令/).fill(word);
    await page.getByRole('button', { name: /^登录/ }).click();
    await page.waitForLoadState();
  };
  const newContext = (bypassCSP = false): Promise<BrowserContext> =>
    browser.newContext({ viewport: { width: 360, height: 800 }, bypassCSP });
  /** Contexts keep the policy where a script of the desk runs; axe needs it off. */
  const watch = (page: Page): string[] => {
    const messages: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') messages.push(message.text());
    });
    return messages;
  };

  test('first administrator: made on the command line, led to an authenticator, then at work; the code is asked for next time', async () => {
    const role = ['--role', 'security-administrator'];
    const made = await chengmen('user', 'add', 'diyi', '--name', '第一', ...role, '--data', folder.path, '--json');
    const { password: word } = JSON.parse(made.out) as { password: string };
    const context = await newContext(true);
    const page = await context.newPage();
    await page.goto(`${desk}/sign-in`);
    await look(page);
    await password(page, 'diyi', word);
    assert.equal(new URL(page.url()).pathname, '/me/authenticator');
    await look(page);
    await page.goto(`${desk}/accounts`);
    assert.equal(new URL(page.url()).pathname, '/me/authenticator', 'nothing else works before');
    const key = (await page.locator('.secret code').innerText()).replaceAll(' ', '');
    await page.getByLabel(/验证码/).fill('000000');
    await page.getByRole('button', { name: /启用/ }).click();
    assert.match(await page.getByRole('alert').first().innerText(), /验证码不正确/);
    await page.getByLabel(/验证码/).fill(await nextCode(key));
    await page.getByRole('button', { name: /启用/ }).click();
    const codes = await page.locator('.codes code').allInnerTexts();
    assert.equal(codes.length, 10);
    await look(page);
    await page.goto(`${desk}/accounts`);
    assert.match(await page.locator('h1').innerText(), /账号/);
    await page.goto(`${desk}/me`);
    await look(page);
    await page.getByRole('button', { name: /退出/ }).first().click();
    await password(page, 'diyi', word);
    await look(page);
    await page.getByLabel(/验证码/).fill(codes[0] ?? '');
    await page.keyboard.press('Enter');
    await page.waitForLoadState();
    assert.match(await page.locator('header').innerText(), /安全管理员/);
    await context.close();
  });

  test('passkey: added by who is signed in, then it alone signs in; the page’s policy lets its own script run and no other', async () => {
    const context = await newContext();
    const page = await context.newPage();
    const messages = watch(page);
    const session = await context.newCDPSession(page);
    await session.send('WebAuthn.enable');
    await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await password(page, 'caibian', writer);
    await page.goto(`${desk}/me`);
    await page.getByLabel(/起个名/).fill('办公电脑');
    await page.getByRole('button', { name: /添加通行密钥/ }).click();
    await page.getByText('办公电脑').waitFor();
    await page.getByRole('button', { name: /退出/ }).first().click();
    await page.getByRole('button', { name: /用通行密钥登录/ }).click();
    await page.getByRole('link', { name: /待我处理/ }).waitFor();
    assert.match(await page.locator('header').innerText(), /何采/);
    const injected = await page.evaluate<boolean>(
      "new Promise((done) => { const script = document.createElement('script'); script.textContent = 'window.hijacked = true'; document.head.append(script); setTimeout(() => done(window.hijacked === true), 50); })",
    );
    assert.equal(injected, false);
    assert.deepEqual(
      messages.filter((each) => !/Content Security Policy/.test(each)),
      [],
    );
    await context.close();
  });

  test('passkey: at a bare address the page says where browsers offer them', async () => {
    const context = await newContext();
    const page = await context.newPage();
    await page.goto(`${city.desk}/sign-in`);
    assert.equal(await page.getByRole('link', { name: desk }).getAttribute('href'), `${desk}/sign-in`);
    assert.equal(await page.getByRole('button', { name: /用通行密钥登录/ }).isVisible(), false);
    await context.close();
  });

  test('identity elsewhere: linked once from one’s own account, then it signs in', async () => {
    const context = await newContext();
    const page = await context.newPage();
    const added = (await chengmen('user', 'add', 'tongyi', '--role', 'writer', '--data', folder.path, '--json')).out;
    await password(page, 'tongyi', (JSON.parse(added) as { password: string }).password);
    await page.goto(`${desk}/me`);
    await page.getByRole('button', { name: /关联我在临江统一身份的账号/ }).click();
    await page.getByRole('link', { name: /继续/ }).click();
    await page.getByText('已关联“统一身份 he-cai”').waitFor();
    await page.getByRole('button', { name: /退出/ }).first().click();
    await page.goto(`${desk}/items`);
    await page.getByRole('link', { name: /用临江统一身份登录/ }).click();
    await page.waitForURL(`${desk}/items`);
    assert.match(await page.locator('header').innerText(), /tongyi/);
    await context.close();
  });

  test('every page of signing in: zero axe violations', () => {
    assert.deepEqual(found, []);
  });
});
