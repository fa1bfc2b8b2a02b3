import { ChengmenError } from '@chengmen/model';
import type { CommandLine } from '../command-line.ts';
import { exit, type Console } from '../console.ts';
import { holdLine } from '../hold-line.ts';
import type { Office } from '../office.ts';

const usage = 'chengmen hold [N|now --why REASON --by NAME] · chengmen resume --why REASON --by NAME';

/** Tells whether the site is held, or puts a release in force again and stays there. */
export async function hold(line: CommandLine, office: Office, terminal: Console): Promise<number> {
  const [number, ...more] = line.operands;
  if (number === undefined) return tell(office, terminal);
  const release = number === 'now' ? undefined : Number(number);
  if (more.length > 0 || (release !== undefined && !(Number.isSafeInteger(release) && release > 0)))
    throw new ChengmenError('arguments-invalid', { problem: usage });
  await office.hold({ ...said(line), ...(release === undefined ? {} : { release }) });
  await tell(office, terminal);
  return exit.done;
}

/** Ends it. */
export async function resume(line: CommandLine, office: Office, terminal: Console): Promise<number> {
  await office.resume(said(line));
  return tell(office, terminal);
}

async function tell(office: Office, terminal: Console): Promise<number> {
  const state = await office.holdState();
  terminal.json(state);
  terminal.out(holdLine(state));
  return state.held ? exit.wrong : exit.done;
}

/** Who says so, and why. */
function said({ values }: CommandLine): { readonly reason: string; readonly by: string } {
  const { why: reason, by } = values;
  if (reason === undefined || by === undefined) throw new ChengmenError('arguments-invalid', { problem: usage });
  return { reason, by };
}
