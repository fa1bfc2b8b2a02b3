import { Refusal, Unreachable } from './api.ts';

/** What went wrong, for people. */
export function wordsOf(error: unknown): string {
  if (error instanceof Refusal) return `${error.told.zh}${error.told.todo.zh} ${error.told.en}`;
  if (error instanceof Unreachable)
    return '连不上工作台，请稍后再试。您的文字没有丢失。 The desk does not answer; nothing was lost.';
  return error instanceof Error ? error.message : String(error);
}
