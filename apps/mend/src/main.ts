import { parseArgs } from 'node:util';
import { ChengmenError, explainError } from '@chengmen/model';
import { helpText } from './help-text.ts';
import { mendInputs } from './mend-inputs.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/** The command of the package on its own: `mend FILE…`. */
process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(described(error));
  return 2;
});

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = read(args);
  if (values.help === true || (positionals.length === 0 && args.length === 0)) {
    console.log(helpText);
    return 0;
  }
  const { json = false, ...flags } = values;
  const live = process.stderr.isTTY;
  const code = await mendInputs(
    { ...flags, decisions: flags.decisions, operands: positionals, json },
    {
      out: (text) => console.log(text),
      json: (text) => console.log(text),
      progress: (text) => live && process.stderr.write(`\r\u001b[K${text}`),
      refuse: ({ code: name, zh, en, todo }) => console.error(`✗ ${name}\n  ${zh}${todo.zh}\n  ${en} ${todo.en}`),
    },
  );
  if (live) process.stderr.write('\r\u001b[K');
  return code;
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: flag,
        help: { ...flag, short: 'h' },
        accept: text,
        encoding: text,
        siblings: text,
        report: text,
        out: text,
        jobs: text,
        decisions: { ...text, multiple: true },
      },
    });
  } catch (error) {
    throw new ChengmenError('arguments-invalid', { problem: error instanceof Error ? error.message : String(error) });
  }
}

function described(error: unknown): string {
  if (!(error instanceof ChengmenError)) return `✗ ${error instanceof Error ? error.message : String(error)}`;
  const { code, zh, en } = explainError(error);
  return `✗ ${code}\n  ${zh}\n  ${en}`;
}
