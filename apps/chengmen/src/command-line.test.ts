import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChengmenError } from '@chengmen/model';
import { readCommandLine } from './command-line.ts';

const refused = (argv: string[], words: RegExp): void => {
  assert.throws(
    () => readCommandLine(argv),
    (error) => error instanceof ChengmenError && error.code === 'arguments-invalid' && words.test(error.message),
  );
};

test('readCommandLine: a command with its operands, repeated flags and settings', () => {
  assert.deepEqual(readCommandLine(['start', '--page', 'a.html', '--page=b.html', '--portal-port', '9000']), {
    command: 'start',
    operands: [],
    values: { 'portal-port': '9000' },
    lists: { page: ['a.html', 'b.html'] },
    flags: [],
    json: false,
  });
  assert.equal(readCommandLine([]).command, 'help');
  assert.deepEqual(readCommandLine(['verify', '--help']).operands, ['verify']);
});

test('readCommandLine: what it does not know it refuses by name', () => {
  refused(['pubish'], /pubish/);
  refused(['verify', '--page', 'x'], /--page/);
  refused(['start', '--colour'], /colour/);
});
