import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openSource } from './open-source.ts';
import { staysInside } from './stays-inside.ts';
import { openTray, sweepTrays } from './tray.ts';

const folder = mkdtempSync(join(tmpdir(), 'chengmen-tray-'));
after(() => rmSync(folder, { recursive: true }));
async function* bytes(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text));
}

test('sweepTrays: what no run needs goes, what one needs and what is no tray stays; where nothing ever lay there is nothing to do', async () => {
  const own = mkdtempSync(join(folder, 'swept-'));
  const [kept, left] = [await openTray(own), await openTray(own)];
  for (const tray of [kept, left]) await tray.add('a.html', bytes('<p>字</p>'));
  writeFileSync(join(own, 'note.txt'), 'by hand');
  await sweepTrays(own, [kept.id]);
  assert.deepEqual(readdirSync(own).sort(), [kept.id, 'note.txt'].sort());
  assert.deepEqual(readdirSync(join(own, kept.id)), ['a.html']);
  await sweepTrays(join(own, 'never'), []);
});

test('openTray: names lead nowhere, two of one name are both kept, what is no source or too large leaves nothing', async () => {
  const tray = await openTray(folder);
  for (const name of ['../../a.html', 'C:\\x\\a.html', '.hidden/..\u0000b\u202E.html', '/etc/a.html'])
    await tray.add(name, bytes('<p>', '字</p>'));
  const place = join(folder, tray.id);
  assert.deepEqual(tray.files, ['a.html', '2-a.html', 'b.html', '3-a.html']);
  assert.deepEqual(readdirSync(place).sort(), [...tray.files].sort());
  assert.equal(readFileSync(join(place, 'a.html'), 'utf8'), '<p>字</p>');
  const chunk = 'x'.repeat(1024 * 1024);
  await assert.rejects(tray.add('program.exe', bytes('MZ')), { code: 'intake-file' });
  await assert.rejects(tray.add('empty.html', bytes()), { code: 'file-empty' });
  await assert.rejects(tray.add('large.html', bytes(chunk, chunk, chunk, chunk, 'x')), { code: 'file-too-large' });
  assert.equal(readdirSync(place).length, 4);
  await tray.drop();
  assert.equal(existsSync(place), false);
});

test('openSource: a link in a folder that leads out of it is told, and not followed', async () => {
  const [inside, outside] = [join(folder, 'in'), join(folder, 'out')];
  for (const each of [inside, outside]) mkdirSync(each);
  writeFileSync(join(outside, 'secret.html'), '<p>密</p>');
  writeFileSync(join(inside, 'own.html'), '<p>己</p>');
  symlinkSync(join(outside, 'secret.html'), join(inside, 'link.html'));
  symlinkSync(outside, join(inside, 'folder'));
  assert.deepEqual(
    [
      staysInside(inside, join(inside, 'own.html')),
      staysInside(inside, join(inside, 'folder')),
      staysInside(inside, join(inside, '..')),
    ],
    [true, false, false],
  );
  const entries = [];
  for await (const entry of openSource(inside, undefined)) entries.push('fault' in entry ? 'told' : entry.address);
  assert.deepEqual(entries, ['told', 'told', '/own.html']);
});
