/** `chengmen prune` as an operator runs it: rules, a dry run, the thing itself, an erasure, what the other commands then say. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { cpSync, readdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { lookup, pageReader, parseLeaf, readHead, verifyRelease } from '@chengmen/release';
import { fetchRaw, folderStore, verifySite } from '@chengmen/serve';
import { sql } from 'kysely';
import type { openSmallCity } from './support/small-city.ts';
import { article, openFoundedCity, people, publish } from './support/small-city.ts';
import { chengmen, freePorts, spawnChengmen, startCity, temporaryFolder } from './support/start-city.ts';

const folder = temporaryFolder();
after(() => folder.remove());

const secret = '身份证号 110101199003070000';

interface Corrected {
  readonly data: string;
  readonly key: string;
  readonly path: string;
  readonly size: number;
}
let made: Promise<Corrected> | undefined;

/** The same city for every test, each in a folder of its own. */
async function city(data: string): Promise<Corrected> {
  const known = await (made ??= makeCity(join(folder.path, 'made')));
  cpSync(known.data, data, { recursive: true });
  return known;
}

/** Nine releases of an empty city and one article that is corrected; each went live a month after the one before. */
async function makeCity(data: string): Promise<Corrected> {
  const office = await openFoundedCity(data);
  const press = office.startPress();
  await press.settle();
  for (const words of [secret, '改正之后', '第三稿', '第四稿', '第五稿', '第六稿', '第七稿', '第八稿']) {
    await publish(office, 'notice', 'article', article('一则通知', { body: `<p>${words}。</p>` }));
    await press.settle();
  }
  const { size } = (await office.sealer.state())?.log ?? { size: 0 };
  const times = await sql<{ release: string }>`select release from press_release order by release`.execute(
    office.ledger.db,
  );
  assert.deepEqual(
    times.rows.map(({ release }) => Number(release)),
    Array.from({ length: size }, (_, at) => at + 1),
    'the press has noted when each went live',
  );
  await sql`update press_release set at = now() - make_interval(days => 30 * (${size}::int - release::int) + 1)`.execute(
    office.ledger.db,
  );
  const { leaf } = await readHead(office.store, { key: office.vkey });
  const row = await office.ledger.db.selectFrom('outbox').select('item').execute();
  assert.ok(row.some(({ item }) => item === 'notice'));
  const path = '/news/headlines/2026/11/20/notice.html';
  const found = (await lookup(pageReader(office.store), leaf.map, path)) ? path : await pathOf(office, 'notice');
  await office.close();
  return { data, key: office.vkey, path: found, size };
}

async function pathOf(office: Awaited<ReturnType<typeof openSmallCity>>, item: string): Promise<string> {
  const { rows } = await sql<{ path: string }>`select path from address where item = ${item}`.execute(office.ledger.db);
  return rows[0]?.path ?? '';
}

const bytesBelow = (root: string): Buffer =>
  Buffer.concat(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => readFileSync(join(one.parentPath, one.name))),
  );

test('prune: by rules, after a dry run; then one page’s old bytes; and every command says so', async () => {
  const data = join(folder.path, 'data');
  const releases = join(data, 'releases', 'linjiang');
  const { key, path, size } = await city(data);
  assert.ok(path !== '' && people.writer);
  const run = (...argv: string[]) => chengmen(...argv, '--data', data);
  const check = () => verifyRelease({ store: folderStore(releases), key });
  const rules = join(folder.path, 'rules.json');
  writeFileSync(
    rules,
    JSON.stringify({ name: '三个月规则', every: '70d', hold: [{ releases: [3], why: '行政复议' }], then: [] }),
  );

  const untouched = await run('prune', '--json');
  assert.equal(untouched.code, 0);
  assert.equal((JSON.parse(untouched.out) as { record: number | null }).record, null, 'ten years of all by default');

  const copy = join(folder.path, 'copy-of-all');
  assert.equal((await run('mirror', releases, copy)).code, 0);

  const before = bytesBelow(releases).length;
  const dry = await run('prune', '--rules', rules, '--dry-run');
  assert.match(
    dry.out,
    /－ 第 1—2 版 releases　按规则清除[\s\S]*＝ 第 3 版 release　查封 legal hold：行政复议[\s\S]*将清除 would go/,
  );
  assert.equal(bytesBelow(releases).length, before);
  assert.equal((await check()).pruned.length, 0);

  const done = await run('prune', '--rules', rules, '--by', '档案员', '--json');
  assert.equal(done.code, 0, done.err);
  const told = JSON.parse(done.out) as { record: number; swept: { blobs: number } };
  assert.equal(told.record, 1);
  assert.ok(told.swept.blobs > 0);
  const report = await check();
  assert.deepEqual(report.problems, []);
  assert.deepEqual(
    report.pruned.map(({ from, to }) => [from, to]),
    [
      [1, 2],
      [4, size - 3],
    ],
  );
  assert.match(
    (await run('verify', releases)).out,
    /－ 第 1—2 版 releases　按规则“三个月规则”于 .* 由 档案员 清除[\s\S]*✓ 校验通过/,
  );
  assert.match(
    (await run('history', path)).out,
    new RegExp(`第 ${size} 版[\\s\\S]*第 1—2 版 releases　按规则“三个月规则”`),
  );

  // A rule with a hole is refused, and so is a mirror that cannot be asked.
  writeFileSync(rules, JSON.stringify({ name: 'x', every: '70' }));
  assert.match((await run('prune', '--rules', rules)).err, /retention-invalid/);
  writeFileSync(rules, JSON.stringify({ name: 'x', every: '10d', served: [join(folder.path, 'nowhere')] }));
  assert.match((await run('prune', '--rules', rules)).err, /served-unknown/);
  assert.equal((await check()).pruned.length, 2);
  // Holds in the standing file stand, whatever rules are tried.
  writeFileSync(
    join(data, 'retention.json'),
    JSON.stringify({ name: '常设', every: '10y', hold: [{ releases: [3], why: '诉讼' }] }),
  );
  writeFileSync(rules, JSON.stringify({ name: '十天', every: '10d' }));
  assert.equal((await run('prune', '--rules', rules)).code, 0);
  assert.deepEqual(
    (await check()).pruned.map(({ from, to }) => [from, to]),
    [
      [1, 2],
      [4, size - 3],
      [size - 2, size - 1],
    ],
  );

  // Release 3 is held, and has a version of the page that must go all the same.
  const erase = ['prune', '--erase', path, '--why', '个人信息保护法第四十七条', '--by', '王敏'];
  const live = (
    await lookup(pageReader(folderStore(releases)), (await readHead(folderStore(releases), { key })).leaf.map, path)
  )?.hash;
  assert.match((await run('prune', '--erase', live ?? '', ...erase.slice(3))).err, /erase-live/);
  const { log } = await readHead(folderStore(releases), { key });
  const third = parseLeaf(await log.entry(2), 'entry 3').map;
  const old = await lookup(pageReader(folderStore(releases)), third, path);
  const erased = await run(...erase);
  assert.equal(erased.code, 0, erased.err);
  assert.equal(await folderStore(releases).get(`blob/${old?.hash.slice(0, 2)}/${old?.hash}`), undefined);
  const after = await check();
  assert.deepEqual(after.problems, []);
  assert.ok(
    after.erased.length > 0 && after.erased.every(({ by, why }) => by === '王敏' && why === '个人信息保护法第四十七条'),
  );
  assert.match((await run('history', path)).out, /字节已于 .* 由 王敏 依法清除/);
  assert.match((await run(...erase)).err, /not-found/, 'there is nothing left to erase');
  // The site does not go back to what is no longer whole.
  for (const [number, why] of [
    ['1', /release-incomplete[^]*三个月规则/],
    ['3', /release-incomplete[^]*依法清除/],
  ] as const) {
    const held = await run('hold', number, '--why', '演练退回到旧的一版。', '--by', '王敏');
    assert.match(held.err, why);
  }
  assert.equal((await run('hold')).code, 0, 'it is not held');
  await killedPruning({ releases, copy, data, key, gone: `blob/${old?.hash.slice(0, 2)}/${old?.hash}` });
});

/** A copy that has the records and all they are about is pruned, killed (-9) at one change of its folder after another. */
async function killedPruning(city: {
  releases: string;
  copy: string;
  data: string;
  key: string;
  gone: string;
}): Promise<void> {
  const { releases, copy, data, key, gone } = city;
  // Without --prune it keeps what was pruned; what was erased goes in any case.
  assert.equal((await chengmen('mirror', releases, copy, '--data', data)).code, 0);
  const check = async (): Promise<number> => {
    const report = await verifyRelease({ store: folderStore(copy), key });
    assert.deepEqual(report.problems, []);
    assert.equal(await folderStore(copy).get(gone), undefined);
    return bytesBelow(copy).length;
  };
  const before = await check();
  let killed = 0;
  for (let changes = 1; await isKilledAfter(changes, copy, data); changes *= 2) {
    killed++;
    await check();
  }
  assert.ok(killed > 1, `killed ${killed} times`);
  assert.ok((await check()) < before);
}

/** Whether the pruning was killed after so many changes of the folder; else it has ended, and well. */
async function isKilledAfter(changes: number, copy: string, data: string): Promise<boolean> {
  const child = spawnChengmen(['prune', copy, '--data', data]);
  let seen = 0;
  const watcher = watch(copy, { recursive: true }, () => {
    if (++seen === changes) child.kill('SIGKILL');
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  watcher.close();
  if (signal === null) assert.equal(code, 0);
  return signal === 'SIGKILL';
}

test('prune: while start runs, through its socket; the portal serves on', async () => {
  const data = join(folder.path, 'running');
  const { key, path, size } = await city(data);
  writeFileSync(join(data, 'demo.json'), '{}');
  const rules = join(folder.path, 'short.json');
  writeFileSync(rules, JSON.stringify({ name: '短', every: '1d', share: 1 }));
  const running = await startCity({ data, ports: await freePorts(), arguments: ['--metrics-port', '0'] });
  try {
    let asking = true;
    const statuses = new Set<number>();
    const ask = async (): Promise<void> => {
      while (asking) statuses.add((await fetchRaw(`${running.portal}${path}`, {})).status);
    };
    const asked = ask();
    const done = await chengmen('prune', '--rules', rules, '--json', '--data', data);
    asking = false;
    await asked;
    assert.equal(done.code, 0, done.err);
    assert.ok((JSON.parse(done.out) as { swept: { compacted: { packs: number } } }).swept.compacted.packs > 0);
    assert.deepEqual([...statuses], [200]);
    assert.deepEqual((await verifySite({ url: running.portal, key })).problems, []);
    const record = await fetchRaw(`${running.portal}/.well-known/chengmen/prunings/1`, {});
    assert.match(record.body.toString(), /"kind":"pruned"/);
    // Whoever can only ask the site gets the record with the release.
    const copy = join(folder.path, 'copy');
    assert.equal((await chengmen('mirror', running.portal, copy, '--data', data)).code, 0);
    assert.deepEqual((await verifyRelease({ store: folderStore(copy), key, newest: true })).problems, []);
  } finally {
    await running.stop();
  }
  const report = await verifyRelease({ store: folderStore(join(data, 'releases', 'linjiang')), key });
  assert.deepEqual([report.problems, report.pruned.at(-1)?.to], [[], size - 1]);
});
