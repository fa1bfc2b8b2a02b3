import { createServer } from 'node:net';

/** The port wanted where nobody listens there now, else one that is free; 0 stays 0. */
export async function freePort(host: string, wanted: number): Promise<number> {
  if (wanted === 0) return 0;
  return (await tryPort(host, wanted)) ?? (await tryPort(host, 0)) ?? wanted;
}

function tryPort(host: string, port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(undefined);
    });
    server.listen({ host, port }, () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address ? address.port : undefined);
      });
    });
  });
}
