import { lookup } from 'node:dns/promises';
import { request as plainRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP } from 'node:net';
import { isInsideAddress4, isInsideAddress6 } from '@chengmen/checks';

/** Asks whether addresses answer: in words why not, or null. What was not asked in time is left out. */
export type AskLinks = (hrefs: readonly string[]) => Promise<ReadonlyMap<string, string | null>>;

export interface LinkAskerOptions {
  readonly clock?: () => Date;
  /** Every address of a host. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  /** Addresses nobody is asked at. */
  readonly isForbidden?: (address: string) => boolean;
  readonly ports?: readonly number[];
  /** Milliseconds for one address, redirects and all. */
  readonly patience?: number;
}

const mostAtOnce = 4;
const mostOfOneText = 30;
const mostRedirects = 4;
const mostKept = 5000;
/** What answered will answer; what did not may again soon. In milliseconds. */
const remembered = { alive: 12 * 3600_000, dead: 10 * 60_000 };
const agent = 'Chengmen-link-check';

/**
 * Asks links as a reader would, from inside the desk's network, and so with care: only http and https on the ports of the web, every address
 * a name stands for looked at before it is spoken to and the connection made to that very one, redirects followed by the same rules,
 * a few at a time, not long, and nothing read of what comes back.
 */
export function createLinkAsker(options: LinkAskerOptions = {}): AskLinks {
  const { clock = () => new Date() } = options;
  const kept = new Map<string, { readonly answer: string | null; readonly until: number }>();
  return async (hrefs) => {
    const answers = new Map<string, string | null>();
    const waiting = hrefs.slice(0, mostOfOneText).values();
    const work = async (): Promise<void> => {
      for (const href of waiting) {
        const known = kept.get(href);
        if (known && known.until > clock().getTime()) {
          answers.set(href, known.answer);
          continue;
        }
        const answer = await ask(href, options);
        if (answer === undefined) continue;
        answers.set(href, answer);
        if (kept.size >= mostKept) kept.clear();
        kept.set(href, { answer, until: clock().getTime() + (answer === null ? remembered.alive : remembered.dead) });
      }
    };
    await Promise.all(Array.from({ length: mostAtOnce }, work));
    return answers;
  };
}

/** Null where it answers, a reason where it does not, undefined where we do not ask or cannot tell. */
async function ask(href: string, options: LinkAskerOptions): Promise<string | null | undefined> {
  const stop = AbortSignal.timeout(options.patience ?? 5000);
  try {
    let address = new URL(href, 'https://stays.invalid');
    for (let step = 0; step <= mostRedirects; step++) {
      const answer = await askOnce(address, options, stop);
      if (answer === undefined) return undefined;
      const { status, location } = answer;
      if (status < 300 || status >= 400 || location === undefined) return verdict(status);
      address = new URL(location, address);
    }
    return '重定向次数过多 (too many redirects)';
  } catch (error) {
    return reasonOf(error, stop.aborted);
  }
}

/** Only what is surely gone is told: many sites refuse programs, and are busy now and then. */
function verdict(status: number): string | null | undefined {
  if (status === 404 || status === 410) return `HTTP ${status}`;
  return status < 400 ? null : undefined;
}

function reasonOf(error: unknown, isLate: boolean): string | undefined {
  const code = (error as { code?: string }).code ?? '';
  if (code === 'ENOTFOUND') return '没有这个域名 (no such host)';
  if (code === 'ECONNREFUSED') return '拒绝连接 (connection refused)';
  if (code.startsWith('CERT_') || code === 'DEPTH_ZERO_SELF_SIGNED_CERT' || code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return '证书无效 (invalid certificate)';
  return isLate || code === 'ETIMEDOUT' ? '没有应答 (no answer)' : undefined;
}

async function askOnce(
  address: URL,
  options: LinkAskerOptions,
  signal: AbortSignal,
): Promise<{ status: number; location: string | undefined } | undefined> {
  const { ports = [80, 443, 8080, 8443], isForbidden = isInsideAddress, resolve = resolveAll } = options;
  const isSecure = address.protocol === 'https:';
  if (!isSecure && address.protocol !== 'http:') return undefined;
  const port = Number(address.port) || (isSecure ? 443 : 80);
  if (!ports.includes(port) || address.username !== '' || address.password !== '') return undefined;
  const host = address.hostname.replace(/^\[|\]$/g, '');
  const found = isIP(host) > 0 ? [host] : await resolve(host);
  const [first] = found;
  // One forbidden address among several is enough: a name that leads inside is not asked at all.
  if (first === undefined || found.some((one) => isForbidden(one))) return undefined;
  const pinned: RequestOptions = {
    ...{ host: first, port, path: address.pathname + address.search, signal, agent: false },
    headers: { host: address.host, 'user-agent': agent, accept: '*/*' },
  };
  const send = (method: string): Promise<IncomingMessage> =>
    new Promise((done, failed) => {
      const sent = isSecure
        ? secureRequest({ ...pinned, method, ...(isIP(host) > 0 ? {} : { servername: host }) }, done)
        : plainRequest({ ...pinned, method }, done);
      sent.on('error', failed);
      sent.end();
    });
  let answer = await send('HEAD');
  answer.destroy();
  // Some know nothing but GET.
  if ([400, 403, 404, 405, 501].includes(answer.statusCode ?? 0)) {
    answer = await send('GET');
    answer.destroy();
  }
  return { status: answer.statusCode ?? 0, location: answer.headers.location };
}

const isInsideAddress = (address: string): boolean =>
  isIP(address) === 4 ? isInsideAddress4(address) : isInsideAddress6(address);

const resolveAll = async (host: string): Promise<readonly string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address);
