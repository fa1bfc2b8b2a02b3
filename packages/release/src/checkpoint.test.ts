import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ed25519,
  formatCheckpoint,
  formatSkey,
  openCheckpoint,
  parseCheckpoint,
  parseSkey,
  peekCheckpoint,
  signNote,
} from './index.ts';

// The example of c2sp.org/tlog-checkpoint.
const example =
  'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n';

test('peekCheckpoint reads the example of the specification, and formatCheckpoint writes it again', () => {
  const checkpoint = peekCheckpoint(example);
  assert.equal(checkpoint.origin, 'example.com/behind-the-sofa');
  assert.equal(checkpoint.size, 20852163);
  assert.equal(formatCheckpoint(checkpoint), example.split('\n\n')[0] + '\n');
});

test('parseCheckpoint refuses every text that is not a checkpoint', () => {
  const root = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=';
  for (const wrong of [
    '',
    `a\n1\n${root}`,
    `\n1\n${root}\n`,
    `a\n01\n${root}\n`,
    `a\n-1\n${root}\n`,
    `a\n1\n${root.slice(4)}\n`,
    `a\n1\n${root}\n\n`,
    `a\n1\n`,
  ])
    assert.throws(() => parseCheckpoint(wrong), { code: 'invalid' }, JSON.stringify(wrong));
  assert.deepEqual(parseCheckpoint(`a\n1\n${root}\nmore\n`).extensions, ['more']);
});

test('openCheckpoint refuses another origin and another key', async () => {
  const key = parseSkey(formatSkey('log.example', ed25519, Buffer.alloc(32, 1)));
  const other = parseSkey(formatSkey('log.example', ed25519, Buffer.alloc(32, 2)));
  const note = await signNote(formatCheckpoint({ origin: 'log.example', size: 1, root: '0'.repeat(64) }), key);
  assert.equal(openCheckpoint(note, { keys: [key.verifier], origin: 'log.example' }).size, 1);
  assert.throws(() => openCheckpoint(note, { keys: [key.verifier], origin: 'b.example' }), {
    code: 'checkpoint-invalid',
  });
  assert.throws(() => openCheckpoint(note, { keys: [other.verifier], origin: 'log.example' }), {
    code: 'checkpoint-invalid',
  });
});
