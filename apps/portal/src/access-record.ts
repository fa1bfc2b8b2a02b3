/** One answered request, as it is logged. Nothing in it names a person: no whole address, no query, no cookie. */
export interface AccessRecord {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** The network of the client: `203.0.113.0/24`. */
  readonly client: string;
  readonly method: string;
  /** Without its query, which may hold what somebody searched for. */
  readonly path: string;
  readonly status: number;
  /** Of the body. */
  readonly bytes: number;
  /** From the request until its answer was handed over. */
  readonly ms: number;
  /** Empty for plain bytes. */
  readonly coding: string;
  /** Host of the page that led here; empty where none was told. */
  readonly referrer: string;
  readonly agent: string;
}

const longestAgent = 512;
const longestPath = 2048;
const eightHours = 8 * 3600 * 1000;

/** The day in China, which the log's files and statistics go by: `2026-11-24`. */
export function dayOf(time: number): string {
  return timeText(time).slice(0, 10);
}

/** One line without its end: JSON, so that no character of a request can end it. Times are those of Asia/Shanghai, `+08:00`. */
export function formatRecord(record: AccessRecord): string {
  const { time, client, method, path, status, bytes, ms, coding, referrer, agent } = record;
  return JSON.stringify({
    time: timeText(time),
    client,
    method,
    path: path.slice(0, longestPath),
    status,
    bytes,
    ms: Math.round(ms * 1000) / 1000,
    coding,
    referrer,
    agent: agent.slice(0, longestAgent),
  });
}

/** Reads a line; undefined for one that is no record, such as one a full disk cut off. */
export function parseRecord(line: string): AccessRecord | undefined {
  try {
    const value = JSON.parse(line) as Record<string, unknown>;
    const time = Date.parse(String(value['time']));
    const texts = ['client', 'method', 'path', 'coding', 'referrer', 'agent'] as const;
    const numbers = ['status', 'bytes', 'ms'] as const;
    const isRecord =
      Number.isFinite(time) &&
      texts.every((name) => typeof value[name] === 'string') &&
      numbers.every((name) => typeof value[name] === 'number');
    return isRecord ? { ...(value as unknown as AccessRecord), time } : undefined;
  } catch {
    return undefined;
  }
}

/** The host of a Referer header, nothing else of it; empty for what is no web address. */
export function referrerHost(referrer: string | undefined): string {
  if (referrer === undefined || !/^https?:/i.test(referrer)) return '';
  return URL.parse(referrer)?.host.slice(0, 255) ?? '';
}

let lastTime = Number.NaN;
let lastText = '';

/** Many requests share a millisecond. */
function timeText(time: number): string {
  if (time !== lastTime) {
    lastTime = time;
    lastText = `${new Date(time + eightHours).toISOString().slice(0, 23)}+08:00`;
  }
  return lastText;
}
