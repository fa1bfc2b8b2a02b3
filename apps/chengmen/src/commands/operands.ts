import { existsSync, readFileSync } from 'node:fs';
import { ChengmenError } from '@chengmen/model';
import { pinnedKeyFile } from '../back-office.ts';
import type { CommandLine } from '../command-line.ts';
import { dataFolder } from '../data-folder.ts';
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
  const pinned = pinnedKeyFile(dataFolder(settings.data));
  if (!existsSync(pinned)) throw new ChengmenError('key-missing');
  return readFileSync(pinned, 'utf8');
}

/** True where trustedKey has an answer. */
export function hasKey(line: CommandLine, settings: Settings): boolean {
  return line.values['key'] !== undefined || existsSync(pinnedKeyFile(dataFolder(settings.data)));
}
