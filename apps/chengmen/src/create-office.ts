import { Readable } from 'node:stream';
import {
  addressOf,
  draftsLinking,
  explainRevision,
  holdState,
  itemsAt,
  liveItemsOf,
  receivedBefore,
  releaseTimes,
  relinkDraft,
  takeIn,
  takeInFile,
} from '@chengmen/content';
import { createAccount, grantRole, resetPassword, revokeRole, systemActor } from '@chengmen/identity';
import { textOf } from '@chengmen/html';
import { verifyEvents } from '@chengmen/ledger';
import { mediaFields, takeFile } from '@chengmen/media';
import {
  ChengmenError,
  explainError,
  sha256,
  type Actor,
  type FieldsOf,
  type Hash,
  type ItemId,
  type SiteId,
} from '@chengmen/model';
import { exclusively, type Press } from '@chengmen/press-app';
import { lookup, pageReader, proofOf, readHead, readProvenance, ReleaseError } from '@chengmen/release';
import type { BackOffice } from './back-office.ts';
import { demoActors } from './demo-actors.ts';
import { restoredChannel } from './intake/channel-rules.ts';
import { formerPath } from './intake/former-path.ts';
import { addressesIn, addressKey, addressKeys } from './intake/old-address.ts';
import { ownAddress } from './intake/old-site.ts';
import type { ReadJob } from './intake/read-job.ts';
import { openReaders, type Readers } from './intake/readers.ts';
import { restoredItem } from './intake/restored-item.ts';
import { draftFigures } from './statistics/draft-figures.ts';
import { recomputeStatistics } from './statistics/recompute.ts';
import { yearlyReport } from './statistics/yearly-report.ts';
import { itemState, schedules } from '@chengmen/revision';
import type {
  ChangedKey,
  Explanation,
  ExplainedRevision,
  FileShown,
  FileToTakeIn,
  Office,
  PageToTakeIn,
  TakenIn,
  UserChange,
} from './office.ts';
import { passReviews, type Reviewers } from './pass-reviews.ts';
import { pruneReleases, type Pruned, type PruneRequest } from './prune/prune-releases.ts';
import { catalogued } from './release-places.ts';

/** Name and version of the rules a page was mended by, kept with each intake. */
export const menderVersion = 'chengmen-mend/1';

/** Whoever runs the command line on the data folder may hand pages in; passing them takes three reviewers. */
const intakeActor = (site: SiteId): Actor => ({ account: 'system-intake', name: '采集', site, roles: ['operator'] });

/** One person's word, on a night when there is no other: by the name they give, and marked as what it is. */
const lineActor = (site: SiteId, by: string): Actor => ({
  account: 'system-line',
  name: `${by}（命令行）`,
  site,
  roles: ['operator'],
});

/** What the operator's commands do, on an open back office. */
export function createOffice(office: BackOffice, press: () => Press): Office {
  const readers = openReaders();
  const { site } = office;
  return {
    missingChannels: async (ids) => {
      const found = await liveItemsOf(office.ledger.db, site, ids);
      const live = new Set(
        found.filter(({ kind, state }) => kind === 'channel' && state === 'live').map(({ id }) => id),
      );
      return ids.filter((id) => !live.has(id));
    },
    readAhead: async (page) => {
      if (!(await takenInBefore(office, page, sha256(page.bytes)))) await readers.ahead(await jobOf(office, page));
    },
    takeIn: (page) => takePageIn(office, press, readers, page),
    takeInFile: (file) => takeFileIn(office, file),
    relink: (moves) => relink(office, moves),
    explain: (path) => explain(office, path),
    explainRevision: ({ revision, hash }) => explainOne(office, revision, hash),
    planned: () => office.planned(),
    scheduled: async () =>
      (await schedules(office.ledger.db, site)).filter(({ state }) => state === 'waiting' || state === 'failed'),
    async publish() {
      const { release, changed } = await press().settle();
      if (!release) throw new ChengmenError('no-release');
      return { root: release.root, size: release.size, changed };
    },
    holdState: () => holdState(office.ledger.db, site),
    async hold({ release, reason, by }) {
      const number = release ?? (await office.sealer.state())?.log.size ?? 0;
      await office.ledger.execute(office.holds.holdAlone, lineActor(site, by), { release: number, reason });
      const { release: served } = await press().settle();
      return { release: number, served: served?.size ?? 0 };
    },
    async resume({ reason, by }) {
      await office.ledger.execute(office.holds.resumeAlone, lineActor(site, by), { reason });
      return { served: (await press().settle()).release?.size ?? 0 };
    },
    changeKey: ({ retire }) => changeKey(office, retire),
    prune: (request) => prune(office, request),
    recomputeStatistics: (folders) => recomputeStatistics(office, folders),
    draftFigures: (asked) => draftFigures(office, asked),
    yearlyReport: (year) => yearlyReport(office, year),
    verifyEvents: () => verifyEvents(office.ledger.db, site),
    async addUser(user) {
      const { username, password } = await office.ledger.execute(createAccount, systemActor(site), user);
      return { username, password };
    },
    changeUser: (change) => changeUser(office, change),
  };
}

/** For when nobody at the desk can: the first administrator is gone, or the only one. */
async function changeUser(
  { identity, ledger, site }: BackOffice,
  { username, change, grants }: UserChange,
): Promise<{ username: string; password?: string; totp?: string }> {
  const known = (await identity.accounts()).find((each) => each.username === username);
  if (!known) throw new ChengmenError('not-found', { what: '账号 (account)', id: username });
  const [system, { account }] = [systemActor(site), known];
  if (change === 'totp') return { username, totp: await identity.giveTotp(system, account) };
  if (change !== 'reset')
    for (const grant of grants)
      await ledger.execute(change === 'grant' ? grantRole : revokeRole, system, { account, ...grant });
  if (change !== 'reset') return { username };
  return { username, ...(await ledger.execute(resetPassword, system, { account })) };
}

/** Offices that are at it. */
const pruning = new WeakSet<BackOffice>();

/** What serves is not what is approved: bytes that only the latter needs would be taken for old ones. */
async function refuseWhileHeld({ ledger, site }: BackOffice): Promise<void> {
  const { held } = await holdState(ledger.db, site);
  if (held)
    throw new ChengmenError('wrong-state', {
      what: '网站 (the site)',
      state: `封存于第 ${held.release} 版，请先解除 (held at release ${held.release}: end that first)`,
    });
}

async function prune(office: BackOffice, request: PruneRequest): Promise<Pruned> {
  const { ledger, store, sealer, vkey, clock, site } = office;
  if (pruning.has(office)) throw new ChengmenError('prune-running');
  pruning.add(office);
  try {
    if (request.erase) await refuseWhileHeld(office);
    const means = {
      store,
      sealer,
      key: vkey,
      clock,
      exclusively: <T>(work: () => Promise<T>): Promise<T> => exclusively(ledger, site, work),
      times: () => releaseTimes(ledger.db, site),
    };
    return await pruneReleases(means, request);
  } catch (error) {
    throw catalogued(error);
  } finally {
    pruning.delete(office);
  }
}

/** The checkpoint in force is signed by all keys of the moment before anything else happens. */
async function changeKey({ keys, sealer, store }: BackOffice, retire: boolean): Promise<ChangedKey> {
  try {
    if (retire) {
      await sealer.state();
      const { old, next, size } = await keys.retire(store);
      return { old, next, retiredAt: size };
    }
    const { old, next } = await keys.rotate(store);
    await sealer.state();
    return { old, next, retiredAt: null };
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    if (error.code === 'no-release') throw new ChengmenError('no-release');
    throw new ChengmenError('wrong-state', { what: '密钥 (the key)', state: error.problem }, { cause: error });
  }
}

async function takePageIn(
  office: BackOffice,
  press: () => Press,
  readers: Readers,
  page: PageToTakeIn,
): Promise<TakenIn> {
  const { ledger, received, site } = office;
  const { name, bytes } = page;
  const hash = await received.put(bytes);
  const before = page.approve || page.decisions ? undefined : await takenInBefore(office, page, hash);
  if (before) return before;
  const read = await readers.read(await jobOf(office, page));
  const former = formerPath(page.address);
  const people = page.approve ? await demoActors(office) : undefined;
  const draft = await ledger.execute(takeIn(office.revisions), people?.writer ?? intakeActor(site), {
    item: restoredItem(hash),
    kind: 'article',
    fields: read.fields,
    receivedHash: hash,
    name,
    mender: menderVersion,
    plan: read.plan,
    alarms: read.alarms,
    decisions: read.decisions,
    textHash: sha256(new TextEncoder().encode(folded(read.text))),
    ...(former === undefined ? {} : { formerPath: former }),
  });
  // What the page itself does not say, a person must before anything is approved.
  const state = await itemState(ledger.db, site, draft.item);
  const ready = people && read.missing.length === 0 && state?.state === 'never';
  const held = ready ? await passOrHold(office, draft.item, people) : [];
  if (ready && held.length === 0) await press().settle();
  return {
    item: draft.item,
    revision: draft.revision,
    path: await addressOf(ledger.db, site, draft.item),
    again: draft.again,
    duplicate: draft.duplicate,
    redirects: draft.redirects,
    files: filesShown(read.fields.body, read.fields.title),
    linked: read.linked,
    text: read.text,
    title: read.fields.title,
    source: read.fields.source,
    counts: countsOf(read.fields),
    alarms: read.alarms.map(({ kind, evidence, readings }) => ({ kind, evidence, readings })),
    notes:
      read.missing.length === 0
        ? [...held, ...read.notes]
        : [
            `缺${read.missing.join('、')}，留作草稿，请补上后送审。 Kept as a draft: ${read.missing.join(', ')} missing.`,
            ...read.notes,
          ],
  };
}

/** Has the demo people pass an item; what the checks hold back stays a draft, as it would anywhere, and is told. */
async function passOrHold(office: BackOffice, item: ItemId, people: Reviewers): Promise<string[]> {
  try {
    await passReviews(office, item, people);
    return [];
  } catch (error) {
    if (!(error instanceof ChengmenError) || error.code !== 'checks-hold-back') throw error;
    const { zh, en } = explainError(error);
    return [`${zh} 留作草稿。 Kept as a draft: ${en}`];
  }
}

/** A page that is in is not mended again: a run that was broken off goes through what it had done at the speed of reading. */
async function takenInBefore(
  { ledger, site }: BackOffice,
  { address }: PageToTakeIn,
  hash: Hash,
): Promise<TakenIn | undefined> {
  const known = await receivedBefore(ledger.db, site, hash);
  if (!known) return undefined;
  const former = formerPath(address);
  const owner = former === undefined ? undefined : (await itemsAt(ledger.db, site, [former])).get(former);
  // An address that nobody has yet is kept by the command.
  if (former !== undefined && owner === undefined) return undefined;
  const fields = known.fields as FieldsOf<'article'>;
  const alarms = known.alarms as TakenIn['alarms'];
  return {
    item: known.item,
    revision: known.revision,
    path: await addressOf(ledger.db, site, known.item),
    again: true,
    duplicate: false,
    redirects: owner === known.item,
    files: filesShown(fields.body, fields.title),
    linked: fields.body.match(/ (?:href|src)="(?:item|media):/g)?.length ?? 0,
    text: textOf(fields.body),
    title: fields.title,
    source: fields.source,
    counts: countsOf(fields),
    alarms: alarms.map(({ kind, evidence, readings }) => ({ kind, evidence, readings })),
    notes: [],
  };
}

async function jobOf(office: BackOffice, page: PageToTakeIn): Promise<ReadJob> {
  const { name, bytes, address, decisions, channels } = page;
  return {
    name,
    bytes,
    address,
    decisions,
    channels: channels ?? { otherwise: restoredChannel, rules: [] },
    references: await referencesOf(office, page),
  };
}

/** Where the links of a page lead on: to what its source holds, and to what was taken in before. */
async function referencesOf(
  { ledger, site }: BackOffice,
  { bytes, address, references = {} }: PageToTakeIn,
): Promise<ReadJob['references']> {
  const own = ownAddress(bytes);
  // Addresses of items are paths alone: another host's path is another's.
  const hosts = new Set(['', ...[address, own].map((one) => hostOfKey(addressKey(one ?? '/') ?? ''))]);
  const former = new Map<string, string>();
  for (const given of addressesIn(bytes))
    for (const key of addressKeys(given, address, own)) {
      if (references[key] !== undefined || !hosts.has(hostOfKey(key))) continue;
      const path = formerPath(key.startsWith('/') ? key : `http://${key}`);
      if (path !== undefined) former.set(key, path);
    }
  const before = await itemsAt(ledger.db, site, [...new Set(former.values())]);
  const earlier = [...former].flatMap(([key, path]) => {
    const item = before.get(path);
    return item === undefined ? [] : [[key, `item:${item}`] as const];
  });
  return { ...references, ...Object.fromEntries(earlier) };
}

const hostOfKey = (key: string): string => key.slice(0, key.indexOf('/'));

async function takeFileIn(office: BackOffice, { item, name, words, bytes }: FileToTakeIn): Promise<boolean> {
  const { ledger, media, revisions, site } = office;
  if (await itemState(ledger.db, site, item)) return false;
  const taken = await takeFile(Readable.from([bytes]), { name, alt: words, store: media });
  const { again } = await ledger.execute(takeInFile(revisions), intakeActor(site), {
    item,
    fields: mediaFields(taken, words.slice(0, 200)),
  });
  return !again;
}

/** The media items a body shows, each with its words there. */
function filesShown(body: string, title: string): FileShown[] {
  const shown = new Map<ItemId, string>();
  const known = /<img src="media:([a-z0-9-]+)" alt="([^"]*)">|<a href="media:([a-z0-9-]+)">([\s\S]*?)<\/a>/g;
  for (const [, picture, alt, file, words] of body.matchAll(known)) {
    const item = picture ?? file ?? '';
    const said = textOf(`<p>${alt ?? words ?? ''}</p>`)
      .replace(/\s+/g, ' ')
      .trim();
    if (!shown.has(item) || shown.get(item) === '') shown.set(item, said);
  }
  return [...shown].map(([item, words]) => ({ item, words: words || title }));
}

async function relink(office: BackOffice, moves: Readonly<Record<ItemId, ItemId | null>>): Promise<number> {
  const actor = intakeActor(office.site);
  const drafts = await draftsLinking(office.ledger.db, office.site, actor.account, Object.keys(moves));
  let count = 0;
  for (const item of drafts)
    if (await office.ledger.execute(relinkDraft(office.revisions), actor, { item, moves })) count++;
  return count;
}

/** Words alone: two pages of one article differ in white space and width. */
const folded = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '');

type PlaceCounts = TakenIn['counts'];

/** The counts the reader of the page is told. */
function countsOf(fields: unknown): PlaceCounts {
  const { mending } = fields as { mending?: { counts: PlaceCounts } };
  return mending?.counts ?? { proved: 0, likely: 0, lost: 0, stated: 0 };
}

interface Provenance {
  readonly target: string;
  readonly theme: string;
  readonly reads: readonly unknown[];
  readonly revisions: readonly (readonly [item: string, revision: string, hash: string])[];
}

/** The chain behind an address; each step is checked on the way. Throws `not-found`, `no-release`, `release-unverified`. */
async function explain(office: BackOffice, path: string): Promise<Explanation> {
  const trust = { key: office.vkey };
  try {
    const head = await readHead(office.store, trust);
    const entry = await lookup(pageReader(office.store), head.leaf.map, path);
    if (!entry) throw new ChengmenError('not-found', { what: '页面 (page)', id: path });
    const proof = await proofOf({ store: office.store, path, head, ...trust });
    const provenance = JSON.parse(
      Buffer.from(await readProvenance(office.store, entry)).toString('utf8'),
    ) as Provenance;
    const own = provenance.target.replace(/^[^:]+:/, '').split(':')[0] ?? '';
    const ordered = [...provenance.revisions].sort(([a], [b]) => Number(b === own) - Number(a === own));
    return {
      path,
      served: {
        status: entry.status,
        type: entry.type,
        hash: entry.hash,
        size: entry.size,
        ...(entry.location === undefined ? {} : { location: entry.location }),
      },
      release: {
        root: head.leaf.map.hash,
        size: head.checkpoint.size,
        origin: head.checkpoint.origin,
        proofBytes: Buffer.byteLength(proof.text),
      },
      target: provenance.target,
      theme: provenance.theme,
      reads: provenance.reads.length,
      revisions: await Promise.all(ordered.map(([, revision, hash]) => explainOne(office, revision, hash))),
    };
  } catch (error) {
    if (error instanceof ChengmenError) throw error;
    const { code, where = '', message } = error as Error & { code?: string; where?: string };
    if (code === 'no-release') throw new ChengmenError('no-release');
    throw new ChengmenError('release-unverified', { where, problem: message }, { cause: error });
  }
}

async function explainOne(office: BackOffice, id: string, hash: string): Promise<ExplainedRevision> {
  const found = await explainRevision(office.ledger.db, office.site, id);
  if (!found) throw new ChengmenError('not-found', { what: '修订 (revision)', id });
  const { revision, intake } = found;
  if (revision.hash !== hash)
    throw new ChengmenError('hash-mismatch', { given: hash.slice(0, 12), actual: revision.hash.slice(0, 12) });
  const { title, name } = revision.fields as { title?: string; name?: string };
  const bytes = intake && (await office.received.get(intake.received));
  return {
    item: revision.item,
    kind: revision.kind,
    title: title ?? name ?? revision.item,
    revision: revision.revision,
    hash: revision.hash,
    author: revision.authorName,
    createdAt: revision.createdAt,
    reviews: revision.reviews.map(({ stage, name: reviewer, at, hash: signed, decision }) => ({
      stage,
      name: reviewer,
      at,
      hash: signed,
      decision,
    })),
    ...(intake
      ? {
          intake: {
            name: intake.name,
            received: intake.received,
            receivedBytes: bytes?.length ?? null,
            mender: intake.mender,
            places: countsOf(revision.fields),
            decisions: Array.isArray(intake.decisions) ? intake.decisions.length : 0,
          },
        }
      : {}),
  };
}
