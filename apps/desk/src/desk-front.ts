import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { SiteId } from '@chengmen/model';
import fastify, { type FastifyInstance } from 'fastify';
import { ownPath } from './desk-request.ts';
import { siteHome } from './site-base.ts';

export interface DeskFrontOptions {
  /** The site whose desk has the addresses without a site in them. */
  readonly first: SiteId;
  /** The desk of a site; undefined where there is no such site. */
  readonly deskOf: (site: SiteId) => Promise<FastifyInstance | undefined>;
  readonly onError: (error: unknown) => void;
}

/** `/s/liuwan/items?page=2`: the site, and what its desk is asked for. */
const within = /^\/s\/([a-z][a-z0-9-]{1,31})(\/.*|\?.*|)$/s;

/**
 * One door for the desks of all sites. Which desk answers is told by the address alone; each is closed over its site, so nothing else in
 * a request can lead to another's rows.
 */
export function createDeskFront({ first, deskOf, onError }: DeskFrontOptions): FastifyInstance {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, site = first, path = request.url ?? '/'] = within.exec(request.url ?? '') ?? [];
    const asks = request.method === 'GET' || request.method === 'HEAD';
    const named = path !== request.url;
    if (named && asks && !path.startsWith('/')) return redirect(response, siteHome(site) + path);
    // One address for each page: the first site's has no site in it.
    if (named && asks && site === first) return redirect(response, ownPath(path));
    const desk = await deskOf(site);
    if (desk && named) request.url = path;
    (desk ?? (await deskOf(first)))?.routing(request, response);
  };
  return fastify({
    serverFactory: () =>
      // As Fastify's own server has it: an upload over a slow line takes as long as it takes.
      createServer({ keepAliveTimeout: 72_000, requestTimeout: 0 }, (request, response) => {
        answer(request, response).catch((error: unknown) => {
          onError(error);
          response.writeHead(500).end();
        });
      }),
  });
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location, 'cache-control': 'no-store' }).end();
}
