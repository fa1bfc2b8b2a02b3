import { styleText } from 'node:util';
import { ChengmenError, explainError } from '@chengmen/model';

/** Exit codes of every command: done; done and something is wrong; could not run. */
export const exit = { done: 0, wrong: 1, failed: 2 } as const;

/** Prose and progress go to standard error, so that `--json` leaves standard output to JSON alone. */
export interface Console {
  out(text: string): void;
  json(value: unknown): void;
  /** As `json`, of a value that is JSON already. */
  jsonText(text: string): void;
  say(text: string): void;
  /** A line that replaces itself; where there is no terminal, `step` is printed once when it changes. */
  progress(text: string, step: string): void;
  fail(error: unknown): number;
}

export function openConsole(options: { readonly json: boolean }): Console {
  const live = process.stderr.isTTY;
  let pending = false;
  let lastStep = '';
  const clear = (): void => {
    if (pending) process.stderr.write('\r\x1b[K');
    pending = false;
  };
  return {
    out(text) {
      clear();
      (options.json ? process.stderr : process.stdout).write(`${text}\n`);
    },
    json(value) {
      if (options.json) process.stdout.write(`${JSON.stringify(value)}\n`);
    },
    jsonText(text) {
      if (options.json) process.stdout.write(`${text}\n`);
    },
    say(text) {
      clear();
      process.stderr.write(`${text}\n`);
    },
    progress(text, step) {
      if (!live) {
        if (step !== lastStep) process.stderr.write(`${step}\n`);
        lastStep = step;
        return;
      }
      process.stderr.write(`\r\x1b[K${text}`);
      pending = true;
    },
    fail(error) {
      clear();
      process.stderr.write(`${describe(error)}\n`);
      if (options.json && error instanceof ChengmenError)
        process.stdout.write(`${JSON.stringify({ error: explainError(error) })}\n`);
      return exit.failed;
    },
  };
}

function describe(error: unknown): string {
  if (error instanceof ChengmenError) {
    const { code, zh, en, todo } = explainError(error);
    return `${styleText('red', `✗ ${code}`)}\n  ${zh}${todo.zh}\n  ${en} ${todo.en}`;
  }
  const message = error instanceof Error ? error.message : String(error);
  const detail = process.env['CHENGMEN_DEBUG'] && error instanceof Error ? `\n${error.stack ?? ''}` : '';
  return `${styleText('red', '✗ 出了意外的问题 · Something unexpected went wrong')}\n  ${message}${detail}`;
}
