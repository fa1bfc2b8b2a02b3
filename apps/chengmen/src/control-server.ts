import { deserialize, serialize } from 'node:v8';
import { ChengmenError } from '@chengmen/model';
import { openSocket } from '@chengmen/serve';
import fastify from 'fastify';
import { officeMethods, type Office } from './office.ts';

export interface ControlServer {
  close(): Promise<void>;
}

/**
 * Answers the operator's commands over a local socket that only the owner of the data folder can open (mode 0600).
 * Values travel in V8's own serialisation, so bytes stay bytes. The caller already holds the folder's lock: an old socket file is a dead one's.
 */
export async function serveControl(office: Office, socket: string): Promise<ControlServer> {
  const app = fastify({ bodyLimit: 256 * 1024 * 1024 });
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  for (const method of officeMethods) {
    app.post(`/${method}`, async (request, reply) => {
      reply.type('application/octet-stream');
      try {
        const argument: unknown = deserialize(request.body as Buffer);
        const call = office[method] as (argument: unknown) => Promise<unknown>;
        return serialize({ value: await call(argument) });
      } catch (error) {
        const { code, parameters } =
          error instanceof ChengmenError ? error : new ChengmenError('unexpected', { reference: String(error) });
        return serialize({ error: { code, parameters } });
      }
    });
  }
  await openSocket(socket, () => app.listen({ path: socket }));
  return { close: () => app.close() };
}
