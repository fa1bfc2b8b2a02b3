import {
  checkpointName,
  decodeEntry,
  decodePage,
  emptyHash,
  hashOf,
  inParallel,
  keyOf,
  levelLength,
  parseLeaf,
  pieceOf,
  problemOf,
  proofPrefix,
  readHead,
  ReleaseError,
  tileWidth,
  trusted,
  walkPages,
  type Coding,
  type Entry,
  type LogHead,
  type PageReader,
  type Problem,
  type ReadStore,
  type ReleaseHead,
} from '@chengmen/release';
import { fetchRaw } from './fetch-raw.ts';
import { mapAddress } from './proof-address.ts';
import type { RawAnswer, RawFetch, SiteReport } from './types.ts';

export interface VerifySiteOptions {
  /** Of the site: scheme, host and port; what follows is ignored. */
  readonly url: string;
  /** Verifier keys, one a line. Never one the site itself offers. */
  readonly key: string;
  readonly origin?: string | undefined;
  readonly lastSeen?: LogHead | undefined;
  /** How to fetch; by default `fetchRaw`. Must give the bytes undecoded. */
  readonly fetch?: RawFetch;
  /** Requests at the same time. Default 8. */
  readonly parallel?: number;
}

/**
 * Checks a running site as a citizen meets it: signature, log, the whole map, and every page in every coding, byte for byte.
 * When a release is promoted meanwhile, the check is made again. Throws `invalid` for the key; everything else is in the report.
 */
export async function verifySite(options: VerifySiteOptions): Promise<SiteReport> {
  trusted(options);
  const base = new URL(options.url).origin;
  const fetch = options.fetch ?? fetchRaw;
  for (let attempt = 1; ; attempt++) {
    const check: SiteCheck = { options, base, fetch, problems: [], checkpoint: '' };
    const report = await checkSite(check);
    if (report.ok || attempt === 3 || !(await hasMoved(check))) return report;
  }
}

interface SiteCheck {
  readonly options: VerifySiteOptions;
  readonly base: string;
  readonly fetch: RawFetch;
  readonly problems: Problem[];
  checkpoint: string;
}

async function hasMoved(check: SiteCheck): Promise<boolean> {
  const now = await getProof(check, checkpointName).catch(() => undefined);
  return now !== undefined && check.checkpoint !== '' && Buffer.from(now).toString('utf8') !== check.checkpoint;
}

async function checkSite(check: SiteCheck): Promise<SiteReport> {
  const { key, origin, lastSeen, parallel = 8 } = check.options;
  let paths = 0;
  let head: ReleaseHead | undefined;
  try {
    head = await readHead({ get: (name) => getProof(check, name) }, { key, origin }, lastSeen);
    check.checkpoint = head.note;
    await checkWholeLog(head);
    await inParallel(entriesOf(check, head), parallel, async ({ path, entry }) => {
      paths++;
      await checkPath(check, path, entry);
    });
    await checkUnknown(check, head);
  } catch (error) {
    check.problems.push(siteProblem(error, `${check.base}${proofPrefix}${checkpointName}`));
  }
  return {
    ok: check.problems.length === 0,
    size: head?.checkpoint.size ?? 0,
    root: head?.leaf.map.hash ?? emptyHash,
    paths,
    problems: check.problems,
  };
}

/** A site that cannot be reached is no damaged file. */
function siteProblem(error: unknown, where: string): Problem {
  const problem = problemOf(error, where);
  return error instanceof ReleaseError ? problem : { ...problem, code: 'answer-differs' };
}

function getProof({ base, fetch }: Pick<SiteCheck, 'base' | 'fetch'>, name: string): Promise<Uint8Array | undefined> {
  return siteProofs(base, fetch).get(name);
}

/** The proofs a site offers, by their names in a store; nothing of them is checked yet. `base` is an origin. */
export function siteProofs(base: string, fetch: RawFetch = fetchRaw): Pick<ReadStore, 'get'> {
  return {
    async get(name) {
      const { status, body } = await fetch(`${base}${proofPrefix}${name}`, { 'accept-encoding': 'identity' });
      return status === 200 ? body : undefined;
    },
  };
}

/** Reads the pages of the map a site serves, each checked against the name its parent gave it. Throws `missing` and `damaged`. */
export function sitePages(base: string, fetch: RawFetch = fetchRaw): PageReader {
  const proofs = siteProofs(base, fetch);
  return async (prefix, ref) => {
    const name = mapAddress(prefix, ref.hash);
    const where = `${base}${proofPrefix}${name}`;
    const bytes = await proofs.get(name);
    if (!bytes) throw new ReleaseError('missing', where, 'the page of the map is not there');
    return decodePage(bytes, prefix, ref, where);
  };
}

/** Every entry and every tile, each against the root; all entries must be of one site. */
async function checkWholeLog({ log, leaf }: ReleaseHead): Promise<void> {
  const { size } = log.head;
  for (let level = 0; levelLength(level, size) > 0; level++)
    for (let index = 0; index * tileWidth < levelLength(level, size); index++) await log.tile(level, index);
  for (let index = 0; index * tileWidth < size; index++)
    for (const entry of await log.entries(index))
      if (parseLeaf(entry, `tile/entries/${index}`).site !== leaf.site)
        throw new ReleaseError('damaged', `tile/entries/${index}`, 'releases of different sites in one log');
}

async function* entriesOf(
  check: SiteCheck,
  head: ReleaseHead,
): AsyncGenerator<{ readonly path: string; readonly entry: Entry }> {
  const pages = walkPages(sitePages(check.base, check.fetch), head.leaf.map, {
    onProblem: (error, { hash }) => check.problems.push(siteProblem(error, hash)),
  });
  for await (const { page } of pages)
    if ('leaves' in page) for (const { path, text } of page.leaves) yield { path, entry: decodeEntry(text) };
}

async function checkPath(check: SiteCheck, path: string, entry: Entry): Promise<void> {
  const codings: (Coding | undefined)[] = [
    undefined,
    ...(entry.gz ? ['gzip' as const] : []),
    ...(entry.br ? ['br' as const] : []),
  ];
  for (const coding of codings) {
    const where = `${check.base}${path}`;
    try {
      const answer = await check.fetch(where, { 'accept-encoding': coding ?? 'identity' });
      const problem = difference(answer, entry, coding);
      if (problem !== undefined)
        check.problems.push({ code: 'answer-differs', where, problem: coding ? `${coding}: ${problem}` : problem });
    } catch (error) {
      check.problems.push(siteProblem(error, where));
    }
  }
}

/** An address the release does not have must be answered with the release's own page. */
async function checkUnknown(check: SiteCheck, head: ReleaseHead): Promise<void> {
  const where = `${check.base}/${keyOf(head.note).slice(0, 32)}`;
  const { status } = await check.fetch(where, { 'accept-encoding': 'identity' });
  if (status === 404) return;
  check.problems.push({ code: 'answer-differs', where, problem: `status ${status} where the release has nothing` });
}

/** What an answer has otherwise than the entry in this coding says; undefined where it is the same. */
export function difference(
  { status, headers, body }: RawAnswer,
  entry: Entry,
  coding: Coding | undefined,
): string | undefined {
  if (status !== entry.status) return `status ${status}, not ${entry.status}`;
  if (headers['content-type'] !== entry.type) return `type ${headers['content-type'] ?? 'none'}, not ${entry.type}`;
  if (headers['content-encoding'] !== coding) return `coding ${headers['content-encoding'] ?? 'none'}`;
  if (headers['location'] !== entry.location) return `leads to ${headers['location'] ?? 'nowhere'}`;
  const expected = pieceOf(entry, coding)?.hash;
  const is = hashOf(body);
  return is === expected ? undefined : `its bytes hash to ${is}, not ${expected ?? ''}`;
}
