import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ChengmenError } from '@chengmen/model';

/** What the portal has to know to run by itself. */
export interface PortalSettings {
  readonly releases: string;
  readonly key: string;
  readonly host: string;
  readonly port: number;
  readonly seenFile: string;
  readonly https: boolean;
}

/**
 * Settings from flags, then environment: `--releases` CHENGMEN_RELEASES, `--key` CHENGMEN_KEY (a file or the text of a key),
 * `--host` CHENGMEN_HOST, `--port` CHENGMEN_PORTAL_PORT, `--seen` CHENGMEN_SEEN, `--https` CHENGMEN_HTTPS=1.
 * Throws `arguments-invalid`, `setting-invalid`, `key-missing`, `file-unreadable`.
 */
export function readPortalSettings(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): PortalSettings {
  const flags = readFlags(argv);
  const text = (flag: 'releases' | 'key' | 'host' | 'port' | 'seen', variable: string): string | undefined =>
    flags[flag] ?? (environment[variable] === '' ? undefined : environment[variable]);
  const releases = text('releases', 'CHENGMEN_RELEASES');
  if (releases === undefined) throw invalid('--releases / CHENGMEN_RELEASES', '', '没有给出 (not given)');
  const key = text('key', 'CHENGMEN_KEY');
  if (key === undefined) throw new ChengmenError('key-missing');
  const port = text('port', 'CHENGMEN_PORTAL_PORT') ?? '8080';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535)
    throw invalid('--port / CHENGMEN_PORTAL_PORT', port, '应为 0–65535 的整数 (an integer from 0 to 65535)');
  return {
    releases,
    key: readKey(key),
    host: text('host', 'CHENGMEN_HOST') ?? '127.0.0.1',
    port: Number(port),
    seenFile: text('seen', 'CHENGMEN_SEEN') ?? `${releases.replace(/\/+$/, '')}.seen`,
    https: flags.https ?? environment['CHENGMEN_HTTPS'] === '1',
  };
}

function readFlags(argv: readonly string[]): {
  readonly releases?: string;
  readonly key?: string;
  readonly host?: string;
  readonly port?: string;
  readonly seen?: string;
  readonly https?: boolean;
} {
  try {
    const string = { type: 'string' } as const;
    return parseArgs({
      args: [...argv],
      options: { releases: string, key: string, host: string, port: string, seen: string, https: { type: 'boolean' } },
    }).values;
  } catch (error) {
    throw new ChengmenError('arguments-invalid', { problem: error instanceof Error ? error.message : String(error) });
  }
}

/** A verifier key has plus signs in places no sensible file name has. */
function readKey(given: string): string {
  if (/^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]+=*\s*$/.test(given)) return given.trim();
  try {
    return readFileSync(given, 'utf8');
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new ChengmenError('file-unreadable', { file: given, problem });
  }
}

function invalid(name: string, value: string, problem: string): ChengmenError {
  return new ChengmenError('setting-invalid', { name, value, problem });
}
