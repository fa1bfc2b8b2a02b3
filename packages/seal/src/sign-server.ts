import { once } from 'node:events';
import { open, readFile, rename } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { dirname } from 'node:path';
import {
  parseCheckpoint,
  parsePruning,
  parseSkey,
  ReleaseError,
  verifyConsistency,
  type Checkpoint,
  type LogHead,
  type PruningRecord,
} from '@chengmen/release';
import { openSocket } from '@chengmen/serve';
import { syncFolder } from './key.ts';
import { readSignRequest } from './sign-request.ts';

export interface SignServerOptions {
  /** Private key text. */
  readonly skey: string;
  /** The only log it signs for; by default the name of the key. */
  readonly origin?: string;
  /** Path of the socket it listens at. */
  readonly socket: string;
  /** Mode of the socket. Default 0o600: only the account that runs this. */
  readonly mode?: number;
  /** File that remembers the newest tree that was signed; without it any first tree is signed. */
  readonly state: string;
}

export interface SignServer {
  /** Verifier key. */
  readonly vkey: string;
  close(): Promise<void>;
}

/** No question for a checkpoint is longer: a proof has some dozens of lines. */
const longestRequest = 16_384;
/** Nor any record of a pruning: it must fit into a note. */
const longestRecord = 1_000_000;

/**
 * Holds the seal key for others. It signs checkpoints of one log, and only such as go on from the newest it has signed
 * (`POST /sign`), records of prunings of that log (`POST /record`), and nothing else: docs/formats/release.md, “Signer”. What it has signed is durable before the signature leaves.
 */
export async function startSignServer(options: SignServerOptions): Promise<SignServer> {
  const { skey, socket, mode = 0o600, state } = options;
  const key = parseSkey(skey);
  const origin = options.origin ?? key.verifier.name;
  let last = await readState(state, origin);
  let turn: Promise<unknown> = Promise.resolve();

  const sign = async (body: string): Promise<Reply> => {
    const request = readSignRequest(body);
    const checkpoint = checkpointIn(request?.text, origin);
    if (!request || !checkpoint) return { status: 403, body: 'not a checkpoint of this log\n' };
    if (last && request.old !== last.size) return { status: 409, body: `${last.size}\n` };
    if (last && !goesOn(last, checkpoint, request.proof))
      return { status: 422, body: 'it does not go on from what was signed\n' };
    if (!last || checkpoint.size > last.size) {
      await writeState(state, request.text);
      last = checkpoint;
    }
    return { status: 200, body: `${Buffer.from(key.sign(Buffer.from(request.text))).toString('base64')}\n` };
  };
  /** A record takes nothing away by itself, and says nothing of what the newest release is. */
  const signRecord = (text: string): Reply => {
    const record = recordIn(text, origin);
    if (!record) return { status: 403, body: 'not the record of a pruning of this log\n' };
    if (last && record.log.size > last.size)
      return { status: 422, body: 'it is of a release that was never signed here\n' };
    return { status: 200, body: `${Buffer.from(key.sign(Buffer.from(text))).toString('base64')}\n` };
  };
  const answer = async (request: IncomingMessage): Promise<Reply> => {
    if (request.method === 'GET' && request.url === '/key') return { status: 200, body: `${key.vkey}\n` };
    const forRecord = request.url === '/record';
    if (request.method !== 'POST' || (request.url !== '/sign' && !forRecord)) return { status: 404, body: '' };
    const body = await bodyOf(request, forRecord ? longestRecord : longestRequest);
    if (body === undefined) return { status: 413, body: '' };
    // One after another: each looks at what the one before has signed.
    const done = turn.then(() => (forRecord ? signRecord(body) : sign(body)));
    turn = done.catch(() => undefined);
    return done;
  };

  const server = createServer((request, response) => {
    void answer(request)
      .catch((): Reply => ({ status: 500, body: 'what was signed cannot be kept\n' }))
      .then(({ status, body }) => response.writeHead(status, { 'content-type': 'text/plain' }).end(body));
  });
  await openSocket(socket, () => once(server.listen(socket), 'listening'), mode);
  return {
    vkey: key.vkey,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

interface Reply {
  readonly status: number;
  readonly body: string;
}

/** undefined for any other text: another origin, an empty tree, lines this program does not write. */
function checkpointIn(text: string | undefined, origin: string): Checkpoint | undefined {
  try {
    const checkpoint = parseCheckpoint(text ?? '');
    return checkpoint.origin === origin && checkpoint.size > 0 && checkpoint.extensions.length === 0
      ? checkpoint
      : undefined;
  } catch (error) {
    if (error instanceof ReleaseError) return undefined;
    throw error;
  }
}

function recordIn(text: string, origin: string): PruningRecord | undefined {
  try {
    const record = parsePruning(text);
    return record.origin === origin ? record : undefined;
  } catch (error) {
    if (error instanceof ReleaseError) return undefined;
    throw error;
  }
}

function goesOn(last: LogHead, next: LogHead, proof: readonly string[]): boolean {
  if (next.size < last.size) return false;
  if (next.size === last.size) return next.root === last.root;
  return verifyConsistency(last, next, proof);
}

async function readState(file: string, origin: string): Promise<LogHead | undefined> {
  try {
    const checkpoint = parseCheckpoint(await readFile(file, 'utf8'));
    if (checkpoint.origin !== origin) throw new ReleaseError('invalid', file, `it is of the log ${checkpoint.origin}`);
    return checkpoint;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function writeState(file: string, text: string): Promise<void> {
  const temporary = `${file}.part`;
  const handle = await open(temporary, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
  await syncFolder(dirname(file));
}

async function bodyOf(request: IncomingMessage, longest: number): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > longest) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
