/** The embedded database, in a thread of its own: a long query must not keep the process from answering. */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, types } from '@electric-sql/pglite';
import type { WorkerAnswer, WorkerQuestion } from './embedded-messages.ts';

const port = parentPort;
if (!port) throw new Error('embedded-worker runs in a worker thread');

const { folder } = workerData as { folder: string };

const database = await PGlite.create({ dataDir: folder, parsers: { [types.INT8]: Number } }).catch((error: unknown) => {
  answer({ id: 0, error: { message: error instanceof Error ? error.message : String(error) } });
  process.exit(1);
});
answer({ id: 0, rows: [], affected: 0 });

port.on('message', (question: WorkerQuestion) => {
  void handle(question);
});

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
      answer({ id, rows: [], affected: 0 });
      return;
    }
    const { rows, affectedRows } = await database.query<Record<string, unknown>>(question.sql, question.parameters);
    answer({ id, rows, affected: affectedRows ?? 0 });
  } catch (error) {
    const { message, code } = error as { message: string; code?: string };
    answer({ id, error: { message, ...(code === undefined ? {} : { code }) } });
  }
}

function answer(message: WorkerAnswer): void {
  port?.postMessage(message);
}
