import { explainRevision, holdState, releaseTimes } from '@chengmen/content';
import { createAccount, grantRole, resetPassword, revokeRole, systemActor } from '@chengmen/identity';
import { verifyEvents } from '@chengmen/ledger';
import { ChengmenError, explainError, type Actor, type ItemId, type SiteId } from '@chengmen/model';
import { exclusively, type Press } from '@chengmen/press-app';
import { lookup, pageReader, proofOf, readHead, readProvenance, ReleaseError } from '@chengmen/release';
import type { BackOffice } from './back-office.ts';
import { demoActors } from './demo-actors.ts';
import { countsOf, intakeOffice, type IntakeMeans } from './intake/intake-office.ts';
import { openReaders } from './intake/readers.ts';
import { draftFigures } from './statistics/draft-figures.ts';
import { yearlyReport } from './statistics/yearly-report.ts';
import { schedules, standingPublicationOf } from '@chengmen/revision';
import type { ChangedKey, Explanation, ExplainedRevision, Office, UserChange } from './office.ts';
import { passReviews, type Reviewers } from './pass-reviews.ts';
import { pruneReleases, type Pruned, type PruneRequest } from './prune/prune-releases.ts';
import { catalogued } from './release-places.ts';

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
  const { site } = office;
  return {
    ...intakeOffice(intakeMeans(office, press)),
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
    recomputeStatistics: async (folders) => {
      const { recomputeStatistics } = await import('./statistics/recompute.ts');
      return recomputeStatistics(office, folders);
    },
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
  const account = await identity.accountNamed(username);
  if (account === undefined) throw new ChengmenError('not-found', { what: '账号 (account)', id: username });
  const system = systemActor(site);
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

/** How the command line takes pages in, and the start: as nobody at the desk, or as the people of the demonstration. */
const intakeMeans = (office: BackOffice, press: () => Press): IntakeMeans => ({
  ...{ ledger: office.ledger, revisions: office.revisions, received: office.received, media: office.media },
  ...{ site: office.site, readers: openReaders(), actor: intakeActor(office.site) },
  approver: async () => {
    const people = await demoActors(office);
    return {
      writer: people.writer,
      pass: async (item) => {
        const held = await passOrHold(office, item, people);
        if (held.length === 0) await press().settle();
        return held;
      },
    };
  },
});

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
  const standing = await standingPublicationOf(office.ledger.db, office.site, revision.revision);
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
    ...(standing ? { order: await explainOne(office, standing.order, standing.hash) } : {}),
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
