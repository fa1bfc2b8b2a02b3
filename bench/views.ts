import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inFolder } from './folder.ts';
import { atLeast, zero, type Bench, type Measure } from './measure.ts';
import { killed } from './views/killed.ts';
import { overHttp } from './views/over-http.ts';
import { writePath } from './views/write-path.ts';
import { withPostgres } from './with-postgres.ts';

/** Views: how fast they are kept, and whether each counts once however often the process is killed. */
export const views: Bench = {
  name: 'views',
  about:
    'views kept by the log beside a plain log that appends and syncs, told over HTTP beside the same server answering 204, and counted exactly once while the process is killed',
  run: ({ quick, say }) =>
    inFolder((root) =>
      withPostgres(async (database) => {
        const measures: Measure[] = [];
        for (const waiting of [64, 1024]) {
          say(`write path, ${waiting} waiting`);
          const folder = await fresh(root, `write-${waiting}`);
          const hits = waiting === 64 ? 60_000 : 400_000;
          const { ours, floor } = await writePath({ folder, waiting, hits, rounds: quick ? 3 : 7 });
          measures.push(
            { measure: `write path, ${waiting} waiting: ours`, value: ours, unit: 'hits/s' },
            { measure: `write path, ${waiting} waiting: plain log`, value: floor, unit: 'hits/s' },
            atLeast(`write path, ${waiting} waiting: beside the plain log`, ours / floor, 0.5),
          );
        }
        say('over HTTP');
        const folder = await fresh(root, 'http');
        const http = await overHttp({ database, folder, rounds: quick ? 3 : 7, seconds: quick ? 1 : 3 });
        measures.push(
          { measure: 'over HTTP: counted', value: http.ours, unit: 'requests/s' },
          { measure: 'over HTTP: answering 204, storing nothing', value: http.nothing, unit: 'requests/s' },
          atLeast('over HTTP: beside storing nothing', http.ours / http.nothing, 0.7),
        );
        const [hits, kills] = quick ? [20_000, 5] : [1_000_000, 100];
        say(`${hits} hits, ${kills} kills`);
        const result = await killed({ database, folder: await fresh(root, 'killed'), hits, kills, say });
        measures.push(
          { measure: 'kill -9: hits acknowledged', value: result.hits, unit: '' },
          { measure: 'kill -9: kills', value: result.kills, unit: '' },
          { measure: 'kill -9: hits told again', value: result.retries, unit: '' },
          { measure: 'kill -9: time', value: result.seconds, unit: 's' },
          zero('kill -9: acknowledged and not counted', result.lost),
          zero('kill -9: counted twice', result.twice),
        );
        return measures;
      }),
    ),
};

async function fresh(root: string, name: string): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder);
  return folder;
}
