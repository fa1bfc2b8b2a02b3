import type { IncomingMessage } from 'node:http';
import type { Answer } from '@chengmen/serve';
import type { AccessLog } from './access-log.ts';
import { referrerHost, type AccessRecord } from './access-record.ts';
import { networkOf, type ClientOf } from './client-address.ts';
import type { Metrics } from './metrics.ts';

/** Takes down requests that were answered, for the counters and, where one is kept, for the access log. */
export interface Notes {
  /** `started` as of performance.now(). Costs next to nothing: it is looked at later. */
  take(request: IncomingMessage, answer: Answer, started: number): void;
  /** Counts and logs what was taken down. */
  settle(): void;
}

export interface NotesOptions {
  readonly client: ClientOf;
  /** Whether X-Forwarded-For is believed of anybody. */
  readonly proxied: boolean;
  readonly log: AccessLog | undefined;
  readonly metrics: Metrics;
  readonly accessed?: ((record: AccessRecord) => void) | undefined;
}

interface Taken {
  readonly request: IncomingMessage;
  readonly answer: Answer;
  readonly network: string;
  readonly time: number;
  readonly ms: number;
}

/**
 * Looked at in one go: a line is written several times as fast when the one before has just been. With 64 of them whoever came
 * after waited a tenth of a millisecond.
 */
const together = 16;

export function takeNotes({ client, proxied, log, metrics, accessed }: NotesOptions): Notes {
  const networks = new WeakMap<object, string>();
  let taken: Taken[] = [];
  // A connection that is gone does not tell any more whose it was.
  const networkFor = ({ socket, headers }: IncomingMessage): string => {
    const forwarded = proxied ? headers['x-forwarded-for'] : undefined;
    if (forwarded !== undefined) return networkOf(client(socket.remoteAddress, String(forwarded)));
    const known = networks.get(socket) ?? networkOf(client(socket.remoteAddress, undefined));
    networks.set(socket, known);
    return known;
  };
  const settle = (): void => {
    const all = taken;
    taken = [];
    for (const one of all) {
      metrics.answered(answeredOf(one));
      if (!log && !accessed) continue;
      const record = recordOf(one);
      log?.write(record);
      accessed?.(record);
    }
  };
  return {
    take(request, answer, started) {
      const network = log || accessed ? networkFor(request) : '';
      taken.push({ request, answer, network, time: Date.now(), ms: performance.now() - started });
      if (accessed || taken.length >= together) settle();
    },
    settle,
  };
}

const codingOf = ({ headers }: Answer): string => headers['content-encoding'] ?? '';

function answeredOf({ answer, ms }: Taken): Parameters<Metrics['answered']>[0] {
  return { status: answer.status, coding: codingOf(answer), bytes: answer.body.length, ms };
}

function recordOf({ request, answer, network, time, ms }: Taken): AccessRecord {
  const { method = '', url = '', headers } = request;
  const mark = url.indexOf('?');
  return {
    time,
    client: network,
    method,
    path: mark < 0 ? url : url.slice(0, mark),
    status: answer.status,
    bytes: answer.body.length,
    ms,
    coding: codingOf(answer),
    referrer: referrerHost(headers.referer),
    agent: headers['user-agent'] ?? '',
  };
}
