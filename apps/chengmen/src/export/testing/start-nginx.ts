import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';

/** nginx on the PATH or in its usual place; undefined where there is none. */
export function findNginx(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, 'nginx')).find((file) => existsSync(file));
}

export interface RunningNginx {
  readonly port: number;
  stop(): Promise<void>;
}

/** Runs nginx in the foreground as this user, with everything it writes below `prefix`. Rejects with its own words when it does not start. */
export async function startNginx(options: {
  readonly nginx: string;
  readonly prefix: string;
  readonly http: string;
  readonly server: string;
}): Promise<RunningNginx> {
  const { nginx, prefix, http, server } = options;
  const port = await freePort();
  mkdirSync(prefix, { recursive: true });
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const file = join(prefix, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; master_process off; pid ${prefix}/pid; error_log stderr notice;
events { worker_connections 256; }
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${prefix}/${name};`).join(' ')}
  include ${http};
  server { listen 127.0.0.1:${port}; include ${server}; }
}
`,
  );
  const run = ['-p', prefix, '-c', file, '-e', 'stderr'];
  const test = spawnSync(nginx, ['-t', ...run], { encoding: 'utf8' });
  if (test.status !== 0) throw new Error(test.stderr);
  const child = spawn(nginx, run, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await started(child);
  return {
    port,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** It listens before it says that it begins, so the first request is never too early. */
function started(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (data: Buffer) => {
      said += data.toString();
      if (/using the "\w+" event method/.test(said)) resolve();
    });
    child.once('exit', () => {
      reject(new Error(said));
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
