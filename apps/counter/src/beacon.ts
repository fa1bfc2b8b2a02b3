import { hitId } from '@chengmen/statistics';

/** What a page tells of one view. */
export interface Beacon {
  readonly id: string;
  readonly path: string;
  /** Host of the page before; empty where there was none. */
  readonly from: string;
  /** Seconds since it was told for the first time. */
  readonly age: number;
}

/** No more is taken from the street, in bytes. */
export const longestBeacon = 700;

const hostText = /^[a-z0-9.-]{0,253}(?::\d{1,5})?$/;

/** Reads `{"id":…,"path":…,"from":…,"age":…}`; undefined for anything else. */
export function readBeacon(text: unknown): Beacon | undefined {
  if (typeof text !== 'string' || text.length > longestBeacon) return undefined;
  const { id, path, from = '', age = 0 } = parse(text);
  if (typeof id !== 'string' || !hitId.test(id)) return undefined;
  if (typeof path !== 'string' || !/^\/[!-~]{0,299}$/.test(path)) return undefined;
  if (typeof from !== 'string' || !hostText.test(from)) return undefined;
  if (typeof age !== 'number' || !(age >= 0)) return undefined;
  return { id, path, from, age };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
