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

test('explainError: a permission is told by its name, with the roles that hold it', () => {
  const told = (permission: string): string[] => {
    const { zh, en, todo } = explainError(new ChengmenError('permission-denied', { actor: '蓝牧', permission }));
    return [zh + todo.zh, `${en} ${todo.en}`];
  };
  assert.deepEqual(told('intake.receive'), [
    '蓝牧 没有“采集”权限。请使用有此权限的账号（采编、运维），或请安全管理员授权。',
    '蓝牧 does not hold the permission “take old pages in”. Use an account that holds it (writer, operator), or ask the security administrator.',
  ]);
  assert.equal(told('same-origin')[0], '蓝牧 没有“same-origin”权限。请使用有此权限的账号，或请安全管理员授权。');
});
