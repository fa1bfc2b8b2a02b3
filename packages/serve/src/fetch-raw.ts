import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { RawAnswer, RawFetch } from './types.ts';

const longestBody = 512 * 1024 * 1024;

/** GET without following redirects and without undoing any content coding: the bytes as they came. Rejects after 30 s of silence. */
export const fetchRaw: RawFetch = (url, headers) =>
  new Promise<RawAnswer>((resolve, reject) => {
    const request = url.startsWith('https:') ? requestHttps : requestHttp;
    const asked = request(url, { headers, timeout: 30_000 }, (response) => {
      const parts: Buffer[] = [];
      let length = 0;
      response.on('data', (part: Buffer) => {
        parts.push(part);
        length += part.length;
        if (length > longestBody) response.destroy(new Error('the answer is too long'));
      });
      response.on('error', reject);
      response.on('end', () => {
        const own = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
        resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(own), body: Buffer.concat(parts) });
      });
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer for 30 seconds')));
    asked.on('error', reject);
    asked.end();
  });
