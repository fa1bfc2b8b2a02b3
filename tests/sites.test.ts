/** Two sites in one data folder: what belongs to one is out of the other's reach, and nothing that happens to one moves the other. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { eventLog } from '@chengmen/content';
import { createDesk, createDeskFront } from '@chengmen/desk';
import { deskApi } from '@chengmen/desk-web';
import { codeAt, createAccount, grantRole, stepAt, systemActor } from '@chengmen/identity';
import { giveDatabase } from '@chengmen/ledger/testing';
import { ChengmenError, reviewStages, secondFactorRoles, type FieldsOf, type Role, type SiteId } from '@chengmen/model';
import { lookup, pageReader, readBody, readHead } from '@chengmen/release';
import { itemHistory, schedules, writingsOf } from '@chengmen/revision';
import { addSite, houseMigrations, openHouse, siteId, sitesOf, type BackOffice, type House } from 'chengmen';
import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { channels } from '../apps/chengmen/src/demo/channels.ts';
import { site as city } from '../apps/chengmen/src/demo/site.ts';
import { passReviews } from '../apps/chengmen/src/pass-reviews.ts';
import { looks } from './support/looks.ts';
import { noBrowser, openBrowser } from './support/open-browser.ts';
import { deskOptions } from './support/open-desk.ts';
import { article, people, settingsIn } from './support/small-city.ts';
import { eventually, temporaryFolder } from './support/start-city.ts';

const other = 'liuwan';
const wanted = { id: other, name: '柳湾区', origin: 'www.liuwan.example/chengmen' };
const clock = { now: new Date('2026-11-20T02:00:00Z') };

/** The same four people, acting on a site. */
const peopleOf = (site: SiteId): typeof people =>
  Object.fromEntries(
    Object.entries(people).map(([who, actor]) => [who, { ...actor, site }]),
  ) as unknown as typeof people;

describe('sites: two in one data folder', () => {
  const folder = temporaryFolder();
  const settings = settingsIn(folder.path);
  let house: House;
  let one: BackOffice;
  let two: BackOffice;

  const publish = async (office: BackOffice, id: string, kind: string, fields: unknown): Promise<void> => {
    const own = peopleOf(office.site);
    await office.ledger.execute(office.revisions.saveDraft, own.writer, { item: id, kind, fields });
    await passReviews(office, id, own);
  };
  const found = async (office: BackOffice, name: string): Promise<void> => {
    const fields: FieldsOf<'site'> = { ...(city.fields as FieldsOf<'site'>), name: `${name}人民政府`, shortName: name };
    await publish(office, 'site', 'site', fields);
    for (const { id, kind, fields: own } of channels.filter((each) => ['news', 'headlines'].includes(each.id)))
      await publish(office, id, kind, own);
    await office.startPress().settle();
  };
  const checkpoint = (site: SiteId): string => readFileSync(join(folder.path, 'releases', site, 'checkpoint'), 'utf8');
  const page = async (office: BackOffice, path: string): Promise<string | undefined> => {
    const head = await readHead(office.store, { key: office.vkey });
    const entry = await lookup(pageReader(office.store), head.leaf.map, path);
    const body = entry?.status === 200 ? await readBody(office.store, entry) : undefined;
    return body && Buffer.from(body).toString('utf8');
  };

  before(async () => {
    await giveDatabase(folder.path, houseMigrations);
    house = await openHouse({ settings, clock: () => clock.now });
    one = await house.open(siteId);
    await found(one, '临江');
  });
  after(async () => {
    await house.close();
    folder.remove();
  });

  test('addSite: beside a city that runs; what was there stays as it was', async () => {
    const kept = checkpoint(siteId);
    const was = readdirSync(folder.path).filter((name) => !name.startsWith('texts-'));
    await addSite(settings, wanted);
    two = await house.open(other);
    assert.equal(await two.siteName(), '柳湾区', 'until it has settings of its own');
    const { events } = await eventLog(house.ledger.db, other, { limit: 2 });
    assert.deepEqual(
      events.map(({ payload }) => JSON.parse(payload) as unknown),
      [wanted],
      'its log begins with it',
    );
    await found(two, '柳湾');
    assert.equal(await two.siteName(), '柳湾');
    assert.equal(checkpoint(siteId), kept);
    const now = readdirSync(folder.path).filter((name) => !name.startsWith('texts-'));
    assert.deepEqual(now, [...was, 'sites'].sort());
    for (const name of ['keys', 'media', 'received', 'portal', 'views', 'search'])
      assert.ok(existsSync(join(folder.path, 'sites', other, name)), name);
    assert.deepEqual(
      sitesOf(settings).map(({ id }) => id),
      [siteId, other],
    );
  });

  test('addSite: an id or an origin that another has, and what is no id, are refused', async () => {
    const refused = (of: object, code: string): Promise<void> =>
      assert.rejects(
        () => addSite(settings, { ...wanted, ...of }),
        (error) => error instanceof ChengmenError && error.code === code,
      );
    await refused({}, 'wrong-state');
    await refused({ id: siteId, origin: 'www.third.example/chengmen' }, 'wrong-state');
    await refused({ id: 'third' }, 'wrong-state');
    for (const id of ['Third', '../third', 'x'])
      await refused({ id, origin: 'www.third.example/chengmen' }, 'invalid-input');
    await refused({ id: 'third', origin: 'https://www.third.example' }, 'invalid-input');
    await assert.rejects(
      () => house.open('third'),
      (error) => error instanceof ChengmenError && error.code === 'site-unknown',
    );
    assert.ok(!existsSync(join(folder.path, 'sites', 'third')));
  });

  test('release: each has its own log, key and pages, though their items have the same ids', async () => {
    assert.match(checkpoint(siteId), /^www\.linjiang\.example\/chengmen\n/);
    assert.match(checkpoint(other), /^www\.liuwan\.example\/chengmen\n/);
    assert.notEqual(one.vkey, two.vkey);
    await assert.rejects(() => readHead(two.store, { key: one.vkey }));
    assert.match((await page(one, '/')) ?? '', /临江人民政府/);
    const home = (await page(two, '/')) ?? '';
    assert.ok(home.includes('柳湾人民政府') && !home.includes('临江人民政府'));
  });

  test('release: an edit, a schedule and a hold of one leave the other where it was', async () => {
    const kept = checkpoint(siteId);
    const { writer, ...reviewers } = peopleOf(other);
    const { revision, hash } = await house.ledger.execute(two.revisions.saveDraft, writer, {
      ...{ item: 'later', kind: 'article', fields: article('柳湾的消息') },
    });
    await house.ledger.execute(two.revisions.submitRevision, writer, { revision, hash });
    for (const stage of reviewStages)
      await house.ledger.execute(two.revisions.reviewRevision, reviewers[stage], {
        ...{ revision, hash, stage, decision: 'approve' },
        ...(stage === 'final' ? { publishAt: '2026-11-20T03:00:00.000Z' } : {}),
      });
    const [waiting] = await schedules(house.ledger.db, other);
    assert.equal(waiting?.state, 'waiting');
    assert.deepEqual(await schedules(house.ledger.db, siteId), []);
    // The other site's clerk of schedules looks, and leaves alone what is not its own.
    clock.now = new Date('2026-11-20T03:00:01Z');
    await one.startSchedule().look();
    assert.equal((await schedules(house.ledger.db, other))[0]?.state, 'waiting');
    await two.startSchedule().look();
    await two.startPress().settle();
    assert.equal((await schedules(house.ledger.db, other))[0]?.state, 'done');
    assert.match((await page(two, '/news/headlines/2026/11/20/later.html')) ?? '', /柳湾的消息/);
    assert.equal(await page(one, '/news/headlines/2026/11/20/later.html'), undefined);
    assert.equal(checkpoint(siteId), kept);

    await house.ledger.execute(
      two.holds.holdAlone,
      { ...writer, roles: ['operator'] },
      { release: 1, reason: '先停在第一版，演练封存。' },
    );
    await two.startPress().settle();
    const held = checkpoint(other);
    await publish(one, 'headline-1', 'article', article('临江的消息'));
    await one.startPress().settle();
    assert.match((await page(one, '/news/headlines/')) ?? '', /临江的消息/);
    assert.notEqual(checkpoint(siteId), kept);
    assert.equal(checkpoint(other), held);
    assert.equal((await itemHistory(house.ledger.db, other, 'headline-1')).length, 0);
  });

  describe('desk: two sites behind one door', () => {
    let front: FastifyInstance;
    let address: string;
    const cookies: Record<string, string> = {};
    const staff: Record<string, { readonly at: readonly SiteId[]; readonly role: Role; readonly there?: Role }> = {
      both: { at: [siteId, other], role: 'writer' },
      near: { at: [siteId], role: 'auditor' },
      far: { at: [other], role: 'writer' },
      mixed: { at: [siteId, other], role: 'writer', there: 'channel-editor' },
      reviewer: { at: [siteId, other], role: 'first-reviewer' },
      reviewernear: { at: [siteId], role: 'first-reviewer' },
      faraudit: { at: [other], role: 'auditor' },
    };
    const secret = '柳湾未公开的稿件';

    interface Asked {
      readonly method?: string;
      readonly form?: Record<string, string>;
      readonly json?: unknown;
      readonly token?: string;
    }
    const ask = async (who: string, path: string, { method, form, json, token }: Asked = {}) => {
      const body = form ? new URLSearchParams(form) : json === undefined ? undefined : JSON.stringify(json);
      const answer = await fetch(`${address}${path}`, {
        ...{ method: method ?? (body === undefined ? 'GET' : 'POST'), redirect: 'manual' },
        headers: {
          cookie: cookies[who] ?? '',
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { 'x-form-token': token }),
        },
        ...(body === undefined ? {} : { body }),
      });
      return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() };
    };
    const tokenOf = async (who: string, base = ''): Promise<string> =>
      (JSON.parse((await ask(who, `${base}/api/me`)).text) as { token: string }).token;

    before(async () => {
      const desks = new Map<SiteId, FastifyInstance>();
      for (const office of [one, two])
        desks.set(office.site, await createDesk({ ...deskOptions(office), officeOf: (site) => house.open(site) }));
      for (const desk of desks.values()) await desk.ready();
      front = createDeskFront({
        first: siteId,
        deskOf: (site) => Promise.resolve(desks.get(site)),
        onError: (error) => assert.fail(String(error)),
      });
      front.addHook('onClose', async () => {
        for (const desk of desks.values()) await desk.close();
      });
      address = await front.listen({ host: '127.0.0.1', port: 0 });
      for (const [username, { at, role, there = role }] of Object.entries(staff)) {
        const [home = siteId, ...more] = at;
        const { account, password } = await house.ledger.execute(createAccount, systemActor(home), {
          ...{ username, name: username, grants: [{ role }] },
        });
        const key = secondFactorRoles.includes(role)
          ? await one.identity.giveTotp(systemActor(home), account)
          : undefined;
        // The command line brings somebody of one site to another.
        for (const site of more) await house.ledger.execute(grantRole, systemActor(site), { account, role: there });
        const form = new URLSearchParams({ username, password, next: '/' });
        const answer = await fetch(`${address}/sign-in`, { method: 'POST', body: form, redirect: 'manual' });
        const cookieOf = ({ headers }: Response): string => (headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
        cookies[username] = cookieOf(answer);
        if (key === undefined) continue;
        const code = new URLSearchParams({ code: await codeAt(key, stepAt(clock.now)), next: '/' });
        const headers = { cookie: cookies[username] };
        const second = { method: 'POST', body: code, redirect: 'manual', headers } as const;
        cookies[username] = cookieOf(await fetch(`${address}/sign-in/code`, second));
      }
      const { writer } = peopleOf(other);
      const { revision, hash } = await house.ledger.execute(two.revisions.saveDraft, writer, {
        ...{ item: 'secret', kind: 'article', fields: article(secret) },
      });
      await house.ledger.execute(two.revisions.submitRevision, writer, { revision, hash });
    });
    after(() => front.close());

    test('createDeskFront: each address is one site’s; links and answers stay there', async () => {
      const [first, second] = [await ask('both', '/items'), await ask('both', '/s/liuwan/items')];
      assert.ok(!first.text.includes(secret) && second.text.includes(secret));
      assert.match(second.text, /<title>条目 - 柳湾工作台/);
      const links = [...second.text.matchAll(/(?:href|action|src)="(\/[^"]*)"/g)].map(([, link = '']) => link);
      assert.ok(links.length > 10);
      assert.deepEqual(
        links.filter((link) => !/^\/(?:s\/(?:liuwan|linjiang)|desk)\//.test(link)),
        [],
      );
      assert.equal((await ask('both', '/s/liuwan')).location, '/s/liuwan/');
      assert.equal((await ask('both', '/s/linjiang/items?page=2')).location, '/items?page=2');
      assert.equal((await ask('both', '/s/nowhere/items')).status, 404);
      for (const foreign of ['//evil.example', '/\\evil.example'])
        assert.doesNotMatch((await ask('both', `/s/linjiang${foreign}`)).location ?? '/', /evil/);
      const out = await ask('nobody', '/s/liuwan/items/secret');
      assert.equal(out.location, '/s/liuwan/sign-in?next=%2Fitems%2Fsecret');
    });

    test('desk: somebody of one site sees nothing of another, whichever way they ask', async () => {
      const fill = (path: string): string =>
        path.replace(/:(\w+)/g, (_, name: string) =>
          name === 'revision' ? 'secret.1' : name === 'item' ? 'secret' : '1',
        );
      // As they stand in the desk's sources, so that a new one is asked too.
      const folder = join(import.meta.dirname, '..', 'apps', 'desk', 'src');
      const found = readdirSync(folder)
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
        .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/app\.get(?:<[^(]*>)?\('([^']+)'/g)])
        .map(([, path = '']) => path);
      const open = /^\/$|^\/sign-in|^\/desk\/|:token/;
      const pages = found.filter((path) => !open.test(path)).map(fill);
      assert.ok(pages.length > 45, `${pages.length} routes`);
      const routes = Object.entries(deskApi).flatMap(([key, { who }]) => (who === 'anybody' ? [] : [key.split(' ')]));
      const looks = [
        ...pages.map((path) => ['GET', path]),
        ...routes.map(([method = '', path = '']) => [method, fill(path)]),
      ];
      for (const who of ['near'])
        for (const [method = '', path = ''] of looks) {
          const token = await tokenOf(who);
          const answer = await ask(who, `/s/liuwan${path}`, {
            method,
            token,
            ...(method === 'POST' ? { json: {} } : {}),
          });
          assert.ok([403, 404].includes(answer.status), `${who} ${method} ${path}: ${answer.status}`);
          assert.ok(!answer.text.includes(secret), path);
        }
      for (const who of ['far', 'faraudit']) {
        assert.equal((await ask(who, '/')).location, '/s/liuwan/', 'who is meant to be elsewhere is led there');
        for (const path of [
          '/items',
          '/audit',
          '/audit.jsonl',
          '/api/audit',
          '/items/site',
          '/preview/site.1',
          '/api/me',
        ])
          assert.equal((await ask(who, path)).status, 403, path);
        assert.equal((await ask(who, '/s/liuwan/items')).status, 200);
      }
      const told = await ask('far', '/items');
      assert.match(told.text, /您在“临江”没有角色/);
      assert.match(told.text, /href="\/s\/liuwan\//);
    });

    test('desk: on one’s own site, by the id of another’s, there is nothing', async () => {
      for (const path of ['/items/secret', '/items/secret/edit', '/preview/secret.1', '/bytes/secret.1'])
        assert.equal((await ask('both', path)).status, 404, path);
      for (const path of ['/api/items/secret', '/api/preview/secret.1'])
        assert.equal((await ask('both', path)).status, 404, path);
      assert.doesNotMatch((await ask('near', '/api/audit')).text, /"secret"/);
      assert.doesNotMatch((await ask('near', '/audit.jsonl')).text, /liuwan/);
      assert.match((await ask('faraudit', '/s/liuwan/audit.jsonl')).text, /secret/);
      // A form, and an address of a preview, open the site they were given for and no other.
      const [near, far] = [await tokenOf('both'), await tokenOf('both', '/s/liuwan')];
      const save = (base: string, token: string) =>
        ask('both', `${base}/items`, {
          form: { kind: 'article', action: 'save', item: 'by-form', ...article('一篇'), _token: token } as never,
        });
      assert.equal((await save('/s/liuwan', near)).status, 403);
      const saved = await save('/s/liuwan', far);
      assert.deepEqual([saved.status, saved.location?.split('?')[0]], [303, '/s/liuwan/items/by-form']);
      assert.equal((await ask('both', '/items/by-form')).status, 404);
      assert.equal((await ask('both', '/s/liuwan/items/by-form')).status, 200);
      const opened = JSON.parse((await ask('both', '/s/liuwan/api/preview/site.1')).text) as {
        pages: { address: string; path: string }[];
      };
      const home = opened.pages.find(({ path }) => path === '/')?.address ?? assert.fail('no home page');
      assert.equal((await ask('nobody', `/s/liuwan${home}`)).status, 200);
      assert.equal((await ask('nobody', home)).status, 404);
    });

    test('inbox: what waits on all sites, each with its site; the count is of all', async () => {
      const { writer } = peopleOf(siteId);
      const mine = (await one.identity.accountNamed('both')) ?? assert.fail();
      for (const [office, title] of [
        [one, '临江的草稿'],
        [two, '柳湾的草稿'],
      ] as const)
        await house.ledger.execute(
          office.revisions.saveDraft,
          { ...writer, account: mine, site: office.site },
          {
            ...{ item: 'draft-1', kind: 'article', fields: article(title) },
          },
        );
      const box = await ask('both', '/');
      assert.match(box.text, /<td class="site">临江<\/td>[\s\S]*href="\/items\/draft-1\?/);
      assert.match(box.text, /<td class="site">柳湾<\/td>[\s\S]*href="\/s\/liuwan\/items\/draft-1\?/);
      const listed = JSON.parse((await ask('both', '/s/liuwan/api/inbox')).text) as { site: string; title: string }[];
      const titles = (rows: typeof listed): string[] => rows.map(({ site, title }) => `${site} ${title}`).sort();
      const drafts = ['linjiang 临江的草稿', 'liuwan 柳湾的草稿'];
      assert.deepEqual(
        titles(listed).filter((one) => one.endsWith('草稿')),
        drafts,
      );
      const ofOne = JSON.parse((await ask('both', '/api/inbox?site=liuwan')).text) as typeof listed;
      assert.ok(ofOne.length > 0 && ofOne.every(({ site }) => site === other));
      assert.match((await ask('both', '/schedule')).text, /<b class="count">3<\/b>/);
      const one_ = await ask('both', '/s/liuwan/?site=liuwan');
      assert.ok(one_.text.includes('柳湾的草稿') && !one_.text.includes('临江的草稿'));
      assert.doesNotMatch((await ask('far', '/s/liuwan/')).text, /换网站|>网站</);
    });

    test('inbox: approved together are those of all one’s sites, each by its own; nobody approves where they hold no role', async () => {
      const waiting: string[] = [];
      const revisions: Record<string, string> = {};
      for (const office of [one, two]) {
        const { writer } = peopleOf(office.site);
        const draft = { item: 'together', kind: 'article', fields: article(`一起审的${office.site}`) };
        const { revision, hash } = await house.ledger.execute(office.revisions.saveDraft, writer, draft);
        await house.ledger.execute(office.revisions.submitRevision, writer, { revision, hash });
        waiting.push(`${office.site} ${revision} ${hash} first`);
        revisions[office.site] = hash;
        for (const who of ['reviewer', 'reviewernear']) {
          const account = (await one.identity.accountNamed(who)) ?? assert.fail();
          const actor = { account, name: who, site: office.site, roles: ['first-reviewer' as const] };
          const seen = { revision, hash, page: 'a'.repeat(64) };
          await house.ledger.execute(office.revisions.notePreview, actor, seen);
        }
      }
      const states = async (): Promise<unknown[]> =>
        Promise.all(
          [siteId, other].map(async (site) => (await itemHistory(house.ledger.db, site, 'together'))[0]?.state),
        );
      const approve = async (who: string, picks: readonly string[]) => {
        const body = new URLSearchParams({ _token: await tokenOf(who) });
        for (const pick of picks) body.append('pick', pick);
        const headers = { cookie: cookies[who] ?? '' };
        return fetch(`${address}/inbox/approve`, { method: 'POST', body, redirect: 'manual', headers });
      };
      const offered = (await ask('reviewer', '/')).text;
      for (const pick of waiting) assert.ok(offered.includes(`value="${pick}"`), pick);
      assert.equal((await approve('reviewernear', waiting.slice(1))).status, 409);
      assert.equal((await approve('reviewer', [waiting[1]?.replace(other, 'nowhere') ?? ''])).status, 409);
      assert.deepEqual(await states(), ['submitted', 'submitted']);
      assert.equal((await approve('reviewer', waiting)).status, 303);
      assert.deepEqual(await states(), ['first-reviewed', 'first-reviewed']);
      const { events } = await eventLog(house.ledger.db, other, { commands: ['review-revision'], limit: 1 });
      assert.ok(events[0]?.payload.includes(revisions[other] ?? ''), 'the event stands in the log of its site');
    });

    test('switch: to the same screen where one may use it there, else to the inbox; what is one site’s own stays behind', async () => {
      const leads = async (who: string, path: string): Promise<string | undefined> =>
        / href="(\/s\/liuwan[^"]*)"[^>]*>柳湾</.exec((await ask(who, path)).text)?.[1];
      assert.equal(await leads('both', '/items?channel=news'), '/s/liuwan/items');
      assert.equal(await leads('both', '/items/draft-1'), '/s/liuwan/items');
      assert.equal(await leads('both', '/'), '/s/liuwan/');
      assert.equal(await leads('mixed', '/upload'), '/s/liuwan/', 'there they write nothing');
      assert.equal(await leads('mixed', '/media'), '/s/liuwan/media');
    });

    describe('in a browser', { skip: noBrowser }, () => {
      let browser: Browser;
      const open = async (who: string, javaScriptEnabled = true): Promise<Page> => {
        const context = await browser.newContext({ javaScriptEnabled });
        const [name = '', value = ''] = (cookies[who] ?? '').split('=');
        await context.addCookies([{ name, value: decodeURIComponent(value), url: address }]);
        const page = await context.newPage();
        page.setDefaultTimeout(15_000);
        return page;
      };
      before(async () => {
        browser = await openBrowser();
      });
      after(() => browser.close());

      test('switch: from one desk to another by keyboard and without a script; each screen names its site', async () => {
        const page = await open('both', false);
        await page.goto(`${address}/schedule`);
        assert.match(await page.title(), /临江工作台/);
        await page.locator('.sites summary').focus();
        await page.keyboard.press('Enter');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await page.waitForURL(`${address}/s/liuwan/schedule`);
        assert.match(await page.title(), /柳湾工作台/);
        assert.match((await page.locator('.brand').textContent()) ?? '', /柳湾/);
        await page.locator('nav a[href="/s/liuwan/items"]').click();
        await page.waitForURL(`${address}/s/liuwan/items`);
        await page.context().close();
      });

      test('inbox and switch: nothing too wide, nothing axe finds', async () => {
        const page = await open('both');
        await page.goto(`${address}/s/liuwan/`);
        await page.locator('.sites summary').click();
        const views = [
          ...[360, 768, 1440].map((width) => [width, 'light'] as const),
          ...[360, 1440].map((width) => [width, 'dark'] as const),
        ];
        assert.deepEqual(await looks(page, 'sites-inbox', views), []);
        const far = await open('far');
        await far.goto(`${address}/items`);
        assert.deepEqual(await looks(far, 'sites-closed', [[360, 'dark']]), []);
        await far.context().close();
        await page.context().close();
      });

      test('writing: the editors’ application works on the site of its page', async () => {
        const page = await open('both');
        await page.goto(`${address}/s/liuwan/items/new?kind=article`);
        await page.waitForURL(/\/s\/liuwan\/items\/new\?kind=article&item=/);
        await page.locator('input[name=title]').fill('写在柳湾');
        const mine = (await one.identity.accountNamed('both')) ?? assert.fail();
        const item = new URL(page.url()).searchParams.get('item') ?? '';
        await eventually(
          () => writingsOf(house.ledger.db, other, mine, item),
          ([kept]) => JSON.stringify(kept).includes('写在柳湾'),
        );
        assert.deepEqual(await writingsOf(house.ledger.db, siteId, mine, item), []);
        await page.context().close();
      });
    });
  });
});
