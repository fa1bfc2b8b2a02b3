import { createHash } from 'node:crypto';
import { ChengmenError } from '@chengmen/model';
import { z } from 'zod';

/** How long something is kept; undefined: for ever. Months and years are those of the calendar. */
export interface Span {
  readonly count: number;
  readonly unit: 'd' | 'w' | 'm' | 'y';
}

export const intervals = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Interval = (typeof intervals)[number];

/** Releases that are named. */
export interface Named {
  /** First and last number of each stretch. */
  readonly releases: readonly (readonly [from: number, to: number])[];
  readonly why: string;
}

/** Which releases stay. docs/formats/retention.md. */
export interface RetentionRules {
  readonly name: string;
  /** SHA-256 of the text of the file. */
  readonly hash: string;
  /** Every release younger than this stays; undefined: every one there is. */
  readonly every: Span | undefined;
  /** Of those older, the last of each interval stays until it is so old, in this order. */
  readonly then: readonly { readonly one: Interval; readonly until: Span | undefined }[];
  readonly keep: readonly Named[];
  /** Legal holds. */
  readonly hold: readonly Named[];
  /** Files or folders of proofs that were handed out: the releases they are of stay. */
  readonly proofs: readonly string[];
  /** Mirrors and portals: the release each of them has stays. */
  readonly served: readonly string[];
  /** A pack of which less than this share is still wanted is rewritten. */
  readonly share: number;
}

/**
 * Where the operator states nothing. The shortest term for which public bodies keep documents is ten years, the next
 * thirty, the longest for ever (国家档案局令第8号); of what a site showed, one state a month is kept for ever.
 */
const defaultText = `{
  "name": "城门默认留存规则",
  "every": "10y",
  "then": [
    { "one": "day", "until": "30y" },
    { "one": "month", "until": "forever" }
  ]
}
`;

const span = z
  .string()
  .regex(/^(?:[1-9][0-9]{0,4}[dwmy]|forever)$/, '应如 400d、10y、forever (like 400d, 10y or forever)')
  .transform((text): Span | undefined =>
    text === 'forever' ? undefined : { count: Number(text.slice(0, -1)), unit: text.slice(-1) as Span['unit'] },
  );
const number = z.number().int().min(1);
const stretch = z
  .union([number, z.tuple([number, number])])
  .transform((one): readonly [number, number] => (typeof one === 'number' ? [one, one] : one))
  .refine(([from, to]) => from <= to, '应从小到大 (from the smaller to the larger)');
const line = z.string().regex(/^[^\u0000-\u001f]{1,200}$/, '应为一行文字 (one line)');
const named = z.strictObject({ releases: z.array(stretch).min(1), why: line });
const shape = z.strictObject({
  name: line,
  every: span,
  then: z.array(z.strictObject({ one: z.enum(intervals), until: span })).default([]),
  keep: z.array(named).default([]),
  hold: z.array(named).default([]),
  proofs: z.array(line).default([]),
  served: z.array(line).default([]),
  share: z.number().min(0).max(1).default(0.5),
});

/** Reads rules of retention. Throws `retention-invalid`, which names the place in the file. */
export function readRetention(text: string, file: string): RetentionRules {
  const refuse = (problem: string): ChengmenError => new ChengmenError('retention-invalid', { file, problem });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error));
  }
  const parsed = shape.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refuse(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const { every, then } = parsed.data;
  if (!every && then.length > 0) throw refuse('then: every 已是 forever (every is for ever already)');
  let before = every;
  for (const [at, { until }] of then.entries()) {
    if (!before || (until && days(until) <= days(before)))
      throw refuse(`then.${at}.until: 应长于前一项 (longer than what comes before it)`);
    before = until;
  }
  return { ...parsed.data, hash: createHash('sha256').update(text).digest('hex') };
}

export const defaultRetention = (): RetentionRules => readRetention(defaultText, '');

/** About as many, to put spans in order. */
const days = ({ count, unit }: Span): number => count * { d: 1, w: 7, m: 30.4, y: 365.25 }[unit];

/** The moment a span before another. */
export function spanBefore(now: Date, { count, unit }: Span): Date {
  const then = new Date(now);
  if (unit === 'd' || unit === 'w') then.setUTCDate(then.getUTCDate() - count * (unit === 'w' ? 7 : 1));
  else {
    const day = then.getUTCDate();
    then.setUTCDate(1);
    then.setUTCMonth(then.getUTCMonth() - count * (unit === 'y' ? 12 : 1));
    const last = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 0)).getUTCDate();
    then.setUTCDate(Math.min(day, last));
  }
  return then;
}

const chinaOffset = 8 * 3_600_000;

/** The day, week, month, quarter or year a moment is in by China's clocks, as a text that sorts. */
export function intervalOf(at: Date, interval: Interval): string {
  const local = new Date(at.getTime() + chinaOffset);
  const [year, month] = [local.getUTCFullYear(), local.getUTCMonth()];
  switch (interval) {
    case 'year':
      return `${year}`;
    case 'quarter':
      return `${year}-Q${Math.floor(month / 3) + 1}`;
    case 'month':
      return local.toISOString().slice(0, 7);
    case 'week': {
      // By its Monday.
      local.setUTCDate(local.getUTCDate() - ((local.getUTCDay() + 6) % 7));
      return `${local.toISOString().slice(0, 10)}/7`;
    }
    case 'day':
      return local.toISOString().slice(0, 10);
  }
}
