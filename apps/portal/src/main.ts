import cluster from 'node:cluster';
import { ChengmenError, explainError } from '@chengmen/model';
import { startPortal } from './portal.ts';
import { readPortalSettings, type PortalSettings } from './settings.ts';
import { answerReports, startWorkers, workerVariable, WorkersGaveUp } from './workers.ts';

/** The portal as a process of its own, or as several that share a port. Exit codes: 0 stopped when asked; 2 could not run. */
try {
  const settings = readPortalSettings(process.argv.slice(2), process.env);
  if (cluster.isWorker || settings.workers === 1) await serve(settings);
  else await supervise(settings);
} catch (error) {
  if (error instanceof ChengmenError) {
    const { code, zh, en, todo } = explainError(error);
    console.error(`${code}\n${zh}${todo.zh}\n${en} ${todo.en}`);
  } else if (!(error instanceof WorkersGaveUp)) console.error(error);
  process.exit(2);
}

async function serve(settings: PortalSettings): Promise<void> {
  const place = cluster.isWorker ? Number(process.env[workerVariable]) : 0;
  const { accessLog, ...others } = settings;
  const portal = await startPortal({
    ...others,
    // Each process remembers and logs for itself: two writers of one file would have to agree.
    seenFile: place > 1 ? `${settings.seenFile}.${place}` : settings.seenFile,
    accessLog: accessLog === undefined ? undefined : { folder: accessLog, suffix: place > 0 ? `.${place}` : '' },
    metrics: cluster.isWorker ? undefined : settings.metrics,
    alarm,
  });
  if (cluster.isWorker) answerReports(portal);
  whenAsked(() => portal.close());
  tellReady(portal.port, portal.address);
}

async function supervise(settings: PortalSettings): Promise<void> {
  const { workers: count, metrics, host, releases } = settings;
  const workers = await startWorkers({
    entry: import.meta.filename,
    argv: process.argv.slice(2),
    count,
    releases,
    metrics,
    alarm,
  });
  whenAsked(() => workers.close());
  void workers.gaveUp.then(() => workers.close()).then(() => process.exit(2));
  tellReady(workers.port, `http://${host.includes(':') ? `[${host}]` : host}:${workers.port}`);
}

function alarm(code: string, where: string, problem: string): void {
  console.error(JSON.stringify({ site: process.env['CHENGMEN_SITE'], alarm: code, where, problem }));
}

function whenAsked(close: () => Promise<void>): void {
  const stop = (): void => {
    void close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // A portal does not outlive the supervisor that started it.
  process.once('disconnect', stop);
}

function tellReady(port: number, address: string): void {
  if (process.send) process.send({ ready: true, port });
  else console.error(`门户 portal ${address}`);
}
