import { join } from 'node:path';
import { articleAt } from './city.ts';
import { coresFor } from './processes.ts';
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
  readonly ours: Timed[];
  readonly nginx: Timed[];
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
        const ask = (server: Server) => (seconds: number) => timed(server, page.path, seconds, cores?.load);
        const rounds = await inTurn(ask(portal), ask(nginx), quick);
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

interface Server {
  readonly port: number;
  processorTime(): number;
}

interface Timed extends Load {
  /** Microseconds of processor the server had for each request. */
  readonly processor: number;
}

async function timed(server: Server, path: string, seconds: number, cores: string | undefined): Promise<Timed> {
  const before = server.processorTime();
  const one = await load(`http://127.0.0.1:${server.port}${path}`, seconds, cores);
  return { ...one, processor: ((server.processorTime() - before) * 1000) / one.requests };
}

type Ask = (seconds: number) => Promise<Timed>;

async function inTurn(ours: Ask, nginx: Ask, quick: boolean): Promise<Rounds> {
  const rounds: Rounds = { ours: [], nginx: [] };
  // A portal runs for weeks: what it does in its first seconds, when its code is still being compiled, is not measured.
  await ours(8);
  await nginx(1);
  for (let round = 0; round < (quick ? 5 : 9); round++) {
    rounds.ours.push(await ours(1));
    rounds.nginx.push(await nginx(1));
  }
  return rounds;
}

function measuresOf(name: string, { ours, nginx }: Rounds): Measure[] {
  const median = (loads: readonly Timed[], of: keyof Timed): number =>
    quantile(
      loads.map((one) => one[of]),
      0.5,
    );
  const share = median(ours, 'perSecond') / median(nginx, 'perSecond');
  const processor = median(nginx, 'processor') / median(ours, 'processor');
  const tail = median(ours, 'p99') / median(nginx, 'p99');
  return [
    { measure: `${name}: portal`, value: median(ours, 'perSecond'), unit: 'requests/s' },
    { measure: `${name}: nginx`, value: median(nginx, 'perSecond'), unit: 'requests/s' },
    { measure: `${name}: beside nginx`, value: share, unit: '×', bar: '≥ 0.45', reached: share >= 0.45 },
    { measure: `${name}: portal, processor for a request`, value: median(ours, 'processor'), unit: 'µs' },
    { measure: `${name}: nginx, processor for a request`, value: median(nginx, 'processor'), unit: 'µs' },
    { measure: `${name}: by processor time, beside nginx`, value: processor, unit: '×' },
    { measure: `${name}: portal p50`, value: median(ours, 'p50'), unit: 'ms' },
    { measure: `${name}: nginx p50`, value: median(nginx, 'p50'), unit: 'ms' },
    { measure: `${name}: portal p99`, value: median(ours, 'p99'), unit: 'ms' },
    { measure: `${name}: nginx p99`, value: median(nginx, 'p99'), unit: 'ms' },
    { measure: `${name}: p99 beside nginx`, value: tail, unit: '×', bar: '≤ 2', reached: tail <= 2 },
  ];
}
