import { Worker } from 'node:worker_threads';
import { ChengmenError } from '@chengmen/model';
import {
  CompiledQuery,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import type { WorkerAnswer, WorkerQuestion } from './embedded-messages.ts';
import { refuseInsideCommand } from './inside-command.ts';

type Unnumbered<Q> = Q extends unknown ? Omit<Q, 'id'> : never;

/** The embedded database behind its worker thread. */
export interface Embedded {
  readonly dialect: Dialect;
  script(sql: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens the embedded database in a folder, making it where there is none. Throws `data-damaged`. */
export async function openEmbedded(folder: string, onLost: () => void = () => undefined): Promise<Embedded> {
  const worker = new Worker(new URL('./embedded-worker.ts', import.meta.url), { workerData: { folder }, execArgv: [] });
  const waiting = new Map<number, { resolve: (answer: WorkerAnswer) => void; reject: (error: Error) => void }>();
  let last = 0;
  /** Its end is a loss only between a successful opening and a close that was asked for. */
  let watched = false;
  let dead: Error | undefined;

  const expect = (id: number): Promise<WorkerAnswer> =>
    new Promise((resolve, reject) => {
      if (dead) reject(dead);
      else waiting.set(id, { resolve, reject });
    });
  const bury = (error: Error): void => {
    dead = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('message', (answer: WorkerAnswer) => {
    waiting.get(answer.id)?.resolve(answer);
    waiting.delete(answer.id);
  });
  worker.on('error', bury);
  worker.on('exit', () => {
    bury(new Error('the embedded database has ended'));
    if (watched) onLost();
  });

  const ask = async (
    question: Unnumbered<WorkerQuestion>,
  ): Promise<{ rows: Record<string, unknown>[]; affected: number }> => {
    const id = ++last;
    const answered = expect(id);
    worker.postMessage({ id, ...question });
    const answer = await answered;
    if ('error' in answer) throw Object.assign(new Error(answer.error.message), { code: answer.error.code });
    return answer;
  };

  const opened = await expect(0).catch((error: unknown) => ({ id: 0, error: { message: String(error) } }));
  if ('error' in opened) throw new ChengmenError('data-damaged', { what: folder, problem: opened.error.message });
  watched = true;
  return {
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new SingleSessionDriver(ask),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    script: async (sql) => {
      await ask({ type: 'script', sql });
    },
    close: async () => {
      watched = false;
      await ask({ type: 'close' }).catch(() => undefined);
      await worker.terminate();
    },
  };
}

type Ask = (question: Unnumbered<WorkerQuestion>) => Promise<{ rows: Record<string, unknown>[]; affected: number }>;

/**
 * The embedded database has one session, so there is one connection: whoever holds it, for a query or a whole
 * transaction, makes the others wait in the order in which they came.
 */
class SingleSessionDriver implements Driver {
  readonly #connection: DatabaseConnection;
  #queue: Promise<void> = Promise.resolve();
  #free: () => void = () => undefined;

  constructor(ask: Ask) {
    this.#connection = {
      async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
        const { rows, affected } = await ask({ type: 'query', sql: query.sql, parameters: [...query.parameters] });
        return { rows: rows as R[], numAffectedRows: BigInt(affected) };
      },
      async *streamQuery() {
        await Promise.resolve();
        throw new Error('the embedded database does not stream');
      },
    };
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    refuseInsideCommand();
    const before = this.#queue;
    let free: () => void = () => undefined;
    this.#queue = new Promise((resolve) => (free = resolve));
    await before;
    this.#free = free;
    return this.#connection;
  }

  releaseConnection(): Promise<void> {
    this.#free();
    return Promise.resolve();
  }

  // Isolation levels make no difference to the only session there is.
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  destroy(): Promise<void> {
    return Promise.resolve();
  }
}
