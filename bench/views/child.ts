/** The counter’s server of views by itself, for the bench to kill: `node child.ts JSON`. */
import { createViewsServer, listenForViews, longestBeacon } from '@chengmen/counter';
import { openLedger } from '@chengmen/ledger';
import { openViewCounter, statisticsMigrations } from '@chengmen/statistics';
import fastify, { type FastifyInstance } from 'fastify';
import { site, type ViewsChild } from './messages.ts';

const { database, folder, socket, port, storesNothing, rules } = JSON.parse(process.argv[2] ?? '{}') as ViewsChild;
if (storesNothing === true) await serve(nothing());
else await count();

async function count(): Promise<void> {
  const ledger = await openLedger({ folder, url: database, migrations: statisticsMigrations });
  const fail = (error: unknown): void => {
    console.error(error);
    process.exit(1);
  };
  const views = await openViewCounter({ ledger, site, folder, rules, onFailed: fail, onError: console.error });
  const app = createViewsServer({ views, most: 1e9 });
  process.on('message', () => {
    void (async () => {
      await app.close();
      await views.rollUp(true);
      await views.close();
      await ledger.close();
      process.exit(0);
    })();
  });
  await serve(app);
}

/** The same server with the same parser of bodies. */
function nothing(): FastifyInstance {
  const app = fastify({ bodyLimit: longestBeacon, logger: false });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.post('/views', (_request, reply) => {
    reply.code(204).send();
  });
  return app;
}

async function serve(app: FastifyInstance): Promise<void> {
  if (port !== true) await listenForViews(app, socket);
  const address = port === true ? await app.listen({ host: '127.0.0.1', port: 0 }) : '';
  process.send?.({ ready: true, address });
}
