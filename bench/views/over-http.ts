import { execFile, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { quantile } from '../measure.ts';
import { programNamed } from '../nginx.ts';
import { coresFor, moveToCores, onCores } from '../processes.ts';
import { readyOf, startChild } from './killed.ts';

const connections = 512;

export interface OverHttp {
  /** Requests a second. */
  readonly ours: number;
  readonly nothing: number;
}

/** Each request is a view of its own, of one of a thousand pages, by a visitor of its own. */
const script = `
math.randomseed(os.time())
local letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
local head = ''
for i = 1, 10 do local n = math.random(64) head = head .. letters:sub(n, n) end
local at = 0
request = function()
  at = at + 1
  wrk.headers['X-Forwarded-For'] = string.format('10.%d.%d.%d', at / 65536 % 256, at / 256 % 256, at % 256)
  return wrk.format('POST', nil, nil,
    string.format('{"id":"%s%012d","path":"/news/headlines/2026/11/20/a%d.html","from":"www.baidu.com","age":0}', head, at, at % 1000))
end
wrk.headers['User-Agent'] = 'Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36'
wrk.headers['Sec-Fetch-Site'] = 'same-origin'
`;

/** The counter beside the same server that answers 204 and stores nothing, in turn, one core each for server and load. */
export async function overHttp(options: {
  readonly database: string;
  readonly folder: string;
  readonly rounds: number;
  readonly seconds: number;
}): Promise<OverHttp> {
  const { database, folder, rounds, seconds } = options;
  const lua = join(folder, 'views.lua');
  await writeFile(lua, script);
  const cores = coresFor(1);
  const begin = async (storesNothing: boolean): Promise<{ child: ChildProcess; address: string }> => {
    const child = startChild({ database, folder, socket: '', port: true, storesNothing, rules: {} });
    const address = await readyOf(child);
    moveToCores(cores?.server, child.pid ?? 0);
    return { child, address };
  };
  const ask = async (address: string): Promise<number> => {
    const [program, args] = onCores(cores?.load, programNamed('wrk'), [
      ...[
        '--threads',
        '1',
        '--connections',
        String(connections),
        '--timeout',
        '15s',
        '--duration',
        `${seconds}s`,
        '--script',
        lua,
        `${address}/views`,
      ],
    ]);
    const { stdout } = await promisify(execFile)(program, args);
    if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(stdout);
    return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]);
  };
  const [counting, nothing] = [await begin(false), await begin(true)];
  try {
    const rates = { ours: [] as number[], nothing: [] as number[] };
    for (let round = 0; round <= rounds; round++) {
      const [none, ours] = [await ask(nothing.address), await ask(counting.address)];
      // The first round warms up.
      if (round === 0) continue;
      rates.nothing.push(none);
      rates.ours.push(ours);
    }
    return { ours: quantile(rates.ours, 0.5), nothing: quantile(rates.nothing, 0.5) };
  } finally {
    for (const { child } of [counting, nothing]) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
}
