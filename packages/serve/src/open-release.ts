import {
  checkContinues,
  isReleasePath,
  lookup,
  peekCheckpoint,
  problemOf,
  proofPrefix,
  readHead,
  trusted,
  type Entry,
  type LogHead,
  type LogReader,
  type ReleaseHead,
} from '@chengmen/release';
import { answerEntry } from './answer-entry.ts';
import { notice } from './notice.ts';
import { answerProof } from './proof-address.ts';
import { longestTarget, parseTarget, type RequestPath } from './request-path.ts';
import { securityHeaders } from './security-headers.ts';
import type { Answer, Current, OpenRelease, ReleaseOptions, Request } from './types.ts';
import { verifiedReader, type VerifiedReader } from './verified-reader.ts';

/** Path of the page a release shows for addresses it does not have. */
const notFoundPath = '/404.html';

interface Serving {
  readonly current: Current;
  readonly log: LogReader;
}

/**
 * Opens a store for serving: only what belongs to the newest signed release and hashes right ever leaves it.
 * Before the first release, and while none verifies, every answer is 503. Throws `invalid` for a key that cannot be read.
 */
export async function openRelease(options: ReleaseOptions): Promise<OpenRelease> {
  const { store, key, origin, cacheBytes = 64 * 1024 * 1024 } = options;
  trusted({ key, origin });
  const reader = verifiedReader(store, cacheBytes);
  const always = securityHeaders(options.https ?? false);
  const alarm = (error: unknown, where: string): void => {
    const { code, where: place, problem } = problemOf(error, where);
    options.alarm?.(code, place, problem);
  };
  const memory = createMemory(options, alarm);
  let serving: Serving | undefined;
  let reloading: Promise<boolean> | undefined;

  const reload = async (): Promise<boolean> => {
    try {
      const bytes = await store.get('checkpoint');
      if (bytes && Buffer.from(bytes).toString('utf8') === serving?.current.checkpoint) return false;
      const lastSeen = await memory.recall();
      const head = await readHead(store, { key, origin });
      if (lastSeen) await checkContinues(head.log, lastSeen);
      // The first page of the map must be there before anybody is sent to it.
      await lookup(reader.page, head.leaf.map, '/');
      await memory.keep(head);
      serving = { current: currentOf(head), log: head.log };
      return true;
    } catch (error) {
      const { code } = problemOf(error, 'checkpoint');
      if (code !== 'no-release' || serving || memory.newest()) alarm(error, 'checkpoint');
      return false;
    }
  };

  const opened: OpenRelease = {
    current: () => serving?.current,
    reload() {
      reloading ??= reload().finally(() => {
        reloading = undefined;
      });
      return reloading;
    },
    async respond(request) {
      const answer = await respond(request, serving, reader, alarm);
      const body = request.method === 'HEAD' ? new Uint8Array() : answer.body;
      return { status: answer.status, headers: { ...answer.headers, ...always }, body };
    },
  };
  await opened.reload();
  return opened;
}

function currentOf({ leaf, checkpoint, note }: ReleaseHead): Current {
  return { site: leaf.site, map: leaf.map, log: { size: checkpoint.size, root: checkpoint.root }, checkpoint: note };
}

interface SeenMemory {
  /** The newest head ever seen; read from outside once. Throws when what is kept there cannot be read. */
  recall(): Promise<LogHead | undefined>;
  newest(): LogHead | undefined;
  keep(head: ReleaseHead): Promise<void>;
}

function createMemory(options: ReleaseOptions, alarm: (error: unknown, where: string) => void): SeenMemory {
  let newest: LogHead | undefined;
  let recalled = false;
  return {
    async recall() {
      if (recalled) return newest;
      const note = await options.seen.read();
      // It is this machine's own note, checked when it was written; the key may have changed since.
      if (note !== undefined) newest = peekCheckpoint(note);
      recalled = true;
      return newest;
    },
    newest: () => newest,
    async keep(head) {
      newest = { size: head.checkpoint.size, root: head.checkpoint.root };
      // Serving goes on where it cannot be kept: the process itself still remembers.
      await options.seen.write(head.note).catch((error: unknown) => {
        alarm(error, 'seen');
      });
    },
  };
}

async function respond(
  request: Request,
  serving: Serving | undefined,
  reader: VerifiedReader,
  alarm: (error: unknown, where: string) => void,
): Promise<Answer> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return notice(405, { allow: 'GET, HEAD' });
  if (request.path.length > longestTarget) return notice(414);
  const target = parseTarget(request.path);
  if (!target) return notice(400);
  if (!serving) return notice(503);
  try {
    return await find(request, target, serving, reader);
  } catch (error) {
    alarm(error, target.path);
    return notice(503);
  }
}

async function find(
  request: Request,
  target: RequestPath,
  { current, log }: Serving,
  reader: VerifiedReader,
): Promise<Answer> {
  const { path, query, canonical } = target;
  const entryAt = async (at: string): Promise<Entry | undefined> =>
    isReleasePath(at) ? lookup(reader.page, current.map, at) : undefined;
  if (path.startsWith(proofPrefix)) {
    const proof = await answerProof(path.slice(proofPrefix.length), { current, log, page: reader.page });
    if (proof) return proof;
  }
  const entry = await entryAt(path);
  if (entry) return canonical ? answerEntry(request, path, entry, reader) : redirect(path + query);
  if (!path.endsWith('/') && (await entryAt(`${path}/`))) return redirect(`${path}/${query}`);
  const notFound = await entryAt(notFoundPath);
  if (notFound?.status !== 404) return notice(404);
  return answerEntry(request, notFoundPath, notFound, reader);
}

/** To the one address of a page. `location` begins with a path a release holds, so it cannot lead to another site. */
function redirect(location: string): Answer {
  return {
    status: 301,
    headers: { location, 'cache-control': 'no-cache', 'content-length': '0' },
    body: new Uint8Array(),
  };
}
