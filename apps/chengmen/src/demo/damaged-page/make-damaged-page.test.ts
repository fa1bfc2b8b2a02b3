import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gapMarkup, isCleanBody, sanitise, textOf } from '@chengmen/html';
import { parseDecisions, readPage, type Decisions } from '@chengmen/intake';
import { mend, replay, simulate } from '@chengmen/mend';
import { sha256 } from '@chengmen/model';
import { damagedPage, damagedPageDecisions } from './make-damaged-page.ts';

const { bytes, truth, injected } = damagedPage();
const take = (decisions?: Decisions) =>
  readPage({ name: 'demo.html', bytes, channel: 'restored', ...(decisions ? { decisions } : {}) });
const bodyText = (page: string): string => textOf(sanitise(/id="Zoom">([\s\S]*?)<\/div>/.exec(page)?.[1] ?? '').html);

test('damagedPage: the same bytes every time, hurt and hijacked, the truth beside them', () => {
  assert.equal(sha256(damagedPage().bytes), sha256(bytes));
  assert.equal(injected.length, 3);
  for (const { was, keyword } of injected) {
    assert.ok(truth.includes(`>${was}<`), was);
    assert.ok(!truth.includes(keyword));
  }
  assert.throws(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  const length = [...bodyText(truth)].length;
  assert.ok(length >= 600 && length <= 900, String(length));
});

test('damagedPage: what is taken in is the truth but for its gaps; no hijacked name in any field', () => {
  const { fields, breadcrumb, mend: mended } = take();
  assert.match(fields.title, /^陆知远赴青渡区调.? 推动重大项目早开工早见效$/u);
  assert.deepEqual([fields.date, fields.source], ['2021-03-12 00:00', '临江市人民政府']);
  assert.deepEqual(
    breadcrumb.map(({ hijacked }) => hijacked),
    [false, true, true, false],
  );
  const { mending, ...published } = fields;
  for (const { keyword } of injected) {
    assert.ok(!JSON.stringify(published).includes(keyword), keyword);
    assert.ok(
      mending?.alarms.some(({ readings }) => readings[0] === keyword),
      keyword,
    );
  }
  assert.doesNotMatch(fields.body, /kindeditor|(?<!<)\/p>|style=/);
  assert.ok(isCleanBody(fields.body));
  assert.ok(fields.body.includes(gapMarkup), 'the demonstration shows what stays missing');
  const parts = textOf(fields.body)
    .split('〓')
    .map((part) => part.replace(/[.*+?()[\]{}|\\^$]/g, '\\$&'));
  assert.match(bodyText(truth), new RegExp(`^${parts.join('[\\s\\S]{1,2}')}$`), 'nothing is invented');
  assert.equal(replay(mended, bytes), mended.html);
});

test('damagedPage: every exactly invertible place is repaired; twice is the same as once; the truth stays as it is', () => {
  const mended = mend({ name: 'demo.html', bytes });
  assert.ok(mended.plan.filter((place) => place.class === 'proved').length >= 15);
  for (const place of mended.plan) {
    if (place.class === 'proved') assert.ok(truth.includes(place.after), place.after);
  }
  const whole = mend({ name: 'truth.html', bytes: new TextEncoder().encode(truth) });
  assert.deepEqual([whole.verdict, whole.html, whole.alarms.length], ['clean', truth, 0]);
  const again = mend({ name: 'again.html', bytes: new TextEncoder().encode(mended.html) });
  assert.equal(again.html, mended.html);
});

test('damagedPage: the example file of decisions fits it, and each fill is what the truth has', () => {
  const decisions = parseDecisions(damagedPageDecisions(), 'decisions.json');
  assert.equal(decisions.page, sha256(bytes));
  const { fields } = take(decisions);
  const stated = fields.mending?.places.filter((place) => place.class === 'stated') ?? [];
  assert.equal(stated.length, decisions.decisions.length);
  for (const { context, text, source } of decisions.decisions) {
    assert.ok(truth.includes((context ?? '').replace('〓', text)), context);
    assert.ok(stated.some((place) => place.source === source));
  }
  assert.ok(fields.body.includes(gapMarkup), 'some gaps stay');
  // Hurt again, the page with its gaps filled would be the page that was received.
  assert.equal(sha256(simulate(new TextEncoder().encode(truth), { inject: injected })), sha256(bytes));
});

test('damagedPageDecisions: the example in docs/formats is this file', () => {
  const page = readFileSync(new URL('../../../../../docs/formats/decisions.md', import.meta.url), 'utf8');
  assert.ok(page.includes(damagedPageDecisions().trim()));
});
