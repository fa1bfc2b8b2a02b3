import { ChengmenError } from '@chengmen/model';
import type { CommandLine } from '../command-line.ts';
import { exit, type Console } from '../console.ts';
import type { Office } from '../office.ts';
import { operand } from './operands.ts';

export async function changeKey(line: CommandLine, office: Office, terminal: Console): Promise<number> {
  const verb = operand(line, 'rotate|retire');
  if (verb !== 'rotate' && verb !== 'retire')
    throw new ChengmenError('arguments-invalid', { problem: 'chengmen key rotate|retire' });
  const changed = await office.changeKey({ retire: verb === 'retire' });
  const { old, next, retiredAt } = changed;
  terminal.json(changed);
  terminal.out(`旧 old  ${old}\n新 new  ${next}`);
  terminal.out(
    retiredAt === null
      ? '两把同签。把新钥发给离线校验者，各处跟上后 chengmen key retire · Both sign now; hand the new key to those who pin it by hand, then retire the old one'
      : `旧钥自第 ${retiredAt} 版起作废 · From release ${retiredAt} on the old key counts no more`,
  );
  return exit.done;
}
