import { codeAt, stepAt } from '@chengmen/identity';
import { exit, type Console } from '../console.ts';

export async function tellCode(key: string, terminal: Console): Promise<number> {
  const code = await codeAt(key, stepAt(new Date()));
  terminal.json({ code });
  terminal.out(code);
  return exit.done;
}
