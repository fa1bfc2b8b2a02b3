/** A preview is the page: what a reviewer sees is, byte for byte, what approval brings to the portal. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { sanitise } from '@chengmen/html';
import { ChengmenError, sha256, type ItemId, type Kind } from '@chengmen/model';
import { lookup, pageReader, readBody, readHead } from '@chengmen/release';
import { itemHistory, type Revision } from '@chengmen/revision';
import { siteId, type BackOffice } from 'chengmen';
import { passReviews } from '../apps/chengmen/src/pass-reviews.ts';
import { article, foundCity, openSmallCity, people, publish } from './support/small-city.ts';
import { temporaryFolder } from './support/start-city.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR42mNQSGjAgxhGpbEhAGs6ZAFVY/LzAAAAAElFTkSuQmCC',
  'base64',
);

describe('preview', () => {
  const folder = temporaryFolder();
  let office: BackOffice;

  before(async () => {
    const clock = (): Date => new Date('2026-11-29T02:00:00Z');
    office = await openSmallCity(join(folder.path, 'city'), { clock });
    await foundCity(office);
    for (const [at, title] of ['一', '二', '三'].entries())
      await publish(office, `before-${at}`, 'article', article(`从前的第${title}篇`));
    await office.startPress().settle();
  });
  after(async () => {
    await office.close();
    folder.remove();
  });

  const draft = async (item: ItemId, kind: Kind, fields: unknown): Promise<Revision> => {
    await office.ledger.execute(office.revisions.saveDraft, people.writer, { item, kind, fields });
    const [newest] = await itemHistory(office.ledger.db, siteId, item);
    assert.ok(newest);
    return newest;
  };
  /** What the release holds at an address. */
  const served = async (path: string): Promise<string> => {
    const head = await readHead(office.store, { key: office.vkey });
    const entry = await lookup(pageReader(office.store), head.leaf.map, path);
    const body = entry && (await readBody(office.store, entry));
    return body ? Buffer.from(body).toString('utf8') : '';
  };
  /** Every previewed page, before and after approval; answers the addresses of its own pages. */
  const approved = async (revision: Revision): Promise<string[]> => {
    const { own, others, before: needed } = await office.preview(revision);
    const texts = [...own, ...others].map(({ path, body }) => [path, Buffer.from(body).toString('utf8')] as const);
    for (const { item } of [...needed, revision]) await passReviews(office, item, people);
    await office.startPress().settle();
    for (const [path, text] of texts) assert.equal(await served(path), text, path);
    return own.map(({ path }) => path);
  };
  const state = async (): Promise<string> => {
    const { db } = office.ledger;
    const tables = ['event', 'outbox', 'refusal', 'revision', 'item', 'address', 'event_head'] as never[];
    const rows = await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()));
    return sha256(JSON.stringify(rows.map((some) => some.map((row) => JSON.stringify(row)).sort())));
  };

  test('preview: a new article with a picture still in review gives the bytes that approval serves, in every edition and list', async () => {
    const taken = await office.takeFile(bytesOf(png), { name: '江堤.png', alt: '江堤' });
    const { hash, type, size, alt, name, picture } = taken;
    await draft('jiangdi', 'media', { title: '江堤', hash, type, size, alt, name, ...picture });
    const body = sanitise('<p>江堤加固工程开工。</p><img src="media:jiangdi" alt="江堤">').html;
    const revision = await draft('gongcheng', 'article', article('江堤加固工程', { channel: 'notices', body }));
    const own = await approved(revision);
    const page = String(own.find((path) => /^\/[^/]*\/?notices\/.*gongcheng/.test(path)));
    for (const path of [page, `/zh-hant${page}`, `/elder${page}`, `/zh-hant/elder${page}`])
      assert.ok(own.includes(path), `${path} in ${own.join()}`);
    assert.ok(own.some((path) => path.startsWith('/media/jiangdi/')));
  });

  test('preview: a correction of what is live, with its line of editions; and what is live already, as it is', async () => {
    await approved(await draft('before-1', 'article', article('从前的第二篇（更正）')));
    const [live] = await itemHistory(office.ledger.db, siteId, 'before-1');
    assert.ok(live);
    for (const { path, body } of (await office.preview(live)).own)
      assert.equal(await served(path), Buffer.from(body).toString('utf8'), path);
  });

  test('preview: a channel that is renamed takes its articles along', async () => {
    const [channel] = await itemHistory(office.ledger.db, siteId, 'headlines');
    assert.ok(channel);
    const own = await approved(await draft('headlines', 'channel', { ...channel.fields, segment: 'yaowen' }));
    assert.ok(own.includes('/news/yaowen/'), own.join());
  });

  test('preview: leaves nothing behind, in the database or in the city of the press', async () => {
    const revision = await draft('wuhen', 'article', article('无痕'));
    const [was, home] = [await state(), await served('/')];
    const first = await office.preview(revision);
    assert.equal(await state(), was);
    await publish(office, 'houlai', 'article', article('后来的一篇'));
    await office.startPress().settle();
    assert.notEqual(await served('/'), home);
    assert.doesNotMatch(await served('/'), /无痕/);
    const again = await office.preview(revision);
    const hash = ({ own }: typeof first): string => sha256(Buffer.from(own[0]?.body ?? ''));
    assert.notEqual(hash(again), hash(first), 'a neighbour has come');
  });

  test('preview: what would hold the approval back is told', async () => {
    const revision = await draft('qianfa', 'article', article('欠发', { image: 'meiyou' }));
    await assert.rejects(
      office.preview(revision),
      (error) => error instanceof ChengmenError && error.code === 'invalid-input',
    );
    const [old] = (await itemHistory(office.ledger.db, siteId, 'before-1')).slice(-1);
    assert.ok(old);
    await assert.rejects(
      office.preview(old),
      (error) => error instanceof ChengmenError && error.code === 'wrong-state',
    );
  });
});

async function* bytesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
  await Promise.resolve();
}
