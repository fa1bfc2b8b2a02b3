import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { liveItems } from '@chengmen/content';
import { sha256 } from '@chengmen/model';
import { openViewCounter, viewsByDay } from '@chengmen/statistics';
import type { BackOffice } from '../back-office.ts';

const agents = [
  'Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
  'Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 Chrome/120.0 Safari/537.36',
  'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)',
];
const hosts = ['', 'www.baidu.com', 'www.linjiang.example', 'www.linjiang.example', 'weibo.com', 'www.gov.cn'];
const days = 21;

/**
 * Readers of the demonstration: views of three weeks, told to a counter as pages tell them, so that every number of the
 * demonstration has been through its log and its roll-up. Always the same ones.
 */
export async function demoViews(office: BackOffice): Promise<void> {
  const { ledger, folder, clock, site } = office;
  const all = { dimension: 'views', from: '', to: '9999' } as const;
  if ((await viewsByDay(ledger.db, site, all)).length > 0) return;
  const paths = (await liveItems(ledger.db, site)).flatMap(({ path, state }) =>
    path !== null && state === 'live' ? [path] : [],
  );
  paths.unshift('/', '/', '/');
  const now = clock().getTime();
  let at = now;
  const own = join(folder.views, 'demonstration');
  const counter = await openViewCounter({
    ...{ ledger, site, folder: own, clock: () => new Date(at), now: () => at },
    onFailed: (error) => {
      throw error;
    },
  });
  for (let day = days; day > 0; day--) {
    at = now - day * 86_400_000;
    const readers = 30 + (draw(day, 'readers') % 25);
    const views = Array.from({ length: readers }, (_, reader) => {
      const [from, who] = [draw(day, reader, 'from'), draw(day, reader, 'who') % 20];
      // Few pages have most readers.
      const place = Math.floor((draw(day, reader, 'page') / 2 ** 32) ** 2 * paths.length);
      return counter.count({
        id: sha256(`view ${day} ${reader}`).slice(0, 22),
        path: (draw(day, reader, 'edition') % 9 === 0 ? '/zh-hant' : '') + (paths[place] ?? '/'),
        from: hosts[from % hosts.length] ?? '',
        agent: agents[draw(who, 'agent') % agents.length] ?? '',
        client: `reader ${who}`,
        host: 'www.linjiang.example',
      });
    });
    await Promise.all(views);
  }
  await counter.rollUp(true);
  await counter.close();
  rmSync(own, { recursive: true });
}

/** A number below 2³² that is always the same for the same things. */
function draw(...things: readonly (string | number)[]): number {
  return Number.parseInt(sha256(things.join(' ')).slice(0, 8), 16);
}
