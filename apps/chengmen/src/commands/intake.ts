import { writeFileSync } from 'node:fs';
import { ChengmenError } from '@chengmen/model';
import type { CommandLine } from '../command-line.ts';
import { exit, type Console } from '../console.ts';
import { readMapping } from '../intake/mapping.ts';
import { intakeLine, intakeSummary, runIntake } from '../intake/run-intake.ts';
import type { Office } from '../office.ts';
import { readOrRefuse } from './operands.ts';

/** Takes whole sources in: pages, folders, archives, tables, feeds. What cannot be taken in is told and does not stop the rest. */
export async function intake(line: CommandLine, office: Office, terminal: Console): Promise<number> {
  if (line.operands.length === 0) throw new ChengmenError('arguments-invalid', { problem: 'chengmen intake SOURCE…' });
  const mapping = line.values['mapping'] === undefined ? undefined : readMapping(line.values['mapping']);
  const report = await runIntake({
    office,
    operands: line.operands,
    mapping,
    channel: line.values['channel'],
    decisions: (line.lists['decisions'] ?? []).map((name) => ({
      name,
      text: Buffer.from(readOrRefuse(name)).toString('utf8'),
    })),
    each: (one) => {
      terminal.json(one);
      if (!line.json) terminal.out(intakeLine(one));
    },
    progress: (text) => terminal.progress(text, ''),
  });
  if (line.values['report'] !== undefined) writeFileSync(line.values['report'], `${JSON.stringify(report, null, 2)}\n`);
  for (const text of intakeSummary(report)) terminal.say(text);
  return report.unreadable > 0 ? exit.failed : report.wrong ? exit.wrong : exit.done;
}
