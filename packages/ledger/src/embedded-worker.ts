/** The embedded database, in a thread of its own: a long query must not keep the process from answering. */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, types } from '@electric-sql/pglite';
import type { WorkerAnswer, WorkerQuestion } from './embedded-messages.ts';
import { makeDatabase } from './make-database.ts';
import { prepareQueries } from './prepared-queries.ts';
import { SyncedNodeFs, syncedParameters } from './synced-node-fs.ts';
import { createUpkeep } from './upkeep.ts';

const port = parentPort;
if (!port) throw new Error('embedded-worker runs in a worker thread');

const { folder } = workerData as { folder: string };

const database = await open().catch((error: unknown) => {
  answer({ id: 0, error: { message: error instanceof Error ? error.message : String(error) } });
  process.exit(1);
});
const upkeep = createUpkeep(async (sql) => (await database.query<Record<string, unknown>>(sql)).rows);
const queries = prepareQueries(database);
let inTransaction = false;
answer({ id: 0, rows: [], affected: 0 });

// One after another, upkeep included: a vacuum must not meet a transaction that has just begun.
let turn = Promise.resolve();
port.on('message', (question: WorkerQuestion) => {
  turn = turn.then(() => handle(question));
});

async function open(): Promise<PGlite> {
  await makeDatabase(folder);
  return PGlite.create({
    fs: new SyncedNodeFs(folder),
    startParams: [...syncedParameters],
    parsers: { [types.INT8]: Number },
  });
}

async function handle(question: WorkerQuestion): Promise<void> {
  const { id } = question;
  try {
    if (question.type === 'close') {
      await database.close();
      answer({ id, rows: [], affected: 0 });
      process.exit(0);
    }
    if (question.type === 'script') {
      await database.exec(question.sql);
      await queries.forget();
      answer({ id, rows: [], affected: 0 });
      return;
    }
    const { sql, parameters } = question;
    const { rows, affectedRows } = await queries.query(sql, parameters);
    if (sql === 'begin') inTransaction = true;
    if (sql === 'commit' || sql === 'rollback') inTransaction = false;
    answer({ id, rows, affected: affectedRows ?? 0 });
    if (sql === 'commit' || (!inTransaction && (affectedRows ?? 0) > 0)) await upkeep.afterWrite();
  } catch (error) {
    const { message, code } = error as { message: string; code?: string };
    answer({ id, error: { message, ...(code === undefined ? {} : { code }) } });
  }
}

function answer(message: WorkerAnswer): void {
  port?.postMessage(message);
}
