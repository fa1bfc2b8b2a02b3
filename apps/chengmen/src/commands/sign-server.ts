import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ChengmenError } from '@chengmen/model';
import { ReleaseError } from '@chengmen/release';
import { generateKey, startSignServer } from '@chengmen/seal';
import type { CommandLine } from '../command-line.ts';
import { exit, type Console } from '../console.ts';
import { writeDurably } from '../key-files.ts';
import type { Settings } from '../settings.ts';
import { recordOf } from '../sites.ts';
import { readOrRefuse } from './operands.ts';

/**
 * `sign-server KEYFILE SOCKET`: runs until it is told to stop. A key is made where there is none. `--origin` names the site where its
 * data folder is on another machine.
 */
export async function signServer(line: CommandLine, settings: Settings, terminal: Console): Promise<number> {
  const [file, socket, ...rest] = line.operands;
  const mode = line.values['mode'] ?? '600';
  if (file === undefined || socket === undefined || rest.length > 0 || !/^[0-7]{3}$/.test(mode))
    throw new ChengmenError('arguments-invalid', {
      problem: 'chengmen sign-server KEYFILE SOCKET [--mode 660] [--origin HOST/PATH]',
    });
  const origin = line.values['origin'] ?? recordOf(settings, settings.site ?? '').origin;
  if (!existsSync(file)) writeDurably(file, generateKey(origin).skey, 0o600);
  const server = await open({ file: resolve(file), origin, socket: resolve(socket), mode: Number.parseInt(mode, 8) });
  terminal.out(server.vkey);
  await new Promise<void>((stop) => {
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
  await server.close();
  return exit.done;
}

async function open({
  file,
  ...how
}: {
  readonly file: string;
  readonly origin: string;
  readonly socket: string;
  readonly mode: number;
}): ReturnType<typeof startSignServer> {
  try {
    const skey = Buffer.from(readOrRefuse(file)).toString('utf8');
    return await startSignServer({ skey, ...how, state: `${file}.signed` });
  } catch (error) {
    if (error instanceof ReleaseError)
      throw new ChengmenError('file-unreadable', { file: error.where, problem: error.problem }, { cause: error });
    throw error;
  }
}
