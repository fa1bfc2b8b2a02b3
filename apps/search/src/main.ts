/** The search of one site as a process of its own. Exit codes: 0 stopped when asked; 2 could not run. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChengmenError, explainError } from '@chengmen/model';
import { watchCheckpoint } from '@chengmen/serve';
import { nightly } from './nightly.ts';
import { openSearchService } from './search-service.ts';
import { serveSearch } from './serve-search.ts';

try {
  await run(process.env);
} catch (error) {
  if (error instanceof ChengmenError) {
    const { code, zh, en, todo } = explainError(error);
    console.error(`${code}\n${zh}${todo.zh}\n${en} ${todo.en}`);
  } else console.error(error);
  process.exit(2);
}

/** Settings: CHENGMEN_RELEASES, CHENGMEN_KEY (a key or a file), CHENGMEN_SEARCH (a folder for the index), CHENGMEN_SEARCH_SOCKET; CHENGMEN_SITE names it in alarms. */
async function run(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  const given = (name: string): string => {
    const value = environment[name] ?? '';
    if (value === '') throw new ChengmenError('setting-invalid', { name, value, problem: '没有给出 (not given)' });
    return value;
  };
  const folder = given('CHENGMEN_SEARCH');
  const releases = given('CHENGMEN_RELEASES');
  const key = given('CHENGMEN_KEY');
  mkdirSync(folder, { recursive: true });
  const service = await openSearchService({
    releases,
    key: existsSync(key) ? readFileSync(key, 'utf8') : key,
    file: join(folder, 'index'),
    seenFile: join(folder, 'seen'),
    alarm,
  });
  const server = await serveSearch(service, environment['CHENGMEN_SEARCH_SOCKET'] ?? join(folder, 'socket'));
  const watching = watchCheckpoint(releases, () => service.follow());
  const testing = nightly(async () => {
    for (const titles of ['newest', 'random'] as const) {
      const { missed } = await service.selfTest({ titles });
      for (const { path, title } of missed) alarm('search-title-missed', path, title);
    }
  });
  const stop = (): void => {
    testing.stop();
    void Promise.all([watching.stop(), server.close()])
      .then(() => service.close())
      .then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // It does not outlive the supervisor that started it.
  process.once('disconnect', stop);
  process.send?.({ ready: true });
}

function alarm(code: string, where: string, problem: string): void {
  console.error(JSON.stringify({ site: process.env['CHENGMEN_SITE'], alarm: code, where, problem }));
}
