import { mendInputs } from '@chengmen/mend-command';
import type { CommandLine } from '../command-line.ts';
import type { Console } from '../console.ts';

export function mendFiles(line: CommandLine, terminal: Console): Promise<number> {
  const { accept, encoding, siblings, report, out, jobs } = line.values;
  const options = { accept, encoding, siblings, report, out, jobs, decisions: line.lists['decisions'] };
  return mendInputs(
    { ...options, operands: line.operands, json: line.json },
    {
      out: (text) => terminal.out(text),
      json: (text) => terminal.jsonText(text),
      progress: (text, step) => terminal.progress(text, step),
      refuse: ({ code, zh, en, todo }) => terminal.say(`✗ ${code}\n  ${zh}${todo.zh}\n  ${en} ${todo.en}`),
    },
  );
}
