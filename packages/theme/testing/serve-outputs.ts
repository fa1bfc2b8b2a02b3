import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Output, PagePath } from '@chengmen/model';

/** What the portal sends with its pages, so that a template that would break there breaks here. */
export const strictPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

export interface ServedOutputs extends AsyncDisposable {
  readonly origin: string;
}

/** Rendered outputs on a port of 127.0.0.1 that happens to be free, for browsers in tests. */
export async function serveOutputs(outputs: ReadonlyMap<PagePath, Output>): Promise<ServedOutputs> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://example').pathname;
    const output = outputs.get(path) ?? outputs.get('/404.html');
    response.writeHead(output?.status ?? 404, {
      'content-type': output?.type ?? 'text/plain',
      'content-security-policy': strictPolicy,
      ...(output?.location === undefined ? {} : { location: output.location }),
    });
    response.end(output?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}
