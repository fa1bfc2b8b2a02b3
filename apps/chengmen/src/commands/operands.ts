import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChengmenError } from '@chengmen/model';
import { peekCheckpoint, type LogHead } from '@chengmen/release';
import type { CommandLine } from '../command-line.ts';
import { dataFolder, pinnedKeyFile } from '../data-folder.ts';
import type { Settings } from '../settings.ts';

/** The one operand of a command. Throws `arguments-invalid`, which names it. */
export function operand(line: CommandLine, name: string): string {
  const [first, ...rest] = line.operands;
  if (first === undefined || rest.length > 0)
    throw new ChengmenError('arguments-invalid', { problem: `chengmen ${line.command} ${name}` });
  return first;
}

/** The bytes of a file named on the command line. Throws `file-unreadable`. */
export function readOrRefuse(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new ChengmenError('file-unreadable', {
      file,
      problem: error instanceof Error ? error.message : String(error),
    });
  }
}

/** The key given, or the one pinned in the data folder. One a site offers is never asked for. Throws `key-missing`. */
export function trustedKey(line: CommandLine, settings: Settings): string {
  const given = line.values['key'];
  if (given !== undefined) return existsSync(given) ? Buffer.from(readOrRefuse(given)).toString('utf8') : given;
  const pinned = pinnedKeyFile(dataFolder(settings.data, settings.site));
  if (!existsSync(pinned)) throw new ChengmenError('key-missing');
  return readFileSync(pinned, 'utf8');
}

/** True where trustedKey has an answer. */
export function hasKey(line: CommandLine, settings: Settings): boolean {
  return line.values['key'] !== undefined || existsSync(pinnedKeyFile(dataFolder(settings.data, settings.site)));
}

/**
 * The newest checkpoint this installation's portal has accepted: an older one, or another history, is then named a roll-back.
 * Another key is another site, which this installation's portal has never seen.
 */
export function seenFor(line: CommandLine, settings: Settings): LogHead | undefined {
  if (line.values['key'] !== undefined) return undefined;
  const file = join(dataFolder(settings.data, settings.site).portal, 'seen');
  if (!existsSync(file)) return undefined;
  const { size, root } = peekCheckpoint(readFileSync(file));
  return { size, root };
}
