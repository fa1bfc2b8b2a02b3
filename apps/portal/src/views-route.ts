import { request as ask, type IncomingMessage } from 'node:http';
import { isPage } from '@chengmen/model';
import type { Answer, OpenRelease } from '@chengmen/serve';

export interface ViewsRouteOptions {
  /** Socket of the counter's server of views. */
  readonly socket: string;
  readonly release: OpenRelease;
  /** Headers of every answer. */
  readonly always: Readonly<Record<string, string>>;
  /** Milliseconds the counter may take. Default 5000. */
  readonly patience?: number;
}

/** An answer to come where a request tells of a view; undefined where it is for the release. `client`: who asks. */
export type ViewsRoute = (request: IncomingMessage, client: () => string) => Promise<Answer> | undefined;

/** Under way at a time; more would only wait. */
const mostAtOnce = 256;
const longest = 700;

/**
 * Hands `POST /views` on to the counter, which counts, when it tells of a page that stands in the release being served. The
 * portal keeps nothing and waits for nobody else: without a counter the answer is 503, and every page is served as ever.
 */
export function createViewsRoute({ socket, release, always, patience = 5000 }: ViewsRouteOptions): ViewsRoute {
  let under = 0;
  const answer = (status: number, body: Uint8Array = new Uint8Array(), more: Record<string, string> = {}): Answer => ({
    status,
    headers: { ...always, 'cache-control': 'no-store', ...more, 'content-length': String(body.length) },
    body,
  });

  const hand = async (request: IncomingMessage, client: string): Promise<Answer> => {
    const length = Number(request.headers['content-length'] ?? Number.NaN);
    if (request.headers.expect !== undefined) return answer(417);
    if (!Number.isInteger(length)) return answer(411);
    if (length > longest) return answer(413);
    if (under >= mostAtOnce) return answer(503, undefined, { 'retry-after': '10' });
    under++;
    try {
      const body = await bodyOf(request);
      if (!(await isOfPage(release, body))) return answer(400);
      const { status, text, retryAfter } = await tell({ socket, patience, body, request, client });
      return status === 200
        ? answer(200, text, { 'content-type': 'application/json; charset=utf-8' })
        : answer(status, undefined, retryAfter === undefined ? {} : { 'retry-after': retryAfter });
    } catch {
      return answer(503, undefined, { 'retry-after': '10' });
    } finally {
      under--;
    }
  };
  return (request, client) =>
    request.method === 'POST' && request.url === '/views' ? hand(request, client()) : undefined;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Only addresses that stand in the release are counted: nobody can fill the statistics with others. */
async function isOfPage(release: OpenRelease, body: Buffer): Promise<boolean> {
  const path = pathIn(body);
  if (path === undefined || !isPage(path)) return false;
  return (await release.entry(path))?.status === 200;
}

function pathIn(body: Buffer): string | undefined {
  try {
    const { path } = JSON.parse(body.toString('utf8')) as { path?: unknown };
    return typeof path === 'string' ? path : undefined;
  } catch {
    return undefined;
  }
}

interface Told {
  readonly status: number;
  readonly text: Buffer;
  readonly retryAfter: string | undefined;
}

function tell(view: {
  readonly socket: string;
  readonly patience: number;
  readonly body: Buffer;
  readonly request: IncomingMessage;
  readonly client: string;
}): Promise<Told> {
  const { socket, patience, body, request, client } = view;
  const kept = ['user-agent', 'host', 'origin', 'sec-fetch-site'].flatMap((name) => {
    const value = request.headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  const headers = {
    ...Object.fromEntries(kept),
    'x-forwarded-for': client,
    'content-type': 'application/json',
    'content-length': body.length,
  };
  return new Promise((resolve, reject) => {
    const asking = ask(
      { socketPath: socket, path: '/views', method: 'POST', headers, timeout: patience },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const { statusCode = 503, headers: told } = response;
          resolve({ status: statusCode, text: Buffer.concat(parts), retryAfter: told['retry-after'] });
        });
      },
    );
    asking.on('timeout', () => asking.destroy(new Error('late')));
    asking.on('error', reject);
    asking.end(body);
  });
}
