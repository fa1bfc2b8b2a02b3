import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, before, describe, test } from 'node:test';
import { contentHooks, contentMigrations, createHolds } from '@chengmen/content';
import { codeAt, createAccount, createIdentity, identityMigrations, stepAt, systemActor } from '@chengmen/identity';
import { createDeskClient, refusal } from '@chengmen/desk-web';
import { interactionMigrations } from '@chengmen/interaction';
import { checkAuditFile, type ChainReport, type Ledger } from '@chengmen/ledger';
import { testLedgers } from '@chengmen/ledger/testing';
import { sha256, secondFactorRoles, type Actor, type FieldsOf, type Output, type Role } from '@chengmen/model';
import { cropPicture, openByteStore, takeFile, wordsOfFile } from '@chengmen/media';
import { noticeMigrations } from '@chengmen/notices';
import { createProofreading, proofreadingHooks, proofreadingMigrations } from '@chengmen/proofreading';
import { createRevisions, itemHistory, revisionById, revisionMigrations } from '@chengmen/revision';
import { keepCounts, statisticsMigrations } from '@chengmen/statistics';
import { readWord } from '@chengmen/word';
import { Validator } from '@seriousme/openapi-schema-validator';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { CompiledQuery } from 'kysely';
import sharp from 'sharp';
import { commandAnswers } from './desk-commands.ts';
import { createDesk } from './desk.ts';
import { noPress, type PressView } from './press-view.ts';
import { valueOfSchema, type Schema } from './testing/value-of-schema.ts';

const site = 'linjiang';
const staff: Record<string, Role[]> = {
  caibian: ['writer'],
  chushen: ['first-reviewer'],
  fushen: ['second-reviewer'],
  zhongshen: ['final-approver'],
  duoneng: ['writer', 'first-reviewer', 'second-reviewer', 'final-approver'],
  lanmu: ['channel-editor'],
  yunwei: ['operator'],
  shenji: ['auditor'],
  anquan: ['security-administrator'],
};

const fields = (title: string): Record<string, string> => ({
  title,
  channel: 'news',
  date: '2026-11-20 09:30',
  source: '临江市数据局',
  body: '<p>正文。</p>',
});

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR42mNQSGjAgxhGpbEhAGs6ZAFVY/LzAAAAAElFTkSuQmCC',
  'base64',
);
const page = (path: string, body: string | Uint8Array): Output => ({
  ...{ path, status: 200, type: 'text/html; charset=utf-8', body },
});

// What the desk asks of a database is tried on both engines where it is asked, and the whole house on the embedded one.
for (const engine of testLedgers().slice(-1)) {
  describe(`desk on ${engine.engine}`, () => {
    let ledger: Ledger;
    let app: FastifyInstance;
    let identity: ReturnType<typeof createIdentity>;
    const channel = {
      name: '新闻',
      segment: 'news',
      parent: null,
      position: 1,
      type: '政务动态',
      description: '新闻',
      keywords: ['新闻'],
      layout: 'list',
      navigation: true,
    };
    let today = '2026-11-20T00:00:00Z';
    /** What the press is at. */
    let pressed: PressView = noPress;
    /** What the home page says in previews. */
    let live = 'one';
    const folder = mkdtempSync(join(tmpdir(), 'chengmen-desk-'));
    const media = openByteStore(folder);
    const passwords: Record<string, string> = {};
    const keys: Record<string, string> = {};
    const enumeration: string[] = [];
    const sessions: Record<string, { cookie: string; token: string }> = {};

    before(async () => {
      ledger = await engine.open({
        migrations: [
          ...[...revisionMigrations, ...contentMigrations, ...identityMigrations, ...interactionMigrations],
          ...[...proofreadingMigrations, ...statisticsMigrations, ...noticeMigrations],
        ],
      });
      const secret = 's'.repeat(40);
      identity = createIdentity({ ledger, site, secret, baseUrl: 'http://localhost:80' });
      const readFile = async ({ hash, type }: Pick<FieldsOf<'media'>, 'hash' | 'type'>) => {
        const bytes = await media.get(hash);
        return bytes && wordsOfFile({ bytes, type });
      };
      const hooks = [...contentHooks, ...proofreadingHooks(readFile)];
      const revisions = createRevisions(hooks);
      app = await createDesk({
        ledger,
        identity,
        revisions,
        proofreading: createProofreading({ ledger, site, clock: () => new Date(today), hooks, readFile }),
        site,
        siteName: () => Promise.resolve('临江'),
        portal: 'http://127.0.0.1:8080',
        secret,
        preview: ({ item, revision }) =>
          Promise.resolve({
            own: [
              page(`/news/${item}.html`, `<!doctype html><title>${revision}</title>`),
              page(`/zh-hant/news/${item}.html`, '<!doctype html><title>預覽</title>'),
              { ...page('/media/tu/0123456789abcdef.png', png), type: 'image/png' },
            ],
            others: [page('/', `<!doctype html><title>首页 ${live}</title>`)],
            otherTargets: 7,
            before: [],
          }),
        removal: () => Promise.resolve({ gone: ['/news/'], remade: [], siteWide: false, stays: [] }),
        probe: () => Promise.resolve(undefined),
        holds: createHolds({ rootOf: () => Promise.resolve(undefined) }),
        releases: () => Promise.resolve([]),
        pressView: () => pressed,
        lookBack: () => Promise.resolve(undefined),
        publishedFile: () => Promise.resolve(undefined),
        takeFile: (bytes, about) => takeFile(bytes, { ...about, store: media }),
        cropPicture: (fields, area) => cropPicture(fields, area, { store: media }),
        readWord: (bytes, name) => readWord(bytes, { name, store: media }),
        fileBytes: (hash) => media.get(hash),
        settle: () => Promise.resolve(),
        today: () => '2026-11-20',
        clock: () => new Date(today),
        lateMinutes: 5,
      });
      // Every answer under /api in all that follows is what the description says.
      app.addHook('preSerialization', async (request, _reply, payload) => {
        const isRefusal = typeof payload === 'object' && payload !== null && 'error' in payload;
        const described = isRefusal ? refusal : request.routeOptions.config.answer;
        if (request.url.startsWith('/api/')) described?.parse(payload);
        return Promise.resolve(payload);
      });
      for (const [username, roles] of Object.entries(staff)) {
        const { account, password } = await ledger.execute(createAccount, systemActor(site), {
          username,
          name: username,
          grants: roles.map((role) => ({ role })),
        });
        passwords[username] = password;
        if (roles.some((role) => secondFactorRoles.includes(role)))
          keys[username] = await identity.giveTotp(systemActor(site), account);
        sessions[username] = await signIn(app, username, password, keys[username]);
      }
      const person = (account: string, ...roles: Role[]): Actor => ({ account, name: account, site, roles });
      const { revision, hash } = await ledger.execute(revisions.saveDraft, person('w', 'channel-editor'), {
        item: 'news',
        kind: 'channel',
        fields: channel,
      });
      await ledger.execute(revisions.submitRevision, person('w', 'channel-editor'), { revision, hash });
      for (const [stage, role] of [
        ['first', 'first-reviewer'],
        ['second', 'second-reviewer'],
        ['final', 'final-approver'],
      ] as const)
        await ledger.execute(revisions.reviewRevision, person(stage, role), {
          revision,
          hash,
          stage,
          decision: 'approve',
        });
    });
    after(async () => {
      await app.close();
      await ledger.close();
      rmSync(folder, { recursive: true });
    });

    const api = async (
      who: string,
      command: string,
      payload: object,
      headers: Record<string, string> = {},
    ): Promise<{ status: number; body: { result?: Record<string, string>; error?: { code: string } } }> => {
      const { cookie, token } = sessions[who] ?? { cookie: '', token: '' };
      const answer = await app.inject({
        method: 'POST',
        url: `/api/commands/${command}`,
        payload,
        headers: { cookie, 'x-form-token': token, ...headers },
      });
      return { status: answer.statusCode, body: answer.json() };
    };
    const draft = async (who: string, title: string): Promise<{ revision: string; hash: string; item: string }> => {
      const { body } = await api(who, 'save-draft', { kind: 'article', fields: fields(title) });
      const { revision = '', hash = '', item = '' } = body.result ?? {};
      assert.equal((await api(who, 'submit-revision', { revision, hash })).status, 200);
      return { revision, hash, item };
    };
    const form = (who: string, url: string, values: Record<string, string>, headers: Record<string, string> = {}) =>
      app.inject({
        method: 'POST',
        url,
        payload: new URLSearchParams({ _token: sessions[who]?.token ?? '', ...values }).toString(),
        headers: {
          cookie: sessions[who]?.cookie ?? '',
          'content-type': 'application/x-www-form-urlencoded',
          ...headers,
        },
      });

    const upload = async (
      who: string,
      parts: readonly (readonly [name: string, value: string | File])[],
      url = '/upload',
    ) => {
      const form = new FormData();
      for (const [name, value] of parts) form.append(name, value);
      const request = new Request('http://localhost', { method: 'POST', body: form });
      return app.inject({
        method: 'POST',
        url,
        payload: Buffer.from(await request.arrayBuffer()),
        headers: {
          cookie: sessions[who]?.cookie ?? '',
          'content-type': request.headers.get('content-type') ?? '',
        },
      });
    };

    test('GET /releases: what the press is making now, why and how far, and that it failed', async () => {
      const see = async (who: string, url: string): Promise<string> =>
        (await app.inject({ url, headers: { cookie: sessions[who]?.cookie ?? '' } })).body;
      const since = '2026-11-20T00:00:00.000Z';
      const work = { since, done: 30, total: 120 };
      pressed = {
        ...noPress,
        now: { ...work, causes: [{ cause: 'read', read: 'newest:news:20', targets: 7 }] },
        beside: { ...work, done: 60, causes: [{ cause: 'read', read: 'site', targets: 120 }] },
      };
      const page = await see('shenji', '/releases');
      assert.match(page, /data-said="正在付印，已完成 25%"/);
      assert.match(page, /<progress max="120" value="30"/);
      assert.match(page, /因为：“新闻”最新的 20 条（7 页）/);
      assert.match(page, /一旁排印[^]*网站信息（120 页）/);
      pressed = { ...noPress, failed: { at: since, retryAt: since } };
      assert.match(await see('shenji', '/releases'), /没有付成/);
      pressed = noPress;
      assert.match(await see('shenji', '/releases'), /没有在排印的/);
      assert.match(await see('shenji', '/api/press'), /"held":null/);
      assert.match(await see('anquan', '/api/press'), /permission-denied/);
    });

    test('upload: of several files each is saved as a draft or refused with its reason; a picture needs words', async () => {
      const token: [string, string] = ['_token', sessions['caibian']?.token ?? ''];
      const answer = await upload('caibian', [
        token,
        ['submit', 'yes'],
        ['alt', '江堤'],
        ['file', new File([png], '江堤.png')],
        ['alt', ''],
        ['file', new File([png], '无说明.png')],
        ['alt', ''],
        ['file', new File(['<script>alert(1)</script>'], '页面.txt')],
        ['title', '办事说明'],
        ['file', new File(['第一步，取号。\n'], '../说明.txt')],
        ['alt', ''],
        ['file', new File([], '')],
      ]);
      assert.match(answer.body, /图片“无说明\.png”没有文字说明/);
      assert.match(answer.body, /不接收“页面\.txt”/);
      assert.equal(answer.body.match(/已保存/g)?.length, 2);
      const item = /条目编号 <code>([a-z0-9]+)<\/code>，纯文本/.exec(answer.body)?.[1] ?? '';
      const shown = await app.inject({
        url: `/items/${item}`,
        headers: { cookie: sessions['chushen']?.cookie ?? '' },
      });
      assert.match(shown.body, /办事说明[\s\S]*待初审/);
      const bytes = await app.inject({
        url: `/bytes/${item}.1`,
        headers: { cookie: sessions['chushen']?.cookie ?? '' },
      });
      assert.deepEqual(
        [bytes.body, bytes.headers['content-disposition'], bytes.headers['content-security-policy']],
        ['第一步，取号。\n', 'attachment', "default-src 'none'; sandbox"],
      );
      const outside = await app.inject({ url: `/bytes/${item}.1` });
      assert.equal(outside.statusCode, 303);
    });

    test('mediaRoutes: what was handed in is found by its words, described once, and told where it is used', async () => {
      const get = (url: string, who = 'caibian') =>
        app.inject({ url, headers: { cookie: sessions[who]?.cookie ?? '' } });
      const token: [string, string] = ['_token', sessions['caibian']?.token ?? ''];
      await upload('caibian', [
        token,
        ['wordless', 'yes'],
        ['alt', ''],
        ['title', '渡口<b>'],
        ['file', new File([png], 'a.png')],
      ]);
      const found = await get(`/media?${new URLSearchParams({ words: '渡口', what: 'wordless' }).toString()}`);
      const [, item = ''] = /<li id="([a-z0-9]+)"/.exec(found.body) ?? assert.fail(found.body);
      assert.match(found.body, /渡口&lt;b&gt;[\s\S]*没有用在任何页面/);
      assert.match(String(found.headers['content-security-policy']), /script-src 'nonce-/);
      const [, script = ''] = /<script src="([^"]+)"/.exec(found.body) ?? assert.fail(found.body);
      assert.equal((await get(script)).statusCode, 200);
      const small = await get(`/bytes/${item}.1?size=small`);
      assert.deepEqual([small.statusCode, String(small.headers['content-type']).startsWith('image/')], [200, true]);
      const words = { base: `${item}.1`, alt: '渡口的晨雾', action: 'save', back: '/media?what=wordless' };
      for (const [who, given, status] of [
        ['shenji', words, 403],
        ['chushen', words, 403],
        ['caibian', { ...words, base: `${item}.0` }, 409],
        ['caibian', { ...words, _token: '' }, 403],
        ['caibian', words, 303],
      ] as const) {
        const answer = await form(who, `/media/${item}/words`, given);
        assert.equal(answer.statusCode, status, who);
        if (status === 409)
          assert.match(answer.body, /role="alert"[\s\S]*value="渡口的晨雾"/, 'what was typed is not lost');
        if (status === 303) assert.match(String(answer.headers.location), /^\/media\?what=wordless/);
      }
      const body = `<p><img src="media:${item}" alt="渡口的晨雾"></p>`;
      await api('caibian', 'save-draft', { kind: 'article', fields: { ...fields('渡口改造'), body } });
      for (const url of [`/media?words=${encodeURIComponent('晨霧')}`, `/items/${item}`])
        assert.match((await get(url)).body, /用在 1 处[\s\S]*渡口改造<\/a>（草稿）/, url);
      const library = await get(`/api/media?${new URLSearchParams({ words: '晨霧', what: 'picture' }).toString()}`);
      assert.deepEqual(
        library.json<{ item: string; alt: string }[]>().map((one) => [one.item, one.alt]),
        [[item, '渡口的晨雾']],
      );
      const seen = await get('/media', 'shenji');
      assert.match(seen.body, /说明：渡口的晨雾/);
      assert.doesNotMatch(seen.body, /name="alt"|class="drop"/);
      assert.equal((await get('/media', 'anquan')).statusCode, 403);
      assert.match((await get('/media?words=nowhere')).body, /没有符合的/);
      for (const odd of ['after=x', 'after=2026-01-01T00:00:00Z~a', 'what=constructor', 'words=%25%00'])
        assert.equal((await get(`/media?${odd}`)).statusCode, 200, odd);
      const elsewhere = await form('caibian', `/media/${item}/words`, {
        ...words,
        base: `${item}.2`,
        back: '//evil.example/',
      });
      assert.equal(String(elsewhere.headers.location).startsWith('/?'), true);
    });

    test('cropRoutes: a frame and a focus are a revision; what is refused comes back as it was typed', async () => {
      const token: [string, string] = ['_token', sessions['caibian']?.token ?? ''];
      const wide = await sharp({ create: { width: 400, height: 200, channels: 3, background: '#0a0' } })
        .png()
        .toBuffer();
      const file = new File([new Uint8Array(wide)], '江堤.png');
      await upload('caibian', [token, ['alt', '江堤'], ['title', '待裁的江堤'], ['file', file]]);
      const cookie = sessions['caibian']?.cookie ?? '';
      const found = await app.inject({ url: `/media?words=${encodeURIComponent('待裁')}`, headers: { cookie } });
      const [, item = ''] = /<li id="([a-z0-9]+)"/.exec(found.body) ?? assert.fail(found.body);
      const url = `/media/${item}/crop`;
      const see = async (who: string) => app.inject({ url, headers: { cookie: sessions[who]?.cookie ?? '' } });
      assert.match((await see('caibian')).body, /name="width" value="400"[^]*name="x" value="50"/);
      assert.equal((await see('shenji')).statusCode, 403);
      const frame = { base: `${item}.1`, left: '100', top: '20', width: '200', height: '100', x: '30', y: '50' };
      for (const [who, given, status] of [
        ['shenji', frame, 403],
        ['caibian', { ...frame, _token: '' }, 403],
        ['caibian', { ...frame, width: '301' }, 400],
        ['caibian', { ...frame, left: '-1' }, 400],
        ['caibian', { ...frame, x: '101' }, 400],
        ['caibian', { ...frame, base: `${item}.0` }, 409],
        ['caibian', { ...frame, action: 'submit' }, 303],
      ] as const) {
        const answer = await form(who, url, given);
        assert.equal(answer.statusCode, status, `${who} ${JSON.stringify(given)}`);
        if (status === 400) assert.match(answer.body, /role="alert"[^]*name="height" value="100"/);
      }
      const shown = await app.inject({ url: `/items/${item}`, headers: { cookie } });
      assert.match(shown.body, /待初审[^]*从左 100、从上 20 起，200 × 100 像素[^]*从左 30%、从上 50%/);
      const size = async (query: string) => {
        const { rawPayload } = await app.inject({ url: `/bytes/${item}.2${query}`, headers: { cookie } });
        const { width, height } = await sharp(rawPayload).metadata();
        return [width, height];
      };
      assert.deepEqual(
        [await size(''), await size('?size=whole')],
        [
          [200, 100],
          [400, 200],
        ],
      );
      // Back to the whole, the focus in the middle: the fields are what they were.
      const whole = { base: `${item}.2`, left: '0', top: '0', width: '400', height: '200', x: '50', y: '50' };
      assert.equal((await form('caibian', url, whole)).statusCode, 303);
      const back = await app.inject({
        url: `/items/${item}/difference?from=${item}.1&to=${item}.3`,
        headers: { cookie },
      });
      assert.match(back.body, /内容没有变化/);
      const crop = async (who: string, more: object = {}) => {
        const asked = { base: `${item}.3`, area: { left: 0, top: 0, width: 200, height: 200 }, focus: { x: 50, y: 9 } };
        return json(who, `/api${url}`, { ...asked, submit: false, ...more });
      };
      const area = { left: 300, top: 0, width: 200, height: 200 };
      assert.deepEqual(
        [(await crop('shenji')).status, (await crop('caibian', { area })).status, (await crop('caibian')).status],
        [403, 400, 200],
      );
      const [newest] = await itemHistory(ledger.db, site, item);
      const { width, focus } = newest?.fields as FieldsOf<'media'>;
      assert.deepEqual([newest?.revision, newest?.state, width, focus], [`${item}.4`, 'draft', 200, { x: 50, y: 9 }]);
    });

    test('replaceRoutes: one picture in the place of another is a revision of each that shows it, sent together; nothing live changes', async () => {
      const token: [string, string] = ['_token', sessions['caibian']?.token ?? ''];
      const get = (url: string, who = 'caibian') =>
        app.inject({ url, headers: { cookie: sessions[who]?.cookie ?? '' } });
      const idOf = async (title: string): Promise<string> =>
        /<li id="([a-z0-9]+)"/.exec((await get(`/media?words=${encodeURIComponent(title)}`)).body)?.[1] ??
        assert.fail(title);
      await upload('caibian', [
        token,
        ['alt', '旧桥'],
        ['title', '待换的旧桥'],
        ['file', new File([png], 'a.png')],
        ['alt', ''],
        ['title', '待换的附件'],
        ['file', new File(['一'], 'a.txt')],
      ]);
      const old = await idOf('待换的旧桥');
      const attached = await idOf('待换的附件');
      const body = `<p>见<img src="media:${old}" alt="老桥">。</p>`;
      const one = await api('caibian', 'save-draft', { kind: 'article', fields: { ...fields('桥一'), image: old } });
      const two = await api('caibian', 'save-draft', { kind: 'article', fields: { ...fields('桥二'), body } });
      const items = [one.body.result?.['item'] ?? '', two.body.result?.['item'] ?? ''];
      // A new file is a media item of its own; the old one's page then shows what would change.
      const given = await upload(
        'caibian',
        [token, ['alt', ''], ['file', new File([png], 'b.png')]],
        `/media/${old}/replacement`,
      );
      assert.equal(given.statusCode, 400, 'a picture needs words');
      const sent = await upload(
        'caibian',
        [token, ['alt', '新桥'], ['title', '换上的新桥'], ['file', new File([png], 'b.png')]],
        `/media/${old}/replacement`,
      );
      assert.equal(sent.statusCode, 303);
      const by = /by=([a-z0-9]+)/.exec(String(sent.headers.location))?.[1] ?? '';
      const page = await get(`/media/${old}/replace?by=${by}`);
      assert.match(page.body, /待换的旧桥[^]*换上的新桥/);
      for (const item of items) assert.match(page.body, new RegExp(`value="${item}\\.1"[^>]*checked`));
      assert.match(
        (await get(`/media/${old}/replace?words=${encodeURIComponent('换上')}`)).body,
        new RegExp(`by=${by}`),
      );
      const picks = items.map((item) => `${item}.1`);
      const answer = async (who: string, values: Record<string, string>) =>
        (await form(who, `/media/${old}/replace`, { by, action: 'submit', pick: picks[0] ?? '', ...values }))
          .statusCode;
      assert.deepEqual(
        [
          await answer('shenji', {}),
          await answer('caibian', { _token: '' }),
          await answer('caibian', { by: old }),
          await answer('caibian', { by: attached }),
          await answer('caibian', { by: 'nowhere' }),
        ],
        [403, 403, 400, 400, 404],
      );
      const payload = new URLSearchParams({ _token: token[1], by, action: 'submit' });
      for (const pick of picks) payload.append('pick', pick);
      const headers = {
        cookie: sessions['caibian']?.cookie ?? '',
        'content-type': 'application/x-www-form-urlencoded',
      };
      const replace = () =>
        app.inject({ method: 'POST', url: `/media/${old}/replace`, payload: payload.toString(), headers });
      const done = await replace();
      assert.match(done.body, /2 个条目已换，等三审[^]*桥一[^]*桥二[^]*已经没有页面在用/);
      const newest = async (item: string) => (await itemHistory(ledger.db, site, item))[0];
      assert.deepEqual(
        [await newest(items[0] ?? ''), await newest(items[1] ?? ''), await newest(by)].map(
          (revision) => revision?.state,
        ),
        ['submitted', 'submitted', 'submitted'],
      );
      const [shown, text] = [await newest(items[0] ?? ''), await newest(items[1] ?? '')].map(
        (revision) => revision?.fields as FieldsOf<'article'>,
      );
      assert.equal(shown?.image, by);
      assert.equal(text?.body, `<p>见<img src="media:${by}" alt="新桥">。</p>`);
      const again = await replace();
      assert.equal(again.statusCode, 409);
      assert.match(again.body, /2 个没有办成/);
      assert.equal((await newest(items[0] ?? ''))?.number, 2, 'what was refused has saved nothing');
      // And the old one back in its place, by a program.
      const rows = (await json('caibian', `/api/media/${by}/replace?by=${old}`)).body;
      assert.deepEqual(
        (rows as unknown as { title: string; stands: boolean }[])
          .map(({ title, stands }) => `${title} ${stands}`)
          .sort(),
        ['桥一 true', '桥二 true'],
      );
      const asked = { by: old, submit: false, revisions: items.map((item) => `${item}.2`) };
      assert.equal((await json('shenji', `/api/media/${by}/replace`, asked)).status, 403);
      const told = await json('caibian', `/api/media/${by}/replace`, asked);
      assert.deepEqual(
        (told.body as unknown as { done: { revision?: string }[] }).done.map(({ revision }) => revision),
        [`${items[0]}.3`, `${items[1]}.3`],
      );
      assert.equal(((await newest(items[0] ?? ''))?.fields as FieldsOf<'article'>).image, old);
    });

    test('POST /media/submit: one’s own drafts go to review together, those of others do not', async () => {
      const token: [string, string] = ['_token', sessions['caibian']?.token ?? ''];
      const files = ['送审一', '送审二'].flatMap((title): [string, string | File][] => [
        ['alt', title],
        ['title', title],
        ['file', new File([png], 'a.png')],
      ]);
      await upload('caibian', [token, ...files]);
      const headers = { cookie: sessions['caibian']?.cookie ?? '' };
      const own = await app.inject({ url: '/media?what=own&words=%E9%80%81%E5%AE%A1', headers });
      const picks = [...own.body.matchAll(/value="([a-z0-9]+\.1 [0-9a-f]{64})"[^>]*checked/g)].map(
        ([, pick = '']) => pick,
      );
      assert.equal(picks.length, 2);
      const send = (who: string, chosen: readonly string[]) => {
        const payload = new URLSearchParams({ _token: sessions[who]?.token ?? '', back: '/media' });
        for (const pick of chosen) payload.append('pick', pick);
        const type = 'application/x-www-form-urlencoded';
        const cookie = sessions[who]?.cookie ?? '';
        return app.inject({
          ...{ method: 'POST', url: '/media/submit', payload: payload.toString() },
          headers: { cookie, 'content-type': type },
        });
      };
      assert.equal((await send('shenji', picks)).statusCode, 403);
      const sent = await send('caibian', picks);
      assert.equal(sent.statusCode, 303);
      const state = async (pick: string) => (await revisionById(ledger.db, site, pick.split(' ')[0] ?? ''))?.state;
      assert.deepEqual([await state(picks[0] ?? ''), await state(picks[1] ?? '')], ['submitted', 'submitted']);
      const none = await app.inject({ url: '/media?what=own&words=%E9%80%81%E5%AE%A1', headers });
      assert.doesNotMatch(none.body, /name="pick"/);
    });

    test('media: a recording has captions and a transcript in place of what it shows, and they stay when refused', async () => {
      const recorded = { title: '防汛广播', hash: 'b'.repeat(64), type: 'audio/mpeg', alt: '', size: 10 };
      const saved = await api('caibian', 'save-draft', { kind: 'media', fields: recorded });
      const { item = '', revision = '' } = saved.body.result ?? {};
      const words = { base: revision, captions: '', transcript: '播音员：江水上涨。', action: 'save', back: '/media' };
      const refused = await form('caibian', `/media/${item}/words`, { ...words, captions: '不是编号' });
      assert.equal(refused.statusCode, 400);
      assert.match(refused.body, /value="不是编号"[^]*江水上涨/);
      assert.equal((await form('caibian', `/media/${item}/words`, words)).statusCode, 303);
      const [newest] = await itemHistory(ledger.db, site, item);
      assert.deepEqual(newest?.fields, { ...recorded, transcript: '播音员：江水上涨。' });
      assert.equal(
        (await form('caibian', `/media/${item}/words`, { ...words, base: `${item}.2`, transcript: '' })).statusCode,
        303,
      );
      assert.deepEqual((await itemHistory(ledger.db, site, item))[0]?.fields, recorded);
    });

    test('itemFieldRoutes: a picture and a channel are edited by fields; what is wrong is told at its field and nothing is lost', async () => {
      const get = (who: string, url: string) => app.inject({ url, headers: { cookie: sessions[who]?.cookie ?? '' } });
      const recorded = {
        ...{ title: '防汛课', hash: 'c'.repeat(64), type: 'video/mp4', alt: '', size: 10, width: 4, height: 3 },
        ...{ name: '防汛课.mp4', altIn: { en: 'A lesson' } },
      };
      const saved = await api('caibian', 'save-draft', { kind: 'media', fields: recorded });
      const { item = '', revision = '' } = saved.body.result ?? {};
      const away = await get('caibian', `/items/${item}/edit`);
      const url = `/items/${item}/fields/media`;
      assert.equal(away.headers.location, `${url}?revision=${revision}`);
      const shown = await get('caibian', url);
      assert.match(shown.body, /名称 <small lang="en">Name<\/small>[^]*value="防汛课"[^]*A lesson/);
      assert.doesNotMatch(shown.body, /[{]&quot;|JSON/);
      for (const who of ['shenji', 'chushen']) assert.equal((await get(who, url)).statusCode, 403, who);
      for (const part of ['place', 'constructor'])
        assert.equal((await get('caibian', `/items/${item}/fields/${part}`)).statusCode, 404);
      const typed = {
        base: revision,
        from: revision,
        's.title': '',
        's.alt': '讲课的人',
        's.alt-en': 'A lesson',
        's.name': '防汛课.mp4',
      };
      const refused = await form('caibian', url, { ...typed, action: 'save' });
      assert.equal(refused.statusCode, 400);
      assert.match(refused.body, /名称（没有填）/);
      assert.match(refused.body, /id="s-title"[^>]*aria-invalid="true"\s+aria-describedby="s-title-wrong"/);
      assert.match(refused.body, /讲课的人/);
      const done = await form('caibian', url, { ...typed, 's.title': '防汛公开课', action: 'save' });
      assert.equal(done.statusCode, 303, done.body);
      const after = { ...recorded, title: '防汛公开课', alt: '讲课的人' };
      assert.deepEqual((await itemHistory(ledger.db, site, item))[0]?.fields, after);
      const stale = await form('caibian', url, { ...typed, 's.title': '旧窗口', action: 'save' });
      assert.equal(stale.statusCode, 409);
      assert.match(stale.body, new RegExp(`name="base" value="${item}\\.2"[^]*value="旧窗口"`));

      const unopened = await api('lanmu', 'save-draft', {
        kind: 'channel',
        fields: { ...channel, name: '英文版', segment: 'english' },
      });
      const { item: part = '', revision: first = '' } = unopened.body.result ?? {};
      const place = await form('lanmu', `/items/${part}/fields/place`, {
        ...{ base: first, from: first, action: 'save', 's.segment': 'en', 's.parent': '', 's.position': '九' },
      });
      assert.match(place.body, /序号（不合要求）/);
      const placed = await form('lanmu', `/items/${part}/fields/place`, {
        ...{ base: first, from: first, action: 'save', 's.segment': 'en', 's.parent': '', 's.position': '9' },
      });
      assert.equal(placed.statusCode, 303, placed.body);
      assert.deepEqual((await itemHistory(ledger.db, site, part))[0]?.fields, {
        ...{ ...channel, name: '英文版', segment: 'en', position: 9 },
      });
      assert.equal(
        (await get('lanmu', '/items/news/fields/place')).statusCode,
        404,
        'an open channel is moved elsewhere',
      );
      assert.equal((await get('caibian', `/items/${part}/fields/channel`)).statusCode, 403);
      for (const [who, kind, at] of [
        ['caibian', 'media', '/upload'],
        ['lanmu', 'channel', '/channels/new'],
        ['lanmu', 'site', '/site'],
      ] as const)
        assert.equal((await get(who, `/items/new?kind=${kind}`)).headers.location, at);
    });

    test('settingsRoutes: a site without settings is led to its first ones, typed in one form', async () => {
      const get = (url: string) => app.inject({ url, headers: { cookie: sessions['lanmu']?.cookie ?? '' } });
      assert.match((await get('/site')).body, /还没有设置[^]*href="\/site\/first"/);
      const first = await get('/site/first');
      assert.match(first.body, /网站标识码[^]*要闻栏目/);
      const typed: Record<string, string> = {
        ...{ name: '临江市人民政府', shortName: '临江', englishName: 'Linjiang', domain: 'a.example' },
        ...{
          origin: 'https://a.example',
          identificationCode: '9901000001',
          icp: '苏ICP备99000001号',
          conac: 'C0DE'.repeat(8),
        },
        ...{
          policeFiling: '苏公网安备 99010002000001号',
          sponsor: '办',
          organiser: '局',
          copyright: '府',
          phone: '0999',
        },
        ...{ email: 'a@a.example', address: '路', postcode: '990000', focus: 'news', action: 'save' },
      };
      const sent = (more: object = {}) =>
        form('lanmu', '/site/first', {
          base: '',
          ...Object.fromEntries(
            Object.entries({ ...typed, ...more }).map(([name, value]) => [
              name === 'action' ? name : `s.${name}`,
              String(value),
            ]),
          ),
        });
      const refused = await sent({ icp: '备案', focus: '' });
      assert.match(refused.body, /ICP备案号（不合要求）、要闻栏目（没有填）/);
      assert.match(refused.body, /value="备案"/);
      const done = await sent();
      assert.equal(done.statusCode, 303, done.body);
      assert.match((await get('/site')).body, /临江市人民政府/);
      assert.equal((await get('/site/home')).statusCode, 200);
    });

    test('upload: refused without the token before its files, from one who does not write, and with too many files', async () => {
      const token: [string, string] = ['_token', sessions['caibian']?.token ?? ''];
      const file: [string, File] = ['file', new File(['字\n'], 'a.txt')];
      assert.equal((await upload('caibian', [file, token])).statusCode, 403);
      assert.equal((await upload('shenji', [['_token', sessions['shenji']?.token ?? ''], file])).statusCode, 403);
      assert.equal((await upload('caibian', [token, ...Array.from({ length: 7 }, () => file)])).statusCode, 400);
    });

    test('API: an author cannot approve their own revision, whatever roles they hold', async () => {
      const { revision, hash } = await draft('duoneng', '自写自审');
      const { status, body } = await api('duoneng', 'review-revision', {
        revision,
        hash,
        stage: 'first',
        decision: 'approve',
      });
      assert.deepEqual([status, body.error?.code], [403, 'author-cannot-review']);
      const answer = await form('duoneng', `/revisions/${revision}/review`, {
        hash,
        stage: 'first',
        decision: 'approve',
      });
      assert.equal(answer.statusCode, 403);
      assert.match(answer.body, /不能审核自己的稿件/);
    });

    test('API: one reviewer cannot sign twice; another hash and the wrong role are refused', async () => {
      const { revision, hash } = await draft('caibian', '一人两审');
      assert.equal(
        (await api('caibian', 'review-revision', { revision, hash, stage: 'first', decision: 'approve' })).body.error
          ?.code,
        'permission-denied',
      );
      assert.equal(
        (
          await api('duoneng', 'review-revision', {
            revision,
            hash: '0'.repeat(64),
            stage: 'first',
            decision: 'approve',
          })
        ).body.error?.code,
        'hash-mismatch',
      );
      assert.equal(
        (await api('duoneng', 'review-revision', { revision, hash, stage: 'first', decision: 'approve' })).status,
        200,
      );
      const { status, body } = await api('duoneng', 'review-revision', {
        revision,
        hash,
        stage: 'second',
        decision: 'approve',
      });
      assert.deepEqual([status, body.error?.code], [403, 'already-reviewed']);
      assert.equal(
        (await form('duoneng', `/revisions/${revision}/review`, { hash, stage: 'second', decision: 'approve' }))
          .statusCode,
        403,
      );
    });

    test('forms and API: nothing without the token, from another site, or signed out', async () => {
      const { revision, hash } = await draft('caibian', '别人的表单');
      const review = { hash, stage: 'first', decision: 'approve' };
      assert.equal((await form('chushen', `/revisions/${revision}/review`, { ...review, _token: '' })).statusCode, 403);
      assert.equal(
        (await form('chushen', `/revisions/${revision}/review`, review, { origin: 'https://evil.example' })).statusCode,
        403,
      );
      assert.equal(
        (await form('chushen', `/revisions/${revision}/review`, review, { 'sec-fetch-site': 'cross-site' })).statusCode,
        403,
      );
      assert.equal(
        (await api('chushen', 'review-revision', { revision, ...review }, { 'x-form-token': 'x' })).status,
        403,
      );
      assert.equal((await api('nobody', 'review-revision', { revision, ...review })).status, 401);
      const out = await app.inject({ url: '/items' });
      assert.deepEqual([out.statusCode, out.headers.location], [303, '/sign-in?next=%2Fitems']);
      assert.equal(
        (await form('chushen', `/revisions/${revision}/review`, review)).statusCode,
        303,
        'the very same form is fine with everything in place',
      );
    });

    test('forms: behind a proxy that ends TLS the desk still knows its own', async () => {
      const { revision, hash } = await draft('caibian', '经由代理');
      const review = { hash, stage: 'first', decision: 'approve' };
      const path = `/revisions/${revision}/review`;
      assert.equal(
        (await form('chushen', path, review, { host: 'desk.example', origin: 'https://other.example' })).statusCode,
        403,
      );
      assert.equal((await form('chushen', path, review, { host: 'desk.example', origin: 'null' })).statusCode, 403);
      assert.equal(
        (await form('chushen', path, review, { host: 'desk.example', origin: 'https://desk.example' })).statusCode,
        303,
      );
    });

    test('schedule: the final approver sets a time in Beijing, others see it and cannot change it; what is late is told on each page', async () => {
      const { revision, hash, item } = await draft('caibian', '定时的一篇');
      for (const [who, stage] of [
        ['chushen', 'first'],
        ['fushen', 'second'],
      ] as const)
        await form(who, `/revisions/${revision}/review`, { hash, stage, decision: 'approve' });
      const late = { hash, stage: 'final', decision: 'approve', at: '2020-01-01T09:00' };
      assert.equal((await form('zhongshen', `/revisions/${revision}/review`, late)).statusCode, 400);
      const set = await form('zhongshen', `/revisions/${revision}/review`, { ...late, at: '2999-01-01T09:00' });
      assert.equal(set.statusCode, 303);
      const see = async (who: string, url: string): Promise<string> =>
        (await app.inject({ url, headers: { cookie: sessions[who]?.cookie ?? '' } })).body;
      assert.match(await see('caibian', `/items/${item}`), /已审定，定时上线/);
      assert.doesNotMatch(await see('zhongshen', `/items/${item}`), /紧急上线<\/button>/, 'its reviews are made');
      assert.match(await see('caibian', '/schedule'), /2999-01-01 09:00/);
      assert.doesNotMatch(await see('caibian', '/schedule'), /取消定时/);
      const [, id = ''] = /\/schedule\/(\d+)\/cancel/.exec(await see('zhongshen', '/schedule')) ?? [];
      assert.equal((await form('caibian', `/schedule/${id}/change`, { at: '2999-02-01T09:00' })).statusCode, 403);
      assert.equal((await form('zhongshen', `/schedule/${id}/change`, { at: '2999-02-01T09:00' })).statusCode, 303);
      assert.match(await see('zhongshen', '/schedule'), /2999-02-01 09:00/);
      assert.doesNotMatch(await see('zhongshen', '/'), /项迟到/);
      today = '3000-01-01T00:00:00Z';
      assert.match(await see('zhongshen', '/'), /1 项迟到，0 项失败/);
      today = '2026-11-20T00:00:00Z';
      assert.equal((await form('zhongshen', `/schedule/${id}/cancel`, { reason: '推迟' })).statusCode, 303);
      assert.match(await see('caibian', `/items/${item}`), /已退回/);
    });

    test('emergency: one person, with a reason; said on every page and to the auditor; the others find it in their inbox', async () => {
      const { revision, hash, item } = await draft('caibian', '沿江转移通知');
      const see = async (who: string, url: string): Promise<string> =>
        (await app.inject({ url, headers: { cookie: sessions[who]?.cookie ?? '' } })).body;
      assert.match(await see('zhongshen', `/items/${item}`), /紧急上线<\/button>/);
      assert.doesNotMatch(await see('chushen', `/items/${item}`), /紧急上线<\/button>/);
      const path = `/revisions/${revision}/emergency`;
      const urgent = { hash, reason: '洪水漫过江堤，须立即告知撤离路线。' };
      assert.equal((await form('zhongshen', path, { hash, reason: '急' })).statusCode, 400);
      assert.equal((await form('chushen', path, urgent)).statusCode, 403);
      assert.equal((await form('zhongshen', path, { ...urgent, _token: '' })).statusCode, 403);
      assert.equal((await form('zhongshen', path, urgent)).statusCode, 303);
      for (const who of ['caibian', 'chushen', 'shenji'])
        assert.match(await see(who, '/'), /紧急上线：1\s件待补审/, who);
      assert.match(await see('shenji', '/emergencies'), /洪水漫过江堤/);
      assert.match(await see('shenji', '/audit'), /publish-emergency/);
      assert.equal(
        (await app.inject({ url: '/emergencies', headers: { cookie: sessions['anquan']?.cookie ?? '' } })).statusCode,
        403,
      );
      assert.match(await see('chushen', '/'), /沿江转移通知/);
      const reviewed = { hash, stage: 'first', decision: 'approve' };
      assert.equal((await form('chushen', `/revisions/${revision}/review`, reviewed)).statusCode, 303);
      today = '3000-01-01T00:00:00Z';
      assert.match(await see('shenji', '/'), /1\s件已超时/);
      today = '2026-11-20T00:00:00Z';
      assert.equal((await api('fushen', 'review-revision', { revision, ...reviewed, stage: 'second' })).status, 200);
      assert.doesNotMatch(await see('shenji', '/'), /件待补审/);
      assert.match(await see('caibian', `/items/${item}`), /已审定/);
    });

    test('emergency: once a reviewer said no, nobody is offered a review of it', async () => {
      const { revision, hash, item } = await draft('caibian', '停水通知');
      const see = async (who: string): Promise<string> =>
        (await app.inject({ url: `/items/${item}`, headers: { cookie: sessions[who]?.cookie ?? '' } })).body;
      const urgent = { hash, reason: '主管爆裂，须立即告知停水范围。' };
      assert.equal((await form('zhongshen', `/revisions/${revision}/emergency`, urgent)).statusCode, 303);
      assert.match(await see('chushen'), /class="review"/);
      assert.doesNotMatch(await see('fushen'), /class="review"/, 'the first review comes first');
      const no = { hash, stage: 'first', decision: 'return', comment: '范围有误' };
      assert.equal((await form('chushen', `/revisions/${revision}/review`, no)).statusCode, 303);
      assert.doesNotMatch(await see('fushen'), /class="review"/);
    });

    test('signing in: another site’s page begins nothing, ends nothing and learns nothing; every way is led to a page of the desk', async () => {
      const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
      const { cookie = '' } = sessions['caibian'] ?? {};
      for (const url of [
        '/sign-in',
        '/sign-in/code',
        '/sign-in/passkey',
        '/sign-in/passkey/options',
        '/sign-out',
        '/me/password',
        '/me/passkeys',
        '/me/passkeys/options',
        '/me/authenticator',
        '/me/recovery',
        '/me/identity',
      ]) {
        const json = url.includes('passkey');
        const answer = await app.inject({
          method: 'POST',
          url,
          payload: json ? '{}' : '',
          headers: {
            ...foreign,
            cookie,
            'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded',
          },
        });
        assert.equal(answer.statusCode, 403, url);
        assert.equal(answer.headers['set-cookie'], undefined, url);
      }
      assert.equal((await app.inject({ url: '/me', headers: { cookie } })).statusCode, 200, 'still signed in');
      for (const url of ['/me/passkeys', '/me/passkeys/options']) {
        const payload = { name: 'x', response: {} };
        const answer = await app.inject({ method: 'POST', url, payload, headers: { cookie } });
        assert.equal(answer.statusCode, 403, `${url} without the token`);
      }
      const asked = await app.inject({ method: 'POST', url: '/sign-in/passkey/options', payload: {} });
      assert.equal(asked.statusCode, 200);
      const wrong = await app.inject({ method: 'POST', url: '/sign-in/passkey', payload: { response: {} } });
      assert.deepEqual(
        [wrong.statusCode, wrong.json<{ error: { code: string } }>().error.code],
        [401, 'passkey-wrong'],
      );
      for (const username of ['caibian', 'nobody-at-all']) {
        const answer = await app.inject({
          method: 'POST',
          url: '/sign-in',
          payload: new URLSearchParams({ username, password: 'a wrong one' }).toString(),
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        });
        const told = answer.body.replaceAll(username, '').replace(/nonce="[^"]*"/, '');
        enumeration.push(`${answer.statusCode} ${told}`);
      }
      assert.equal(enumeration[0], enumeration[1], 'who exists and who does not are told the same');
      for (const next of ['//evil.example', 'https://evil.example/', '/\\evil.example'])
        assert.equal((await app.inject({ url: `/sign-in/oidc?next=${encodeURIComponent(next)}` })).statusCode, 404);
    });

    const approve = async (revision: string): Promise<void> => {
      const [item, hash] = await shownHash('shenji', revision);
      for (const [who, stage] of [
        ['chushen', 'first'],
        ['fushen', 'second'],
        ['zhongshen', 'final'],
      ] as const) {
        const { status, body } = await api(who, 'review-revision', { revision, hash, stage, decision: 'approve' });
        assert.equal(status, 200, `${item} ${stage} ${JSON.stringify(body)}`);
      }
    };
    /** As the page of an item shows it: somebody reviews what they saw. */
    const shownHash = async (who: string, revision: string): Promise<[string, string]> => {
      const item = revision.replace(/\.\d+$/, '');
      const body = await get(who, `/items/${item}?revision=${revision}`);
      return [item, /<code title="([0-9a-f]{64})"/.exec(body)?.[1] ?? ''];
    };
    const get = async (who: string, url: string, status = 200): Promise<string> => {
      const answer = await app.inject({ url, headers: { cookie: sessions[who]?.cookie ?? '' } });
      assert.equal(answer.statusCode, status, `${who} ${url} ${answer.body.slice(0, 400)}`);
      return answer.body.replace(/\s+/g, ' ');
    };
    const settings = {
      name: '通知',
      segment: 'notices',
      type: '通知公告',
      description: '通知',
      keywords: '通知、公告',
      layout: 'list',
    };
    const opened = async (item: string, more: Record<string, string>): Promise<void> => {
      const made = await form('lanmu', '/channels', {
        ...settings,
        item,
        navigation: 'yes',
        update: 'two-weeks',
        ...more,
      });
      assert.equal(made.statusCode, 303, made.body);
      await approve(`${item}.1`);
    };

    test('channels: made, settled, ordered and moved by forms, each a revision that is approved; lights tell how new they are', async () => {
      assert.match(await get('caibian', '/channels'), /新闻/);
      await opened('notices', {});
      await opened('meetings', { name: '会议', segment: 'meetings', update: 'as-needed' });
      const tree = await get('lanmu', '/channels');
      assert.match(tree, /data-channel="notices"[^]*light red[^]*没有在线的文章/);
      assert.ok(tree.indexOf('data-channel="notices"') < tree.indexOf('data-channel="meetings"'));
      assert.match(await get('lanmu', '/channels?light=red'), /data-channel="notices"/);
      assert.match(await get('lanmu', '/channels?light=green'), /没有这样的栏目/);

      assert.equal((await form('lanmu', '/channels/meetings/up', {})).statusCode, 303);
      assert.match(await get('lanmu', '/channels'), /改动待初审/);
      await approve('meetings.2');
      const ordered = await get('lanmu', '/channels');
      assert.ok(ordered.indexOf('data-channel="meetings"') < ordered.indexOf('data-channel="notices"'));
      assert.equal((await form('lanmu', '/channels/news/up', {})).statusCode, 400, 'the first cannot go up');

      const article = { kind: 'article', fields: { ...fields('开会'), channel: 'meetings', date: '2026-11-01 09:00' } };
      const { body } = await api('caibian', 'save-draft', article);
      const { revision = '', hash = '', item = '' } = body.result ?? {};
      await api('caibian', 'submit-revision', { revision, hash });
      await approve(revision);
      assert.match(await get('lanmu', '/channels'), /data-channel="meetings"[^]*light green">19 天前更新/);

      assert.match(await get('lanmu', '/channels/meetings/move?parent=news'), /1 个栏目和其中 1 篇文章的地址会改变/);
      assert.match(await get('lanmu', '/channels/meetings/move?parent='), /只改次序，地址不变/);
      assert.equal((await form('lanmu', '/channels/meetings/move', { parent: 'news', before: '' })).statusCode, 303);
      await approve('meetings.3');
      assert.match(await get('lanmu', `/items/${item}`), /\/news\/meetings\/2026\/11\/01\//);
      assert.equal(
        (await form('lanmu', '/channels/news/move', { parent: 'meetings', before: '' })).statusCode,
        400,
        'no knots',
      );

      const renamed = { ...settings, name: '会议公告', segment: 'sessions' };
      const asked = await form('lanmu', '/channels/meetings/settings', renamed);
      assert.match(asked.body, /从 <code>meetings<\/code> 改为 <code>sessions<\/code>[^]*name="confirmed"/);
      assert.equal((await get('lanmu', '/items/meetings')).includes('meetings.4'), false, 'nothing is saved yet');
      assert.equal(
        (await form('lanmu', '/channels/meetings/settings', { ...renamed, confirmed: 'yes' })).statusCode,
        303,
      );
      assert.equal(
        (await form('lanmu', '/channels/meetings/settings', { ...settings, segment: 'meetings', layout: '<x>' }))
          .statusCode,
        400,
      );
      await approve('meetings.4');
      assert.match(await get('lanmu', `/items/${item}`), /\/news\/sessions\/2026\/11\/01\//);

      assert.match(await get('lanmu', '/channels/meetings/retire'), /1 篇在线的文章/);
      assert.equal(
        (await form('zhongshen', '/channels/meetings/retire', { reason: '并入新闻' })).statusCode,
        409,
        'not empty',
      );
      assert.match(
        await get('zhongshen', '/channels/notices/retire'),
        /已撤回[^]*<code>\/news\/<\/code>[^]*name="reason"/,
      );
      assert.doesNotMatch(await get('lanmu', '/channels/meetings/retire'), /<code>\/news\/<\/code>/);
      assert.doesNotMatch(await get('lanmu', '/channels/notices/retire'), /name="reason"/);
      assert.equal((await form('zhongshen', '/channels/notices/retire', { reason: '不再单列' })).statusCode, 303);
      assert.match(await get('lanmu', '/channels'), /未开通和已撤销的栏目[^]*通知[^]*已撤回/);
      await get('lanmu', '/channels/notices', 404);
    });

    test('channels: a change goes on from the one that waits for its reviews; only who may change them can', async () => {
      await opened('plans', { name: '规划', segment: 'plans', update: 'year' });
      const change = (who: string, more: Record<string, string>): Promise<{ statusCode: number }> =>
        form(who, '/channels/plans/settings', { ...settings, name: '规划计划', segment: 'plans', ...more });
      assert.equal((await change('lanmu', {})).statusCode, 303);
      assert.equal((await form('lanmu', '/channels/plans/up', {})).statusCode, 303);
      await approve('plans.3');
      assert.match(await get('lanmu', '/channels/plans'), /<h1>规划计划<\/h1>/);
      for (const who of ['caibian', 'chushen', 'zhongshen', 'shenji']) {
        assert.doesNotMatch(await get(who, '/channels/plans'), /\/settings"/, who);
        assert.doesNotMatch(await get(who, '/channels'), /formaction/, who);
        assert.equal((await change(who, {})).statusCode, 403, who);
        for (const path of ['down', 'move'])
          assert.equal((await form(who, `/channels/plans/${path}`, {})).statusCode, 403, who);
        if (who !== 'zhongshen')
          assert.equal((await form(who, '/channels/plans/retire', { reason: '撤' })).statusCode, 403, who);
        assert.equal((await form(who, '/channels', { ...settings, segment: `x-${who}` })).statusCode, 403, who);
      }
      await get('anquan', '/channels', 403);
      await get('anquan', '/channels/plans', 403);
      await get('caibian', '/channels/new', 403);
      const forged = await form('lanmu', '/channels/plans/up', { _token: 'wrong' });
      assert.equal(forged.statusCode, 403);
      for (const id of ['none', '%27%20or%201', 'constructor']) await get('lanmu', `/channels/${id}`, 404);
    });

    test('channels: one is merged into another after its consequences were shown; an article of it is edited in the other', async () => {
      await opened('briefs', { name: '简报', segment: 'briefs' });
      await opened('reports', { name: '工作报告', segment: 'reports' });
      const { body } = await api('caibian', 'save-draft', {
        kind: 'article',
        fields: { ...fields('简报一'), channel: 'briefs' },
      });
      const { revision = '', hash = '', item = '' } = body.result ?? {};
      await api('caibian', 'submit-revision', { revision, hash });
      await approve(revision);
      assert.match(await get('lanmu', '/channels/briefs/merge'), /<option value="reports"/);
      assert.match(
        await get('lanmu', '/channels/briefs/merge?into=reports'),
        /1 篇在线的文章移到“工作报告”[^]*永久跳转/,
      );
      for (const into of ['', 'briefs', 'none'])
        assert.equal((await form('lanmu', '/channels/briefs/merge', { into })).statusCode, 404, into);
      for (const who of ['caibian', 'chushen', 'zhongshen', 'shenji'])
        assert.equal((await form(who, '/channels/briefs/merge', { into: 'reports' })).statusCode, 403, who);
      assert.equal((await form('lanmu', '/channels/briefs/merge', { into: 'reports' })).statusCode, 303);
      await approve('briefs.2');
      await get('lanmu', '/channels/briefs', 404);
      assert.match(await get('lanmu', `/items/${item}`), /\/reports\/2026\/11\/20\//);
      assert.match(await get('caibian', `/items/${item}/edit`), /<option value="reports"\s+selected/);
    });

    test('items: filters and order stand in the address; what cannot be meant is no error; an empty list says what to do', async () => {
      const list = async (query: string): Promise<string> => {
        const answer = await app.inject({
          url: `/items?${query}`,
          headers: { cookie: sessions['caibian']?.cookie ?? '' },
        });
        assert.equal(answer.statusCode, 200, query);
        return answer.body;
      };
      await draft('caibian', '应急响应 <b>二级</b>');
      const found = await list(
        new URLSearchParams({ words: '應急', channel: 'news', sort: '-title', author: 'caibian' }).toString(),
      );
      assert.match(found, /应急响应 &lt;b&gt;二级/);
      assert.match(found, /aria-sort="descending"/);
      assert.match(found, /<option value="news"\s+selected/);
      assert.match(found, /value="應急"/);
      assert.match(await list('words=%E6%B2%A1%E6%9C%89%E7%9A%84%E5%AD%97'), /没有符合的条目[^]*清除筛选/);
      for (const wrong of [
        'after=1e99',
        'before=%00',
        'sort=-fields',
        'state=toString',
        'channel=%27%22',
        'words=%25%5C_',
        'kind=x&kind=y',
      ])
        await list(wrong);
    });

    test('statisticsRoutes: filters stand in the address, chart, table and CSV have the same numbers, for those who may read drafts', async () => {
      const count = (day: string, dimension: 'views' | 'page', value: string, count: number) => ({
        ...{ day, dimension, value, count },
      });
      await keepCounts(ledger, site, {
        ...{ counter: 'c', segment: 1 },
        counts: [
          count('2026-11-18', 'views', '', 7),
          count('2026-11-18', 'page', '/news/a.html', 5),
          count('2026-11-18', 'page', '=1+1', 2),
          count('2026-11-19', 'views', '', 3),
          count('2026-11-19', 'page', '/news/b.html', 3),
          count('2026-10-01', 'views', '', 900),
        ],
      });
      const get = (url: string, who = 'caibian') =>
        app.inject({ url, headers: { cookie: sessions[who]?.cookie ?? '' } });
      const all = await get('/statistics');
      // Nobody orders by silence what is published each night; who may order it is led there.
      assert.match(all.body, /没有每天自动公布[^]*由全站的栏目编辑提出/);
      for (const url of ['/statistics', '/schedule'])
        assert.match((await get(url, 'lanmu')).body, /没有每天自动公布[^]*href="\/site\/statistics"/, url);
      assert.match(all.body, /2026-10-22 至 2026-11-20：浏览 <b>10<\/b> 次/);
      assert.match(all.body, /<title id="days-title">每天的浏览次数<\/title>[\s\S]*最多的一天是 2026-11-18，7 次/);
      assert.match(all.body, /<th scope="row">2026-11-18<\/th>\s*<td>7<\/td>/);
      const part = await get('/statistics?from=2026-11-19&to=2026-11-20&by=page&below=%2Fnews%2F');
      assert.match(part.body, /浏览 <b>3<\/b> 次/);
      assert.doesNotMatch(part.body, /a\.html/);
      for (const odd of [
        'from=x&to=2026-02-31',
        'from=2026-11-20&to=2026-11-01',
        'by=constructor',
        'below=%00%27',
        'by=a&by=b',
      ])
        assert.equal((await get(`/statistics?${odd}`)).statusCode, 200, odd);
      const csv = await get('/statistics.csv?from=2026-11-18&to=2026-11-19');
      assert.equal(csv.headers['content-type'], 'text/csv; charset=utf-8');
      assert.match(csv.body, /^\uFEFF日期,浏览,访问,访客\r\n2026-11-18,7,0,0\r\n2026-11-19,3,0,0\r\n/);
      assert.match(csv.body, /\r\n'=1\+1,2\r\n/);
      assert.equal((await get('/statistics', 'anquan')).statusCode, 403);
      assert.equal((await get('/statistics.csv', 'anquan')).statusCode, 403);
      assert.notEqual((await app.inject('/statistics.csv')).statusCode, 200);
    });

    test('auditRoutes: the auditor alone, of all roles, sees any of it, and finds nothing there to change', async () => {
      const { account = '' } = (await identity.accounts()).find(({ username }) => username === 'caibian') ?? {};
      const { item } = await draft('caibian', '谁看得到');
      const pages = routesOf(app).filter(([, path]) => /^\/(?:api\/)?audit\b/.test(path));
      assert.deepEqual(pages.map(([method, path]) => `${method} ${path}`).sort(), [
        ...['GET /api/audit', 'GET /api/audit/chain', 'GET /audit', 'GET /audit.csv', 'GET /audit.jsonl'],
        ...['GET /audit/chain', 'GET /audit/items/:item', 'GET /audit/people/:account', 'GET /audit/refused'],
      ]);
      const tables = ['event', 'refusal', 'preview_seen', 'revision', 'role_grant'];
      const rows = async (): Promise<string> => {
        const counts = tables.map((name) => `(select count(*) from ${name})`).join(', ');
        return JSON.stringify((await ledger.db.executeQuery(CompiledQuery.raw(`select ${counts}`))).rows);
      };
      const was = await rows();
      for (const [, path] of pages) {
        const url = path.replace(':item', item).replace(':account', account);
        for (const who of Object.keys(staff)) {
          const answer = await app.inject({ url, headers: { cookie: sessions[who]?.cookie ?? '' } });
          assert.equal(answer.statusCode, who === 'shenji' ? 200 : 403, `${who} ${url}`);
          assert.equal(
            answer.body.includes('谁看得到'),
            who === 'shenji' && /^(?!.*chain|.*refused)/.test(url) && !url.endsWith('jsonl'),
            `${who} ${url}`,
          );
        }
        const outside = await app.inject({ url });
        assert.equal(outside.statusCode, url.startsWith('/api') ? 401 : 303, url);
      }
      assert.equal(await rows(), was);
    });

    test('GET /items/:item: who opened a revision is written down once for each person and revision, and the audit finds it', async () => {
      const { revision, item } = await draft('caibian', '谁打开过');
      const see = (username: string, url = `/items/${item}`, more: Record<string, string> = {}) =>
        app.inject({ url, headers: { cookie: sessions[username]?.cookie ?? '', ...more } });
      await see('fushen', undefined, { 'sec-fetch-site': 'cross-site' });
      for (let time = 0; time < 2; time++) for (const who of ['shenji', 'chushen', 'caibian', 'anquan']) await see(who);
      const opened = async (): Promise<(string | undefined)[]> => {
        const names = new Map((await identity.accounts()).map(({ account, username }) => [account, username]));
        const rows = await ledger.db
          .selectFrom('event')
          .select('account')
          .where('command', '=', 'note-opening')
          .where('payload', 'like', `%"${item}.%`)
          .orderBy('seq')
          .execute();
        return rows.map(({ account }) => names.get(account));
      };
      assert.deepEqual(
        await opened(),
        ['shenji', 'chushen'],
        'its writer knows it, and who may not read it saw nothing',
      );
      const next = { kind: 'article', item, fields: fields('谁又打开过'), base: revision };
      assert.equal((await api('caibian', 'save-draft', next)).status, 200);
      await see('chushen');
      await see('chushen', `/items/${item}?revision=${revision}`);
      assert.deepEqual(await opened(), ['shenji', 'chushen', 'chushen'], 'another revision is another look');
      const audit = await see('shenji', `/audit?act=seeing&item=${item}`);
      assert.equal(audit.body.match(/<tr id="e/g)?.length, 3);
      assert.match(audit.body, /打开看过/);
    });

    test('auditRoutes: who saw, wrote, returned and approved one item, by filters in the address, and page by page', async () => {
      const { revision, hash, item } = await draft('caibian', '谁写谁审 <b>');
      const see = async (url: string): Promise<string> => {
        const answer = await app.inject({ url, headers: { cookie: sessions['shenji']?.cookie ?? '' } });
        assert.equal(answer.statusCode, 200, url);
        return answer.body;
      };
      const preview = { url: `/preview/${revision}`, headers: { cookie: sessions['chushen']?.cookie ?? '' } };
      assert.equal((await app.inject(preview)).statusCode, 200);
      // Looking as the auditor leaves nothing behind.
      await see(`/preview/${revision}`);
      const review = { revision, hash, stage: 'first', decision: 'return', comment: '请补出处' };
      assert.equal((await api('chushen', 'review-revision', review)).status, 200);
      const acts = await see(`/audit/items/${item}`);
      assert.match(acts, /<h1>审计：谁写谁审 &lt;b&gt;<\/h1>/);
      assert.match(
        acts,
        /caibian<\/a><\/th>\s*<td>1 次[\s\S]*chushen|chushen<\/a><\/th>\s*<td>—<\/td>\s*<td>1 次[\s\S]*caibian/,
      );
      assert.doesNotMatch(acts, />shenji<\/a><\/th>/);
      const all = await see(`/audit?item=${item}`);
      assert.deepEqual(
        [...all.matchAll(/<td>\s*(\S+) <small lang="en">/g)].map(([, act]) => act),
        ['审核', '看过预览', '送审', '存稿'],
      );
      assert.match(all, /初审退回/);
      assert.match(all, /谁写谁审 &lt;b&gt;/);
      const { account = '' } = (await identity.accounts()).find(({ username }) => username === 'chushen') ?? {};
      const narrow = {
        who: account,
        act: 'seeing',
        item: revision,
        channel: 'news',
        from: '2000-01-01',
        to: '2999-01-01',
      };
      const one = await see(`/audit?${new URLSearchParams(narrow).toString()}`);
      assert.equal(one.match(/<tr id="e/g)?.length, 1);
      assert.match(one, /<option value="seeing"\s+selected/);
      assert.match(one, /<option value="news"\s+selected/);
      assert.match(one, new RegExp(`<option value="${account}"\\s+selected`));
      assert.match(await see(`/audit/people/${account}`), /初审|chushen[\s\S]*谁写谁审/);
      assert.match(await see('/audit?to=2000-01-01'), /没有符合的事件[\s\S]*清除筛选/);
      assert.match(await see('/audit?item=%2Fnowhere.html'), /没有符合的事件/);
      assert.match(await see('/audit?before=1'), /这里没有了[\s\S]*回到最新的/);
      for (const odd of [
        'who=%00',
        'act=x&act=y',
        'item=http%3A%2F%2F%5B',
        'before=1e9',
        'after=999999999999999',
        'from=2026-02-31',
      ])
        await see(`/audit?${odd}`);
      const first = await see('/audit');
      assert.equal(first.match(/<tr id="e/g)?.length, 50);
      const [, older = ''] = /rel="next" href="([^"]+)"/.exec(first) ?? assert.fail('no further page');
      const second = await see(older);
      const [, newer = ''] = /rel="prev" href="([^"]+)"/.exec(second) ?? assert.fail('no page before');
      assert.deepEqual(eventsOn(await see(newer)), eventsOn(first));
      assert.equal(
        new Set([...eventsOn(first), ...eventsOn(second)]).size,
        eventsOn(first).length + eventsOn(second).length,
      );
      for (const url of [
        '/audit/items/nothing',
        '/audit/items/%27',
        '/audit/people/nobody',
        '/audit.jsonl?item=nothing',
      ])
        assert.equal(
          (await app.inject({ url, headers: { cookie: sessions['shenji']?.cookie ?? '' } })).statusCode,
          404,
          url,
        );
    });

    test('auditRoutes: what is exported is verified without the database; the chain is told whole, or broken where', async () => {
      const { item, revision } = await draft('caibian', '=可证明的');
      await draft('caibian', '另一篇');
      const get = (url: string) => app.inject({ url, headers: { cookie: sessions['shenji']?.cookie ?? '' } });
      const file = await get(`/audit.jsonl?item=${item}`);
      assert.match(
        String(file.headers['content-disposition']),
        /^attachment; filename="audit-linjiang-\d+-\d+\.jsonl"$/,
      );
      const verified = (text: string) => checkAuditFile(Readable.from(text.trimEnd().split('\n')), { file: 'f' });
      const report = await verified(file.body);
      assert.deepEqual([report.broken, report.asked, report.filters, report.by], [null, 2, { item }, 'shenji']);
      assert.ok(report.events >= 4, 'those between and after are there too');
      assert.equal(
        (await verified(file.body.replace(`\\"revision\\":\\"${revision}`, '\\"revision\\":\\"x.1'))).broken?.problem,
        'content',
      );
      assert.match(
        (await get(`/audit.csv?item=${item}`)).body,
        /^\uFEFF序号,[^\r]*\r\n\d+,[^\r]*,'=可证明的,[^\r]*\r\n\d+,[^\r]*submit-revision[^\r]*\r\n$/,
      );
      assert.doesNotMatch((await get('/audit/chain')).body, /事件链完整/);
      const { events, head, broken } = (await get('/api/audit/chain')).json<ChainReport>();
      assert.deepEqual([events, broken], [head.seq, null]);
      assert.match(
        (await get('/audit/chain?verify=yes')).body,
        new RegExp(`事件链完整：${events} 条，从 [\\s\\S]*${head.hash}`),
      );
      const statement = async (text: string): Promise<unknown> => ledger.db.executeQuery(CompiledQuery.raw(text));
      await statement('alter table event disable trigger event_append_only');
      await statement("update event set account = account || '2' where seq = 3");
      assert.match(
        (await get('/audit/chain?verify=yes')).body,
        /事件链在第 <a href="\/audit\?before=4">3<\/a>\s*条断开：内容与哈希不符/,
      );
      await statement('update event set account = left(account, -1) where seq = 3');
      await statement('alter table event enable trigger event_append_only');
      assert.match((await get('/audit/chain?verify=yes')).body, /事件链完整/);
    });

    test('screens: a person sees and reaches only what is theirs', async () => {
      for (const [who, url, status] of [
        ['caibian', '/accounts', 403],
        ['shenji', '/items/new', 403],
      ] as const)
        assert.equal(
          (await app.inject({ url, headers: { cookie: sessions[who]?.cookie ?? '' } })).statusCode,
          status,
          `${who} ${url}`,
        );
    });

    test('editor: hostile text is shown as text, bodies are cleaned and that is told, what was typed is kept on refusal', async () => {
      const values = {
        kind: 'article',
        item: '',
        title: '<script>alert(1)</script>',
        channel: 'news',
        date: '2026-11-20 09:30',
        source: '测试',
        body: '<p onclick="x()">好</p><script>alert(2)</script>',
        action: 'save',
      };
      const saved = await form('caibian', '/items', values);
      assert.equal(saved.statusCode, 303);
      const page = await app.inject({
        url: saved.headers.location ?? '',
        headers: { cookie: sessions['caibian']?.cookie ?? '' },
      });
      assert.doesNotMatch(page.body, /<script(?! src="\/desk\/[0-9a-f]{12}\.js" nonce=")/, 'no script but our own');
      assert.match(page.body, /清理时删去/);
      const refused = await form('caibian', '/items', { ...values, date: '昨天' });
      assert.equal(refused.statusCode, 400);
      assert.ok(refused.body.includes('value="昨天"') && refused.body.includes('测试'));
    });

    const json = async (
      who: string,
      url: string,
      payload?: object,
      headers: Record<string, string> = {},
    ): Promise<{
      status: number;
      body: Record<string, unknown> & { error?: { code: string; parameters?: object } };
    }> => {
      const { cookie, token } = sessions[who] ?? { cookie: '', token: '' };
      const answer = await app.inject({
        method: payload === undefined ? 'GET' : 'POST',
        url,
        ...(payload === undefined ? {} : { payload }),
        headers: { cookie, 'x-form-token': token, ...headers },
      });
      const isJson = String(answer.headers['content-type']).startsWith('application/json');
      return { status: answer.statusCode, body: isJson ? answer.json() : {} };
    };

    test('writing: held by one, kept for oneself alone, refused to who may not write, without a token, from elsewhere', async () => {
      const at = '/api/writing/written-item';
      const window = { kind: 'article', tab: 'window-one' };
      const typed = { ...window, base: '', values: { ...fields('写到一半'), date: '还没想好' }, at: 1_790_000_000_000 };
      assert.equal((await json('caibian', `${at}/hold`, window)).status, 200);
      assert.equal((await json('caibian', `${at}/keep`, typed)).status, 200);
      const { mine } = (await json('caibian', at)).body as { mine: { values: object; at: number } | null };
      assert.deepEqual(
        [mine?.values, mine?.at],
        [typed.values, typed.at],
        'as it was typed, whatever is wrong with it',
      );
      assert.deepEqual((await json('duoneng', at)).body, { mine: null });
      const other = await json('duoneng', `${at}/hold`, { ...window, tab: 'window-two' });
      assert.deepEqual(
        [other.status, other.body.error?.code, other.body.error?.parameters],
        [409, 'item-held', { by: 'caibian', own: 'no' }],
      );
      for (const [who, headers, status] of [
        ['chushen', {}, 403],
        ['shenji', {}, 403],
        ['anquan', {}, 403],
        ['nobody', {}, 401],
        ['caibian', { 'x-form-token': 'wrong' }, 403],
        ['caibian', { origin: 'https://evil.example' }, 403],
      ] as const)
        for (const [url, payload] of [
          [`${at}/hold`, window],
          [`${at}/keep`, typed],
          ['/api/items', { kind: 'article', item: '', values: fields('不许'), action: 'save' }],
        ] as const)
          assert.equal((await json(who, url, payload, headers)).status, status, `${who} ${url}`);
      for (const url of ['/api/media', '/api/items/news', '/media-of/x'])
        assert.equal((await json('anquan', url)).status, 403, url);
    });

    test('saving: over a newer revision nothing is saved, by form and by API; the text comes back', async () => {
      const values = { ...fields('两个窗口'), kind: 'article', item: 'two-windows', action: 'save' };
      const first = await json('caibian', '/api/items', { ...values, base: '', values });
      assert.equal(first.body['revision'], 'two-windows.1');
      const stale = await json('caibian', '/api/items', { ...values, base: '', values });
      assert.deepEqual(
        [stale.status, stale.body.error?.code, stale.body.error?.parameters],
        [409, 'changed-meanwhile', { newest: 'two-windows.1', by: 'caibian' }],
      );
      const posted = await form('caibian', '/items', { ...values, base: '', source: '旧窗口里写的' });
      assert.equal(posted.statusCode, 409);
      assert.match(posted.body, /name="base"\s+value="two-windows\.1"/, 'who has read it may build on it');
      assert.match(posted.body, /value="旧窗口里写的"/);
      assert.equal((await json('caibian', '/api/items/two-windows')).body['revision'], 'two-windows.1');
      const over = await form('caibian', '/items', { ...values, base: 'two-windows.1', source: '旧窗口里写的' });
      assert.equal(over.statusCode, 303);
    });

    test('saving: a text goes to the reviewers though a file in it may not; it is said which did not, by form and by API', async () => {
      const token: [string, string] = ['_token', sessions['caibian']?.token ?? ''];
      const added = await upload('caibian', [
        ...[token, ['title', '获奖名单'] as [string, string]],
        ['file', new File(['张某，11010519491231002X\n'], '名单.txt')],
      ]);
      const file = /条目编号 <code>([a-z0-9]+)<\/code>/.exec(added.body)?.[1] ?? '';
      const { body } = await json('caibian', '/api/media');
      assert.deepEqual(
        (body as unknown as { item: string }[]).find(({ item }) => item === file),
        { item: file, title: '获奖名单', alt: '', type: 'text/plain', size: 28 },
      );
      const text = { ...fields('公示'), body: `<p>见<a href="media:${file}">名单</a>。</p>` };
      const input = { kind: 'article', base: '', action: 'submit' };
      const saved = await json('caibian', '/api/items', { ...input, item: 'with-file-one', values: text });
      assert.deepEqual([saved.status, saved.body['refused']], [200, undefined]);
      assert.equal((await json('caibian', '/api/items/with-file-one')).body['state'], 'submitted');
      assert.equal((await json('caibian', `/api/items/${file}`)).body['state'], 'draft');
      const posted = await form('caibian', '/items', { ...input, ...text, item: 'with-file-two' });
      for (const page of [String(saved.body['page']), String(posted.headers.location)]) {
        const shown = await app.inject({ url: page, headers: { cookie: sessions['caibian']?.cookie ?? '' } });
        assert.match(shown.body, /“获奖名单”没有随稿送审：还有 1 处必须先改/, page);
      }
    });

    test('import: a Word document is read for who may write, behind the token', async () => {
      const send = async (who: string, token: string): Promise<number> => {
        const parts = new FormData();
        parts.set('file', new File(['不是 Word'], '甲.docx'));
        const request = new Request('http://localhost', { method: 'POST', body: parts });
        const answer = await app.inject({
          method: 'POST',
          url: '/api/import',
          payload: Buffer.from(await request.arrayBuffer()),
          headers: {
            cookie: sessions[who]?.cookie ?? '',
            'x-form-token': token,
            'content-type': request.headers.get('content-type') ?? '',
          },
        });
        return answer.statusCode;
      };
      assert.equal(await send('caibian', sessions['caibian']?.token ?? ''), 415);
      assert.equal(await send('caibian', 'wrong'), 403);
      assert.equal(await send('chushen', sessions['chushen']?.token ?? ''), 403);
    });

    test('notices: the sentence after an action is this session’s own; a link puts no words on the page', async () => {
      const saved = await form('caibian', '/items', { kind: 'article', item: '', action: 'save', ...fields('有话说') });
      const address = String(saved.headers.location);
      const page = async (who: string, url: string): Promise<string> =>
        (await app.inject({ url, headers: { cookie: sessions[who]?.cookie ?? '' } })).body;
      assert.match(await page('caibian', address), /class="notice" role="status">已保存。/);
      const forged = address.replace(/done=[^&]*/, `done=${encodeURIComponent('请到别处登录')}`);
      assert.ok(!(await page('caibian', forged)).includes('请到别处登录'));
      assert.ok(!(await page('caibian', '/?done=hello')).includes('hello'));
      assert.doesNotMatch(await page('duoneng', address), /class="notice"/, 'another session’s sentence');
    });

    test('refusals: who is signed in is told on a page of the desk, not asked to sign in again', async () => {
      for (const [url, status] of [
        ['/audit', 403],
        ['/nowhere', 404],
      ] as const) {
        const answer = await app.inject({ url, headers: { cookie: sessions['caibian']?.cookie ?? '' } });
        assert.equal(answer.statusCode, status);
        assert.ok(answer.body.includes('role="alert"') && !answer.body.includes('name="password"'), url);
      }
    });

    test('editor: what was typed outlives the session: sign in, and it is one press from being saved', async () => {
      const body = '<p>写了\n\n一上午</p>';
      const typed = { ...fields('没有存上'), kind: 'article', item: '', action: 'save', body };
      const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };
      const post = (url: string, values: Record<string, string>, cookie = '') =>
        app.inject({
          method: 'POST',
          url,
          payload: new URLSearchParams(values).toString(),
          headers: { ...urlencoded, cookie },
        });
      const ended = await post('/items', { ...typed, _token: 'of a session that is gone' });
      assert.equal(ended.statusCode, 401);
      const credentials = { username: 'caibian', password: passwords['caibian'] ?? '' };
      const wrong = await post('/sign-in', { ...hiddenFields(ended.body), ...credentials, password: 'wrong' });
      assert.equal(wrong.statusCode, 401);
      const again = await post('/sign-in', { ...hiddenFields(wrong.body), ...credentials });
      assert.equal(again.statusCode, 200);
      const kept = hiddenFields(again.body);
      assert.deepEqual({ ...kept, _token: '' }, { ...typed, _token: '' }, 'every field, to the letter');
      const cookie = String(again.headers['set-cookie']).split(';')[0];
      assert.equal((await post('/items', kept, cookie)).statusCode, 303);
      for (const url of ['/me/password', '/accounts']) {
        const answer = await post(url, { current: 'my secret', next: 'my next secret' });
        assert.equal(answer.statusCode, 303);
        assert.ok(!answer.body.includes('secret'), 'passwords are not carried along');
      }
    });

    test('second factor: who needs one and has none is led to it, from every page and form; nothing else works', async () => {
      const { account, password } = await ledger.execute(createAccount, systemActor(site), {
        ...{ username: 'xinshen', name: '新审', grants: [{ role: 'first-reviewer' }] },
      });
      sessions['xinshen'] = await signIn(app, 'xinshen', password);
      const headers = { cookie: sessions['xinshen'].cookie };
      for (const url of ['/', '/items', '/letters', '/preview/x.1']) {
        const answer = await app.inject({ url, headers });
        assert.deepEqual([answer.statusCode, answer.headers.location], [303, '/me/authenticator'], url);
      }
      const { revision, hash } = await draft('caibian', '等新审');
      const review = { revision, hash, stage: 'first', decision: 'approve' };
      assert.deepEqual(
        [
          (await api('xinshen', 'review-revision', review)).status,
          (await api('xinshen', 'review-revision', review)).body.error?.code,
        ],
        [403, 'second-factor-needed'],
      );
      const page = await app.inject({ url: '/me/authenticator', headers });
      const key = /<code>([A-Z2-7 ]{40,})<\/code>/.exec(page.body)?.[1]?.replaceAll(' ', '') ?? '';
      const wrong = await form('xinshen', '/me/authenticator', { code: '000000' });
      assert.equal(wrong.statusCode, 401);
      assert.match(wrong.body, /验证码不正确/);
      const right = await form('xinshen', '/me/authenticator', { code: await codeAt(key, stepAt(new Date())) });
      assert.equal(right.body.match(/<li><code>[a-z0-9]{5}-[a-z0-9]{5}<\/code><\/li>/g)?.length, 10);
      const cookie = String(right.headers['set-cookie']).split(';')[0] ?? '';
      assert.equal((await app.inject({ url: '/', headers: { cookie } })).statusCode, 200);
      assert.equal((await app.inject({ url: '/', headers })).statusCode, 303, 'the session of before has ended');
      const half = await app.inject({
        method: 'POST',
        url: '/sign-in',
        payload: new URLSearchParams({ username: 'xinshen', password, next: '/items' }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      assert.equal(half.statusCode, 200);
      assert.match(half.body, /action="\/sign-in\/code"[\s\S]*name="next" value="\/items"/);
      const step = String(half.headers['set-cookie']).split(';')[0] ?? '';
      assert.equal((await app.inject({ url: '/items', headers: { cookie: step } })).statusCode, 303, 'no session yet');
      assert.equal((await api('anquan', 'reset-second-factor', { account })).status, 200);
      assert.equal((await app.inject({ url: '/', headers: { cookie } })).statusCode, 303);
    });

    test('accounts: grants by form, with place; sessions are listed and ended by the administrator', async () => {
      const made = await form('anquan', '/accounts', {
        username: 'banshi',
        name: '办事',
        roles: 'writer',
        channel: 'news',
      });
      assert.equal(made.statusCode, 200);
      const password = /<code>([a-z0-9-]{23})<\/code>/.exec(made.body)?.[1] ?? '';
      sessions['banshi'] = await signIn(app, 'banshi', password);
      const found = (await app.inject({ url: '/api/accounts', headers: { cookie: sessions['anquan']?.cookie ?? '' } }))
        .json<{ account: string; username: string; within: unknown }[]>()
        .find(({ username }) => username === 'banshi');
      assert.deepEqual(found?.within, [{ role: 'writer', channel: 'news' }]);
      const path = `/accounts/${found?.account ?? ''}`;
      assert.equal(
        (await form('anquan', '/accounts/grant', { account: found?.account ?? '', role: 'auditor', channel: '' }))
          .statusCode,
        409,
      );
      assert.equal(
        (await form('anquan', '/accounts/grant', { account: found?.account ?? '', role: 'operator', channel: 'news' }))
          .statusCode,
        400,
      );
      assert.equal(
        (
          await form('anquan', '/accounts/grant', {
            account: found?.account ?? '',
            role: 'channel-editor',
            channel: 'news',
          })
        ).statusCode,
        200,
      );
      assert.equal((await form('anquan', `${path}/revoke`, { role: 'writer', channel: 'news' })).statusCode, 200);
      assert.equal(
        (await form('caibian', '/accounts/grant', { account: found?.account ?? '', role: 'operator', channel: '' }))
          .statusCode,
        403,
      );
      const page = await app.inject({ url: '/accounts', headers: { cookie: sessions['anquan']?.cookie ?? '' } });
      assert.match(page.body, /角色冲突|栏目编辑/);
      const own = await app.inject({ url: '/api/sessions', headers: { cookie: sessions['banshi'].cookie } });
      const [session] = own.json<{ session: string }[]>();
      assert.equal((await form('caibian', `/me/sessions/${session?.session ?? ''}/end`, {})).statusCode, 403);
      assert.equal((await form('anquan', `/accounts/sessions/${session?.session ?? ''}/end`, {})).statusCode, 200);
      assert.equal((await app.inject({ url: '/me', headers: { cookie: sessions['banshi'].cookie } })).statusCode, 303);
    });

    test('API: account commands are there, for the security administrator alone', async () => {
      const account = { username: 'xinren', name: '新人', grants: [{ role: 'writer' }] };
      assert.equal((await api('duoneng', 'create-account', account)).body.error?.code, 'permission-denied');
      const made = await api('anquan', 'create-account', account);
      assert.equal(made.status, 200);
      const id = { account: made.body.result?.['account'] ?? '' };
      for (const [command, input] of [
        ['grant-role', { ...id, role: 'channel-editor', channel: 'news' }],
        ['revoke-role', { ...id, role: 'writer' }],
        ['reset-password', id],
        ['revoke-sessions', id],
      ] as const) {
        assert.equal((await api('caibian', command, input)).body.error?.code, 'permission-denied', command);
        assert.equal((await api('anquan', command, input)).status, 200, command);
      }
    });

    test('every answer carries a strict policy; next never leads away', async () => {
      for (const url of ['/sign-in', '/', '/nowhere']) {
        const { headers } = await app.inject({ url, headers: { cookie: sessions['caibian']?.cookie ?? '' } });
        assert.match(String(headers['content-security-policy']), /default-src 'none'/);
        assert.equal(headers['x-robots-tag'], 'noindex, nofollow');
      }
      for (const next of [
        '//evil.example',
        '/\\evil.example',
        'https://evil.example',
        '/\t/evil.example',
        '/\n/evil.example',
      ]) {
        const answer = await app.inject({
          method: 'POST',
          url: '/sign-in',
          payload: new URLSearchParams({ username: 'caibian', password: passwords['caibian'] ?? '', next }).toString(),
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        });
        assert.equal(answer.headers.location, '/', next);
      }
    });

    test('previewRoutes: the very bytes, without a session, in a sandbox, under an address that ends, fits one page and cannot be made up', async () => {
      const { revision, hash } = await draft('caibian', '预览');
      const cookie = sessions['chushen']?.cookie ?? '';
      const see = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
      assert.equal((await see(`/preview/${revision}`)).statusCode, 303, 'the desk’s page asks for a session');
      assert.equal((await see(`/api/preview/${revision}`)).statusCode, 401);
      for (const who of ['anquan'])
        assert.equal(
          (await see(`/api/preview/${revision}`, { cookie: sessions[who]?.cookie ?? '' })).statusCode,
          403,
          who,
        );
      const told = (await see(`/api/preview/${revision}`, { cookie })).json<{
        hash: string;
        pages: { path: string; hash: string; address: string }[];
      }>();
      assert.equal(told.hash, hash);
      const [home, first] = ['/', '/news/'].map((start) =>
        told.pages.find(({ path }) => path === start || (start !== '/' && path.startsWith(start))),
      );
      assert.ok(home && first);
      const answer = await see(first.address);
      assert.equal(answer.body, `<!doctype html><title>${revision}</title>`);
      assert.equal(sha256(answer.rawPayload), first.hash);
      const policy = String(answer.headers['content-security-policy']);
      assert.match(policy, /^sandbox allow-scripts allow-modals; /);
      assert.doesNotMatch(policy, /allow-same-origin|allow-top-navigation|allow-popups|allow-forms/);
      assert.match(policy, /connect-src 'none'; form-action 'none'/);
      assert.match(String(answer.headers['x-robots-tag']), /noindex/);
      assert.equal(answer.headers['referrer-policy'], 'no-referrer');
      assert.equal(answer.headers['cache-control'], 'no-store');
      assert.equal(answer.headers['set-cookie'], undefined);
      assert.equal((await see('/media/tu/0123456789abcdef.png')).headers['content-type'], 'image/png');

      const [, , , token = ''] = first.address.split('/');
      const other = (await draft('caibian', '另一篇')).revision;
      for (const [from, to] of [
        [revision, other],
        [token, `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`],
        [token, `zzzzzzzz${token.slice(token.indexOf('.'))}`],
      ] as const)
        assert.equal((await see(first.address.replace(from, to))).statusCode, 404, `${from} → ${to}`);
      live = 'two';
      assert.equal(
        (await see(home.address)).statusCode,
        409,
        'a page that changed since is not shown as what was seen',
      );
      assert.equal((await see(first.address)).statusCode, 200);
      const [before] = [today];
      today = '2026-11-20T00:31:00Z';
      const ended = await see(first.address);
      today = before;
      assert.equal(ended.statusCode, 410);
      assert.match(String(ended.headers['content-security-policy']), /^sandbox/);
      assert.match(ended.body, /已过期/);
    });

    test('previewPage: editions and widths in frames, the hash of what is shown, the review beside it', async () => {
      const { revision, item } = await draft('caibian', '预览页');
      const cookie = sessions['chushen']?.cookie ?? '';
      const see = async (query: string) =>
        (await app.inject({ url: `/preview/${revision}?${query}`, headers: { cookie } })).body;
      const body = await see('');
      assert.match(body, new RegExp(`<iframe[^>]*src="/preview/${revision}/[^"]+/news/${item}\\.html"`));
      assert.ok(body.includes(sha256(`<!doctype html><title>${revision}</title>`)));
      assert.match(body, /繁體/);
      assert.match(body, /上线时还会重做 7 项/);
      assert.match(body, new RegExp(`action="/revisions/${revision}/review"`));
      assert.match(await see('view=print'), /\.html\?as=print"/);
      assert.match(await see('view=360&page=%2F'), /class="w360"[^>]*src="[^"]+\/"/);
      assert.match(await see('view=%3Cscript%3E&page=nowhere'), /class="w1440"/);
    });

    test('differencePage: any two revisions of an item, in one text or side by side, for those who may read drafts', async () => {
      const save = async (title: string, body: string, base?: string): Promise<{ revision: string; item: string }> => {
        const { result } = (
          await api('caibian', 'save-draft', {
            ...(base === undefined ? {} : { item: base }),
            kind: 'article',
            fields: { ...fields(title), body },
          })
        ).body;
        return { revision: result?.['revision'] ?? '', item: result?.['item'] ?? '' };
      };
      const one = await save('江堤', '<p>施工期间沿江步道封闭。</p>');
      const two = await save('江堤加固', '<p>施工期间沿江步道开放。</p>', one.item);
      const see = (query: string, who = 'chushen') =>
        app.inject({ url: `/items/${one.item}/difference?${query}`, headers: { cookie: sessions[who]?.cookie ?? '' } });
      const inline = (await see(`from=${one.revision}&to=${two.revision}`)).body;
      assert.match(inline, /<del><span class="unseen">删去：<\/span>封闭<span/);
      assert.match(inline, /<ins><span class="unseen">增加：<\/span>开放<span/);
      assert.match(inline, /<th scope="row">标题<\/th>\s*<td>江堤<ins>/);
      const side = (await see(`from=${two.revision}&to=${one.revision}&as=side`)).body;
      assert.match(side, /<table class="sides">/);
      assert.match(side, /<ins><span class="unseen">增加：<\/span>封闭<span/, 'the other way round');
      assert.match((await see('')).body, /江堤加固/);
      assert.equal((await see('', 'anquan')).statusCode, 403);
      const nowhere = { url: '/items/nowhere/difference', headers: { cookie: sessions['chushen']?.cookie ?? '' } };
      assert.equal((await app.inject(nowhere)).statusCode, 404);
    });

    test('reviewRoutes: a remark is bound to words, follows them into the next revision or is told as detached, and is resolved by the writer', async () => {
      const see = async (who: string, url: string): Promise<string> =>
        (await app.inject({ url, headers: { cookie: sessions[who]?.cookie ?? '' } })).body;
      const { revision, hash, item } = await draft('caibian', '批注');
      const url = `/revisions/${revision}/remark`;
      const remark = { hash, field: 'body', quote: '正文', remark: '请写明是哪一段。' };
      for (const who of ['shenji', 'anquan']) assert.equal((await form(who, url, remark)).statusCode, 403, who);
      assert.equal((await form('chushen', url, { ...remark, quote: '没有的字' })).statusCode, 400);
      assert.equal((await form('chushen', url, { ...remark, hash: 'f'.repeat(64) })).statusCode, 409);
      assert.equal((await form('chushen', url, remark)).statusCode, 303);
      assert.equal(
        (await form('chushen', url, { ...remark, field: 'title', quote: '批注', remark: '<script>' })).statusCode,
        303,
      );
      const page = await see('caibian', `/items/${item}`);
      assert.match(page, /批注 <small>2 条未处理/);
      assert.match(page, /<mark>正文<a href="#remark-\d+"/);
      assert.match(page, /&lt;script&gt;/);
      assert.match(await see('caibian', `/items/${item}/edit`), /2 条批注未处理/);

      await form('chushen', `/revisions/${revision}/review`, {
        hash,
        stage: 'first',
        decision: 'return',
        comment: '见批注',
      });
      const next = {
        kind: 'article',
        item,
        fields: { ...fields('另一个标题'), body: '<p>新的一段。</p><p>正文在后。</p>' },
      };
      assert.equal((await api('caibian', 'save-draft', next)).status, 200);
      const later = await see('caibian', `/items/${item}`);
      assert.equal([...later.matchAll(/class="detached"/g)].length, 1, 'the title is another, the passage moved');
      assert.match(later, /<mark>正文<a/);
      const ids = [...later.matchAll(/\/remarks\/(\d+)\/resolve/g)].map(([, id]) => id);
      assert.equal(ids.length, 2);
      const answer = { revision, answer: '已写明' };
      assert.equal((await form('fushen', `/remarks/${ids[0] ?? ''}/resolve`, answer)).statusCode, 403);
      assert.equal((await form('caibian', `/remarks/${ids[0] ?? ''}/resolve`, answer)).statusCode, 303);
      assert.equal((await form('caibian', `/remarks/${ids[0] ?? ''}/resolve`, answer)).statusCode, 409);
      assert.equal((await form('chushen', `/remarks/${ids[1] ?? ''}/resolve`, { revision })).statusCode, 303);
      assert.match(await see('caibian', `/items/${item}`), /批注 <small>0 条未处理[^]*已处理的 2 条[^]*已写明/);
    });

    test('withdrawalRoutes: a plan for those who may withdraw; a refusal brings the reason back as it was typed', async () => {
      const withdrawn = await app.inject({
        url: '/items/news/withdraw',
        headers: { cookie: sessions['zhongshen']?.cookie ?? '' },
      });
      assert.equal(withdrawn.statusCode, 200);
      assert.match(withdrawn.body, /将答“已撤回”和理由（1）[^]*\/news\/[^]*name="reason"/);
      const refused = await form('zhongshen', '/items/news/withdraw', { reason: '有误', at: '2020-01-01T09:00' });
      assert.equal(refused.statusCode, 400, refused.body.slice(0, 300));
      assert.match(refused.body, /value="有误"[^]*value="2020-01-01T09:00"/);
      for (const url of ['/items/news/withdraw', '/api/items/news/removal']) {
        const answer = await app.inject({ url, headers: { cookie: sessions['caibian']?.cookie ?? '' } });
        assert.equal(answer.statusCode, 403, url);
      }
      const elsewhere = await form('caibian', '/items/news/withdraw', { reason: '有误' });
      assert.equal(elsewhere.statusCode, 403);
      const neighbour = await ledger.execute(createAccount, systemActor(site), {
        username: 'linju',
        name: '邻居',
        grants: [{ role: 'final-approver', channel: 'news' }],
      });
      const key = await identity.giveTotp(systemActor(site), neighbour.account);
      const { cookie } = await signIn(app, 'linju', neighbour.password, key);
      const besides = { ...channel, name: '服务', segment: 'services', type: '办事服务' };
      const saved = await api('lanmu', 'save-draft', { item: 'services', kind: 'channel', fields: besides });
      assert.equal(saved.status, 200, JSON.stringify(saved.body));
      for (const url of ['/items/services/withdraw', '/api/items/services/removal'])
        assert.equal((await app.inject({ url, headers: { cookie } })).statusCode, 403, `${url}: of another part`);
    });

    test('reviewRoutes: several are approved at once only where the preview was opened and no remark is open; each by its own command', async () => {
      const cookie = sessions['chushen']?.cookie ?? '';
      const [seen, unseen, remarked] = [
        await draft('caibian', '看过'),
        await draft('caibian', '没看'),
        await draft('caibian', '有批注'),
      ];
      const look = (revision: string, from: string) =>
        app.inject({ url: `/preview/${revision}`, headers: { cookie, 'sec-fetch-site': from } });
      for (const { revision } of [seen, remarked]) assert.equal((await look(revision, 'same-origin')).statusCode, 200);
      assert.equal((await look(unseen.revision, 'cross-site')).statusCode, 200, 'a link elsewhere is no look');
      await form('fushen', `/revisions/${remarked.revision}/remark`, {
        hash: remarked.hash,
        field: 'title',
        quote: '有',
        remark: '？',
      });
      const inbox = async (query = '') => (await app.inject({ url: `/${query}`, headers: { cookie } })).body;
      const pick = (one: { revision: string; hash: string }): string => `${site} ${one.revision} ${one.hash} first`;
      const shown = await inbox();
      assert.ok(shown.includes(`value="${pick(seen)}"`));
      assert.ok(!shown.includes(`value="${pick(unseen)}"`) && !shown.includes(`value="${pick(remarked)}"`));
      assert.doesNotMatch(await inbox('?task=second'), new RegExp(seen.revision));
      assert.match(await inbox('?task=first&kind=article&channel=news'), new RegExp(seen.revision));
      assert.doesNotMatch(await inbox('?kind=policy'), new RegExp(seen.revision));

      const payload = new URLSearchParams({ _token: sessions['chushen']?.token ?? '' });
      for (const one of [seen, unseen, remarked, { ...seen, hash: 'f'.repeat(64) }]) payload.append('pick', pick(one));
      const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await app.inject({ method: 'POST', url: '/inbox/approve', payload: payload.toString(), headers });
      assert.equal(answer.statusCode, 409);
      assert.match(answer.body, /已通过 1 件。[^<]*“没看”不能成批通过[^<]*“有批注”不能成批通过/);
      const state = async ({ revision }: { revision: string }) =>
        (await revisionById(ledger.db, site, revision))?.state;
      assert.deepEqual(await Promise.all([seen, unseen, remarked].map(state)), [
        'first-reviewed',
        'submitted',
        'submitted',
      ]);
      assert.match(
        (await app.inject({ url: `/items/${seen.item}`, headers: { cookie } })).body,
        /看过预览：chushen（[^]*页面 <code/,
      );
      const foreign = new URLSearchParams({ pick: pick(unseen) }).toString();
      assert.equal(
        (await app.inject({ method: 'POST', url: '/inbox/approve', payload: foreign, headers })).statusCode,
        403,
      );
    });

    test('reviewRoutes: deadlines are working days that channel editors set; what is overdue is told', async () => {
      const cookie = sessions['chushen']?.cookie ?? '';
      const { revision } = await draft('caibian', '期限');
      const due = async (query = '') =>
        (await app.inject({ url: `/api/inbox${query}`, headers: { cookie } }))
          .json<{ revision: string; dueOn: string; isLate: boolean }[]>()
          .find((one) => one.revision === revision);
      const before = await due();
      assert.match(before?.dueOn ?? '', /^\d{4}-\d\d-\d\d$/);
      assert.equal(before?.isLate, false);
      const times = { first: '5', second: '1', final: '1', rewrite: '2' };
      assert.equal((await form('chushen', '/review-times', times)).statusCode, 403);
      assert.equal((await form('lanmu', '/review-times', { ...times, first: '0' })).statusCode, 400);
      assert.equal((await form('lanmu', '/review-times', times)).statusCode, 303);
      assert.ok(String((await due())?.dueOn) > String(before?.dueOn));
      assert.equal(await due('?late=yes'), undefined);
      const was = today;
      today = '2026-12-30T00:00:00Z';
      assert.equal((await due('?late=yes'))?.isLate, true);
      assert.match((await app.inject({ url: '/', headers: { cookie } })).body, /已超时/);
      today = was;
    });

    test('meRoutes: where one is told is one’s own choice; the secret of a webhook is shown once; what cannot be is told at the form', async () => {
      const cookie = sessions['caibian']?.cookie ?? '';
      const me = async () => (await app.inject({ url: '/me', headers: { cookie } })).body;
      assert.match(await me(), /还没有设邮件服务器/);
      const chosen = { mail: 'cai@linjiang.example', webhook: 'https://hooks.linjiang.example/a' };
      const made = await form('caibian', '/me/notices', chosen);
      const [, secret = ''] = /class="secret">([^<]+)</.exec(made.body) ?? [];
      assert.ok(secret.length >= 32);
      const later = await me();
      assert.ok(later.includes('value="cai@linjiang.example"') && !later.includes(secret));
      assert.equal((await form('caibian', '/me/notices', chosen)).statusCode, 303);
      assert.equal((await form('caibian', '/me/notices', { ...chosen, webhook: 'ftp://a.example' })).statusCode, 400);
      assert.equal((await form('caibian', '/me/notices', { ...chosen, _token: 'x' })).statusCode, 403);
      assert.doesNotMatch(
        (await app.inject({ url: '/me', headers: { cookie: sessions['chushen']?.cookie ?? '' } })).body,
        /cai@/,
      );
    });

    test('createDesk: what must be mended holds back on the screens, and is let pass there with a reason that all can read', async () => {
      const send = async (who: string, url: string, form: Record<string, string>) => {
        const { cookie, token } = sessions[who] ?? { cookie: '', token: '' };
        return app.inject({
          method: 'POST',
          url,
          payload: new URLSearchParams({ _token: token, ...form }).toString(),
          headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
        });
      };
      const see = async (who: string, url: string): Promise<string> =>
        (await app.inject({ url, headers: { cookie: sessions[who]?.cookie ?? '' } })).body;
      const form = {
        kind: 'article',
        item: 'huojiang',
        ...fields('获奖名单'),
        date: '2026-11-01 09:30',
        body: '<p>获奖者张某，15400138016。</p>',
      };
      const checked = await send('caibian', '/items', { ...form, action: 'check' });
      assert.match(checked.body, /写稿检查：2 处/);
      assert.doesNotMatch(checked.body, /<q>15400138016/);
      const held = await send('caibian', '/items', { ...form, action: 'submit' });
      assert.equal(held.statusCode, 422);
      // It was saved once, and the page is that of the draft, not a form that would save it again.
      const [, item = ''] = /\/items\/([a-z0-9]+)\/edit/.exec(held.body) ?? assert.fail(held.body);
      const [, finding = ''] = /name="finding"\s+value="([0-9a-f]{16})"/.exec(held.body) ?? assert.fail(held.body);
      const unnamed = await send('caibian', '/items', { ...form, item: '', action: 'submit' });
      assert.match(unnamed.body, /href="\/items\/[a-z0-9]+\/edit/, 'so is one whose id the form did not have');
      const { hash = '' } = hiddenFields(held.body);
      const decision = { hash, finding, reason: '张某本人要求公布' };
      assert.equal((await send('caibian', `/revisions/${item}.1/overrule`, decision)).statusCode, 303);
      assert.equal((await send('caibian', `/revisions/${item}.1/submit`, { hash })).statusCode, 303);
      assert.match(await see('chushen', `/items/${item}`), /已放行[\s\S]*张某本人要求公布/);
      assert.match(await see('shenji', '/audit/refused'), /写稿检查中放行的[\s\S]*张某本人要求公布/);
      assert.match(await see('shenji', '/audit?act=overrule-finding'), /放行检查所见[\s\S]*理由：张某本人要求公布/);
      assert.match(await see('caibian', `/items/${item}/edit`), /写稿检查/);
    });

    test('createDesk: the words of the checks are edited by whoever may, a line each, and nothing typed is lost', async () => {
      const { cookie, token } = sessions['lanmu'] ?? assert.fail();
      const page = async (who: string): Promise<string> =>
        (await app.inject({ url: '/checks', headers: { cookie: sessions[who]?.cookie ?? '' } })).body;
      const save = async (more: Record<string, string>) => {
        const { was = '' } = hiddenFields(await page('lanmu'));
        return app.inject({
          method: 'POST',
          url: '/checks',
          payload: new URLSearchParams({ _token: token, was, ...more }).toString(),
          headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
        });
      };
      const words = '临江巿|临江市|必须改|临江巿场|写成了巿\n帐户';
      const lists = { words, hosts: 'people.com.cn', leaders: '陆知远|市委副书记、市长', 'severity-word': 'must' };
      assert.equal((await save(lists)).statusCode, 303);
      const answer = await app.inject({ url: '/api/checks/settings', headers: { cookie } });
      assert.deepEqual(answer.json<{ settings: unknown }>().settings, {
        words: [
          { wrong: '临江巿', right: '临江市', severity: 'must', except: ['临江巿场'], note: '写成了巿' },
          { wrong: '帐户' },
        ],
        phrases: [],
        leaders: [{ name: '陆知远', titles: ['市委副书记', '市长'] }],
        hosts: ['people.com.cn'],
        without: [],
        rules: { word: { severity: 'must' } },
      });
      const refused = await save({ ...lists, hosts: 'https://people.com.cn/' });
      assert.equal(refused.statusCode, 400);
      assert.match(refused.body, />\s*https:\/\/people\.com\.cn\/<\/textarea/);
      assert.doesNotMatch(await page('caibian'), /<button>保存/);
      await save({});
    });

    test('createDesk: a text that is not saved is checked for whoever may read drafts, and for nobody else', async () => {
      const ask = async (who: string, payload: object, headers: Record<string, string> = {}) => {
        const { cookie, token } = sessions[who] ?? { cookie: '', token: '' };
        return app.inject({
          method: 'POST',
          url: '/api/checks',
          payload,
          headers: { cookie, 'x-form-token': token, ...headers },
        });
      };
      const text = {
        kind: 'article',
        fields: {
          ...fields('截止目前'),
          date: '2026-11-01 09:30',
          keywords: ['甲'],
          body: '<p>11010519491231002X</p>',
        },
      };
      const answer = await ask('caibian', text);
      assert.equal(answer.statusCode, 200);
      const { findings } = answer.json<{ findings: { rule: string; where: object }[] }>();
      assert.deepEqual(
        findings.map(({ rule, where }) => ({ rule, where })),
        [
          { rule: 'id-number', where: { field: 'body', quote: '11010519491231002X', offset: 0, occurrence: 0 } },
          { rule: 'word', where: { field: 'title', quote: '截止目前', offset: 0, occurrence: 0 } },
        ],
      );
      assert.equal((await ask('anquan', text)).statusCode, 403);
      assert.equal((await ask('nobody', text)).statusCode, 401);
      assert.equal((await ask('caibian', text, { 'x-form-token': 'x' })).statusCode, 403);
      for (const wrong of [{}, { kind: 'x', fields: {} }, { kind: 'article', fields: { body: 'x'.repeat(200_001) } }])
        assert.equal((await ask('caibian', wrong)).statusCode, 400);
      const long = { kind: 'article', values: { ...fields('长文'), body: `<p>${'长'.repeat(200_001)}</p>` } };
      assert.equal((await json('caibian', '/api/writing/long-text/checks', long)).status, 400);
      assert.equal(
        (await ask('caibian', { kind: 'article', fields: { body: { x: [[['y']]] }, title: 7 } })).statusCode,
        200,
      );
    });

    test('every address, whatever is sent to it by whomever: an answer, never a failure of ours', async () => {
      const known = await draft('caibian', '乱敲的人');
      const ids = ['news', known.item, known.revision, known.hash, ...Object.keys(staff), 'save-draft', 'media'];
      const text = fc.oneof(
        fc.constantFrom('', '0', '-1', '1e309', '2026-02-30', 'a\u0000b', '\ud800', '../..', ...ids),
        fc.string({ unit: 'binary' }),
      );
      const value = fc.oneof(text, fc.jsonValue(), fc.constant('长'.repeat(300_000)));
      const names = fc.constantFrom(
        ...['kind', 'item', 'base', 'action', 'values', 'fields', 'revision', 'hash', 'stage', 'decision', 'comment'],
        ...['channel', 'state', 'sort', 'after', 'from', 'to', 'as', 'q', 'username', 'role', 'code', 'next', 'reason'],
        ...[
          'who',
          'act',
          'before',
          'verify',
          'body',
          'title',
          'date',
          'at',
          'until',
          'finding',
          '__proto__',
          'constructor',
        ],
      );
      const request = fc.record({
        // Who is signed out by chance would be nobody in all that follows.
        route: fc.constantFrom(...routesOf(app).filter(([, path]) => path !== '/sign-out')),
        ids: fc.array(text, { minLength: 2, maxLength: 2 }),
        query: fc.dictionary(names, text, { maxKeys: 4 }),
        body: fc.oneof(fc.dictionary(names, value, { maxKeys: 6 }), fc.jsonValue()),
        as: fc.constantFrom('json', 'form', 'multipart', 'text'),
        who: fc.constantFrom('caibian', 'duoneng', 'lanmu', 'shenji', 'nobody'),
        token: fc.constantFrom(true, true, true, false),
      });
      await fc.assert(
        fc.asyncProperty(request, async ({ route: [method, path], ids: given, query, body, as, who, token }) => {
          const { cookie = '', token: own = '' } = sessions[who] ?? {};
          let at = 0;
          const filled = path.replace(/:\w+|\*/g, () => encodeURIComponent((given[at++] ?? '').toWellFormed()));
          const form = { ...(body instanceof Object ? body : { body }), ...(token ? { _token: own } : {}) };
          const answer = await app.inject({
            method,
            url: `${filled}?${new URLSearchParams(query).toString()}`,
            headers: { cookie, ...(token ? { 'x-form-token': own } : {}), 'content-type': types[as] },
            ...(method === 'GET' ? {} : { payload: payloads[as](as === 'json' ? body : form) }),
          });
          assert.ok(answer.statusCode < 500, `${answer.statusCode} ${answer.body.slice(0, 300)}`);
          assert.doesNotMatch(answer.body, /\bat [\w.]+ \(|node_modules|\.ts:\d/, 'no stack');
        }),
        { numRuns: 300 },
      );
    });

    test('api: the description is OpenAPI 3.1, open to all, and has every route under /api that the router knows', async () => {
      const answer = await app.inject({ url: '/api/openapi.json' });
      const description = answer.json<OpenApi>();
      assert.deepEqual(await new Validator().validate(answer.json<Record<string, unknown>>()), { valid: true });
      assert.equal(description.openapi, '3.1.0');
      const described = Object.entries(description.paths).flatMap(([path, operations]) =>
        Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
      );
      const known = routesOf(app).flatMap(([method, path]) =>
        path.startsWith('/api/') ? [`${method} ${path.replace(/:(\w+)/g, '{$1}')}`] : [],
      );
      assert.deepEqual(described.sort(), known.sort(), 'declare a new route in apps/desk-web/src/desk-api.ts');
      const ids = operationsOf(description).map(({ operationId }) => operationId);
      assert.equal(new Set(ids).size, ids.length, 'no two have one name');
      const commands = known.flatMap((route) => /^POST \/api\/commands\/(.+)$/.exec(route)?.[1] ?? []);
      assert.deepEqual(
        commands,
        Object.keys(commandAnswers).sort(),
        'say what a new command answers in desk-commands.ts',
      );
    });

    test('api: nobody is answered without a session, and nothing is changed without its token', async () => {
      const description = (await app.inject({ url: '/api/openapi.json' })).json<OpenApi>();
      for (const { method, path, security, requestBody, operationId } of operationsOf(description)) {
        if (security?.length === 0) continue;
        const as = requestBody?.content['multipart/form-data'] ? 'multipart' : 'json';
        const ask = (cookie: string) =>
          app.inject({
            ...{ method, url: path.replace(/\{\w+\}/g, '1') },
            headers: { cookie, ...(requestBody ? { 'content-type': types[as] } : {}) },
            ...(requestBody ? { payload: payloads[as]({}) } : {}),
          });
        assert.equal((await ask('')).statusCode, 401, operationId);
        if (method === 'POST')
          assert.equal((await ask(sessions['caibian']?.cookie ?? '')).statusCode, 403, operationId);
      }
    });

    test('api: sent what its description says, and something else, as each role: no failure, no stack, answers as described', async () => {
      const description = (await app.inject({ url: '/api/openapi.json' })).json<OpenApi>();
      const options = {
        components: description.components.schemas,
        known: ['news', 'news.1', 'article', 'channel', 'first', 'yes', 'change-checks', 'window-one'],
        wrong: 6,
      };
      const request = fc.constantFrom(...operationsOf(description)).chain((operation) =>
        fc.record({
          operation: fc.constant(operation),
          given: fc.record(
            Object.fromEntries(operation.parameters.map(({ name, schema }) => [name, valueOfSchema(schema, options)])),
          ),
          body: valueOfSchema(schemaOfBody(operation), options),
          who: fc.constantFrom(...Object.keys(staff), 'nobody'),
        }),
      );
      const answered = new Set<string>();
      await fc.assert(
        fc.asyncProperty(request, async ({ operation, given, body, who }) => {
          const { cookie = '', token = '' } = sessions[who] ?? {};
          const shown = (name: string): string => formText(given[name]).toWellFormed();
          const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(shown(name)));
          const query = operation.parameters.flatMap(({ name, in: place }) =>
            place === 'query' ? [[name, shown(name)] as [string, string]] : [],
          );
          const as = operation.requestBody?.content['multipart/form-data'] ? 'multipart' : 'json';
          const answer = await app.inject({
            method: operation.method,
            url: `${path}?${new URLSearchParams(query).toString()}`,
            headers: { cookie, 'x-form-token': token, ...(operation.requestBody ? { 'content-type': types[as] } : {}) },
            ...(operation.requestBody ? { payload: payloads[as](body) } : {}),
          });
          const { statusCode, body: text } = answer;
          assert.ok(statusCode < 500, `${operation.operationId} ${statusCode} ${text.slice(0, 300)}`);
          assert.doesNotMatch(text, /\bat [\w.]+ \(|node_modules|\.ts:\d/, 'no stack');
          if (statusCode >= 300) refusal.parse(answer.json());
          else answered.add(operation.operationId);
          // What cannot be read at all is told before anybody is asked who they are.
          if (who === 'nobody' && operation.security?.length !== 0) assert.ok([400, 401].includes(statusCode), text);
        }),
        { numRuns: 240 },
      );
      assert.ok(answered.size > 5, `it is let in now and then: ${[...answered].join(' ')}`);
    });

    test('refusals: an address that cannot be read at all is refused in the desk’s words, with its headers', async () => {
      for (const url of [`/api/items/${'a'.repeat(200)}`, '/api/items/%', '/items/%']) {
        const answer = await app.inject({ url });
        assert.equal(answer.statusCode, 400, url);
        assert.match(answer.body, /输入有误/, url);
        assert.match(String(answer.headers['content-security-policy']), /default-src 'none'/, url);
        if (url.startsWith('/api/')) refusal.parse(answer.json());
      }
    });

    test('client: asks by the types of the description, in Node as in the browser; refusals are thrown by who sends', async () => {
      const { cookie = '', token = '' } = sessions['caibian'] ?? {};
      const desk = createDeskClient(async (path, { method, headers, body }) => {
        const answer = await app.inject({
          ...{ method: method as 'GET' | 'POST', url: path, headers: { cookie, 'x-form-token': token, ...headers } },
          ...(typeof body === 'string' ? { payload: body } : {}),
        });
        if (answer.statusCode >= 300) throw new Error(answer.json<{ error: { code: string } }>().error.code);
        return answer.json();
      });
      const saved = await desk.command('save-draft', { kind: 'article', fields: fields('用客户端写的') });
      const { revision, hash } = await desk.call('GET /api/items/:item', { params: { item: saved.item } });
      assert.deepEqual([revision, hash], [saved.revision, saved.hash]);
      assert.equal((await desk.command('submit-revision', { revision, hash })).revision, revision);
      assert.deepEqual(await desk.call('GET /api/inbox', { query: { task: 'finish', kind: 'channel' } }), []);
      await assert.rejects(desk.call('GET /api/accounts'), /permission-denied/);
      const { settings, hash: was } = await desk.call('GET /api/checks/settings');
      await assert.rejects(desk.command('change-checks', { settings, was }), /permission-denied/);
      await assert.rejects(desk.command('grant-role', { account: 'x', role: 'writer' }), /permission-denied/);
    });
  });
}

const types = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  multipart: 'multipart/form-data; boundary=x',
  text: 'text/plain',
} as const;
const formText = (value: unknown): string =>
  typeof value === 'string' ? value.toWellFormed() : (JSON.stringify(value) ?? '');
const payloads: Readonly<Record<keyof typeof types, (body: unknown) => string>> = {
  json: (body) => JSON.stringify(body),
  form: (body) =>
    new URLSearchParams(
      Object.entries(body as object).map(([name, value]): [string, string] => [name, formText(value)]),
    ).toString(),
  multipart: (body) =>
    `${Object.entries(body instanceof Object ? body : {})
      .map(([name, value]) => {
        const file = name === 'file' ? '; filename="附件.txt"' : '';
        return `--x\r\ncontent-disposition: form-data; name="${name}"${file}\r\n\r\n${formText(value)}\r\n`;
      })
      .join('')}--x--\r\n`,
  text: (body) => JSON.stringify(body),
};

interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly security?: readonly object[];
}

function operationsOf({ paths }: OpenApi): (Operation & { readonly path: string; readonly method: 'GET' | 'POST' })[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, one]) => ({ ...one, path, method: method === 'get' ? 'GET' : 'POST' })),
  );
}

function schemaOfBody({ requestBody }: Operation): Schema {
  const [content] = Object.values(requestBody?.content ?? {});
  return content?.schema ?? { type: 'null' };
}

/** Every method and address the desk answers, as its router prints them: `├── /:item (GET, POST)`, indented by what stands before. */
function routesOf(app: FastifyInstance): (readonly ['GET' | 'POST', string])[] {
  const before: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', part = '', methods = ''] = /^([│ ]*)[├└]── (\S+) \(([A-Z, ]+)\)/.exec(line) ?? [];
      if (part === '') return [];
      const depth = indent.length / 4;
      before.length = depth;
      before[depth] = part;
      const path = before.join('').replace('//', '/');
      return methods
        .split(', ')
        .flatMap((method) => (method === 'GET' || method === 'POST' ? [[method, path] as const] : []));
    });
}

/** The numbers of the events a page of the audit lists. */
const eventsOn = (page: string): string[] => [...page.matchAll(/<tr id="e(\d+)"/g)].map(([, seq = '']) => seq);

/** Hidden fields of a page's form, as a browser would send them. */
function hiddenFields(page: string): Record<string, string> {
  const plain = (text: string): string =>
    text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
  const form = page.slice(page.indexOf('<main'));
  const inputs = [...form.matchAll(/<input\s+type="hidden"\s+name="([^"]*)"\s+value="([^"]*)"/g)];
  const texts = [...form.matchAll(/<textarea\s+name="([^"]*)"\s+hidden\s*>\n?([^<]*)<\/textarea/g)];
  return Object.fromEntries([...inputs, ...texts].map(([, name = '', value = '']) => [plain(name), plain(value)]));
}

async function signIn(
  app: FastifyInstance,
  username: string,
  password: string,
  key?: string,
): Promise<{ cookie: string; token: string }> {
  const first = await app.inject({
    method: 'POST',
    url: '/sign-in',
    payload: new URLSearchParams({ username, password, next: '/' }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const answer =
    key === undefined
      ? first
      : await app.inject({
          method: 'POST',
          url: '/sign-in/code',
          payload: new URLSearchParams({ code: await codeAt(key, stepAt(new Date())), next: '/' }).toString(),
          headers: {
            cookie: String(first.headers['set-cookie']).split(';')[0],
            'content-type': 'application/x-www-form-urlencoded',
          },
        });
  assert.equal(answer.statusCode, 303, answer.body);
  const cookie = [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((each) => each.split(';')[0])
    .join('; ');
  const { token } = (await app.inject({ url: '/api/me', headers: { cookie } })).json<{ token: string }>();
  return { cookie, token };
}
