import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import {
  chainProblems,
  checkAuditFile,
  type AuditFileReport,
  type BrokenLink,
  type ChainReport,
} from '@chengmen/ledger';
import { ChengmenError } from '@chengmen/model';
import type { CommandLine } from '../command-line.ts';
import { exit, type Console } from '../console.ts';
import type { Office } from '../office.ts';

/** The chain of events in the ledger, or in files that need none. `withOffice`: where the ledger can be asked. */
export async function audit(
  { operands: [verb, ...files] }: Pick<CommandLine, 'operands'>,
  terminal: Console,
  withOffice: (work: (office: Pick<Office, 'verifyEvents'>) => Promise<number>) => Promise<number>,
): Promise<number> {
  if (verb !== 'verify') throw new ChengmenError('arguments-invalid', { problem: 'chengmen audit verify [FILE…]' });
  if (files.length === 0) return withOffice(async (office) => tellChain(await office.verifyEvents(), terminal));
  const known = new Map<string, string>();
  const reports: (AuditFileReport & { readonly file: string })[] = [];
  for (const file of files) {
    const report = await readFile(file, known);
    reports.push({ file, ...report });
    tellFile(file, report, terminal);
  }
  terminal.json(reports);
  return reports.every(({ broken }) => broken === null) ? exit.done : exit.wrong;
}

/** Throws `file-unreadable`. */
async function readFile(file: string, known: Map<string, string>): Promise<AuditFileReport> {
  const input = createReadStream(file);
  const lines = createInterface({ input, crlfDelay: Infinity });
  try {
    return await new Promise((done, failed) => {
      input.once('error', (error) => {
        failed(new ChengmenError('file-unreadable', { file, problem: error.message }, { cause: error }));
      });
      checkAuditFile(lines, { file, known }).then(done, failed);
    });
  } finally {
    lines.close();
    input.destroy();
  }
}

function tellChain(report: ChainReport, terminal: Console): number {
  const { events, from, to, head, broken } = report;
  terminal.json(report);
  if (broken) terminal.out(brokenLine(broken));
  else
    terminal.out(
      `✓ 事件链完整 the chain is whole：${events} 条 events${spanOf(from, to)}\n  最后一条 last：${head.seq} ${head.hash}`,
    );
  return broken ? exit.wrong : exit.done;
}

function tellFile(file: string, report: AuditFileReport, terminal: Console): void {
  const { from, to, events, asked, since, until, hash, broken, made, by } = report;
  if (broken) terminal.out(`${file}\n${brokenLine(broken)}`);
  else
    terminal.out(
      `${file}\n✓ 完整 whole：第 ${from}—${to} 条，共 ${events} 条 events，其中筛出 ${asked} 条 asked for${spanOf(since, until)}\n` +
        `  ${made} 由 ${by} 导出 exported；最后一条 last：${to} ${hash}`,
    );
}

const spanOf = (from: string | null, to: string | null): string =>
  from === null || to === null ? '' : `，${from} — ${to}`;

const brokenLine = ({ seq, problem }: BrokenLink): string =>
  `✗ 第 ${seq} 条：${chainProblems[problem].zh}。Event ${seq}: ${chainProblems[problem].en}.`;
