import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Console } from '../console.ts';
import { connectOffice } from '../control-client.ts';
import { dataFolder } from '../data-folder.ts';
import type { Office } from '../office.ts';
import { pressProgress, progressLine, progressStep } from '../press-progress.ts';
import type { Settings } from '../settings.ts';
import { firstSite } from '../site-id.ts';
import type { OpenedLedger } from './history.ts';

/** Most of the house; where one runs already it is asked, and nothing of this is loaded. */
const backOffice = () => Promise.all([import('../back-office.ts'), import('../create-office.ts')]);

/** The running back office, or one opened for this command under the folder's lock. */
export async function withOffice(
  settings: Settings,
  terminal: Console,
  work: (office: Office) => Promise<number>,
): Promise<number> {
  const folder = dataFolder(settings.data);
  const running = await connectOffice(folder.socket, settings.site || firstSite);
  if (running) return work(running);
  const [{ openBackOffice }, { createOffice }] = await backOffice();
  const back = await openBackOffice({
    settings,
    onPressProgress: pressProgress((message) => {
      terminal.progress(progressLine(message), progressStep(message));
    }),
  });
  try {
    return await work(createOffice(back, () => back.startPress()));
  } finally {
    await back.close();
  }
}

/** The office where one runs or the ledger in the folder opens; what the work finds must hold without either. */
export async function withLedger(settings: Settings, work: (ledger: OpenedLedger) => Promise<number>): Promise<number> {
  const folder = dataFolder(settings.data);
  const running = await connectOffice(folder.socket, settings.site || firstSite);
  // Opening makes a database where there is none, which is not for a command that only reads.
  const none = settings.database === '' && !existsSync(join(folder.database, 'database'));
  if (running || none) return work({ office: running });
  const [{ openBackOffice }, { createOffice }] = await backOffice();
  let problem = '';
  const back = await openBackOffice({ settings }).catch((error: unknown) => {
    problem = error instanceof Error ? error.message : String(error);
    return undefined;
  });
  if (!back) return work({ problem });
  try {
    return await work({ office: createOffice(back, () => back.startPress()) });
  } finally {
    await back.close();
  }
}
