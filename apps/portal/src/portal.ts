import { ChengmenError } from '@chengmen/model';
import { folderStore, openRelease, seenFile, type Answer, type OpenRelease } from '@chengmen/serve';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createAlarm } from './alarm.ts';
import { watchCheckpoint } from './watch-checkpoint.ts';

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
  /** Where the newest checkpoint seen is kept: the one file the portal writes. */
  readonly seenFile: string;
  /** The site is reached by https. */
  readonly https?: boolean;
  /** Told of what does not verify; the same thing at most once a minute. */
  readonly alarm?: (code: string, where: string, problem: string) => void;
  /** Told of each promotion that is now being served. */
  readonly promoted?: (size: number, root: string) => void;
}

export interface Portal {
  readonly host: string;
  readonly port: number;
  /** `http://127.0.0.1:8080` */
  readonly address: string;
  readonly release: OpenRelease;
  /** Answers what is under way, then closes. */
  close(): Promise<void>;
}

/**
 * Serves a release folder over HTTP/1.1. Holds no key that signs, knows no database, and reads nothing but the folder.
 * Throws `port-taken` and, for a key that cannot be read, `setting-invalid`.
 */
export async function startPortal(options: PortalOptions): Promise<Portal> {
  const release = await open(options);
  const app = fastify({
    logger: false,
    forceCloseConnections: 'idle',
    // Slow clients: headers must be there in 10 s, a whole request in 15 s, and an idle connection goes after 65 s.
    keepAliveTimeout: 65_000,
    requestTimeout: 15_000,
    http: { maxHeaderSize: 16 * 1024, headersTimeout: 10_000 },
    // Addresses the router cannot decode are answered like all others.
    frameworkErrors: (_error, request, reply) => {
      void answer(release, request, reply as FastifyReply);
    },
  });
  app.addHook('onRequest', (request, reply) => answer(release, request, reply));
  app.all('*', () => undefined);
  const watching = watchCheckpoint(options.releases, async () => {
    const current = (await release.reload()) ? release.current() : undefined;
    if (current) options.promoted?.(current.log.size, current.map.hash);
  });
  try {
    await app.listen({ host: options.host, port: options.port });
  } catch (error) {
    await watching.stop();
    throw listenError(error, options);
  }
  const bound = app.server.address();
  const port = typeof bound === 'object' && bound ? bound.port : options.port;
  return {
    host: options.host,
    port,
    address: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    release,
    async close() {
      await watching.stop();
      await app.close();
    },
  };
}

async function open(options: PortalOptions): Promise<OpenRelease> {
  try {
    return await openRelease({
      store: folderStore(options.releases),
      key: options.key,
      ...(options.origin === undefined ? {} : { origin: options.origin }),
      seen: seenFile(options.seenFile),
      https: options.https ?? false,
      alarm: createAlarm(options.alarm ?? (() => undefined)),
    });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new ChengmenError('setting-invalid', { name: 'key', value: options.key.slice(0, 80), problem });
  }
}

/** Goes past fastify's reply: the answer is ready as it is, down to its headers. */
async function answer(release: OpenRelease, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.hijack();
  const { method = '', url = '', headers } = request.raw;
  send(request.raw, reply.raw, await release.respond({ method, path: url, headers }));
}

function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Answer): void {
  // The body of a request is never read: there is nothing to do with it. The connection cannot be used again then.
  const unread = request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined;
  response.writeHead(status, unread ? { ...headers, connection: 'close' } : headers);
  response.end(body);
}

function listenError(error: unknown, { host, port }: PortalOptions): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return new ChengmenError('port-taken', { host, port, flag: 'portal-port' }, { cause: error });
  if (code !== 'EACCES' && code !== 'EADDRNOTAVAIL' && code !== 'ENOTFOUND') return error;
  const problem = error instanceof Error ? error.message : String(error);
  return new ChengmenError('setting-invalid', { name: '--portal-port, --host', value: `${host}:${port}`, problem });
}
