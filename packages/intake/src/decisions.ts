import type { Decision } from '@chengmen/mend';
import { ChengmenError } from '@chengmen/model';

/** What people know about the gaps of one page (docs/formats/decisions.md). */
export interface Decisions {
  /** The file they were read from, for messages. */
  readonly file: string;
  /** SHA-256 of the page as received: decisions about one page can never fill another. */
  readonly page: string;
  readonly decisions: readonly Decision[];
}

/** What is wrong with a value, in Chinese and English; undefined when nothing is. */
type Check = (value: string) => string | undefined;

const gapSign = '〓';
const most = 1000;

const needed: Readonly<Record<string, Check>> = {
  find: (value) =>
    value.split(gapSign).length === 2 && [...value].length > 1
      ? undefined
      : '须含且只含一个 〓，并带上旁边的字 / must hold one 〓 and characters beside it',
  fill: (value) => (value.includes(gapSign) ? '不能含 〓 / must not hold 〓' : undefined),
  source: () => undefined,
};
const longest: Readonly<Record<string, number>> = { find: 200, fill: 50, source: 500, by: 100 };

/**
 * A file of decisions. `file` names it in messages. Throws `decisions-invalid`, saying where, when it is not as
 * docs/formats/decisions.md describes. Whether each gap exists is seen when the page is read.
 */
export function parseDecisions(text: string, file: string): Decisions {
  const refuse = (problem: string): never => {
    throw new ChengmenError('decisions-invalid', { file, problem });
  };
  const whole = recordOf(parseJson(text, refuse), '', ['page', 'by', 'decisions'], refuse);
  const { page, decisions } = whole;
  if (typeof page !== 'string' || !/^[0-9a-f]{64}$/.test(page)) {
    return refuse(
      'page: 应为网页的 SHA-256，64 位小写十六进制 / the SHA-256 of the page, 64 lower-case hexadecimal digits',
    );
  }
  if (!Array.isArray(decisions) || decisions.length === 0 || decisions.length > most) {
    return refuse(`decisions: 应有 1 至 ${most} 条 / a list of 1 to ${most}`);
  }
  const by = whole['by'] === undefined ? undefined : textOf(whole, 'by', 'by', refuse);
  return { file, page, decisions: decisions.map((one, index) => decisionOf(one, `decisions.${index}`, by, refuse)) };
}

type Refuse = (problem: string) => never;

function parseJson(text: string, refuse: Refuse): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    return refuse(`JSON: ${(error as Error).message}`);
  }
}

function decisionOf(given: unknown, where: string, by: string | undefined, refuse: Refuse): Decision {
  const one = recordOf(given, where, ['find', 'fill', 'source', 'by'], refuse);
  const read = (name: string): string => textOf(one, name, `${where}.${name}`, refuse);
  const person = one['by'] === undefined ? by : read('by');
  const source = read('source').trim();
  return {
    context: read('find'),
    text: read('fill'),
    source: person === undefined ? source : `${source}（${person.trim()}）`,
  };
}

function recordOf(given: unknown, where: string, names: readonly string[], refuse: Refuse): Record<string, unknown> {
  const at = where === '' ? '' : `${where}: `;
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return refuse(`${at}应为对象 / must be an object`);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) return refuse(`${at}没有“${unknown.slice(0, 40)}”这一项 / there is no such entry`);
  return given as Record<string, unknown>;
}

function textOf(record: Readonly<Record<string, unknown>>, name: string, where: string, refuse: Refuse): string {
  const value = record[name];
  if (typeof value !== 'string' || value.trim() === '') return refuse(`${where}: 应为文字 / must be text`);
  const limit = longest[name] ?? 0;
  if (value.length > limit) return refuse(`${where}: 最长 ${limit} 字 / at most ${limit} characters`);
  const problem = needed[name]?.(value);
  return problem === undefined ? value : refuse(`${where}: ${problem}`);
}
