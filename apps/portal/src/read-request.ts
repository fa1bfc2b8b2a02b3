import type { IncomingMessage } from 'node:http';

/**
 * The status that refuses a request whatever it asks for; undefined where it may be answered. RFC 9112 §2.3, §3.2: a version
 * that is spoken here, and one Host that can be one. Nothing here depends on the host, but what stands before us may: two who
 * read one request differently are how answers get into the wrong hands.
 */
export function refusalOf(request: IncomingMessage): 400 | 505 | undefined {
  if (request.httpVersionMajor !== 1 || request.httpVersionMinor > 1) return 505;
  const { rawHeaders, headers } = request;
  const { host } = headers;
  if (host !== undefined && !hostText.test(host)) return 400;
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 4 && name.toLowerCase() === 'host' && ++hosts > 1) return 400;
  }
  return undefined;
}

/** RFC 3986 §3.2.2 and a port; it may be empty. */
const hostText = /^(?:\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(?::[0-9]*)?$/;

/** A target in absolute form, which proxies send and every server must take, in origin form: `http://city.example/a?b` is `/a?b`. */
export function originForm(target: string): string {
  if (target.startsWith('/')) return target;
  const [absolute] = /^https?:\/\/[^/?#@]+(?=[/?#]|$)/i.exec(target) ?? [];
  if (absolute === undefined) return target;
  const rest = target.slice(absolute.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}
