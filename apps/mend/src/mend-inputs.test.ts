import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { simulate } from '@chengmen/mend';
import { ChengmenError } from '@chengmen/model';
import { mendInputs, type MendOptions } from './mend-inputs.ts';

const folder = mkdtempSync(join(tmpdir(), 'chengmen-mend-'));
after(() => rmSync(folder, { recursive: true }));

const page = (title: string): string =>
  `<html><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1><p>发布日期：2026-06-01　来源：市水务局</p><div><p>${title}的有关事项通知如下，请各单位认真执行。</p><p>请到网站上浏览</p></div></body></html>`;
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const put = (name: string, bytes: Uint8Array): string => {
  const file = join(folder, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, bytes);
  return file;
};

async function run(operands: readonly string[], options: Partial<MendOptions> = {}) {
  const [lines, json, refused]: [string[], string[], string[]] = [[], [], []];
  const code = await mendInputs(
    { operands, json: true, ...options },
    {
      out: (text) => lines.push(text),
      json: (text) => json.push(text),
      progress: () => undefined,
      refuse: ({ en }) => refused.push(en),
    },
  );
  return { code, lines, refused, objects: json.map((text) => JSON.parse(text) as Record<string, unknown>) };
}

const clean = put('clean.html', encode(page('荷花节筹备')));
const hurt = put('hurt.html', simulate(encode(page('防汛检查'))));
const nameOf = (object: Record<string, unknown> | undefined): string =>
  (object?.['input'] as { name: string } | undefined)?.name ?? '';

describe('mendInputs', () => {
  test('mendInputs gives one object for each input with all that is promised, and the exit code', async () => {
    const { code, objects, lines } = await run([clean, hurt]);
    assert.equal(code, 1);
    assert.deepEqual(objects.map(nameOf), [clean, hurt]);
    assert.deepEqual(lines, []);
    for (const object of objects) {
      for (const key of ['input', 'encoding', 'verdict', 'html', 'text', 'body', 'metadata', 'plan', 'alarms']) {
        assert.ok(key in object, key);
      }
    }
    assert.equal(objects[0]?.['verdict'], 'clean');
    assert.equal((await run([clean])).code, 0);
  });

  test('mendInputs takes folders and patterns, in order, over threads', async () => {
    const names = Array.from({ length: 9 }, (_, i) => put(`site/${i}/page-${i}.htm`, encode(page(`第${i}号通知`))));
    put('site/picture.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47));
    const whole = await run([join(folder, 'site')], { jobs: '2' });
    assert.deepEqual(whole.objects.map(nameOf), names);
    assert.equal(whole.code, 0);
    const some = await run([join(folder, 'site/*/page-[0-3].htm')]);
    assert.deepEqual(some.objects.map(nameOf), names.slice(0, 4));
  });

  test('mendInputs does the others when one input cannot be read, and says which', async () => {
    const { code, objects, refused } = await run([clean, join(folder, 'nothing.html'), hurt]);
    assert.equal(code, 2);
    assert.deepEqual(objects.map(nameOf), [clean, join(folder, 'nothing.html'), hurt]);
    assert.match(refused[0] ?? '', /nothing\.html/);
    assert.equal((objects[1]?.['error'] as { code: string }).code, 'file-unreadable');
  });

  test('mendInputs puts likely repairs in from the probability asked for, 0.9 by default', async () => {
    const accepted = async (accept?: string): Promise<number> => {
      const { objects } = await run([hurt], accept === undefined ? {} : { accept });
      const plan = objects[0]?.['plan'] as { accepted?: number }[];
      return plan.filter((place) => place.accepted !== undefined).length;
    };
    assert.equal(await accepted(), 0);
    const usual = await accepted('likely');
    assert.ok(usual > 0);
    assert.ok((await accepted('likely=0.1')) >= usual && (await accepted('likely=1')) <= usual);
  });

  test('mendInputs writes a report with every class explained and nothing of the input as markup', async () => {
    const hostile = put('<img src=x onerror=alert(1)>.html', simulate(encode(page('<script>alert(1)</script>检查'))));
    const report = join(folder, 'report.html');
    await run([hurt, hostile], { report });
    const html = readFileSync(report, 'utf8');
    for (const word of ['必然', '可能', '已失', '有据', 'hurt.html', '览']) assert.ok(html.includes(word), word);
    assert.doesNotMatch(html, /<script|<img|https?:\/\//);
  });

  test('mendInputs writes mended files under another folder', async () => {
    const out = join(folder, 'out');
    await run([hurt], { out });
    const [file] = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const written = readFileSync(join(file?.parentPath ?? '', file?.name ?? ''), 'utf8');
    assert.match(written, /浏览<\/p>/);
  });

  test('mendInputs learns from siblings', async () => {
    const siblings = join(folder, 'siblings');
    for (const i of [1, 2])
      put(`siblings/${i}.html`, encode(page(`第${i}号公示`).replace('市水务局', '云岭市水务局办公室')));
    assert.ok([0, 1].includes((await run([hurt], { siblings })).code));
  });

  test('mendInputs refuses what it cannot understand before doing anything', async () => {
    for (const options of [{ accept: 'all' }, { encoding: 'klingon' }, { jobs: '0' }]) {
      await assert.rejects(
        run([clean], options),
        (error) => error instanceof ChengmenError && error.code === 'arguments-invalid',
      );
    }
    await assert.rejects(run([]), /mend/);
    await assert.rejects(run([join(folder, '*.nothing')]), /nothing/);
  });

  test('mendInputs believes the encoding it is told', async () => {
    const file = put('short.txt', Uint8Array.of(0xa4, 0xa4, 0xa4, 0xe5));
    const { objects } = await run([file], { encoding: 'big5' });
    assert.equal(objects[0]?.['html'], '中文');
  });
});
