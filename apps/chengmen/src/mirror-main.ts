/** A process that keeps the portal's folder the same as the bucket releases are sealed into, under the supervisor. */
import { ChengmenError, explainError } from '@chengmen/model';
import { ReleaseError } from '@chengmen/release';
import { createMirror, storeSource } from '@chengmen/seal';
import { childSettingsVariable } from './messages.ts';
import { keepMirror } from './mirror/keep-mirror.ts';
import { catalogued, lockPlace, openPlace, readPlace, releasesPlace, servedFolder } from './release-places.ts';
import type { Settings } from './settings.ts';

interface MirrorJob {
  readonly settings: Settings;
  readonly key: string;
}

const job = JSON.parse(process.env[childSettingsVariable] ?? '{}') as MirrorJob;
const name = `mirror ${job.settings.site ?? ''}`.trim();
try {
  await run(job);
} catch (error) {
  process.stderr.write(`${name}: ${describe(error)}\n`);
  process.exit(2);
}
process.exit(0);

async function run({ settings, key }: MirrorJob): Promise<void> {
  const folder = servedFolder(settings);
  const lock = await lockPlace(folder);
  const to = openPlace(folder, settings);
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGTERM', stop);
  process.once('disconnect', stop);
  const kept = keepMirror({
    mirror: createMirror({
      from: storeSource(readPlace(releasesPlace(settings), settings)),
      to,
      key,
      // What the portal serves; the bucket keeps the rest.
      newest: true,
      prune: true,
      signal: stopping.signal,
    }),
    signal: stopping.signal,
    pulled: () => undefined,
    failed: (error) => {
      // At the first start the portal is there before anything has been sealed.
      if (error instanceof ReleaseError && error.code === 'no-release') return;
      process.stderr.write(`${name}: ${describe(error)}\n`);
    },
  });
  // The back office has promoted a release: no need to wait for the next look.
  process.on('message', () => kept.look());
  await kept.ended;
  await to.close?.();
  lock?.release();
}

function describe(error: unknown): string {
  const told = catalogued(error);
  if (!(told instanceof ChengmenError)) return told instanceof Error ? (told.stack ?? told.message) : String(told);
  const { code, zh, en, todo } = explainError(told);
  return `${code}\n  ${zh}${todo.zh}\n  ${en} ${todo.en}`;
}
