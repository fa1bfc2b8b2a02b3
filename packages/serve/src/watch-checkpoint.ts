import { watch, type FSWatcher } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Calls `changed` after the checkpoint in a folder was replaced. The file system tells at once where it can;
 * a look each second finds what it does not tell (a folder that did not exist yet, a network file system).
 * Where `changed` answers false, it is called again at the next look.
 */
export function watchCheckpoint(
  folder: string,
  changed: () => Promise<boolean>,
  period = 1000,
): { stop(): Promise<void> } {
  let watcher: FSWatcher | undefined;
  let known = '';
  let stopped = false;
  let running: Promise<unknown> = Promise.resolve();

  const call = (): void => {
    if (stopped) return;
    running = running
      .then(changed)
      .catch(() => false)
      .then((done) => {
        if (!done) known = '';
      });
  };
  const startWatching = (): void => {
    try {
      watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (name === null || name === 'checkpoint') call();
      });
      watcher.on('error', () => {
        watcher?.close();
        watcher = undefined;
      });
    } catch {
      watcher = undefined;
    }
  };
  const look = async (): Promise<void> => {
    if (!watcher) startWatching();
    const { mtimeMs, ino, size } = await stat(join(folder, 'checkpoint')).catch(() => ({
      mtimeMs: 0,
      ino: 0,
      size: 0,
    }));
    const now = `${mtimeMs} ${ino} ${size}`;
    if (now === known) return;
    known = now;
    call();
  };
  const timer = setInterval(() => void look(), period);
  timer.unref();
  void look();
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      watcher?.close();
      await running;
    },
  };
}
