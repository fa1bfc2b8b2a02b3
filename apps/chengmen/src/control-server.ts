import { deserialize, serialize } from 'node:v8';
import { ChengmenError, type SiteId } from '@chengmen/model';
import { openSocket } from '@chengmen/serve';
import fastify from 'fastify';
import { officeMethods, type Office } from './office.ts';
import type { SiteRecord, WantedSite } from './sites.ts';

export interface ControlServer {
  close(): Promise<void>;
}

/** What commands may ask of the running back office: a site's operations, and one site more. */
export interface Operations {
  readonly office: (site: SiteId) => Promise<Office>;
  readonly addSite: (wanted: WantedSite) => Promise<SiteRecord>;
}

/**
 * Answers the operator's commands over a local socket that only the owner of the data folder can open (mode 0600).
 * Values travel in V8's own serialisation, so bytes stay bytes. The caller already holds the folder's lock: an old socket file is a dead one's.
 */
export async function serveControl({ office, addSite }: Operations, socket: string): Promise<ControlServer> {
  const app = fastify({ bodyLimit: 256 * 1024 * 1024 });
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  const answer = (path: string, work: (argument: unknown, site: SiteId) => Promise<unknown>): void => {
    app.post<{ Params: { site?: string } }>(path, async (request, reply) => {
      reply.type('application/octet-stream');
      try {
        const argument: unknown = deserialize(request.body as Buffer);
        return serialize({ value: await work(argument, request.params.site ?? '') });
      } catch (error) {
        const { code, parameters } =
          error instanceof ChengmenError ? error : new ChengmenError('unexpected', { reference: String(error) });
        return serialize({ error: { code, parameters } });
      }
    });
  };
  for (const method of officeMethods)
    answer(`/sites/:site/${method}`, async (argument, site) => {
      const call = (await office(site))[method] as (argument: unknown) => Promise<unknown>;
      return call(argument);
    });
  answer('/sites', (wanted) => addSite(wanted as WantedSite));
  await openSocket(socket, () => app.listen({ path: socket }));
  return { close: () => app.close() };
}
