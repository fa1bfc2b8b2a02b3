import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChengmenError, explainError } from './errors.ts';

test('explainError: what was wrong is a whole sentence, whatever it names, since what to do follows it', () => {
  const told = (problem: string): string[] => {
    const { zh, en } = explainError(new ChengmenError('arguments-invalid', { problem }));
    return [zh, en];
  };
  assert.deepEqual(told("Option '--why' argument missing"), [
    "命令行参数有误：Option '--why' argument missing。",
    "The command line is not valid: Option '--why' argument missing.",
  ]);
  assert.deepEqual(told('chengmen intake SOURCE…')[0], '命令行参数有误：chengmen intake SOURCE…。');
  assert.deepEqual(told('没有这个文件。')[0], '命令行参数有误：没有这个文件。');
});
