import { join } from 'node:path';
import { articleAt } from './city.ts';
import { coresFor } from './cores.ts';
import { inFolder } from './folder.ts';
import { load, type Load } from './load.ts';
import { quantile, type Bench, type Measure } from './measure.ts';
import { exportPages, programNamed, startNginx } from './nginx.ts';
import { buildSite, startPortalProcess, type Site } from './portal-process.ts';

interface Page {
  readonly name: string;
  readonly path: string;
}

/** One server's rounds, and nginx's between them. */
interface Rounds {
  readonly ours: Load[];
  readonly nginx: Load[];
}

/** Pages of a running portal beside nginx with the same bytes and headers, in turn. */
export const serve: Bench = {
  name: 'serve',
  about:
    'requests answered per second by the portal, beside nginx with gzip_static, the same headers and as many workers',
  run: async ({ quick, say }) => {
    for (const program of ['nginx', 'wrk']) programNamed(program);
    return inFolder(async (folder) => {
      const articles = quick ? 200 : 2000;
      say(`${articles} articles; release`);
      const site = await buildSite(folder, articles);
      const measures: Measure[] = [];
      for (const workers of quick ? [1] : [1, 2])
        measures.push(...(await beside(site, { folder: join(folder, `nginx-${workers}`), workers, quick, say })));
      return measures;
    });
  },
};

interface Setup {
  readonly folder: string;
  readonly workers: number;
  readonly quick: boolean;
  readonly say: (text: string) => void;
}

async function beside(site: Site, { folder, workers, quick, say }: Setup): Promise<Measure[]> {
  const article = articleAt(0).path ?? '';
  const pages: readonly Page[] = [
    { name: 'article', path: article },
    { name: 'channel', path: article.replace(/\d{4}\/\d\d\/\d\d\/[^/]*$/, '') },
  ];
  const portal = await startPortalProcess(site, ['--workers', String(workers)]);
  const address = `http://127.0.0.1:${portal.port}`;
  const cores = coresFor(workers);
  portal.moveTo(cores?.server);
  try {
    const files = join(folder, 'pages');
    const { headers } = await exportPages(address, ['/', ...pages.map(({ path }) => path)], files);
    const nginx = await startNginx({ folder, pages: files, workers, headers, cores: cores?.server });
    try {
      const measures: Measure[] = [];
      for (const page of pages) {
        say(`${page.name}, ${workers} ${workers === 1 ? 'worker' : 'workers'}`);
        const ask = (from: string, seconds: number): Promise<Load> => load(`${from}${page.path}`, seconds, cores?.load);
        const rounds = await inTurn(ask, [address, `http://127.0.0.1:${nginx.port}`], quick);
        measures.push(...measuresOf(workers === 1 ? page.name : `${page.name}, ${workers} workers`, rounds));
      }
      return measures;
    } finally {
      await nginx.stop();
    }
  } finally {
    await portal.stop();
  }
}

async function inTurn(
  ask: (address: string, seconds: number) => Promise<Load>,
  [ours, nginx]: readonly [string, string],
  quick: boolean,
): Promise<Rounds> {
  const rounds: Rounds = { ours: [], nginx: [] };
  await ask(ours, 2);
  await ask(nginx, 1);
  for (let round = 0; round < (quick ? 5 : 9); round++) {
    rounds.ours.push(await ask(ours, 1));
    rounds.nginx.push(await ask(nginx, 1));
  }
  return rounds;
}

function measuresOf(name: string, { ours, nginx }: Rounds): Measure[] {
  const median = (loads: readonly Load[], of: keyof Load): number =>
    quantile(
      loads.map((one) => one[of]),
      0.5,
    );
  const share = median(ours, 'perSecond') / median(nginx, 'perSecond');
  const tail = median(ours, 'p99') / median(nginx, 'p99');
  return [
    { measure: `${name}: portal`, value: median(ours, 'perSecond'), unit: 'requests/s' },
    { measure: `${name}: nginx`, value: median(nginx, 'perSecond'), unit: 'requests/s' },
    { measure: `${name}: beside nginx`, value: share, unit: '×', bar: '≥ 0.45', reached: share >= 0.45 },
    { measure: `${name}: portal p50`, value: median(ours, 'p50'), unit: 'ms' },
    { measure: `${name}: nginx p50`, value: median(nginx, 'p50'), unit: 'ms' },
    { measure: `${name}: portal p99`, value: median(ours, 'p99'), unit: 'ms' },
    { measure: `${name}: nginx p99`, value: median(nginx, 'p99'), unit: 'ms' },
    { measure: `${name}: p99 beside nginx`, value: tail, unit: '×', bar: '≤ 2', reached: tail <= 2 },
  ];
}
