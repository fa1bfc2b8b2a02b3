import { ChengmenError } from '@chengmen/model';
import type { KnownEncoding } from '@chengmen/mend';

/** What a person gave on the command line, as strings; absent where nothing was given. */
export interface MendFlags {
  readonly accept?: string | undefined;
  readonly encoding?: string | undefined;
  readonly siblings?: string | undefined;
  readonly report?: string | undefined;
  readonly out?: string | undefined;
  readonly jobs?: string | undefined;
  readonly decisions?: readonly string[] | undefined;
}

export interface ReadFlags {
  /** Likely repairs from this probability on are put in. */
  readonly atLeast?: number;
  readonly encoding?: KnownEncoding;
  readonly jobs?: number;
}

const mostJobs = 64;

/** Reads the values of flags. Throws `arguments-invalid`. */
export function readMendFlags({ accept, encoding, jobs }: MendFlags): ReadFlags {
  return {
    ...(accept === undefined ? {} : { atLeast: probability(accept) }),
    ...(encoding === undefined ? {} : { encoding: knownEncoding(encoding) }),
    ...(jobs === undefined ? {} : { jobs: jobCount(jobs) }),
  };
}

const refuse = (problem: string): never => {
  throw new ChengmenError('arguments-invalid', { problem });
};

function probability(given: string): number {
  const [whole, value] = /^likely(?:=(0?\.\d+|1|0))?$/.exec(given) ?? [];
  if (whole === undefined) return refuse(`--accept ${given}（likely 或 (or) likely=0.98）`);
  return value === undefined ? 0.9 : Number(value);
}

const known: readonly KnownEncoding[] = ['utf-8', 'gb18030', 'big5', 'utf-16le', 'utf-16be'];

/** Labels as browsers know them: `gb2312` is GBK, which GB18030 reads. */
function knownEncoding(label: string): KnownEncoding {
  try {
    const name = new TextDecoder(label).encoding;
    const found = known.find((encoding) => encoding === (name === 'gbk' ? 'gb18030' : name));
    if (found) return found;
  } catch {
    // Not a label of any encoding: refused below with those that are mended.
  }
  return refuse(`--encoding ${label}（${known.join('、')}）`);
}

function jobCount(given: string): number {
  const jobs = Number(given);
  return Number.isInteger(jobs) && jobs >= 1 && jobs <= mostJobs ? jobs : refuse(`--jobs ${given}（1–${mostJobs}）`);
}
