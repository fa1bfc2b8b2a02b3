import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { accept } from './accept.ts';
import { replay } from './assemble.ts';
import { crawlText } from './crawl-text.ts';
import { mend } from './mend.ts';
import { simulate } from './simulate.ts';
import type { MendResult } from './types.ts';
import { fromBytes, toBytes } from './utf8.ts';

const corpus = process.env.CHENGMEN_CORPUS;
const skip = corpus === undefined ? 'CHENGMEN_CORPUS is not set' : false;
const read = (path: string): Uint8Array => new Uint8Array(readFileSync(join(corpus ?? '', path)));

describe('mend on the seed page', { skip }, () => {
  const seed = (): MendResult => mend({ name: 'page.txt', bytes: read('seed/page.txt') });
  /** Without white space and markup, with marks as NFKC leaves them: what the two pages can be compared by. */
  const bare = (html: string): string => html.normalize('NFKC').replace(/<[^>]*>|\s+/g, '');

  test('simulate gives the seed page from its template', () => {
    const damaged = simulate(read('seed/simulation-template.html'), {
      sink: 'drop',
      inject: [
        { was: '@@K1@@', keyword: '克罗地亚VS巴西视频回放' },
        { was: '@@K2@@', keyword: '波兰VS沙特谁赢' },
        { was: '@@K3@@', keyword: '荷兰VS美国预测' },
      ],
    });
    assert.equal(crawlText(fromBytes(damaged), { nfkc: true }), fromBytes(read('seed/page.txt')));
  });

  test('mend repairs all 21 exactly invertible places', () => {
    const trace = JSON.parse(fromBytes(read('seed/trace.json'))) as { cls: string; char: string; next: string }[];
    const hurt = trace.filter(({ cls }) => cls === 'minus1').map(({ char, next }) => char + next);
    const proved = seed().plan.filter((place) => place.class === 'proved');
    assert.equal(hurt.length, 21);
    assert.deepEqual(
      proved.map((place) => place.after),
      hurt,
    );
  });

  test('mend finds all 38 places and the four hijacked names', () => {
    const places = seed().plan.filter(({ rule }) => rule !== 'width' && rule !== 'foreign-name');
    assert.equal(places.length, 38);
    assert.deepEqual(
      seed().alarms.map(({ readings }) => readings[0]),
      ['克罗地亚VS巴西视频回放', seed().alarms[1]?.readings[0], '克罗地亚VS巴西视频回放', '波兰VS沙特谁赢'],
    );
    assert.ok(seed().alarms[1]?.readings.includes('荷兰VS美国预测'));
  });

  test('accept invents nothing: all that is accepted at 0.98 stands in the reconstruction', () => {
    let rest = bare(fromBytes(read('seed/reconstruction.html')));
    const pieces = bare(accept(seed(), { atLeast: 0.98 }).html).split('〓');
    for (const piece of pieces) {
      const at = rest.indexOf(piece);
      assert.ok(at >= 0, piece);
      rest = rest.slice(at + piece.length);
    }
  });

  test('accept widens marks as the reconstruction has them', () => {
    const wide = (html: string): string => html.replace(/<[^>]*>|[\s〓]+/g, '');
    const original = wide(fromBytes(read('seed/reconstruction.html')));
    // Labels have narrow colons nearly as often as wide ones: of the one that stands alone nothing more is told.
    const mended = wide(accept(seed(), { atLeast: 0.87 }).html).replace('字号:', '字号：');
    for (const mark of '，：（）') assert.equal(mended.split(mark).length, original.split(mark).length, mark);
  });

  test('accept leaves what only knowledge from elsewhere can fill', () => {
    const { html } = accept(seed(), { atLeast: 0.98 });
    assert.match(html, /今〓·28/);
    assert.match(html, /去年〓3位/);
  });

  test('mend replays and changes nothing more the second time', () => {
    const bytes = read('seed/page.txt');
    for (const result of [seed(), accept(seed(), { atLeast: 0.98 })]) {
      assert.equal(replay(result, bytes), result.html);
      const again = mend({ name: 'again', bytes: toBytes(result.html) });
      assert.equal(again.html, result.html);
      assert.equal(again.plan.length, 0);
    }
  });

  test('mend leaves the reconstruction as it is', () => {
    const bytes = read('seed/reconstruction.html');
    const result = mend({ name: 'reconstruction.html', bytes });
    assert.deepEqual(toBytes(result.html), bytes);
    assert.equal(result.verdict, 'clean');
  });
});

interface Case {
  readonly id: string;
  readonly model: string;
  readonly sink: 'bytes' | 'drop';
  readonly original: string;
  readonly injected: readonly { readonly was: string; readonly keyword: string }[];
  readonly damaged_b64: string;
  readonly trace: readonly { readonly cls: string; readonly char: string; readonly next: string }[];
}

const linesOf = (path: string): string[] => gunzipSync(read(path)).toString('utf8').trim().split('\n');

describe('mend on the damaged pages', { skip }, () => {
  const cases = (): Case[] => linesOf('damaged/cases.jsonl.gz').map((line) => JSON.parse(line) as Case);
  const bytesOf = (entry: Case): Uint8Array => new Uint8Array(Buffer.from(entry.damaged_b64, 'base64'));
  const filters: Readonly<Record<string, 'php54' | 'php8'>> = { mbstring54: 'php54', php82: 'php8' };

  test('simulate gives every page of both generations of the filter byte for byte', () => {
    for (const entry of cases()) {
      const filter = filters[entry.model];
      if (filter === undefined) continue;
      const damaged = simulate(toBytes(entry.original), { sink: entry.sink, filter, inject: entry.injected });
      assert.deepEqual(damaged, bytesOf(entry), entry.id);
    }
  });

  test('mend proves every minus-one and nothing else, with and without NFKC', () => {
    for (const entry of cases().filter(({ model }) => model === 'mbstring54')) {
      const hurt = entry.trace.filter(({ cls }) => cls === 'minus1').map(({ char, next }) => char + next);
      const inputs = [bytesOf(entry)];
      if (entry.sink === 'drop') inputs.push(toBytes(fromBytes(bytesOf(entry)).normalize('NFKC')));
      for (const bytes of inputs) {
        const result = mend({ name: entry.id, bytes });
        const proved = result.plan.filter((place) => place.class === 'proved');
        // NFKC makes an ordinary space of a wide one: that loss cannot be told any more.
        const known = result.encoding.nfkc ? hurt.filter((pair) => !/^[^\S\u00a0]/.test(pair)) : hurt;
        assert.deepEqual(
          proved.map((place) => place.after),
          known,
          entry.id,
        );
      }
    }
  });

  test('mend leaves clean, GBK and Latin-1 pages exact, and raises no alarm', () => {
    for (const entry of cases()) {
      if (!['clean', 'latin1', 'gbk'].includes(entry.model)) continue;
      const bytes = bytesOf(entry);
      const result = mend({ name: entry.id, bytes });
      const expected = entry.model === 'gbk' ? new TextDecoder('gb18030').decode(bytes) : entry.original;
      assert.equal(result.html, expected, entry.id);
      assert.equal(result.alarms.length, 0, entry.id);
      assert.equal(result.plan.length, 0, entry.id);
    }
  });

  test('mend reads every injected name where the bytes were kept, and lists it where they were dropped', () => {
    for (const entry of cases()) {
      const { alarms } = mend({ name: entry.id, bytes: bytesOf(entry) });
      for (const { keyword } of entry.injected) {
        const read = alarms.some(({ readings }) =>
          entry.sink === 'bytes' ? readings[0] === keyword : readings.includes(keyword),
        );
        assert.ok(read, `${entry.id} ${keyword}`);
      }
    }
  });

  test('mend replays and is the same twice', () => {
    for (const entry of cases()) {
      const bytes = bytesOf(entry);
      const result = mend({ name: entry.id, bytes });
      assert.equal(replay(result, bytes), result.html, entry.id);
      assert.equal(mend({ name: entry.id, bytes: toBytes(result.html) }).html, result.html, entry.id);
    }
  });

  test('accept at 0.98 is right at 98 of 100 places and more', () => {
    let [accepted, right] = [0, 0];
    for (const entry of cases().filter(({ model, sink }) => model === 'mbstring54' && sink === 'bytes')) {
      const places = mend({ name: entry.id, bytes: bytesOf(entry) }).plan.filter(({ rule }) => rule !== 'foreign-name');
      assert.equal(places.length, entry.trace.length, entry.id);
      places.forEach((place, i) => {
        const { char, next, cls } = entry.trace[i] ?? { char: '', next: '', cls: '' };
        const best = place.candidates[0];
        if (place.class !== 'likely' || best === undefined || best.probability < 0.98) return;
        accepted++;
        if (best.text === (cls === 'vanish' ? char : char + next)) right++;
      });
    }
    assert.ok(accepted > 800, `${accepted} accepted`);
    assert.ok(right >= accepted * 0.98, `${right} of ${accepted}`);
  });
});

describe('mend on honest pages', { skip }, () => {
  test('mend decodes the GBK pages as the reference does and finds nothing', () => {
    for (const name of readdirSync(join(corpus ?? '', 'gbk-pages'))) {
      const bytes = read(`gbk-pages/${name}`);
      const result = mend({ name, bytes });
      assert.equal(result.html, new TextDecoder('gb18030', { ignoreBOM: true }).decode(bytes), name);
      assert.deepEqual([result.verdict, result.alarms.length], ['clean', 0], name);
    }
  });

  test('mend changes no article and no law', () => {
    for (const path of ['articles/articles.jsonl.gz', 'laws/laws.jsonl.gz']) {
      for (const line of linesOf(path).slice(0, 600)) {
        const { html, text } = JSON.parse(line) as { html?: string; text: string };
        for (const source of [html ?? '', text]) {
          const result = mend({ name: path, bytes: toBytes(source) });
          assert.equal(result.html, source);
          assert.equal(result.alarms.length, 0);
        }
      }
    }
  });

  test('mend changes nothing that was never damaged', () => {
    const cases = JSON.parse(fromBytes(read('mojibake/negative.json'))) as { original: string }[];
    for (const { original } of cases) assert.equal(mend({ name: 'negative', bytes: toBytes(original) }).html, original);
  });
});
