import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createWorkingDays } from '@chengmen/calendar';
import { interactionMigrations } from '@chengmen/interaction';
import type { Ledger } from '@chengmen/ledger';
import { testLedgers } from '@chengmen/ledger/testing';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { createCounter } from './counter.ts';

for (const engine of testLedgers())
  describe(`counter on ${engine.engine}`, () => {
    let ledger: Ledger;
    let app: FastifyInstance;
    let now = Date.parse('2026-11-20T00:00:00Z');
    const letter = { kind: 'consultation', subject: '夜间噪声', body: '施工到半夜。', sender: '市民' };

    before(async () => {
      ledger = await engine.open({ migrations: interactionMigrations });
      const furniture = { siteName: '临江市人民政府', portal: 'http://127.0.0.1:8080', phone: '12345' };
      app = await createCounter({
        ledger,
        site: 'linjiang',
        days: createWorkingDays(),
        furniture: () => Promise.resolve(furniture),
        clock: () => new Date((now += 11 * 60_000)),
      });
    });
    after(async () => {
      await app.close();
      await ledger.close();
    });

    const post = (url: string, payload: string | undefined, type = 'application/x-www-form-urlencoded') =>
      app.inject({
        method: 'POST',
        url,
        headers: { 'content-type': type },
        ...(payload === undefined ? {} : { payload }),
      });

    test('letters: what cannot be kept or is too long is refused in words, and what was typed stays', async () => {
      assert.equal((await post('/letters', new URLSearchParams(letter).toString())).statusCode, 201);
      const nul = await post('/letters', new URLSearchParams({ ...letter, subject: '夜间\u0000噪声' }).toString());
      assert.equal(nul.statusCode, 400);
      assert.match(nul.body, /空字符[\s\S]*施工到半夜/);
      const long = await post('/letters', new URLSearchParams({ ...letter, body: '长'.repeat(70_000) }).toString());
      assert.equal(long.statusCode, 400);
      for (const url of ['/letters', '/letters/track'])
        for (const payload of [undefined, 'code=1&code=2&subject=a&subject=b'])
          assert.ok((await post(url, payload)).statusCode < 500, `${url} ${payload}`);
      for (const url of ['/letters/new?kind=a&kind=b', '/letters/new?page=a&page=b'])
        assert.equal((await app.inject({ url })).statusCode, 200, url);
    });

    test('letters: taken from our own pages, also where a proxy speaks TLS for us, and from no other site', async () => {
      const from = async (headers: Record<string, string>): Promise<number> =>
        (
          await app.inject({
            method: 'POST',
            url: '/letters',
            headers: { host: 'counter.example', 'content-type': 'application/x-www-form-urlencoded', ...headers },
            payload: new URLSearchParams(letter).toString(),
          })
        ).statusCode;
      assert.equal(await from({ origin: 'https://counter.example' }), 201);
      for (const origin of [
        'https://evil.example',
        'null',
        'https://counter.example.evil.example',
        'ftp://counter.example',
        '',
      ])
        assert.equal(await from({ origin }), 403, origin);
      assert.equal(await from({ origin: 'https://counter.example', 'sec-fetch-site': 'cross-site' }), 403);
    });

    test('every address, whatever is sent to it: an answer, never a failure of ours', async () => {
      const text = fc.oneof(fc.constantFrom('', 'a\u0000b', '../..', 'consultation'), fc.string({ unit: 'binary' }));
      const field = fc.tuple(
        fc.constantFrom(...Object.keys(letter), 'phone', 'page', 'passage', 'code', '__proto__'),
        text,
      );
      const request = fc.record({
        method: fc.constantFrom('GET', 'POST'),
        path: fc.oneof(
          fc.constantFrom('/', '/letters', '/letters/new', '/letters/track'),
          text.map((one) => `/${encodeURIComponent(one.toWellFormed())}`),
        ),
        fields: fc.array(field, { maxLength: 8 }),
        type: fc.constantFrom('application/x-www-form-urlencoded', 'application/json', 'text/plain', ''),
      });
      await fc.assert(
        fc.asyncProperty(request, async ({ method, path, fields, type }) => {
          const sent = new URLSearchParams(
            fields.map(([name, value]): [string, string] => [name, value.toWellFormed()]),
          ).toString();
          const answer =
            method === 'GET'
              ? await app.inject({ url: `${path}?${sent}` })
              : await post(path, fields.length > 0 ? sent : undefined, type);
          assert.ok(answer.statusCode < 500, `${answer.statusCode} ${answer.body.slice(0, 300)}`);
        }),
        { numRuns: 300 },
      );
    });
  });
