import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ed25519,
  formatSkey,
  openNote,
  parseNote,
  parseSkey,
  parseVkey,
  parseVkeys,
  formatVkey,
  signNote,
  verifiedNote,
} from './index.ts';

// The example of c2sp.org/signed-note.
const vkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const note =
  'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';

test('openNote accepts the example of the specification', () => {
  assert.equal(openNote(note, [parseVkey(vkey)]), 'This is an example message.\n');
});

test('parseVkey and formatVkey are inverse, and the key id is computed as the specification says', () => {
  assert.equal(formatVkey(parseVkey(vkey)), vkey);
  for (const wrong of [
    vkey.replace('530d903a', '530d903b'),
    vkey.replace('example.com/foo', 'example.com/fop'),
    vkey.replace('AekyeR', 'AekyeS'),
    `${vkey}=`,
    vkey.replace('+530d903a', ''),
    '',
  ])
    assert.throws(() => parseVkey(wrong), { code: 'invalid' }, wrong);
});

test('parseVkeys takes one key a line and refuses a text without any', () => {
  assert.equal(parseVkeys(`# current\n${vkey}\n\n`).length, 1);
  assert.throws(() => parseVkeys('# none\n'), { code: 'invalid' });
});

test('openNote refuses a text, a signature or a key that was touched', () => {
  const keys = [parseVkey(vkey)];
  assert.throws(() => openNote(note.replace('message', 'massage'), keys), /is wrong/);
  assert.throws(() => openNote(note.replace('Uw2QOkn8', 'Uw2QOkn9'), keys), /is wrong/);
  assert.throws(
    () => openNote(note.replace('example.com/foo Uw', 'example.com/bar Uw'), keys),
    /not signed by a trusted key/,
  );
  assert.throws(() => openNote(note, []), /not signed by a trusted key/);
});

test('openNote ignores signatures of unknown keys, and a wrong one of a known key condemns the note', async () => {
  const own = parseSkey(formatSkey('witness.example', ed25519, Buffer.alloc(32, 3)));
  const signed = await signNote('This is an example message.\n', own);
  const line = signed.split('\n\n')[1] ?? '';
  const both = note + line;
  assert.equal(openNote(both, [parseVkey(vkey)]), 'This is an example message.\n');
  assert.equal(openNote(both, [parseVkey(vkey), own.verifier]), 'This is an example message.\n');
  const other = (await signNote('Another message.\n', own)).split('\n\n')[1] ?? '';
  assert.equal(openNote(note + other, [parseVkey(vkey)]), 'This is an example message.\n');
  assert.throws(() => openNote(note + other, [parseVkey(vkey), own.verifier]), /is wrong/);
});

test('parseNote accepts 16 signatures and empty lines in the text, and refuses what is not a note', () => {
  const line = note.split('\n\n')[1] ?? '';
  assert.equal(parseNote(`a\n\nb\n\n${line.repeat(16)}`).text, 'a\n\nb\n');
  for (const wrong of [
    '',
    'a\n',
    'a\n\n',
    note.trimEnd(),
    note.replace('— ', '- '),
    note.replace('an', 'a\tn'),
    `${note}\n`,
  ])
    assert.throws(() => parseNote(wrong), { code: 'invalid' }, JSON.stringify(wrong));
  assert.throws(() => parseNote(Buffer.concat([Buffer.from([0xff]), Buffer.from(note)])), { code: 'invalid' });
});

test('parseSkey reads key texts as other programs write them, and signs for the verifier key that goes with it', () => {
  // The example of the Go package golang.org/x/mod/sumdb/note.
  const key = parseSkey('PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz');
  assert.equal(key.vkey, 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
  assert.throws(() => parseSkey('PRIVATE+KEY+PeterNeumann+c74f20a4+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'));
});

test('parseSkey never has the key in its refusal', () => {
  const secret = 'AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
  assert.throws(
    () => parseSkey(`PRIVATE+KEY+PeterNeumann+00000000+${secret}`),
    (error: Error) => !error.message.includes(secret),
  );
});

test('signNote refuses a signer whose signature its own verifier key does not accept', async () => {
  const key = parseSkey(formatSkey('a.example', ed25519, Buffer.alloc(32, 1)));
  const other = parseSkey(formatSkey('a.example', ed25519, Buffer.alloc(32, 2)));
  await assert.rejects(signNote('text\n', { vkey: key.vkey, sign: other.sign }), { code: 'invalid' });
});

test('verifiedNote keeps the signatures of trusted keys, each once, and nothing else', async () => {
  const [one, two] = [4, 5].map((seed) => parseSkey(formatSkey('log.example', ed25519, Buffer.alloc(32, seed))));
  assert.ok(one && two);
  const signed = await signNote('A message.\n', one);
  const line = signed.split('\n\n')[1] ?? '';
  const other = (await signNote('A message.\n', two)).split('\n\n')[1] ?? '';
  const added = `— bet.example ${Buffer.from('世界杯预测').toString('base64')}\n`;
  assert.equal(verifiedNote(signed + added + line + other, [one.verifier]), signed);
  assert.equal(verifiedNote(signed + other, [two.verifier, one.verifier]), signed + other);
  assert.throws(() => verifiedNote(signed, [two.verifier]), { code: 'invalid' });
});
