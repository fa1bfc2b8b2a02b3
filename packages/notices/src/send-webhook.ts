import { createHmac } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { request as plainRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP } from 'node:net';
import { isInsideAddress4, isInsideAddress6 } from '@chengmen/checks';

export interface WebhookOptions {
  /** Inside addresses may be spoken to, and without TLS: for a city's own network, and for tests. */
  readonly allowInside: boolean;
  /** Every address of a host. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  /** Milliseconds. */
  readonly patience?: number;
}

/**
 * Sends a text to a webhook, signed: `X-Chengmen-Signature: sha256=HMAC` over the body with the account's secret. Every address the name
 * stands for is looked at before it is spoken to, and the connection made to that very one; redirects are not followed, and nothing is read
 * of what comes back but its status. Rejects with what went wrong, in words that hold no secret.
 */
export async function sendWebhook(
  address: string,
  { body, secret }: { readonly body: string; readonly secret: string },
  { allowInside, resolve = resolveAll, patience = 10_000 }: WebhookOptions,
): Promise<void> {
  const url = new URL(address);
  const isSecure = url.protocol === 'https:';
  if (!isSecure && !(allowInside && url.protocol === 'http:')) throw new Error('only https');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = isIP(host) > 0 ? [host] : await resolve(host);
  const [first] = found;
  if (first === undefined) throw new Error('no such host');
  // One inside address among several is enough.
  if (!allowInside && found.some(isInside)) throw new Error('the host leads inside');
  const pinned: RequestOptions = {
    ...{ host: first, port: url.port === '' ? undefined : Number(url.port), path: url.pathname + url.search },
    ...{ method: 'POST', agent: false, signal: AbortSignal.timeout(patience) },
    headers: {
      host: url.host,
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'Chengmen-notice',
      'x-chengmen-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  };
  const answer = await new Promise<IncomingMessage>((done, failed) => {
    const sent = isSecure
      ? secureRequest({ ...pinned, ...(isIP(host) > 0 ? {} : { servername: host }) }, done)
      : plainRequest(pinned, done);
    sent.on('error', failed);
    sent.end(body);
  });
  answer.destroy();
  const status = answer.statusCode ?? 0;
  if (status < 200 || status >= 300) throw new Error(`HTTP ${status}`);
}

const isInside = (address: string): boolean =>
  isIP(address) === 4 ? isInsideAddress4(address) : isInsideAddress6(address);

const resolveAll = async (host: string): Promise<readonly string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address);
