import { request } from 'node:http';
import { parseVkey, ReleaseError } from '@chengmen/release';
import { formatSignRequest } from './sign-request.ts';
import type { Signer } from './types.ts';

/** A signer behind a socket: it signs only what goes on from what it has signed before. */
export function remoteSigner({ socket, vkey }: { readonly socket: string; readonly vkey: string }): Signer {
  const verifier = parseVkey(vkey);
  let old = 0;
  return {
    vkey,
    remembers: true,
    async signRecord(text) {
      const { status, body } = await ask(socket, 'POST', '/record', Buffer.from(text).toString('utf8'));
      if (status === 200) return Buffer.from(body, 'base64');
      throw new ReleaseError('invalid', 'signer', `it refuses to sign (${status}): ${body.trim().slice(0, 200)}`);
    },
    async sign(text, prove) {
      const bytes = Buffer.from(text).toString('utf8');
      for (let attempt = 1; ; attempt++) {
        const proof = old > 0 && prove ? await prove(old) : [];
        const { status, body } = await ask(socket, 'POST', '/sign', formatSignRequest({ old, proof, text: bytes }));
        if (status === 200) {
          old = Number(bytes.split('\n')[1]);
          const signature = Buffer.from(body, 'base64');
          // The key was changed where it is, or others listen there.
          if (!verifier.suite.verify(verifier.publicKey, text, signature))
            throw new ReleaseError('invalid', 'signer', `it signs with another key than ${vkey}`);
          return signature;
        }
        // Another process may have had it sign since, and we are new here.
        const known = status === 409 && /^[1-9]\d{0,14}\n$/.test(body) ? Number(body) : undefined;
        if (known === undefined || attempt === 3)
          throw new ReleaseError('invalid', 'signer', `it refuses to sign (${status}): ${body.trim().slice(0, 200)}`);
        old = known;
      }
    },
  };
}

/** The verifier key of the signer behind a socket. Rejects where nobody listens. */
export async function remoteVkey(socket: string): Promise<string> {
  const { status, body } = await ask(socket, 'GET', '/key');
  if (status !== 200) throw new ReleaseError('invalid', 'signer', `it tells no key (${status})`);
  return body.trim();
}

function ask(
  socketPath: string,
  method: string,
  path: string,
  body = '',
): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-length': Buffer.byteLength(body) };
    const asked = request({ socketPath, method, path, headers, timeout: 10_000 }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') });
      });
    });
    asked.on('timeout', () => asked.destroy(new Error('the signer does not answer')));
    asked.on('error', reject);
    asked.end(body);
  });
}
