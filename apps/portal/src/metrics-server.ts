import { createServer } from 'node:http';
import type { ListenOptions } from 'node:net';
import { listenForHold } from './held.ts';

/** What the private port tells. */
export interface Inside {
  /** A verified release is being served. */
  ready(): boolean | Promise<boolean>;
  /** Prometheus text. */
  text(): Promise<string>;
  readonly contentType: string;
  /** Folder of the releases. */
  readonly releases: string;
}

export interface MetricsServer {
  /** `http://127.0.0.1:9080` */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * `/live` answers 200 while the process runs, `/ready` 200 only while a verified release is served and else 503, `/metrics`
 * Prometheus text. For a port that the street cannot reach. Rejects with what listening rejects with.
 */
export async function startMetricsServer(inside: Inside, listen: ListenOptions): Promise<MetricsServer> {
  const held = listenForHold(inside.releases);
  const answers: Readonly<Record<string, () => Promise<[status: number, type: string, body: string]>>> = {
    '/live': () => Promise.resolve([200, plain, 'live\n']),
    '/ready': async () => ((await inside.ready()) ? [200, plain, 'ready\n'] : [503, plain, 'no verified release\n']),
    '/metrics': async () => [200, inside.contentType, (await inside.text()) + (await held.text())],
  };
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5000 }, (request, response) => {
    const answer = request.method === 'GET' ? answers[(request.url ?? '').replace(/\?.*$/s, '')] : undefined;
    const none: [number, string, string] = [404, plain, 'nothing here\n'];
    void (answer?.() ?? Promise.resolve(none))
      .catch((error: unknown): [number, string, string] => [500, plain, `${String(error)}\n`])
      .then(([status, type, body]) => {
        response
          .writeHead(status, { 'content-type': type, 'cache-control': 'no-store', connection: 'close' })
          .end(body);
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(listen, resolve);
  });
  const bound = server.address();
  const { address = '', port = 0 } = typeof bound === 'object' && bound ? bound : {};
  return {
    address: `http://${address.includes(':') ? `[${address}]` : address}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const plain = 'text/plain; charset=utf-8';
