import { Readable } from 'node:stream';
import {
  addressOf,
  draftsLinking,
  itemsAt,
  liveItemsOf,
  receivedBefore,
  relinkDraft,
  takeIn,
  takeInFile,
} from '@chengmen/content';
import { textOf } from '@chengmen/html';
import type { Ledger } from '@chengmen/ledger';
import { mediaFields, takeFile, type ByteStore } from '@chengmen/media';
import { sha256, type Actor, type FieldsOf, type Hash, type ItemId, type SiteId } from '@chengmen/model';
import { itemState, type Revisions } from '@chengmen/revision';
import type { FileShown, FileToTakeIn, Office, PageToTakeIn, TakenIn } from '../office.ts';
import { restoredChannel } from './channel-rules.ts';
import { formerPath } from './former-path.ts';
import { addressesIn, addressKey, addressKeys } from './old-address.ts';
import { ownAddress } from './old-site.ts';
import type { ReadJob } from './read-job.ts';
import type { Readers } from './readers.ts';
import { restoredItem } from './restored-item.ts';

/** Name and version of the rules a page was mended by, kept with each intake. */
export const menderVersion = 'chengmen-mend/1';

export interface IntakeMeans {
  readonly ledger: Ledger;
  readonly revisions: Revisions;
  /** Received bytes, kept for ever. */
  readonly received: ByteStore;
  readonly media: ByteStore;
  readonly site: SiteId;
  readonly readers: Readers;
  /** Whose drafts they become. */
  readonly actor: Actor;
  /** Demonstration only: who writes pages that are to be passed at once, and passes them; what held one back is answered. */
  readonly approver?: () => Promise<{
    readonly writer: Actor;
    readonly pass: (item: ItemId) => Promise<readonly string[]>;
  }>;
}

/** What a run of intake asks of the office. */
export type IntakeOffice = Pick<Office, 'missingChannels' | 'readAhead' | 'takeIn' | 'takeInFile' | 'relink'>;

/** The one way by which pages become drafts: for the command line, for the start, and for the desk. */
export function intakeOffice(means: IntakeMeans): IntakeOffice {
  const { ledger, site, readers } = means;
  return {
    missingChannels: async (ids) => {
      const found = await liveItemsOf(ledger.db, site, ids);
      const live = new Set(
        found.filter(({ kind, state }) => kind === 'channel' && state === 'live').map(({ id }) => id),
      );
      return ids.filter((id) => !live.has(id));
    },
    readAhead: async (page) => {
      if (!(await takenInBefore(means, page, sha256(page.bytes)))) await readers.ahead(await jobOf(means, page));
    },
    takeIn: (page) => takePageIn(means, page),
    takeInFile: (file) => takeFileIn(means, file),
    relink: (moves) => relink(means, moves),
  };
}

async function takePageIn(means: IntakeMeans, page: PageToTakeIn): Promise<TakenIn> {
  const { ledger, received, readers, site, approver } = means;
  const { name, bytes } = page;
  const hash = await received.put(bytes);
  const before = page.approve || page.decisions ? undefined : await takenInBefore(means, page, hash);
  if (before) return before;
  const read = await readers.read(await jobOf(means, page));
  const former = formerPath(page.address);
  const people = page.approve ? await approver?.() : undefined;
  const draft = await ledger.execute(takeIn(means.revisions), people?.writer ?? means.actor, {
    item: restoredItem(hash),
    kind: 'article',
    fields: read.fields,
    receivedHash: hash,
    name,
    mender: menderVersion,
    plan: read.plan,
    alarms: read.alarms,
    decisions: read.decisions,
    textHash: textHashOf(read.text),
    ...(former === undefined ? {} : { formerPath: former }),
  });
  // What the page itself does not say, a person must before anything is approved.
  const state = await itemState(ledger.db, site, draft.item);
  const ready = people && read.missing.length === 0 && state?.state === 'never';
  const held = ready ? await people.pass(draft.item) : [];
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

/** A page that is in is not mended again: a run that was broken off goes through what it had done at the speed of reading. */
export async function takenInBefore(
  { ledger, site }: IntakeMeans,
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

/** What a thread needs to read a page. */
export async function jobOf(means: Pick<IntakeMeans, 'ledger' | 'site'>, page: PageToTakeIn): Promise<ReadJob> {
  const { name, bytes, address, decisions, decided, channels } = page;
  return {
    name,
    bytes,
    address,
    decisions,
    ...(decided ? { decided } : {}),
    channels: channels ?? { otherwise: restoredChannel, rules: [] },
    references: await referencesOf(means, page),
  };
}

/** Where the links of a page lead on: to what its source holds, and to what was taken in before. */
async function referencesOf(
  { ledger, site }: Pick<IntakeMeans, 'ledger' | 'site'>,
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

async function takeFileIn(means: IntakeMeans, { item, name, words, bytes }: FileToTakeIn): Promise<boolean> {
  const { ledger, media, revisions, site, actor } = means;
  if (await itemState(ledger.db, site, item)) return false;
  const taken = await takeFile(Readable.from([bytes]), { name, alt: words, store: media });
  const { again } = await ledger.execute(takeInFile(revisions), actor, {
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

async function relink(means: IntakeMeans, moves: Readonly<Record<ItemId, ItemId | null>>): Promise<number> {
  const { ledger, site, actor, revisions } = means;
  const drafts = await draftsLinking(ledger.db, site, actor.account, Object.keys(moves));
  let count = 0;
  for (const item of drafts) if (await ledger.execute(relinkDraft(revisions), actor, { item, moves })) count++;
  return count;
}

/** Words alone: two pages of one article differ in white space and width. */
const folded = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '');

/** What two pages of one article have in common. */
export const textHashOf = (text: string): Hash => sha256(new TextEncoder().encode(folded(text)));

type PlaceCounts = TakenIn['counts'];

/** The counts the reader of the page is told. */
export function countsOf(fields: unknown): PlaceCounts {
  const { mending } = fields as { mending?: { counts: PlaceCounts } };
  return mending?.counts ?? { proved: 0, likely: 0, lost: 0, stated: 0 };
}
