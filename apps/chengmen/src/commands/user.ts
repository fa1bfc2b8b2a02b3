import { ChengmenError } from '@chengmen/model';
import type { CommandLine } from '../command-line.ts';
import { exit, type Console } from '../console.ts';
import type { Office } from '../office.ts';

export async function changeUser(line: CommandLine, office: Office, terminal: Console): Promise<number> {
  const [verb, username] = line.operands;
  const grants = (line.lists['role'] ?? []).map((given) => {
    const [role = '', channel] = given.split(':');
    return { role, ...(channel === undefined ? {} : { channel }) };
  });
  const known = verb === 'add' || verb === 'grant' || verb === 'revoke' || verb === 'reset' || verb === 'totp';
  if (
    !known ||
    username === undefined ||
    line.operands.length > 2 ||
    (/^(?:add|grant|revoke)$/.test(verb) && grants.length === 0)
  )
    throw new ChengmenError('arguments-invalid', {
      problem: 'chengmen user add|grant|revoke|reset|totp USERNAME --role ROLE[:CHANNEL]…',
    });
  const done: { username: string; password?: string; totp?: string } =
    verb === 'add'
      ? await office.addUser({ username, name: line.values['name'] ?? username, grants })
      : await office.changeUser({ username, change: verb, grants });
  terminal.json(done);
  const shown = done.password ?? done.totp;
  if (shown === undefined) terminal.out(done.username);
  else terminal.out(`${done.username}\t${shown}\n只显示这一次 · shown only now`);
  return exit.done;
}
