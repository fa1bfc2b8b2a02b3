/** The main job as an operator and a citizen meet it: started for real, in processes of its own. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import { giveDatabase } from '@chengmen/ledger/testing';
import { folderStore } from '@chengmen/serve';
import {
  chengmen,
  eventually,
  freePorts,
  startCity,
  temporaryFolder,
  type City,
  type Ports,
} from './support/start-city.ts';

const folder = temporaryFolder();
let ports: Ports;
let city: City;

const get = (path: string, init?: RequestInit): Promise<Response> =>
  fetch(`${city.portal}${path}`, { redirect: 'manual', ...init });
const checkpoint = (): string => readFileSync(join(folder.path, 'releases', 'linjiang', 'checkpoint'), 'utf8');

before(async () => {
  ports = await freePorts();
  city = await startCity({ data: folder.path, ports, district: true });
});
after(async () => {
  await city.stop();
  folder.remove();
});

test('start: prints where to go and the demo accounts, in both languages', () => {
  const printed = city.printed();
  for (const address of [city.portal, city.desk, city.counter]) assert.ok(printed.includes(address), address);
  assert.match(
    printed,
    /青渡区 qingdu\n  门户 portal {3}http:.*\n  工作台 desk {3}http:.*\/s\/qingdu\/\n  窗口 counter {2}http:/,
  );
  assert.match(printed, /口令只显示这一次/);
  assert.match(printed, /passwords are shown only now/);
  assert.match(printed, /kill -9/, 'the embedded database says what it survives');
  assert.ok(Object.keys(city.passwords()).length >= 5, printed);
  assert.deepEqual(
    Object.keys(city.keys()).sort(),
    ['anquan', 'chushen', 'fushen', 'yunwei', 'zhongshen'],
    'who must have a second factor has one, and its key is shown',
  );
});

test('desk: a demo reviewer signs in with password and code; the password alone opens nothing', async () => {
  const post = (path: string, values: Record<string, string>, cookie = ''): Promise<Response> =>
    fetch(`${city.desk}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie },
      body: new URLSearchParams(values),
    });
  const cookieOf = (answer: Response): string =>
    answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  const half = await post('/sign-in', { username: 'chushen', password: city.passwords()['chushen'] ?? '' });
  const me = (cookie: string): Promise<Response> => fetch(`${city.desk}/api/me`, { headers: { cookie } });
  assert.equal((await me(cookieOf(half))).status, 401);
  const { out } = await chengmen('code', city.keys()['chushen'] ?? '');
  const done = await post('/sign-in/code', { code: out.trim() }, cookieOf(half));
  const { roles } = (await (await me(cookieOf(done))).json()) as { roles: string[] };
  assert.deepEqual(roles, ['first-reviewer']);
});

test('start: portal, desk and counter answer; every page is marked as a demonstration', async () => {
  const home = await (await get('/')).text();
  assert.ok(home.includes('临江市人民政府') && home.includes('演示'));
  assert.equal((await fetch(city.desk)).status, 200);
  assert.equal((await fetch(city.counter)).status, 200);
  for (const [, path = ''] of [...home.matchAll(/href="(\/[^"#?]*)"/g)].slice(0, 40)) {
    const answer = await get(path);
    assert.equal(answer.status, 200, path);
    if (answer.headers.get('content-type')?.startsWith('text/html'))
      assert.match(await answer.text(), /演示|Demonstration/, path);
  }
});

test('start: the second site has a portal, pages, a look and a log of its own; its desk is behind the same door', async () => {
  const { portalPort } = JSON.parse(readFileSync(join(folder.path, 'sites', 'qingdu', 'site.json'), 'utf8')) as {
    portalPort: number;
  };
  const portal = `http://127.0.0.1:${portalPort}`;
  const home = await (await fetch(portal)).text();
  assert.ok(home.includes('青渡区人民政府') && home.includes('演示') && home.includes('轮渡'));
  const style = (text: string): string => /href="(\/assets\/site\.[^"]+\.css)"/.exec(text)?.[1] ?? '';
  assert.notEqual(style(home), style(await (await get('/')).text()), 'another main colour');
  const statement = await (await fetch(`${portal}/accessibility-statement.html`)).text();
  assert.ok(statement.includes('签署人') && statement.includes('webmaster@qingdu.example'), 'its own, and signed');
  const figures = await (await fetch(`${portal}/visits.html`)).text();
  assert.match(figures, /href="\/data\/\d{4}\/[^"]+\/figures-days\.csv"/);
  assert.equal((await chengmen('verify', portal, '--site', 'qingdu', '--data', folder.path)).code, 0);
  assert.notEqual(
    (await chengmen('verify', portal, '--data', folder.path)).code,
    0,
    'the city’s key is not the district’s',
  );
  const { code, out } = await chengmen('explain', '/', '--site', 'qingdu', '--data', folder.path, '--json');
  assert.equal(code, 0);
  assert.match(out, /www\.qingdu\.example/);
  const sign = await fetch(`${city.desk}/s/qingdu/`, { redirect: 'manual' });
  assert.equal(sign.headers.get('location'), '/s/qingdu/sign-in?next=%2F');
  assert.equal((await fetch(`${city.desk}/s/nowhere/`)).status, 404);
  assert.match((await chengmen('site', 'list', '--data', folder.path)).out, /^linjiang\t.*\nqingdu\t青渡区\t/);
});

test('start: the demo page came in damaged and hijacked, and is live with its gaps and its note', async () => {
  const list = await (await get('/news/restored/')).text();
  const [, path = ''] = /href="(\/news\/restored\/\d{4}\/\d\d\/\d\d\/restored-[0-9a-f]{12}\.html)"/.exec(list) ?? [];
  assert.ok(path, 'the channel of mended pages lists it');
  const page = await (await get(path)).text();
  assert.ok(page.includes('class="gap" role="img"'), 'gaps are visible');
  assert.ok(page.includes('被篡改的名称'), 'the reader is told of the hijack');
  assert.ok(
    page.includes('href="/news/restored/2026/11/20/restored-truth.html"') || list.includes('restored-truth'),
    'its truth stands beside it',
  );
  assert.ok(!page.includes('__kindeditor'), 'no editor scaffolding');
  const { code, out } = await chengmen('explain', path, '--data', folder.path, '--json');
  assert.equal(code, 0);
  const explanation = JSON.parse(out) as {
    revisions: { reviews: { name: string }[]; author: string; intake?: { received: string } }[];
  };
  const [own] = explanation.revisions;
  assert.ok(own?.intake, 'the chain ends at received bytes');
  assert.ok(existsSync(join(folder.path, 'received', own.intake.received.slice(0, 2), own.intake.received)));
  assert.equal(
    new Set([own.author, ...own.reviews.map(({ name }) => name)]).size,
    4,
    'author and three reviewers are four people',
  );
});

test('verify: the running portal and its folder check against the pinned key, and against no other', async () => {
  assert.equal((await chengmen('verify', city.portal, '--data', folder.path)).code, 0);
  const { code, out } = await chengmen(
    'verify',
    join(folder.path, 'releases', 'linjiang'),
    '--data',
    folder.path,
    '--json',
  );
  assert.equal(code, 0);
  assert.equal((JSON.parse(out) as { ok: boolean }).ok, true);
  const other = temporaryFolder();
  assert.equal(
    (await chengmen('verify', city.portal, '--data', other.path)).code,
    2,
    'without a trusted key there is nothing to check against',
  );
  other.remove();
});

test('export: a plain tree that any host can serve', async () => {
  const target = temporaryFolder();
  assert.equal((await chengmen('export', join(target.path, 'site'), '--data', folder.path)).code, 0);
  const home = readFileSync(join(target.path, 'site', 'index.html'), 'utf8');
  assert.equal(home, await (await get('/')).text());
  assert.ok(readdirSync(join(target.path, 'site', 'news')).includes('index.html'));
  const again = ['export', join(target.path, 'site'), '--data', folder.path];
  assert.equal((await chengmen(...again)).code, 2, 'an existing folder is left alone');
  assert.equal((await chengmen(...again, '--update', '--nginx')).code, 0);
  assert.ok(existsSync(join(target.path, 'site', '.chengmen', 'nginx', 'chengmen.conf')));
  assert.deepEqual(readdirSync(target.path), ['site'], 'nothing is left beside it');
  const other = ['export', join(folder.path, 'keys'), '--data', folder.path, '--update'];
  assert.equal((await chengmen(...other)).code, 2, 'what is no export is never replaced');
  assert.ok(existsSync(join(folder.path, 'keys', 'seal.vkey')));
  target.remove();
});

test('history: a page over the releases, with the reviews of its revision from the running ledger', async () => {
  const path = /href="(\/news\/restored\/\d{4}[^"]*)"/.exec(await (await get('/news/restored/')).text())?.[1] ?? '';
  const { code, out } = await chengmen('history', path, '--data', folder.path, '--json');
  assert.equal(code, 0);
  const { versions, ledger } = JSON.parse(out) as {
    versions: { revision: { reviews: unknown[] } | null }[];
    ledger: string | null;
  };
  assert.equal(ledger, null);
  assert.equal(versions.at(-1)?.revision?.reviews.length, 3);
  assert.equal((await chengmen('history', '/never.html', '--data', folder.path)).code, 2);
});

test('publish: tells why a page was last rendered, and that nothing waits', async () => {
  const { code, out } = await chengmen('publish', '--why', '/news/restored/', '--data', folder.path, '--json');
  assert.equal(code, 0, out);
  const { cause, target } = JSON.parse(out) as { cause: string; target: string };
  assert.ok(['first', 'read'].includes(cause), cause);
  assert.match(target, /^channel:/);
  assert.equal((await chengmen('publish', '--why', '/never.html', '--data', folder.path)).code, 2);
  const planned = await chengmen('publish', '--dry-run', '--data', folder.path, '--json');
  assert.deepEqual(JSON.parse(planned.out), { pages: [], scheduled: [] });
});

test('inspect: the running portal has nothing wrong, and a port where nobody listens is named', async () => {
  const { code, out } = await chengmen('inspect', city.portal, '--data', folder.path, '--json');
  assert.equal(code, 0, out);
  const { checks } = JSON.parse(out) as { checks: { name: string; outcome: string }[] };
  assert.deepEqual(
    checks.filter(({ outcome }) => outcome !== 'right').map(({ name }) => name),
    ['https', 'security'],
    'the demonstration is no place to write to about weaknesses',
  );
  const unused = await freePorts();
  assert.equal((await chengmen('inspect', `http://127.0.0.1:${unused.portal}`, '--data', folder.path)).code, 2);
});

test(
  'portal: runs with no secret in its environment, and its permissions shut the keys out',
  { skip: process.platform !== 'linux' && 'it reads /proc' },
  () => {
    const key = join(folder.path, 'keys', 'seal.skey');
    assert.equal(statSync(key).mode & 0o777, 0o600);
    const pid = city.children().find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('apps/portal'));
    assert.ok(pid, 'the portal is a process of its own');
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
    assert.doesNotMatch(environment, /DATABASE|PRIVATE|session/i);
    const [, ...flags] = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      .split('\0')
      .filter((part) => part.startsWith('--') || part.includes('node'));
    assert.ok(flags.includes('--permission'));
    const probe = spawnSync(
      process.execPath,
      [...flags, '-e', `require('node:fs').readFileSync(${JSON.stringify(key)})`],
      { encoding: 'utf8' },
    );
    assert.match(probe.stderr, /ERR_ACCESS_DENIED/);
    const program = spawnSync(process.execPath, [...flags, '-e', `require('node:child_process').spawnSync('true')`], {
      encoding: 'utf8',
    });
    assert.match(program.stderr, /ERR_ACCESS_DENIED/);
  },
);

test('start: a second start beside the first is refused, and a taken port is named', async () => {
  const second = await chengmen(
    'start',
    '--data',
    folder.path,
    '--portal-port',
    '0',
    '--desk-port',
    '0',
    '--counter-port',
    '0',
  );
  assert.equal(second.code, 2);
  assert.match(second.err, /folder-locked/);
  const blocker = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => blocker.once('listening', resolve));
  const { port } = blocker.address() as { port: number };
  const other = temporaryFolder();
  // No second site, which would be made before the port is asked for.
  mkdirSync(join(other.path, 'sites'));
  await giveDatabase(other.path);
  const refused = await chengmen(
    'start',
    '--data',
    other.path,
    '--portal-port',
    '0',
    '--desk-port',
    String(port),
    '--counter-port',
    '0',
  );
  blocker.close();
  other.remove();
  assert.equal(refused.code, 2);
  assert.match(refused.err, /port-taken/);
  assert.match(refused.err, new RegExp(String(port)));
});

test('search: each title of the demonstration leads to its page, in English too', async () => {
  const report = await eventually(
    async () => {
      const { out } = await chengmen('search', '--self-test', '--titles', 'all', '--data', folder.path, '--json');
      return JSON.parse(out) as { tried: number; missed: unknown[] };
    },
    ({ tried }) => tried > 225,
  );
  assert.deepEqual(report.missed, []);
  const found = await (await get('/en/search.html?q=ferries+wharf')).text();
  assert.match(found, /<mark>[Ff]err(?:y|ies)<\/mark>/);
  assert.match(found, /\d+ results?\s/);
});

test('start: kill -9 of all processes: each is started again by itself', async () => {
  const [home, before] = [await (await get('/')).text(), city.children()];
  assert.equal(before.length, 5, 'two for each site, and the back office of both');
  const search = `/search.html?q=${encodeURIComponent('临江')}`;
  for (const pid of before) process.kill(pid, 'SIGKILL');
  await eventually(
    () => get('/'),
    ({ status }) => status === 200,
  );
  assert.equal(await (await get('/')).text(), home);
  await eventually(
    () => fetch(city.desk),
    ({ status }) => status === 200,
  );
  await eventually(
    () => get(search),
    ({ status }) => status === 200,
  );
  assert.match(await (await get(search)).text(), /条结果/);
  assert.equal(city.children().filter((pid) => before.includes(pid)).length, 0);
});

test('start: a changed byte on disk is named by verify and never served; everything else is', async () => {
  // The desk answers a moment before commands are taken.
  const { out: chain } = await eventually(
    () => chengmen('explain', '/', '--data', folder.path, '--json'),
    ({ code }) => code === 0,
  );
  const { hash } = (JSON.parse(chain) as { served: { hash: string } }).served;
  await city.stop();
  const release = join(folder.path, 'releases', 'linjiang');
  const home = Buffer.from(
    (await folderStore(release).get(`blob/${hash.slice(0, 2)}/${hash}`)) ?? assert.fail('no such blob'),
  );
  const packs = readdirSync(join(release, 'pack')).map((name) => join(release, 'pack', name));
  const pack = packs.find((file) => readFileSync(file).includes(home)) ?? assert.fail('in no pack');
  const good = readFileSync(pack);
  const bad = Buffer.from(good);
  const at = good.indexOf(home) + (home.length >> 1);
  bad[at] = (bad[at] ?? 0) ^ 1;
  writeFileSync(pack, bad);
  const { code, out } = await chengmen(
    'verify',
    join(folder.path, 'releases', 'linjiang'),
    '--data',
    folder.path,
    '--json',
  );
  assert.equal(code, 1);
  assert.ok(out.includes(hash), 'verify names the file');
  city = await startCity({ data: folder.path, ports });
  const plain = { headers: { 'accept-encoding': 'identity' } };
  const damaged = await get('/', plain);
  assert.equal(damaged.status, 503);
  assert.ok(!Buffer.from(await damaged.arrayBuffer()).includes(home.subarray(0, 200)));
  assert.equal((await get('/news/', plain)).status, 200);
  await city.said(new RegExp(`alarm.*${hash}`));
  await city.stop();
  // A copy made in good time brings it back.
  const copy = temporaryFolder();
  cpSync(release, copy.path, { recursive: true });
  writeFileSync(join(copy.path, 'pack', basename(pack)), good);
  const scrubbed = await chengmen('scrub', copy.path, '--data', folder.path, '--json');
  assert.equal(scrubbed.code, 0, scrubbed.out);
  assert.ok((JSON.parse(scrubbed.out) as { repaired: string[] }).repaired.some((name) => name.includes(hash)));
  assert.equal((await chengmen('verify', release, '--data', folder.path)).code, 0);
  copy.remove();
});

test('start: a second start opens the same data, takes nothing in again and publishes nothing again', async () => {
  const before = checkpoint();
  city = await startCity({ data: folder.path, ports });
  assert.doesNotMatch(city.printed(), /口令只显示这一次/);
  assert.equal((await get('/')).status, 200);
  assert.equal(checkpoint(), before);
});

test('site add: a running back office serves it at once', async () => {
  const made = await chengmen(
    'site',
    'add',
    'bailu',
    '--name',
    '白鹭县',
    '--origin',
    'www.bailu.example/chengmen',
    '--data',
    folder.path,
  );
  assert.equal(made.code, 0, made.err);
  assert.match(made.out, /从|开始服务/);
  assert.match(made.err, /三审通过.*\/s\/bailu\/site\/statistics/);
  await city.said(/白鹭县 bailu/);
  const { code } = await chengmen(
    'user',
    'grant',
    'caibian',
    '--role',
    'writer',
    '--site',
    'bailu',
    '--data',
    folder.path,
  );
  assert.equal(code, 0);
  assert.equal((await fetch(`${city.desk}/s/bailu/sign-in`)).status, 200);
  assert.equal(
    (await chengmen('user', 'grant', 'caibian', '--role', 'writer', '--site', 'nowhere', '--data', folder.path)).code,
    2,
  );
  assert.equal(await city.stop(), 0, 'Ctrl-C ends cleanly');
});
