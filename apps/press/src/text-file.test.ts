import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { createTextFile, textReader } from './text-file.ts';

const root = mkdtempSync(join(tmpdir(), 'chengmen-texts-'));
after(() => rmSync(root, { recursive: true }));

test('createTextFile gives back each text as it was kept, half of a character too, here and to other readers', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 2000 })), (texts) => {
      const file = createTextFile(join(root, 'texts'));
      const places = [...texts, '\ud83d', '江'.repeat(700_000)].map((text) => ({ text, place: file.keep(text) }));
      for (const { text, place } of places) assert.ok(file.read(place) === text);
      const last = file.keep('最后');
      file.flush();
      assert.equal(textReader(file.file)(last), '最后');
      file.close();
      assert.ok(!existsSync(join(root, 'texts')));
    }),
    { numRuns: 20, seed: 3 },
  );
});

test('createTextFile: a place beyond the end is an error, not an empty text', () => {
  const file = createTextFile(join(root, 'short'));
  file.keep('一');
  assert.throws(() => file.read([0, 10]), /ends before 10/);
  file.close();
});
