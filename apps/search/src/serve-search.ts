import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ChengmenError } from '@chengmen/model';
import { openSocket } from '@chengmen/serve';
import type { SearchService } from './search-service.ts';

export interface SearchServer {
  close(): Promise<void>;
}

/** No query is longer than a title; the rest is filters. */
const longestRequest = 16 * 1024;
/** Waiting beyond this makes nobody happy. */
const mostWaiting = 64;

/**
 * Answers over a local socket (mode 0600), JSON both ways: `/search` `{map?, …SearchRequest}`, `/suggest` `{typed, edition?}`, `/status`,
 * `/self-test`. An old socket file is a dead one's. Throws `setting-invalid` where the socket cannot be made.
 */
export async function serveSearch(service: SearchService, socket: string): Promise<SearchServer> {
  let waiting = 0;
  const server = createServer((request, response) => {
    if (waiting >= mostWaiting) {
      reply(response, 503, { error: 'busy' });
      return;
    }
    waiting++;
    void answer(service, request)
      .then(({ status, value }) => reply(response, status, value))
      .catch((error: unknown) =>
        reply(response, 500, { error: error instanceof Error ? error.message : String(error) }),
      )
      .finally(() => waiting--);
  });
  server.requestTimeout = 5000;
  try {
    await openSocket(socket, () => once(server.listen(socket), 'listening'));
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new ChengmenError('setting-invalid', { name: '--socket / CHENGMEN_SEARCH_SOCKET', value: socket, problem });
  }
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

interface Reply {
  readonly status: number;
  readonly value: unknown;
}

async function answer(service: SearchService, request: IncomingMessage): Promise<Reply> {
  const value = await readJson(request);
  switch (request.url) {
    case '/search': {
      const { map, ...asked } = value as { readonly map?: string } & Parameters<SearchService['search']>[0];
      const found = await service.search(asked, map);
      return found ? { status: 200, value: found } : { status: 503, value: { error: 'no-release' } };
    }
    case '/suggest':
      return { status: 200, value: { titles: suggestions(service, value) } };
    case '/status':
      return { status: 200, value: service.status() };
    case '/self-test':
      return { status: 200, value: await service.selfTest(value as Parameters<SearchService['selfTest']>[0]) };
    default:
      return { status: 404, value: { error: 'unknown' } };
  }
}

function suggestions(service: SearchService, value: unknown): readonly string[] {
  const { typed = '', edition } = value as { readonly typed?: unknown; readonly edition?: unknown };
  return service.suggest(String(typed), typeof edition === 'string' ? edition : undefined);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    length += (part as Buffer).length;
    if (length > longestRequest) throw new RangeError('the request is too long');
    parts.push(part as Buffer);
  }
  return length === 0 ? {} : JSON.parse(Buffer.concat(parts).toString('utf8'));
}

function reply(response: ServerResponse, status: number, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
}
