import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fetchRaw, type RawAnswer } from '@chengmen/serve';
import { childrenOf, onCores, processorTime } from './processes.ts';
import { ToolMissing } from './tool-missing.ts';

export interface Nginx {
  readonly port: number;
  /** Milliseconds of processor its workers have had. */
  processorTime(): number;
  stop(): Promise<void>;
}

/** Absolute path of a program; throws ToolMissing. */
export function programNamed(name: string): string {
  const folders = [
    '/usr/local/sbin',
    '/usr/local/bin',
    '/usr/sbin',
    '/usr/bin',
    ...(process.env['PATH'] ?? '').split(':'),
  ];
  const found = folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
  if (found === undefined) throw new ToolMissing(`${name} is not on this machine: this bench measures beside it.`);
  return found;
}

/** Writes pages of a running site as files, plain and with their gzip beside, as nginx's gzip_static wants them. */
export async function exportPages(address: string, paths: readonly string[], folder: string): Promise<RawAnswer> {
  let last: RawAnswer | undefined;
  for (const path of paths) {
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    await mkdir(dirname(file), { recursive: true });
    for (const [coding, ending] of [
      ['identity', ''],
      ['gzip', '.gz'],
    ] as const) {
      last = await fetchRaw(`${address}${path}`, { 'accept-encoding': coding });
      if (last.status !== 200) throw new Error(`${path}: status ${last.status}`);
      await writeFile(`${file}${ending}`, last.body);
    }
  }
  if (!last) throw new Error('no pages to export');
  return last;
}

/** Serves a folder with gzip_static and the same headers as ours, without an access log. */
export async function startNginx(options: {
  readonly folder: string;
  readonly pages: string;
  readonly workers: number;
  readonly headers: RawAnswer['headers'];
  /** Cores it may use. */
  readonly cores?: string | undefined;
}): Promise<Nginx> {
  const { folder, pages, workers, headers } = options;
  const program = programNamed('nginx');
  const port = await freePort();
  const own = new Set(['content-type', 'content-length', 'content-encoding', 'etag', 'accept-ranges', 'vary', 'date']);
  const added = Object.entries(headers)
    .filter(([name]) => !own.has(name) && name !== 'connection' && name !== 'keep-alive')
    .map(([name, value = '']) => `add_header ${name} "${value}";`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  await mkdir(folder, { recursive: true });
  // Started by root, its workers would be somebody who may not read our folder.
  const asSelf = process.getuid?.() === 0 ? 'user root;' : '';
  const configuration = join(folder, 'nginx.conf');
  await writeFile(
    configuration,
    `${asSelf} worker_processes ${workers}; daemon off; pid ${join(folder, 'pid')}; error_log ${join(folder, 'error.log')};
events { worker_connections 1024; }
http {
  access_log off; ${temporary.join(' ')}
  types { text/html html; } charset utf-8;
  sendfile on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=1000;
  server {
    listen 127.0.0.1:${port}; root ${pages}; gzip_static on; gzip_vary on;
    ${added.join('\n    ')}
  }
}
`,
  );
  const started = onCores(options.cores, program, ['-p', folder, '-c', configuration, '-e', join(folder, 'error.log')]);
  const child = spawn(...started, { stdio: 'ignore' });
  for (let tries = 0; ; tries++) {
    const up = await fetchRaw(`http://127.0.0.1:${port}/`, {}).catch(() => undefined);
    if (up) break;
    if (tries === 100 || child.exitCode !== null) throw new Error(`nginx did not start; see ${folder}/error.log`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    port,
    processorTime: () => childrenOf(child.pid ?? 0).reduce((sum, one) => sum + processorTime(one), 0),
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGQUIT');
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  server.close();
  await once(server, 'close');
  return typeof bound === 'object' && bound ? bound.port : 0;
}
