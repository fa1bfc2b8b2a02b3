import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** A Chromium that runs: CHROME_PATH, the one inside the npm package, or the system's. */
export async function findBrowser(): Promise<{ path: string } | { reason: string }> {
  const tried: string[] = [];
  const candidates = [
    () => Promise.resolve(process.env['CHROME_PATH']),
    async () => {
      const { default: chromium } = await import('@sparticuz/chromium');
      return await chromium.executablePath();
    },
    () => Promise.resolve('/usr/bin/chromium'),
    () => Promise.resolve('/usr/bin/google-chrome'),
  ];
  for (const candidate of candidates) {
    try {
      const path = await candidate();
      if (!path || !existsSync(path)) continue;
      const { status, stderr } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
      if (status === 0) return { path };
      tried.push(`${path}: ${stderr.trim().split('\n').at(-1) ?? 'does not start'}`);
    } catch (error) {
      tried.push(String(error));
    }
  }
  return { reason: tried.join('; ') || 'no Chromium was found; set CHROME_PATH' };
}
