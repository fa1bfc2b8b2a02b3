import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { ChainReport } from '@chengmen/ledger';
import { ChengmenError, sha256 } from '@chengmen/model';
import { audit } from './audit.ts';

const folder = mkdtempSync(join(tmpdir(), 'chengmen-audit-'));
after(() => {
  rmSync(folder, { recursive: true });
});

/** The format as docs/formats/audit.md has it, written out by hand: no code of ours but the hash. */
function fileOf(name: string, texts: readonly string[], from = 1): string {
  let previous = '0'.repeat(64);
  const events = texts.map((text, index) => {
    const [seq, payload] = [index + 1, JSON.stringify({ text })];
    const told = `"account":"a1","at":"2026-11-20T01:30:00.000Z","command":"tell","payload":${JSON.stringify(payload)}`;
    const before = previous;
    previous = sha256(`{${told},"previous":"${before}","seq":${seq},"site":"linjiang"}`);
    return { seq, before, hash: previous, line: `{"seq":${seq},${told},"hash":"${previous}","asked":${seq === 2}}` };
  });
  const opening = {
    ...{ format: 'chengmen-audit/1', site: 'linjiang', made: '2026-11-21T00:00:00.000Z', by: '沈稽', asked: {} },
    ...{ from, to: texts.length, previous: events[from - 1]?.before, hash: previous, people: {} },
  };
  const file = join(folder, name);
  const lines = events.filter(({ seq }) => seq >= from).map(({ line }) => line);
  writeFileSync(file, `${[JSON.stringify(opening), ...lines].join('\n')}\n`);
  return file;
}

async function run(operands: string[], chain?: ChainReport): Promise<{ code: unknown; json: unknown; out: string }> {
  let [json, out]: [unknown, string] = [undefined, ''];
  const terminal = {
    json: (value: unknown) => (json = value),
    out: (text: string) => (out += `${text}\n`),
  };
  const code = await audit({ operands }, terminal as never, (work) => {
    assert.ok(chain, 'a file needs no ledger');
    return work({ verifyEvents: () => Promise.resolve(chain) });
  }).catch((error: unknown) => (error instanceof ChengmenError ? error.code : error));
  return { code, json, out };
}

test('audit: files are verified without a ledger, and one is compared with another', async () => {
  const [whole, later] = [fileOf('a', ['一', '二', '三']), fileOf('b', ['一', '二', '三', '四'], 3)];
  const other = fileOf('c', ['一', '没有过', '三', '四'], 3);
  const both = await run(['verify', whole, later]);
  assert.equal(both.code, 0, both.out);
  assert.match(both.out, /第 1—3 条，共 3 条 events，其中筛出 1 条[\s\S]*第 3—4 条/);
  assert.equal((await run(['verify', other])).code, 0, 'by itself a history made anew is whole');
  const differing = await run(['verify', whole, other]);
  assert.equal(differing.code, 1);
  assert.match(differing.out, /✗ 第 2 条：另一份里这一条是别的内容/);
  assert.deepEqual(
    (differing.json as { broken: unknown }[]).map(({ broken }) => broken),
    [null, { seq: 2, problem: 'other' }],
  );
});

test('audit: the ledger’s own chain, whole or broken where; anything else is refused', async () => {
  const whole: ChainReport = { events: 2, from: 'a', to: 'b', head: { seq: 2, hash: 'f' }, broken: null };
  assert.deepEqual([(await run(['verify'], whole)).code, (await run(['verify'], whole)).json], [0, whole]);
  const broken = await run(['verify'], { ...whole, broken: { seq: 2, problem: 'content' } });
  assert.equal(broken.code, 1);
  assert.match(broken.out, /✗ 第 2 条：内容与哈希不符/);
  assert.equal((await run([])).code, 'arguments-invalid');
  assert.equal((await run(['verify', join(folder, 'nowhere')])).code, 'file-unreadable');
  writeFileSync(join(folder, 'other'), '{}');
  assert.equal((await run(['verify', join(folder, 'other')])).code, 'file-unreadable');
});
