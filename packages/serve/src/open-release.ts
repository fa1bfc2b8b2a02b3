import {
  checkContinues,
  followedKeys,
  isReleasePath,
  lookup,
  peekCheckpoint,
  problemOf,
  proofPrefix,
  readHead,
  readPrunings,
  trusted,
  type Entry,
  type LogHead,
  type LogReader,
  type Prunings,
  type ReleaseHead,
} from '@chengmen/release';
import { answerForm, readForm } from './answer-entry.ts';
import { chooseCoding } from './choose-coding.ts';
import { notice } from './notice.ts';
import { headerOf } from './preconditions.ts';
import { answerProof } from './proof-address.ts';
import { createReadyPages, type ReadyPages } from './ready-pages.ts';
import { longestTarget, parseTarget, type RequestPath } from './request-path.ts';
import { securityHeaders } from './security-headers.ts';
import type { Answer, Current, OpenRelease, ReleaseOptions, Request } from './types.ts';
import { verifiedReader, type VerifiedReader } from './verified-reader.ts';

/** Path of the page a release shows for addresses it does not have. */
const notFoundPath = '/404.html';

interface Serving {
  /** The checkpoint as it stands in the store. */
  readonly raw: string;
  readonly current: Current;
  readonly log: LogReader;
  readonly statements: readonly string[];
  /** Dropped with the release it belongs to. */
  readonly ready: ReadyPages;
}

/** What answering needs besides the release. */
interface Means {
  readonly reader: VerifiedReader;
  /** Headers of every answer. */
  readonly always: Readonly<Record<string, string>>;
  readonly alarm: (error: unknown, where: string) => void;
  /** The store looks again where things stand; true where it did. */
  readonly doubt: () => Promise<boolean>;
  /** Records of what was taken away, those of a moment ago. */
  readonly prunings: () => Promise<Prunings>;
}

/**
 * Opens a store for serving: only what belongs to the newest signed release and hashes right ever leaves it.
 * Before the first release, and while none verifies, every answer is 503. Throws `invalid` for a key that cannot be read.
 */
export async function openRelease(options: ReleaseOptions): Promise<OpenRelease> {
  const { store, key, origin, cacheBytes = 64 * 1024 * 1024 } = options;
  trusted({ key, origin });
  // A quarter holds answers of the present release that are ready; the rest outlives promotions.
  const reader = verifiedReader(store, (cacheBytes / 4) * 3);
  const always = securityHeaders(options.https ?? false);
  const alarm = (error: unknown, where: string): void => {
    const { code, where: place, problem } = problemOf(error, where);
    options.alarm?.(code, place, problem);
  };
  const memory = createMemory(options, alarm);
  const prunings = createPrunings(options, () => memory.statements());
  const means: Means = { reader, always, alarm, doubt: createDoubt(options), prunings };
  let hits = 0;
  let misses = 0;
  let serving: Serving | undefined;
  let reloading: Promise<boolean> | undefined;
  let refused = false;

  const reload = async (): Promise<boolean> => {
    try {
      const bytes = await store.get('checkpoint');
      const raw = Buffer.from(bytes ?? []).toString('utf8');
      if (raw !== '' && raw === serving?.raw) {
        refused = false;
        return false;
      }
      const lastSeen = await memory.recall();
      const head = await readHead(store, { key, origin, statements: await memory.statements() });
      if (lastSeen) await checkContinues(head.log, lastSeen);
      // The first page of the map must be there before anybody is sent to it.
      await lookup(reader.page, head.leaf.map, '/');
      // This process remembers at once; that the next one will is nothing readers need to wait for.
      const kept = memory.keep(head);
      serving = {
        raw,
        current: currentOf(head),
        statements: head.statements,
        log: head.log,
        ready: createReadyPages(cacheBytes / 4),
      };
      refused = false;
      await kept;
      return true;
    } catch (error) {
      const { code } = problemOf(error, 'checkpoint');
      refused = true;
      await means.doubt().catch(() => false);
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
    upToDate: () => !refused,
    async entry(path) {
      if (!serving || !isReleasePath(path)) return undefined;
      return lookup(reader.page, serving.current.map, path).catch((error: unknown) => {
        alarm(error, path);
        return undefined;
      });
    },
    async respond(request) {
      misses++;
      return forMethod(request, await respond(request, serving, means));
    },
    respondNow(request) {
      const answer = serving && answerNow(request, serving.ready, always);
      if (!answer) return undefined;
      hits++;
      return forMethod(request, answer);
    },
    memory: () => ({ bytes: reader.size() + (serving?.ready.size() ?? 0), hits, misses }),
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
  /** Statements about keys that were believed before. */
  statements(): Promise<readonly string[]>;
  keep(head: ReleaseHead): Promise<void>;
}

function createMemory(options: ReleaseOptions, alarm: (error: unknown, where: string) => void): SeenMemory {
  let newest: LogHead | undefined;
  let recalled = false;
  let statements: readonly string[] | undefined;
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
    async statements() {
      statements ??= await options.seen.readKeys();
      return statements;
    },
    async keep(head) {
      newest = { size: head.checkpoint.size, root: head.checkpoint.root };
      const followed = head.statements.length > (statements ?? []).length ? head.statements : undefined;
      statements = head.statements;
      // Serving goes on where it cannot be kept: the process itself still remembers.
      const writing = followed ? options.seen.writeKeys(followed) : Promise.resolve();
      await writing
        .then(() => options.seen.write(head.note))
        .catch((error: unknown) => {
          alarm(error, 'seen');
        });
    },
  };
}

const nothing = new Uint8Array();

function forMethod({ method }: Request, answer: Answer): Answer {
  return method === 'HEAD' ? { ...answer, body: nothing } : answer;
}

/** An answer out of what is ready. Only canonical addresses of pages stand there, so there is nothing to decode or redirect. */
function answerNow(request: Request, ready: ReadyPages, always: Means['always']): Answer | undefined {
  const { method, path } = request;
  if ((method !== 'GET' && method !== 'HEAD') || path.length > longestTarget) return undefined;
  const mark = path.indexOf('?');
  const page = ready.get(mark < 0 ? path : path.slice(0, mark));
  const form = page?.forms.get(chooseCoding(headerOf(request, 'accept-encoding'), page.entry));
  return form && answerForm(request, form, always);
}

async function respond(request: Request, serving: Serving | undefined, means: Means): Promise<Answer> {
  const own = (status: number, headers?: Readonly<Record<string, string>>): Answer =>
    notice(status, { ...headers, ...means.always });
  if (request.method !== 'GET' && request.method !== 'HEAD') return own(405, { allow: 'GET, HEAD' });
  if (request.path.length > longestTarget) return own(414);
  const target = parseTarget(request.path);
  if (!target) return own(400);
  if (!serving) return own(503);
  try {
    return await find(request, target, serving, means).catch(async (error: unknown) => {
      if (await means.doubt()) return find(request, target, serving, means);
      throw error;
    });
  } catch (error) {
    if (await isErased(error, means)) return own(410);
    means.alarm(error, target.path);
    return own(503);
  }
}

/** Gone by order, and signed for: that is no alarm. */
async function isErased(error: unknown, { prunings }: Means): Promise<boolean> {
  const { code, where } = problemOf(error, '');
  if (code !== 'missing' || !where.startsWith('blob/')) return false;
  const hash = /[0-9a-f]{64}/.exec(where)?.[0] ?? '';
  const known = await prunings().catch(() => undefined);
  return known?.erasedBy(hash) !== undefined;
}

/** The records, read once and then at most each `lookAgain`: nobody on the street can make them be read all the time. */
function createPrunings(
  { store, key, origin, lookAgain = 1000 }: ReleaseOptions,
  statements: () => Promise<readonly string[]>,
): () => Promise<Prunings> {
  let last = -Infinity;
  let known: Promise<Prunings> | undefined;
  return () => {
    if (known && performance.now() - last < lookAgain) return known;
    last = performance.now();
    const before = known;
    const reading = (async () => {
      const followed = await followedKeys(store, { key, origin, statements: await statements() });
      return readPrunings(store, followed, { known: await before?.catch(() => undefined) });
    })();
    reading.catch(() => undefined);
    known = reading;
    return reading;
  };
}

/** Looking again costs some reading, so what stays damaged does not make it happen all the time. */
function createDoubt({ store, lookAgain = 1000 }: ReleaseOptions): () => Promise<boolean> {
  let last = -Infinity;
  return async () => {
    if (!store.doubt || performance.now() - last < lookAgain) return false;
    last = performance.now();
    await store.doubt();
    return true;
  };
}

async function find(request: Request, target: RequestPath, serving: Serving, means: Means): Promise<Answer> {
  const { path, query, canonical } = target;
  const { reader, always } = means;
  const { current, log, statements } = serving;
  const entryAt = async (at: string): Promise<Entry | undefined> =>
    isReleasePath(at) ? lookup(reader.page, current.map, at) : undefined;
  if (canonical && path.startsWith(proofPrefix)) {
    const { prunings } = means;
    const proof = await answerProof(path.slice(proofPrefix.length), { current, log, statements, reader, prunings });
    if (proof) return { ...proof, headers: { ...proof.headers, ...always } };
  }
  const entry = await entryAt(path);
  if (entry) return canonical ? answerPage(request, path, entry, serving, means) : redirect(path + query, always);
  if (!path.endsWith('/') && (await entryAt(`${path}/`))) return redirect(`${path}/${query}`, always);
  for (const at of notFoundPaths(path)) {
    const notFound = await entryAt(at);
    if (notFound?.status === 404) return answerPage(request, at, notFound, serving, means);
  }
  return notice(404, always);
}

/** Where the page for an unknown address stands: at the top of its edition, else of the site. */
function notFoundPaths(path: string): readonly string[] {
  const [top] = /^\/[^/]+(?=\/)/.exec(path) ?? [];
  return top === undefined ? [notFoundPath] : [top + notFoundPath, notFoundPath];
}

async function answerPage(
  request: Request,
  path: string,
  entry: Entry,
  { ready }: Serving,
  { reader, always }: Means,
): Promise<Answer> {
  const coding = chooseCoding(headerOf(request, 'accept-encoding'), entry);
  const known = ready.get(path)?.forms.get(coding);
  const form = known ?? (await readForm({ path, entry, coding }, reader, always));
  if (!known) ready.keep(path, entry, coding, form);
  return answerForm(request, form, always);
}

/** To the one address of a page. `location` begins with a path a release holds, so it cannot lead to another site. */
function redirect(location: string, always: Means['always']): Answer {
  return {
    status: 301,
    headers: { location, 'cache-control': 'no-cache', 'content-length': '0', ...always },
    body: nothing,
  };
}
