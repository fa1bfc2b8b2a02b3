/** The back office under load, until it is killed: three people at a time write, have approved and withdraw. */
import { addressOf } from '@chengmen/content';
import { ChengmenError } from '@chengmen/model';
import { itemState } from '@chengmen/revision';
import { siteId, type BackOffice } from 'chengmen';
import { passReviews } from '../../apps/chengmen/src/pass-reviews.ts';
import { article, foundCity, openSmallCity, people } from '../../tests/support/small-city.ts';
import { tagOf, type ItemWish, type OfficeMessage } from './messages.ts';

const [data = '', generation = '0'] = process.argv.slice(2);
const itemsAtOnce = 3;
const items = Array.from({ length: 12 }, (_, at) => `a${at}`);

const tell = (message: OfficeMessage): Promise<void> =>
  new Promise((resolve) => {
    process.send?.(message, () => {
      resolve();
    });
  });
process.once('disconnect', () => process.exit(0));

try {
  await run();
} catch (error) {
  await tell({ type: 'failed', problem: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  process.exit(1);
}

async function run(): Promise<void> {
  const office = await openSmallCity(data);
  if (!(await itemState(office.ledger.db, siteId, 'site'))) await foundCity(office);
  await office.startPress().settle();
  await tell({ type: 'settled' });
  let version = Number(generation) * 10_000;
  const work = async (own: readonly string[]): Promise<void> => {
    for (const item of own) await finish(office, item);
    for (let turn = Number(generation); ; turn++)
      for (const [at, item] of own.entries()) await advance(office, item, ++version, (turn + at) % 5 === 4);
  };
  await Promise.all(
    Array.from({ length: itemsAtOnce }, (_, one) => work(items.filter((_item, at) => at % itemsAtOnce === one))),
  );
}

/** A revision that was on its way when the process before was killed. */
async function finish(office: BackOffice, item: string): Promise<void> {
  try {
    await passReviews(office, item, people);
  } catch (error) {
    if (!(error instanceof ChengmenError && error.code === 'not-found')) throw error;
  }
}

async function advance(office: BackOffice, item: string, version: number, withdraw: boolean): Promise<void> {
  const { ledger, revisions } = office;
  const state = await itemState(ledger.db, siteId, item);
  const live = state?.state === 'live';
  const wish: ItemWish = withdraw && live ? 'withdrawn' : version;
  await tell({ type: 'intends', item, state: wish });
  if (wish === 'withdrawn') await ledger.execute(revisions.withdrawItem, people.final, { item, reason: '内容过期' });
  else {
    const fields = article(`沿江道路开工${tagOf(item, wish)}`);
    await ledger.execute(revisions.saveDraft, people.writer, { item, kind: 'article', fields });
    await passReviews(office, item, people);
  }
  const path = (await addressOf(ledger.db, siteId, item)) ?? '';
  await tell({ type: 'acknowledged', item, state: wish, path });
}
