import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { originHost } from '@chengmen/model';
import { viewRules, type View, type ViewCounter, type ViewOutcome } from '@chengmen/statistics';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { longestBeacon, readBeacon } from './beacon.ts';
import { createQuota } from './quota.ts';

export interface ViewsServerOptions {
  readonly views: ViewCounter;
  /** Views of one address within ten seconds, beyond which they are refused: many people may share one. Default 300. */
  readonly most?: number;
  readonly now?: () => number;
  /** Milliseconds the total of a page may take. Default 500. */
  readonly patience?: number;
}

const statusOf: Readonly<Record<ViewOutcome, number>> = {
  counted: 200,
  again: 200,
  reload: 200,
  robot: 200,
  busy: 503,
  invalid: 400,
};

/**
 * Where views are told: `POST /views` of the portal's own origin, which whoever stands before us hands on with the visitor's
 * address as the last of X-Forwarded-For. For a local socket or a port behind a proxy, never for the street. Answers 200 with
 * `{"views":N}`, or 204 where the total is not to be had; both mean that the view is on the disk or does not count.
 */
export function createViewsServer(options: ViewsServerOptions): FastifyInstance {
  const { views, most = 300, now = () => performance.now(), patience = 500 } = options;
  const app = fastify({ bodyLimit: longestBeacon, logger: false });
  const quota = createQuota({ most, within: 10_000, now });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error: { statusCode?: number }, _request, reply) =>
    reply.code(error.statusCode ?? 500).send(''),
  );
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(''));

  /** A view, or the status it is refused with. */
  const viewOf = (request: FastifyRequest): View | number => {
    if (isFromElsewhere(request)) return 403;
    const beacon = readBeacon(request.body);
    if (!beacon || beacon.age > viewRules.retries) return 400;
    const client = clientOf(request);
    if (!quota.take(client)) {
      views.leftOut('too-many');
      return 429;
    }
    const { 'user-agent': agent = '', host = '' } = request.headers;
    return { id: beacon.id, path: beacon.path, from: beacon.from, agent, client, host };
  };
  const send = (reply: FastifyReply, status: number, total?: number): void => {
    if (status === 429) reply.header('retry-after', '10');
    reply
      .code(status)
      .header('cache-control', 'no-store')
      .send(total === undefined ? undefined : `{"views":${total}}`);
  };
  const sendTotal = (reply: FastifyReply, path: string): void => {
    const found = views.viewsOf(path);
    if (typeof found === 'number') send(reply, 200, found);
    else void within(patience, found).then((total) => send(reply, total === undefined ? 204 : 200, total));
  };
  app.post('/views', (request, reply) => {
    const view = viewOf(request);
    if (typeof view === 'number') {
      send(reply, view);
      return;
    }
    const answer = (outcome: ViewOutcome): void => {
      const status = statusOf[outcome];
      if (status === 200) sendTotal(reply, view.path);
      else send(reply, status);
    };
    views.count(view).then(answer, () => send(reply, 503));
  });
  return app;
}

/** Listens on a local socket that only the owner of the data may open. */
export async function listenForViews(app: FastifyInstance, socket: string): Promise<void> {
  if (process.platform !== 'win32') {
    mkdirSync(dirname(socket), { recursive: true });
    rmSync(socket, { force: true });
  }
  await app.listen({ path: socket });
}

/** A page of another site cannot count views of ours: browsers say where a request comes from. */
function isFromElsewhere({ headers }: FastifyRequest): boolean {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return true;
  return origin !== undefined && originHost(origin) !== host;
}

function clientOf({ headers, ip }: FastifyRequest): string {
  const forwarded = String(headers['x-forwarded-for'] ?? ip);
  return forwarded
    .slice(forwarded.lastIndexOf(',') + 1)
    .trim()
    .slice(0, 50);
}

/** undefined where it takes too long or fails. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), milliseconds)));
  const found = await Promise.race([work.catch(() => undefined), late]);
  clearTimeout(timer);
  return found;
}
