import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkContent, hostOf, noSettings } from '@chengmen/checks';
import { isCleanBody } from '@chengmen/html';
import { openByteStore, takeFile } from '@chengmen/media';
import { isDocument, itemId, kinds, type DocumentFields, type FieldsOf, type Kind } from '@chengmen/model';
import { districtItems, waitingInDistrict } from './district.ts';
import { handIn } from './handed-in.ts';
import { demoItems } from './index.ts';
import { demoPictures } from './pictures.ts';
import type { DemoItem } from './types.ts';

const folder = mkdtempSync(join(tmpdir(), 'chengmen-demo-'));
const files = await handIn((bytes, about) => takeFile(bytes, { ...about, store: openByteStore(folder) }));
rmSync(folder, { recursive: true });
const items = demoItems(files);
const known = new Map(items.map((item) => [item.id, item]));
const of = <K extends Kind>(kind: K): FieldsOf<K>[] =>
  items.flatMap((item) => (item.kind === kind ? [item.fields as FieldsOf<K>] : []));
const documents = items.flatMap(({ id, kind, fields }) =>
  isDocument(kind) ? [{ id, kind, fields: fields as DocumentFields & Record<string, unknown> }] : [],
);
const markup = documents.flatMap(({ id, fields }) =>
  ['body', 'answer'].flatMap((name) => {
    const value = fields[name];
    return typeof value === 'string' ? [{ id, name, value }] : [];
  }),
);

function channelsOf(block: FieldsOf<'site'>['home']['blocks'][number]): string[] {
  return Object.entries(block).flatMap(([name, value]) =>
    ['channel', 'letters', 'consultations', 'questions', 'policies', 'interpretations'].includes(name)
      ? [String(value)]
      : [],
  );
}

/** Where an item points, with the kinds that may stand there. */
function* references({
  kind,
  fields: raw,
}: DemoItem): Generator<readonly [to: string, kinds: readonly Kind[] | undefined]> {
  const fields = raw as Record<string, unknown>;
  if (kind === 'channel' && typeof fields['parent'] === 'string') yield [fields['parent'], ['channel']];
  if (typeof fields['channel'] === 'string') yield [fields['channel'], ['channel']];
  if (typeof fields['image'] === 'string') yield [fields['image'], ['media']];
  for (const id of (fields['attachments'] ?? []) as string[]) yield [id, ['media']];
  if (typeof fields['department'] === 'string') yield [fields['department'], ['department']];
  if (typeof fields['publishedBy'] === 'string') yield [fields['publishedBy'], ['department']];
  for (const id of (fields['leads'] ?? []) as string[]) yield [id, ['department']];
  if (typeof fields['responsible'] === 'string') yield [fields['responsible'], ['department']];
  for (const id of (fields['interprets'] ?? []) as string[]) yield [id, ['policy']];
  for (const id of (fields['relatedTo'] ?? []) as string[]) yield [id, undefined];
  for (const text of [fields['body'], fields['answer']]) {
    if (typeof text !== 'string') continue;
    for (const [, scheme, id = ''] of text.matchAll(/"(item|media):([^"]*)"/g)) {
      yield [id, scheme === 'media' ? ['media'] : undefined];
    }
  }
}

test('demoItems: every item is of its kind, under an id of its own', () => {
  assert.equal(known.size, items.length);
  for (const { id, kind, fields } of items) {
    assert.ok(itemId.safeParse(id).success, id);
    const read = kinds[kind].safeParse(fields);
    assert.ok(read.success, `${id}: ${read.error?.message ?? ''}`);
  }
});

test('demoItems: every reference stands, and is of the kind it must be', () => {
  for (const item of items) {
    for (const [to, allowed] of references(item)) {
      const found = known.get(to);
      assert.ok(found, `${item.id} → ${to}`);
      if (allowed) assert.ok(allowed.includes(found.kind), `${item.id} → ${to} is of kind ${found.kind}`);
    }
  }
  const { home } = of('site')[0] ?? assert.fail('there is no site');
  for (const id of [home.focus, ...home.blocks.flatMap(channelsOf)]) assert.equal(known.get(id)?.kind, 'channel', id);
});

test('demoItems: what is pointed at by parent, channel, picture or department stands before', () => {
  const seen = new Set<string>();
  for (const { id, fields: raw } of items) {
    const fields = raw as Record<string, unknown>;
    for (const name of [
      'parent',
      'channel',
      'image',
      'department',
      'publishedBy',
      'leads',
      'responsible',
      'attachments',
    ]) {
      for (const to of [fields[name] ?? []].flat())
        if (typeof to === 'string') assert.ok(seen.has(to), `${id}.${name} → ${to} comes later`);
    }
    seen.add(id);
  }
});

test('demoItems: bodies are clean, in NFC, and every picture in them is described', () => {
  for (const { id, name, value } of markup) {
    assert.ok(isCleanBody(value), `${id}.${name}`);
    assert.equal(value, value.normalize('NFC'), id);
    for (const [picture] of value.matchAll(/<img[^>]*>/g)) assert.match(picture, / alt="[^"]+"/, id);
  }
});

test('demoItems: Chinese sentences end in Chinese marks', () => {
  const chinese = markup.filter(({ id }) => !id.startsWith('en-'));
  for (const { id, value } of chinese) assert.doesNotMatch(value, /[\u4e00-\u9fff][,;:?!.](?![a-z])/, id);
});

test('demoItems: dates fall between January 2025 and 20 November 2026', () => {
  for (const { id, fields } of documents) {
    assert.ok(fields.date >= '2025-01-01 00:00' && fields.date <= '2026-11-20 23:59', `${id}: ${fields.date}`);
  }
});

test('demoItems: no two documents share a title', () => {
  const titles = documents.map(({ fields }) => fields.title);
  assert.deepEqual(
    titles.filter((title, index) => titles.indexOf(title) !== index),
    [],
  );
});

test('demoItems: a weekday named beside a date is that of the calendar', () => {
  const date = /(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日（星期(.)）/g;
  let found = 0;
  for (const { id, fields } of documents) {
    for (const [whole, year = fields.date.slice(0, 4), month, day, name] of fields.body.matchAll(date)) {
      const weekday = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDay();
      assert.equal(name, '日一二三四五六'[weekday], `${id}: ${whole}`);
      found++;
    }
  }
  assert.ok(found > 0);
});

test('demoItems: policies carry index numbers and document numbers nobody else has', () => {
  const policies = of('policy');
  for (const name of ['indexNumber', 'documentNumber'] as const) {
    const values = policies.map((policy) => policy[name]);
    assert.equal(new Set(values).size, values.length, name);
  }
  for (const { documentNumber, indexNumber, madeOn, date, issuer } of policies) {
    const year = madeOn.slice(0, 4);
    assert.match(documentNumber, new RegExp(`^临政(?:规|发|办发)〔${year}〕\\d+号$`));
    assert.match(indexNumber, new RegExp(`^\\d{9}/${year}-\\d{5}$`));
    assert.equal(documentNumber.startsWith('临政办发'), issuer.endsWith('办公室'), documentNumber);
    assert.ok(date.slice(0, 10) >= madeOn, `${documentNumber} was published before it was made`);
  }
});

test('demoItems: later document numbers of one series were made later', () => {
  const inOrder = of('policy')
    .map(({ documentNumber, indexNumber, madeOn }) => ({
      series: documentNumber.replace(/\d+号/, ''),
      number: Number(/(\d+)号/.exec(documentNumber)?.[1]),
      indexNumber,
      madeOn,
    }))
    .sort((a, b) => a.number - b.number);
  for (const one of inOrder) {
    for (const two of inOrder) {
      if (one.series !== two.series || one.number >= two.number) continue;
      assert.ok(one.madeOn < two.madeOn, `${one.series}${one.number} and ${two.number}`);
      assert.ok(one.indexNumber < two.indexNumber, `${one.indexNumber} and ${two.indexNumber}`);
    }
  }
});

test('demoItems: validity agrees with the days in force, seen on 20 November 2026', () => {
  for (const { title, validity, inForceFrom = '', inForceTo = '9999' } of of('policy')) {
    const today = '2026-11-20';
    const expected = inForceFrom > today ? '尚未生效' : inForceTo < today ? '废止' : '有效';
    assert.equal(validity, expected, title);
  }
});

test('demoItems: regulations number their clauses 第一条, 第二条 … without a gap', () => {
  for (const { title, body } of of('policy')) {
    const numbers = [...body.matchAll(/<strong>第([一二三四五六七八九十]+)条<\/strong>/g)].map(([, number]) => number);
    assert.equal(numbers.length >= 5, true, title);
    assert.deepEqual(
      numbers,
      [...'一二三四五六七八九十'].concat([...'一二三四五六七八九'].map((one) => `十${one}`)).slice(0, numbers.length),
      title,
    );
  }
});

test('demoItems: a project has done what lies behind its date, and nothing after it', () => {
  for (const { title, date, stage, progress, milestones, approvals, code } of of('project')) {
    const day = date.slice(0, 10);
    assert.match(code, /^\d{4}-9901\d\d-\d\d-\d\d-\d{6}$/, title);
    for (const milestone of milestones)
      assert.equal(milestone.done, milestone.date <= day, `${title}: ${milestone.text}`);
    for (const approval of approvals) assert.ok(approval.date <= day, `${title}: ${approval.name}`);
    const days = milestones.map((milestone) => milestone.date);
    assert.deepEqual(days, [...days].sort(), title);
    assert.equal(stage === '竣工', progress === 100, title);
    assert.equal(stage === '前期', progress === 0, title);
  }
});

test('demoItems: each department is led by one of the leaders, says what its divisions do, and has published something', () => {
  for (const edition of ['', 'en-']) {
    const own = documents.filter(({ id }) => id.startsWith('en-') === (edition === 'en-'));
    const led = own.flatMap(({ fields }) => (fields['leads'] ?? []) as string[]).sort();
    assert.deepEqual(led, own.flatMap(({ id, kind }) => (kind === 'department' ? [id] : [])).sort());
  }
  const publishers = new Set(documents.map(({ fields }) => fields['publishedBy']));
  const phones = of('department').flatMap(({ divisions = [] }) => divisions.map(({ phone }) => phone));
  assert.equal(new Set(phones).size, phones.length);
  for (const { id, kind, fields } of documents) {
    if (kind !== 'department' || id.startsWith('en-')) continue;
    assert.ok((fields['divisions'] as unknown[]).length >= 3, id);
    assert.ok(publishers.has(id), id);
  }
});

test('demoItems: tables of the annual reports keep the balance, and each hands on to the next', () => {
  const report = (year: number): Map<string, number[]> => {
    const { body } = known.get(`foi-report-${year}`)?.fields as DocumentFields;
    const [, table = ''] = /<caption>收到和处理[^<]*<\/caption>(.*?)<\/table>/.exec(body) ?? [];
    return new Map(
      [...table.matchAll(/<th scope="row">([^<]*)<\/th>((?:<td>\d+<\/td>)+)/g)].map(([, name = '', cells = '']) => [
        name,
        [...cells.matchAll(/\d+/g)].map(Number),
      ]),
    );
  };
  const row = (rows: Map<string, number[]>, start: string): number[] =>
    [...rows].find(([name]) => name.startsWith(start))?.[1] ?? assert.fail(start);
  for (const year of [2024, 2025]) {
    const rows = report(year);
    for (const counts of rows.values()) {
      assert.equal(counts.length, 7);
      assert.equal(
        counts.slice(0, 6).reduce((total, count) => total + count, 0),
        counts[6],
      );
    }
    const [received, before, handled, left] = ['一、', '二、', '（七）', '四、'].map((start) => row(rows, start));
    for (let column = 0; column < 7; column++)
      assert.equal(received![column]! + before![column]!, handled![column]! + left![column]!, `${year}, ${column}`);
  }
  assert.deepEqual(row(report(2025), '二、'), row(report(2024), '四、'));
});

test('demoItems: rows named 合计 add up', () => {
  for (const { id, value } of markup) {
    for (const [, table = ''] of value.matchAll(/<tbody>(.*?)<\/tbody>/g)) {
      const rows = [...table.matchAll(/<tr><th scope="row">([^<]*)<\/th>(.*?)<\/tr>/g)].map(([, name, cells = '']) => ({
        name,
        cells: [...cells.matchAll(/<td>(.*?)<\/td>/g)].map(([, cell]) => Number(cell)),
      }));
      const total = rows.find(({ name }) => name === '合计');
      total?.cells.forEach((cell, column) => {
        if (Number.isNaN(cell)) return;
        const others = rows.filter((one) => one !== total).reduce((so, { cells }) => so + (cells[column] ?? 0), 0);
        assert.equal(cell, others, `${id}, column ${column}`);
      });
    }
  }
});

test('districtItems: of their kinds, whole among themselves, clean, and of the days of the demonstration', () => {
  const all = [...districtItems(), waitingInDistrict];
  const own = new Map<string, DemoItem>();
  for (const item of all) {
    const { id, kind, fields } = item;
    assert.ok(kinds[kind].safeParse(fields).success, id);
    assert.ok(!own.has(id), id);
    for (const [to] of references(item)) assert.ok(own.has(to), `${id} → ${to}`);
    own.set(id, item);
    const { body, date } = fields as { body?: string; date?: string };
    if (body !== undefined) assert.ok(isCleanBody(body) && !/[\u4e00-\u9fff][,;:?!.](?![a-z])/.test(body), id);
    if (date !== undefined) assert.ok(date >= '2025-01-01' && date <= '2026-11-20 23:59', id);
  }
});

test('demoItems: there is enough of everything to look alive', () => {
  const count = (kind: Kind, channel?: string): number =>
    items.filter(
      (item) => item.kind === kind && (channel === undefined || (item.fields as DocumentFields).channel === channel),
    ).length;
  assert.ok(count('channel') >= 12);
  assert.ok(documents.length >= 120, String(documents.length));
  assert.ok(count('article', 'headlines') >= 18);
  assert.ok(count('article', 'notices') >= 10);
  assert.ok(count('article', 'pictures') >= 6);
  assert.equal(count('article', 'city-facts'), 5);
  assert.equal(count('policy'), 14);
  assert.equal(count('interpretation'), 10);
  for (const edition of ['', 'en-']) {
    assert.equal(count('leader', `${edition}leaders`), 6);
    assert.equal(count('department', `${edition}departments`), 16);
  }
  const archived = items.filter(({ fields }) => (fields as DocumentFields).archived !== undefined);
  assert.ok(archived.length >= 1, 'a page nobody keeps up any more');
  assert.equal(count('project'), 8);
  for (const kind of ['service', 'letter', 'dataset'] as const) assert.ok(count(kind) >= 5, kind);
});

test('demoPictures: the same small, inert bytes every time', () => {
  const [first, second] = [demoPictures(), demoPictures()];
  assert.ok(first.length >= 24);
  assert.deepEqual(first, second);
  for (const { id, bytes } of first) {
    const text = Buffer.from(bytes).toString();
    assert.match(
      text,
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d+" height="\d+" viewBox="0 0 \d+ \d+">/,
      id,
    );
    assert.doesNotMatch(text, /<script|<image|<use|<foreignObject|\son\w+=|href=|style=|NaN|undefined/, id);
    assert.ok(bytes.length < 20_000, id);
  }
});

test('demoItems: the checks find nothing that must or should be mended', () => {
  const { origin, traditional } = of('site')[0] ?? assert.fail();
  const leaders = of('leader').map(({ title, post }) => ({ name: title, titles: post.split('、') }));
  const ownHosts = [hostOf(origin) ?? ''];
  const context = { now: '2026-11-28 22:00', ownHosts, settings: noSettings, leaders, traditional };
  const found = items.flatMap(({ id, kind, fields }) =>
    checkContent(kind, fields as Record<string, unknown>, context).map((finding) => ({ item: id, ...finding })),
  );
  const grave = found.filter(({ severity }) => severity !== 'hint');
  assert.deepEqual(
    grave.map(({ item, rule, shown }) => `${item} ${rule} ${shown}`),
    [],
  );
  assert.ok(found.length < items.length / 20, `${found.length} hints`);
});
