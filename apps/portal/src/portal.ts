import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ChengmenError } from '@chengmen/model';
import {
  folderStore,
  notice,
  openRelease,
  securityHeaders,
  seenFile,
  watchCheckpoint,
  type Answer,
  type OpenRelease,
} from '@chengmen/serve';
import type { MetricObject } from 'prom-client';
import { createAccessLog, type AccessLog } from './access-log.ts';
import type { AccessRecord } from './access-record.ts';
import { createAlarm } from './alarm.ts';
import { clientOf, networkOf, type ClientOf } from './client-address.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { startMetricsServer, type MetricsServer } from './metrics-server.ts';
import { originForm, refusalOf } from './read-request.ts';
import { readyHead } from './ready-head.ts';
import { createSearchRoute, type SearchRoute } from './search-route.ts';
import { stopper } from './stopper.ts';
import { takeNotes, type Notes } from './take-notes.ts';
import { createViewsRoute, type ViewsRoute } from './views-route.ts';

export interface PortalOptions {
  /** Folder of the release store of one site. It may be empty or missing: the portal answers 503 until the first release. */
  readonly releases: string;
  /** Verifier keys, one a line. */
  readonly key: string;
  /** Origin of the log; without it the name of the key. */
  readonly origin?: string | undefined;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Where the newest checkpoint seen is kept. */
  readonly seenFile: string;
  /** The site is reached by https. */
  readonly https?: boolean;
  /** Addresses and networks (CIDR) of proxies whose X-Forwarded-For is believed. Default none. */
  readonly trustedProxies?: readonly string[];
  /** Where the access log goes; without it none is kept. `suffix` tells the files of several processes apart. */
  readonly accessLog?: { readonly folder: string; readonly suffix?: string } | undefined;
  /** Where `/live`, `/ready` and `/metrics` are answered; without it nowhere. Port 0: any free port. */
  readonly metrics?: { readonly host: string; readonly port: number } | undefined;
  readonly limits?: Partial<PortalLimits>;
  /** Socket of the search process; without it the site has no search. */
  readonly search?: string | undefined;
  /** Socket where views of pages are counted; without it none are. */
  readonly views?: string | undefined;
  /** Told of what does not verify; the same thing at most once a minute. */
  readonly alarm?: (code: string, where: string, problem: string) => void;
  /** Told of each promotion that is now being served. */
  readonly promoted?: (size: number, root: string) => void;
  /** Told of each request that was answered, as the access log is. */
  readonly accessed?: (record: AccessRecord) => void;
  /** Told of each connection that was ended for its silence, or refused since there are too many. */
  readonly cutOff?: (why: CutOff) => void;
}

export type CutOff = 'silent' | 'too-many';

/** Times in milliseconds. */
export interface PortalLimits {
  /** Until the headers of a request must be there. Default 10 000. */
  readonly headers: number;
  /** Until a request must be whole. Default 15 000. */
  readonly request: number;
  /** Between requests of a connection. Default 65 000. */
  readonly idle: number;
  /** While a client takes nothing of its answer. Default 30 000. */
  readonly silence: number;
  /** How often headers and requests that are late are looked for. Default 1000. */
  readonly look: number;
  /** Connections at the same time; further ones are closed at once. Default 10 000. */
  readonly connections: number;
  /** For answers under way when the portal is asked to stop. Default 8000. */
  readonly stop: number;
}

const usualLimits: PortalLimits = {
  headers: 10_000,
  request: 15_000,
  idle: 65_000,
  silence: 30_000,
  look: 1000,
  connections: 10_000,
  stop: 8000,
};

export interface Portal {
  readonly host: string;
  readonly port: number;
  /** `http://127.0.0.1:8080` */
  readonly address: string;
  /** Of the private port; undefined where there is none. */
  readonly metricsAddress: string | undefined;
  readonly release: OpenRelease;
  /** What `/metrics` tells, as data. */
  metrics(): Promise<MetricObject[]>;
  /** Writes what the access log still holds. */
  flush(): Promise<void>;
  /** Takes no more connections, answers what is under way for a bounded time, then closes. */
  close(): Promise<void>;
}

/**
 * Serves a release folder over HTTP/1.1. Holds no key that signs, knows no database, and reads nothing but the folder.
 * Throws `port-taken` and, for a key or a proxy that cannot be read, `setting-invalid`.
 */
export async function startPortal(options: PortalOptions): Promise<Portal> {
  const limits = { ...usualLimits, ...options.limits };
  const client = proxies(options.trustedProxies ?? []);
  const opened: { release?: OpenRelease; log?: AccessLog | undefined; notes?: Notes } = {};
  const metrics = createMetrics({
    release: () => opened.release,
    lostRecords: () => opened.log?.lost() ?? 0,
    settle: () => opened.notes?.settle(),
  });
  const tell = createAlarm((code, where, problem) => options.alarm?.(code, where, problem));
  const alarm = (code: string, where: string, problem: string): void => {
    metrics.alarm(code);
    tell(code, where, problem);
  };
  const release = (opened.release = await open(options, alarm));
  const log = (opened.log = options.accessLog && openLog(options.accessLog, alarm));
  if (release.current()) metrics.promoted();
  const state = { stopping: false };
  const waiting = new Set<IncomingMessage>();
  const proxied = (options.trustedProxies ?? []).length > 0;
  const notes = (opened.notes = takeNotes({ client, proxied, log, metrics, accessed: options.accessed }));
  const settling = setInterval(() => notes.settle(), 1000).unref();
  const own = securityHeaders(options.https ?? false);
  const search =
    options.search === undefined ? undefined : createSearchRoute({ socket: options.search, release, always: own });
  const views =
    options.views === undefined ? undefined : createViewsRoute({ socket: options.views, release, always: own });
  const clientFor = clientFinder(client);
  const server = createPortalServer({ release, limits, state, waiting, notes, own, search, views, clientFor });
  const stop = stopper(server, waiting);
  watchCutOffs(server, waiting, (why) => {
    metrics.cutOff(why);
    options.cutOff?.(why);
  });
  const watching = watchCheckpoint(options.releases, async () => {
    const current = (await release.reload()) ? release.current() : undefined;
    if (current) {
      metrics.promoted();
      options.promoted?.(current.log.size, current.map.hash);
    }
    return release.upToDate();
  });
  let inside: MetricsServer | undefined;
  const shut = async (): Promise<void> => {
    await watching.stop();
    await stop(limits.stop);
    clearInterval(settling);
    notes.settle();
    await log?.close();
    await inside?.close();
  };
  try {
    if (options.metrics)
      inside = await listenInside(release, metrics, { ...options.metrics, releases: options.releases }, alarm);
    await listen(server, options);
  } catch (error) {
    await shut();
    throw error;
  }
  const bound = server.address();
  const port = typeof bound === 'object' && bound ? bound.port : options.port;
  let closing: Promise<void> | undefined;
  return {
    host: options.host,
    port,
    address: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    metricsAddress: inside?.address,
    release,
    metrics: () => metrics.values(),
    async flush() {
      notes.settle();
      await log?.flush();
    },
    close() {
      state.stopping = true;
      closing ??= shut();
      return closing;
    },
  };
}

type Alarm = NonNullable<PortalOptions['alarm']>;

async function open(options: PortalOptions, alarm: Alarm): Promise<OpenRelease> {
  try {
    return await openRelease({
      store: folderStore(options.releases),
      key: options.key,
      ...(options.origin === undefined ? {} : { origin: options.origin }),
      seen: seenFile(options.seenFile),
      https: options.https ?? false,
      alarm,
    });
  } catch (error) {
    throw invalid('key', options.key.slice(0, 80), error);
  }
}

function proxies(trusted: readonly string[]): ClientOf {
  try {
    return clientOf(trusted);
  } catch (error) {
    throw invalid('--trusted-proxies', trusted.join(', '), error);
  }
}

function openLog(where: NonNullable<PortalOptions['accessLog']>, alarm: Alarm): AccessLog {
  return createAccessLog({
    ...where,
    alarm: (problem) => {
      alarm('access-log-unwritable', where.folder, problem);
    },
  });
}

interface Answering {
  readonly release: OpenRelease;
  readonly limits: PortalLimits;
  readonly state: { readonly stopping: boolean };
  /** Requests whose answer is being worked out. */
  readonly waiting: Set<IncomingMessage>;
  readonly notes: Notes;
  /** Headers of answers in our own name. */
  readonly own: Readonly<Record<string, string>>;
  readonly search: SearchRoute | undefined;
  readonly views: ViewsRoute | undefined;
  /** Who is asking, for limits. */
  readonly clientFor: (request: IncomingMessage) => string;
}

function createPortalServer(answering: Answering): Server {
  const { release, limits, state, waiting, notes, own, search, views, clientFor } = answering;
  const putReadyHead = readyHead(limits.idle);
  const send = (request: IncomingMessage, response: ServerResponse, answer: Answer, started: number): void => {
    const { status, headers, body } = answer;
    // But for views the body of a request is never read: there is nothing to do with it. The connection cannot be used again then.
    const unread =
      (request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined) &&
      !request.readableEnded;
    // Node reads on after an upgrade that nobody took up only from the next packet: what came along with it is lost.
    const last = unread || state.stopping || request.headers.upgrade !== undefined;
    if (last || !putReadyHead(response, answer))
      response.writeHead(status, last ? { ...headers, connection: 'close' } : headers);
    response.end(body);
    notes.take(request, answer, started);
  };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const started = performance.now();
    const refused = refusalOf(request);
    if (refused !== undefined) {
      send(request, response, notice(refused, { ...own, connection: 'close' }), started);
      return;
    }
    const { method = '', headers } = request;
    const path = (request.url = originForm(request.url ?? ''));
    const asked = { method, path, headers };
    const told = views?.(request, () => clientFor(request));
    if (told) {
      waiting.add(request);
      void told.then((answer) => {
        send(request, response, answer, started);
        waiting.delete(request);
      });
      return;
    }
    const found = search?.(asked, () => clientFor(request));
    const now = found ? undefined : release.respondNow(asked);
    if (now) {
      send(request, response, now, started);
      return;
    }
    waiting.add(request);
    // Whatever goes wrong in a search, what the release has there is an answer.
    void (found?.catch(() => release.respond(asked)) ?? release.respond(asked)).then((answer) => {
      send(request, response, answer, started);
      waiting.delete(request);
    });
  };
  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: limits.headers,
      requestTimeout: limits.request,
      keepAliveTimeout: limits.idle,
      connectionsCheckingInterval: limits.look,
      optimizeEmptyRequests: true,
    },
    answer,
  );
  // What a client would send after `100 Continue` is never read: it gets its answer at once instead.
  server.on('checkContinue', answer);
  // A client that has said all it wants to say still wants its answer.
  Object.assign(server, { httpAllowHalfOpen: true });
  server.timeout = limits.silence;
  server.maxConnections = limits.connections;
  return server;
}

/** The address that limits count by: whole for IPv4, the network a household gets for IPv6. Kept nowhere but in memory. */
function clientFinder(client: ClientOf): Answering['clientFor'] {
  return ({ socket, headers }) => {
    const forwarded = headers['x-forwarded-for'];
    const address = client(socket.remoteAddress, forwarded === undefined ? undefined : String(forwarded));
    return address.includes(':') ? networkOf(address) : address;
  };
}

function watchCutOffs(server: Server, waiting: ReadonlySet<IncomingMessage>, cutOff: (why: CutOff) => void): void {
  server.on('timeout', (socket) => {
    // While we are still reading what was asked for, the silence is ours; sending the answer starts the time again.
    for (const request of waiting) if (request.socket === socket) return;
    // Node tells this also of connections that were idle between two requests: ending those is no news.
    if (socket.writableLength > 0) cutOff('silent');
    socket.destroy();
  });
  server.on('drop', () => {
    cutOff('too-many');
  });
}

async function listen(server: Server, options: PortalOptions): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: options.host, port: options.port }, resolve);
    });
  } catch (error) {
    throw listenError(error, options);
  }
}

/** Citizens come first: where the private port is not to be had, that is an alarm and serving goes on. */
async function listenInside(
  release: OpenRelease,
  metrics: Metrics,
  { host, port, releases }: { readonly host: string; readonly port: number; readonly releases: string },
  alarm: Alarm,
): Promise<MetricsServer | undefined> {
  try {
    const ready = (): boolean => release.current() !== undefined;
    const { contentType } = metrics;
    return await startMetricsServer({ ready, text: () => metrics.text(), contentType, releases }, { host, port });
  } catch (error) {
    alarm('metrics-unreachable', `${host}:${port}`, error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

function listenError(error: unknown, { host, port }: PortalOptions): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return new ChengmenError('port-taken', { host, port, flag: 'portal-port' }, { cause: error });
  if (code !== 'EACCES' && code !== 'EADDRNOTAVAIL' && code !== 'ENOTFOUND') return error;
  return invalid('--portal-port, --host', `${host}:${port}`, error);
}

function invalid(name: string, value: string, error: unknown): ChengmenError {
  const problem = error instanceof Error ? error.message : String(error);
  return new ChengmenError('setting-invalid', { name, value, problem });
}
