import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readPage } from '@chengmen/intake';
import { createAccount, resetPassword, systemActor } from '@chengmen/identity';
import { accessibilityStatement, secondFactorRoles, writePermission, type Actor, type Kind } from '@chengmen/model';
import { itemHistory, itemState } from '@chengmen/revision';
import { accessibilityRecord } from '@chengmen/theme';
import type { BackOffice } from './back-office.ts';
import { demoActors, type DemoActors } from './demo-actors.ts';
import { demoPeople } from './demo-people.ts';
import { checkedDraft, letPass } from './demo/checked-draft.ts';
import { demoViews } from './demo/demo-views.ts';
import { damagedPage } from './demo/damaged-page/make-damaged-page.ts';
import { handIn } from './demo/handed-in.ts';
import { demoItems } from './demo/index.ts';
import type { DemoItem } from './demo/types.ts';
import { demoPictures } from './demo/pictures.ts';
import { cityStatement, demoStatement } from './demo/statement.ts';
import { writeDurably } from './key-files.ts';
import type { ChildMessage, Notice } from './messages.ts';
import type { Office } from './office.ts';
import { draftFigures } from './statistics/draft-figures.ts';
import type { FiguresAsked } from './statistics/figures.ts';
import { passReviews, type Reviewers } from './pass-reviews.ts';

/** Where the figures of the visit statistics stand, and whose they are. */
const asked = { channel: 'opendata', department: 'dept-data' };

/** Accounts to show, once. */
export type Accounts = NonNullable<Notice['accounts']>[number][];

type Progress = (message: Extract<ChildMessage, { type: 'progress' }>) => void;

/**
 * Makes the demo city at the first start, by the ordinary commands. Ended in the middle, the next start goes on where it was;
 * passwords nobody has seen yet are then made anew. Answers the accounts to show, or undefined where the city stands already.
 */
export async function seedDemo(office: BackOffice, counter: string, progress: Progress): Promise<Accounts | undefined> {
  if (isSeeded(office.folder.root)) return undefined;
  const accounts = await makeAccounts(office);
  const people = await demoActors(office);
  for (const { bytes } of demoPictures()) await office.media.put(bytes);
  const files = await handIn((bytes, about) => office.takeFile(bytes, about));
  const items = demoItems(files).map((item) =>
    item.kind === 'site'
      ? { ...item, fields: { ...item.fields, counter, statistics: { at: '03:10', ...asked } } }
      : item,
  );
  const say = (done: number): void => {
    progress({
      type: 'progress',
      zh: '建立演示城市：撰稿与三审',
      en: 'making the demo city: writing and three reviews',
      done,
      total: items.length,
    });
  };
  await seedItems(office, items, people, say);
  await seedFigures(office, people, asked);
  await seedStatement(office, people, cityStatement);
  await seedCheckedDraft(office, people.writer);
  return accounts;
}

/** Has items written and approved, by the ordinary commands; what is there already is left alone. */
export async function seedItems(
  office: BackOffice,
  items: readonly DemoItem[],
  people: DemoActors,
  say: (done: number) => void = () => undefined,
): Promise<void> {
  const authorsOf = (kind: Kind): Reviewers =>
    writePermission(kind) === 'channel.write' ? { ...people, writer: people.channels } : people;
  // All drafts first: items point at one another, and what they point at must be there when they are approved.
  for (const { id, kind, fields } of items) {
    const [newest] = await itemHistory(office.ledger.db, office.site, id);
    const by = authorsOf(kind);
    if (!newest) await office.ledger.execute(office.revisions.saveDraft, by.writer, { item: id, kind, fields });
    // A channel must be live before its items are approved, and the items above it before it.
    if (kind === 'channel') await passReviews(office, id, by);
  }
  for (const [index, { id, kind }] of items.entries()) {
    say(index);
    const state = await itemState(office.ledger.db, office.site, id);
    if (state?.state === 'never') await passReviews(office, id, authorsOf(kind));
  }
  say(items.length);
}

/** Readers of some weeks, and what the page of the visit statistics says of them. */
export async function seedFigures(office: BackOffice, people: DemoActors, where: FiguresAsked): Promise<void> {
  await demoViews(office);
  for (const { item } of await draftFigures(office, where)) await passReviews(office, item, people);
}

/** What the channel editor signed for when the demonstration was made. */
export async function seedStatement(office: BackOffice, people: DemoActors, own: typeof cityStatement): Promise<void> {
  const { ledger, revisions, today, site } = office;
  const by = { ...people, writer: people.channels };
  if (!(await itemState(ledger.db, site, accessibilityStatement))) {
    const fields = demoStatement({ record: accessibilityRecord, by: by.writer.name, on: today(), own });
    await ledger.execute(revisions.saveDraft, by.writer, { item: accessibilityStatement, kind: 'statement', fields });
  }
  await passReviews(office, accessibilityStatement, by);
}

/** A draft that shows what the checks find, and one finding that its writer let pass. */
async function seedCheckedDraft({ ledger, revisions, proofreading, site }: BackOffice, writer: Actor): Promise<void> {
  const { id: item, kind, fields } = checkedDraft;
  if (await itemState(ledger.db, site, item)) return;
  const { revision, hash } = await ledger.execute(revisions.saveDraft, writer, { item, kind, fields });
  const found = (await proofreading.check({ kind, item, fields })).find(({ rule }) => rule === letPass.rule);
  if (found)
    await ledger.execute(proofreading.overruleFinding, writer, {
      ...{ revision, hash, finding: found.id, reason: letPass.reason },
    });
}

/** The demonstration's damaged page the whole way, and beside it what it said before it was damaged. */
export async function seedDamagedPage(office: BackOffice, operations: Office): Promise<void> {
  const { bytes, truth } = damagedPage();
  const mended = await operations.takeIn({ name: 'linjiang-2021-03-12.html', bytes, approve: true });
  const people = await demoActors(office);
  const { fields } = readPage({ name: 'truth.html', bytes: Buffer.from(truth), channel: 'restored' });
  const [newest] = await itemHistory(office.ledger.db, office.site, 'restored-truth');
  if (!newest) {
    await office.ledger.execute(office.revisions.saveDraft, people.writer, {
      item: 'restored-truth',
      kind: 'article',
      fields: {
        title: `对照：${fields.title}（受损之前）`,
        channel: 'restored',
        date: '2026-11-20 10:00',
        source: fields.source,
        summary: '演示用的受损网页在损坏之前的原文，供与修复后的页面逐字对照。',
        body: `<p>这一页的受损与篡改由演示程序制造，因此原文是已知的。下面是损坏之前的原文；<a href="item:${mended.item}">修复后的页面</a>列出了每一处修复和每一个缺字。</p><hr>${fields.body}`,
      },
    });
  }
  await passReviews(office, 'restored-truth', people);
}

/** Whether the demonstration stands in a data folder already. */
export function isSeeded(data: string): boolean {
  return existsSync(join(data, 'demo.json'));
}

/** Said when everything is published: from then on a start finds the city as people have left it. */
export function markSeeded(office: BackOffice): void {
  writeDurably(join(office.folder.root, 'demo.json'), JSON.stringify({ site: office.site }), 0o600);
}

async function makeAccounts({ identity, ledger, site }: BackOffice): Promise<Accounts> {
  const system = systemActor(site);
  const existing = new Map((await identity.accounts()).map((account) => [account.username, account.account]));
  const made = [];
  for (const { username, name, role, roles } of Object.values(demoPeople)) {
    const known = existing.get(username);
    const { account, password } =
      known === undefined
        ? await ledger.execute(createAccount, system, {
            username,
            name,
            grants: roles.map((role) => ({ role })),
          })
        : { account: known, ...(await ledger.execute(resetPassword, system, { account: known })) };
    // Who reviews or administers signs in with a second factor, in the demonstration as anywhere: its key is shown with the password.
    const needs = roles.some((each) => secondFactorRoles.includes(each));
    const totp = needs ? await identity.giveTotp(system, account) : undefined;
    made.push({ username, name, role, password, ...(totp === undefined ? {} : { totp }) });
  }
  return made;
}
