import { ChengmenError, type SiteId } from '@chengmen/model';
import { z } from 'zod';
import type { BrokenLink } from './chain-problems.ts';
import { eventsBetween, linkProblem, type ChainHead } from './events.ts';
import type { Ledger } from './types.ts';

const format = 'chengmen-audit/1';
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const seq = z.int().min(1);

const opening = z.strictObject({
  format: z.literal(format),
  site: z.string(),
  /** ISO 8601 instant: when the file was made, and the name of who asked for it. */
  made: z.string(),
  by: z.string(),
  /** The filters, as they stood in the address of the desk. */
  asked: z.record(z.string(), z.string()),
  /** The stretch: numbers of its first and last event, the hash before the first and that of the last. */
  from: seq,
  to: seq,
  previous: hash,
  hash,
  /** Names of accounts, as they were called when the file was made. */
  people: z.record(z.string(), z.string()),
});

const eventLine = z.strictObject({
  seq,
  at: z.string(),
  account: z.string(),
  command: z.string(),
  payload: z.string(),
  hash,
  /** One of those the filters ask for. */
  asked: z.boolean(),
});

/** What an audit file says of itself in its first line; docs/formats/audit.md. */
export type AuditFileOpening = Omit<z.infer<typeof opening>, 'format'>;

/** The opening of the file of a stretch. Rejects where either end is not in the log. */
export async function openingOf(
  db: Ledger['db'],
  about: Omit<AuditFileOpening, 'previous' | 'hash'>,
): Promise<AuditFileOpening> {
  const ends = db.selectFrom('event').select(['previous_hash', 'hash']).where('site', '=', about.site);
  const first = await ends.where('seq', '=', about.from).executeTakeFirstOrThrow();
  const last = await ends.where('seq', '=', about.to).executeTakeFirstOrThrow();
  return { ...about, previous: first.previous_hash, hash: last.hash };
}

/**
 * An unbroken stretch of the log, a line an event, as `checkAuditFile` reads it. `asked`: the numbers, within two, of the events
 * the file was asked for; those between them stand there because the chain cannot be checked without them.
 */
export async function* auditFile(
  db: Ledger['db'],
  about: AuditFileOpening,
  asked: (from: number, to: number) => Promise<ReadonlySet<number>>,
): AsyncGenerator<string> {
  yield line({ format, ...about });
  for await (const rows of eventsBetween(db, about.site, about.from, about.to)) {
    const wanted = await asked(rows[0]?.seq ?? 0, rows.at(-1)?.seq ?? 0);
    yield rows
      .map((row) => {
        const { at, account, command, payload } = row;
        return line({ ...{ seq: row.seq, at, account, command, payload, hash: row.hash }, asked: wanted.has(row.seq) });
      })
      .join('');
  }
}

const line = (value: object): string => `${JSON.stringify(value)}\n`;

export interface AuditFileReport extends Omit<AuditFileOpening, 'people' | 'previous' | 'asked'> {
  readonly filters: Readonly<Record<string, string>>;
  /** How many events fit, from the first one on, and how many of them the file was asked for. */
  readonly events: number;
  readonly asked: number;
  /** Instants of the first and the last that fit; null where there is none. */
  readonly since: string | null;
  readonly until: string | null;
  /** null when the file is whole. */
  readonly broken: BrokenLink | null;
}

/**
 * Checks an audit file by itself, without any database: that each event has its hash, names the one before it, and that none is
 * missing between the two ends. `known`: hashes by site and number, of files that were read before; they are compared and added to.
 * Throws `file-unreadable` for what is no audit file.
 */
export async function checkAuditFile(
  lines: AsyncIterable<string>,
  { file, known = new Map() }: { readonly file: string; readonly known?: Map<string, string> },
): Promise<AuditFileReport> {
  const reading = lines[Symbol.asyncIterator]();
  const first = await reading.next();
  const about = parse(opening, first.done === true ? '' : first.value);
  if (!about) throw new ChengmenError('file-unreadable', { file, problem: `不是审计导出文件 (it is no ${format})` });
  const { site, from, to, made, by } = about;
  let last: ChainHead = { seq: from - 1, hash: about.previous };
  let [events, asked] = [0, 0];
  let [since, until]: (string | null)[] = [null, null];
  const report = (broken: BrokenLink | null): AuditFileReport => ({
    ...{ site, made, by, from, to, hash: about.hash, filters: about.asked },
    ...{ events, asked, since: since ?? null, until: until ?? null, broken },
  });
  if (from > 1 && !remembered(known, site, last)) return report({ seq: from - 1, problem: 'other' });
  for (let next = await reading.next(); next.done !== true; next = await reading.next()) {
    const read = parse(eventLine, next.value);
    if (!read) return report({ seq: last.seq + 1, problem: 'unreadable' });
    const { asked: wanted, ...event } = read;
    const broken = linkProblem({ ...event, site, previous_hash: last.hash }, last);
    if (broken) return report(broken);
    if (!remembered(known, site, event)) return report({ seq: event.seq, problem: 'other' });
    last = event;
    since ??= event.at;
    until = event.at;
    events += 1;
    asked += wanted ? 1 : 0;
  }
  if (last.seq < to) return report({ seq: last.seq + 1, problem: 'missing' });
  return report(last.seq === to && last.hash === about.hash ? null : { seq: last.seq, problem: 'ending' });
}

/** False where another file says otherwise. */
function remembered(known: Map<string, string>, site: SiteId, { seq: number, hash: own }: ChainHead): boolean {
  const key = `${site} ${number}`;
  const before = known.get(key);
  known.set(key, before ?? own);
  return before === undefined || before === own;
}

function parse<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
