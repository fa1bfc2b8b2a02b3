/**
 * Whatever people do through the ledger, the incremental release is byte-identical to one made from nothing: same map
 * root. The press, the office and the clock are started anew and moved between the commands.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { liveItemBatches, liveItemsOf } from '@chengmen/content';
import { ChengmenError, sha256, type DocumentFields, type ItemId, type Kind } from '@chengmen/model';
import type { Memory, Remembered } from '@chengmen/press';
import { createPress, type PressMemory } from '@chengmen/press-app';
import { createSealer, generateKey, MemoryStore, signerOf } from '@chengmen/seal';
import { createTheme } from '@chengmen/theme';
import { siteId, type BackOffice } from 'chengmen';
import { channels } from '../apps/chengmen/src/demo/channels.ts';
import { site } from '../apps/chengmen/src/demo/site.ts';
import { article, foundCity, openSmallCity, people, publish, schedule } from './support/small-city.ts';
import { temporaryFolder } from './support/start-city.ts';

const lists = ['headlines', 'notices', 'pictures', 'faq', 'statistics'] as const;

const number = fc.nat({ max: 997 });
const kinds = {
  add: 5,
  policy: 1,
  interpretation: 2,
  edit: 3,
  'back-date': 2,
  move: 2,
  pin: 2,
  withdraw: 3,
  'bring-back': 1,
  picture: 2,
  'replace-picture': 1,
  'name-channel': 1,
  'readdress-channel': 1,
  'merge-channel': 1,
  site: 1,
  'schedule-revision': 2,
  'schedule-withdrawal': 1,
  'time-passes': 2,
  'press-settles': 3,
  'office-restarts': 1,
} as const;
const step = fc.record({
  do: fc.oneof(...Object.entries(kinds).map(([name, weight]) => ({ weight, arbitrary: fc.constant(name) }))),
  item: number,
  other: number,
});
type Step = { readonly do: string; readonly item: number; readonly other: number };

/** A city in the hands of people, whose clock a test moves. */
interface Town {
  office: BackOffice;
  readonly folder: string;
  now: Date;
  readonly documents: { readonly id: ItemId; readonly kind: Kind; fields: DocumentFields & Record<string, unknown> }[];
  readonly pictures: ItemId[];
}

test('press and seal: after any commands the root is that of a release from nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 70, size: 'max' }), async (steps) => {
      const { path: folder, remove } = temporaryFolder();
      const now = new Date('2026-11-20T01:00:00Z');
      const town = { folder, now, documents: [], pictures: [] } as unknown as Town;
      await open(town);
      try {
        await foundCity(town.office);
        for (const [at, one] of steps.entries()) await happen(town, one, at).catch(ignoreRefusal);
        const incremental = (await town.office.startPress().settle()).release;
        const scratch = await fromNothing(town.office);
        assert.equal(incremental?.root, scratch?.root);
        assert.ok((incremental?.size ?? 0) >= 1);
        assert.equal(scratch?.size, 1);
      } finally {
        await town.office.close();
        remove();
      }
    }),
    // Where one fails, smaller ones are looked for as long as this.
    { numRuns: 2, interruptAfterTimeLimit: 150_000 },
  );
});

async function open(town: Town): Promise<void> {
  town.office = await openSmallCity(town.folder, { clock: () => town.now });
  town.office.startPress();
  await town.office.startSchedule().look();
}

/** What the rules of the house do not allow does not happen. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof ChengmenError)) throw error;
}

async function happen(town: Town, { do: what, item, other }: Step, at: number): Promise<void> {
  const { office, documents } = town;
  const { ledger, revisions } = office;
  const old = documents[item % Math.max(1, documents.length)];
  const channel = lists[other % lists.length] ?? 'headlines';
  const day = `2026-${pad(1 + (other % 11))}-${pad(1 + (item % 28))} 09:${pad(other % 60)}`;
  const later = new Date(town.now.getTime() + (1 + (other % 120)) * 60_000).toISOString();
  const add = (kind: Kind, more: object): Promise<void> =>
    write(town, { id: `${kind}-${at}`, kind, fields: article(`第${at}号稿件`, { channel, date: day }) }, more);
  const edit = async (more: object): Promise<void> => {
    if (old) await write(town, old, more);
  };
  switch (what) {
    case 'add':
      return add('article', old ? { body: `<p>见<a href="item:${old.id}">前文</a>。</p>` } : {});
    case 'policy':
      return add('policy', policyFields);
    case 'interpretation': {
      const policy = documents.find(({ kind }) => kind === 'policy');
      return policy ? add('interpretation', { interprets: [policy.id], form: '问答' }) : add('policy', policyFields);
    }
    case 'edit':
      return edit({ title: `改题 ${other}`, body: `<p>${other}</p>` });
    case 'back-date':
      return edit({ date: day });
    case 'move':
      return edit({ channel });
    case 'pin':
      return edit({ pinned: old?.fields.pinned !== true });
    case 'bring-back':
      return edit({});
    case 'withdraw':
      await ledger.execute(revisions.withdrawItem, people.final, { item: old?.id, reason: `第${at}次整理` });
      return;
    case 'picture': {
      await publish(office, `picture-${at}`, 'media', await pictureFields(office, at));
      town.pictures.push(`picture-${at}`);
      return edit({ image: `picture-${at}` });
    }
    case 'replace-picture': {
      const picture = town.pictures[item % Math.max(1, town.pictures.length)];
      if (picture) await publish(office, picture, 'media', await pictureFields(office, at));
      return;
    }
    case 'name-channel':
      return changeChannel(office, channel, { name: `改名${other}` });
    case 'readdress-channel':
      return changeChannel(office, channel, { segment: `moved-${at}` });
    case 'merge-channel': {
      for (const one of documents) if (one.fields.channel === channel) await write(town, one, { channel: 'headlines' });
      await ledger.execute(revisions.withdrawItem, people.final, { item: channel, reason: '并入要闻' });
      return;
    }
    case 'site':
      return publish(office, 'site', 'site', { ...site.fields, phone: `0999-${10_000 + other}` });
    case 'schedule-revision':
      if (old) await schedule(office, old.id, old.kind, { ...old.fields, title: `定时 ${other}` }, later);
      return;
    case 'schedule-withdrawal':
      await ledger.execute(revisions.scheduleWithdrawal, people.final, { item: old?.id, at: later, reason: '到期' });
      return;
    case 'time-passes':
      town.now = new Date(town.now.getTime() + (other - 100) * 60_000);
      return office.startSchedule().look();
    case 'press-settles':
      await office.startPress().settle();
      return;
    default:
      await office.close();
      return open(town);
  }
}

async function write({ office, documents }: Town, one: Town['documents'][number], more: object): Promise<void> {
  const fields = { ...one.fields, ...more };
  await publish(office, one.id, one.kind, fields);
  const known = documents.find(({ id }) => id === one.id);
  if (known) known.fields = fields;
  else documents.push({ ...one, fields });
}

async function changeChannel(office: BackOffice, channel: ItemId, more: object): Promise<void> {
  const found = channels.find(({ id }) => id === channel);
  await publish(office, channel, 'channel', { ...found?.fields, ...more });
}

async function pictureFields(office: BackOffice, at: number): Promise<object> {
  const bytes = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"><!-- ${at} --></svg>`);
  await office.media.put(bytes);
  return { title: `图 ${at}`, hash: sha256(bytes), type: 'image/svg+xml', alt: '图', size: bytes.length };
}

const policyFields = {
  indexNumber: '000014349/2026-00001',
  topic: '城乡建设',
  issuer: '临江市人民政府',
  documentNumber: '临政发〔2026〕1号',
  madeOn: '2026-01-01',
  validity: '有效',
};

const pad = (value: number): string => String(value).padStart(2, '0');

async function fromNothing(office: BackOffice): Promise<{ root: string; size: number } | undefined> {
  const store = new MemoryStore();
  const signer = signerOf(generateKey('scratch.example').skey);
  const press = createPress({
    ledger: office.ledger,
    site: siteId,
    theme: createTheme(),
    bytes: (hash) => office.media.getSync(hash),
    store,
    sealer: createSealer({ store, signer, site: siteId }),
    memory: forgetful(),
    liveItemBatches,
    liveItemsOf,
  });
  const { release } = await press.settle();
  await press.close();
  return release;
}

/** A press's memory that begins empty and lives in this test. */
function forgetful(): PressMemory {
  let remembered: Remembered | undefined;
  const save: Memory['save'] = ({ records, state }) => {
    remembered = { records: [...records], state };
    return Promise.resolve();
  };
  return {
    load: () => Promise.resolve(remembered),
    state: () => Promise.resolve(remembered?.state),
    save: (_db, _site, delta) => save(delta),
    hold: () => Promise.resolve(undefined),
    markHeld: () => Promise.resolve(),
    noteHeld: () => Promise.resolve(),
  };
}
