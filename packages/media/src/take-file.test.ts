import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { ChengmenError, kinds, sha256, type ErrorCode } from '@chengmen/model';
import sharp from 'sharp';
import { openByteStore } from './byte-store.ts';
import { mediaFields, takeFile, type TakenFile, type TakeFileOptions } from './take-file.ts';
import { compoundFile, hugePng, movingGif, officeFile, pdfFile, photograph, zipOf } from './testing/make-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'chengmen-media-'));
const store = openByteStore(folder);
after(() => {
  rmSync(folder, { recursive: true });
});

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 40_000) {
    await Promise.resolve();
    yield bytes.subarray(at, at + 40_000);
  }
}

const take = (name: string, bytes: Uint8Array, more: Partial<TakeFileOptions> = {}): Promise<TakenFile> =>
  takeFile(inPieces(bytes), { name, store, alt: '江堤上的人', ...more });

/** Files of the store, those half received included. */
const stored = (): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [entry.name] : [],
  );

const utf8 = (text: string): Buffer => Buffer.from(text);
const doc = (flags: number): Buffer => {
  const stream = Buffer.alloc(512);
  stream.writeUInt16LE(flags, 10);
  return compoundFile(['WordDocument'], stream);
};
/** BOF, then FilePass. */
const lockedXls = (): Buffer => {
  const stream = Buffer.alloc(512);
  stream.writeUInt16LE(0x0809, 0);
  stream.writeUInt16LE(16, 2);
  stream.writeUInt16LE(0x2f, 20);
  return compoundFile(['Workbook'], stream);
};
/** Each directory record says that its file is encrypted. */
const lockedZip = (): Buffer => {
  const zip = zipOf({ 'a.txt': 'a' });
  const record = zip.indexOf('PK\u0001\u0002', 0, 'latin1');
  zip.writeUInt16LE(zip.readUInt16LE(record + 8) | 1, record + 8);
  return zip;
};

describe('takeFile', () => {
  const documents: readonly (readonly [name: string, bytes: Buffer, type: string])[] = [
    ['报告.docx', officeFile('docx'), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['表.XLSX', officeFile('xlsx'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['讲稿.pptx', officeFile('pptx'), 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
    ['旧文.doc', doc(0), 'application/msword'],
    ['旧文.wps', doc(0), 'application/wps-office.wps'],
    ['旧表.xls', compoundFile(['Workbook']), 'application/vnd.ms-excel'],
    ['旧表.et', compoundFile(['Book']), 'application/wps-office.et'],
    ['旧稿.dps', compoundFile(['PowerPoint Document']), 'application/wps-office.dps'],
    ['公文.ofd', zipOf({ 'OFD.xml': '<OFD/>' }), 'application/ofd'],
    ['公文.pdf', pdfFile(), 'application/pdf'],
    ['数据.csv', utf8('\ufeff指标,数值\r\n人口,1\r\n'), 'text/csv'],
    ['说明.txt', utf8('第一行\n'), 'text/plain'],
    ['字幕.vtt', utf8('WEBVTT\n\n00:00.000 --> 00:02.000\n您好。\n'), 'text/vtt'],
    ['包.zip', zipOf({ '表/一.csv': '1', '二.docx': officeFile('docx') }), 'application/zip'],
    ['广播.mp3', Buffer.concat([Buffer.from('fffb9064', 'hex'), Buffer.alloc(64)]), 'audio/mpeg'],
    ['短片.mp4', Buffer.concat([Buffer.from([0, 0, 0, 24]), utf8('ftypisom'), Buffer.alloc(64)]), 'video/mp4'],
    ['短片.webm', Buffer.from('1a45dfa38f4286810142f781014282847765626d18538067810000', 'hex'), 'video/webm'],
  ];
  for (const [name, bytes, type] of documents)
    test(`takeFile: ${name} is kept byte for byte`, async () => {
      const taken = await take(name, bytes);
      assert.deepEqual([taken.type, taken.size, taken.hash], [type, bytes.length, sha256(bytes)]);
      assert.deepEqual(Buffer.from((await store.get(taken.hash)) ?? []), bytes);
      assert.ok(kinds.media.safeParse(mediaFields(taken)).success);
    });

  test('takeFile: text in GB18030 is told apart', async () => {
    const taken = await take('表.csv', Buffer.from('d6b8b1ea2cb5a5cebb0d0a', 'hex'));
    assert.deepEqual([taken.type, taken.charset], ['text/csv', 'gb18030']);
  });

  test('takeFile: a path, hidden characters and decomposed letters leave a name that is safe to show', async () => {
    const names = ['../../x.txt', 'C:\\temp\\x.txt', 'x\u202e\u0000.txt'].map((name) => take(name, utf8('字')));
    assert.deepEqual(
      (await Promise.all(names)).map(({ name }) => name),
      ['x.txt', 'x.txt', 'x.txt'],
    );
    assert.equal((await take('e\u0301.txt', utf8('字'))).name, '\u00e9.txt');
  });

  const refusals: readonly (readonly [
    what: string,
    name: string,
    bytes: () => Buffer | Promise<Buffer>,
    code: ErrorCode,
  ])[] = [
    ['nothing', '空.pdf', () => Buffer.alloc(0), 'file-empty'],
    ['a web page', '页.html', () => utf8('<!doctype html><p>x'), 'file-type-refused'],
    ['a web page named .jpg', '页.jpg', () => utf8('<html><script>alert(1)</script>'), 'file-type-refused'],
    ['a web page named .txt', '页.txt', () => utf8('\n  <script>alert(1)</script>'), 'file-type-refused'],
    [
      'a drawing with a script',
      '图.svg',
      () => utf8('<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>'),
      'file-type-refused',
    ],
    ['a program', '程序.exe', () => Buffer.concat([utf8('MZ'), Buffer.alloc(600)]), 'file-type-refused'],
    ['a program named .docx', '程序.docx', () => Buffer.concat([utf8('MZ'), Buffer.alloc(600)]), 'file-type-refused'],
    ['an installer', '包.doc', () => compoundFile(['Property']), 'file-type-refused'],
    ['a picture under another name', '图.png', () => photograph({ width: 30, height: 20 }), 'file-name-differs'],
    ['a PDF named .docx', '文.docx', pdfFile, 'file-name-differs'],
    ['a workbook named .docx', '文.docx', () => officeFile('xlsx'), 'file-name-differs'],
    ['a docx with macros', '文.docx', () => officeFile('docx', { 'word/vbaProject.bin': 'x' }), 'file-macro'],
    [
      'an xlsx with a macro sheet',
      '表.xlsx',
      () => officeFile('xlsx', { 'xl/macrosheets/sheet1.xml': 'x' }),
      'file-macro',
    ],
    ['a docm named .docx', '文.docx', () => officeFile('docm'), 'file-macro'],
    ['a doc with macros', '文.doc', () => compoundFile(['WordDocument', 'Macros']), 'file-macro'],
    ['an encrypted zip', '包.zip', lockedZip, 'file-encrypted'],
    ['an encrypted docx', '文.docx', () => compoundFile(['EncryptionInfo', 'EncryptedPackage']), 'file-encrypted'],
    ['an encrypted doc', '文.doc', () => doc(0x0100), 'file-encrypted'],
    ['an encrypted xls', '表.xls', lockedXls, 'file-encrypted'],
    ['a zip with a program', '包.zip', () => zipOf({ '安装.exe': 'MZ' }), 'file-suspicious'],
    ['a zip with a way out', '包.zip', () => zipOf({ '../../x.txt': 'x' }), 'file-suspicious'],
    ['a zip bomb', '包.zip', () => zipOf({ 'a.txt': Buffer.alloc(40_000_000) }), 'file-suspicious'],
    [
      'a docx that is a bomb',
      '文.docx',
      () => officeFile('docx', { 'word/media/a.bin': Buffer.alloc(40_000_000) }),
      'file-suspicious',
    ],
    ['a zip cut off', '包.zip', () => zipOf({ 'a.txt': 'x'.repeat(999) }).subarray(0, 60), 'file-suspicious'],
    ['a PDF cut off', '文.pdf', () => pdfFile().subarray(0, 40), 'file-suspicious'],
    [
      'a PDF with something behind it',
      '文.pdf',
      () => Buffer.concat([pdfFile(), utf8('<script>alert(1)</script>')]),
      'file-suspicious',
    ],
    [
      'a PDF that ends as a PDF and is a zip too',
      '文.pdf',
      () => {
        const zip = zipOf({ a: 'x' });
        zip.writeUInt16LE(6, zip.length - 2);
        return Buffer.concat([pdfFile(), zip, utf8('%%EOF\n')]);
      },
      'file-suspicious',
    ],
    ['a PDF that is a zip too', '文.pdf', () => Buffer.concat([pdfFile(), zipOf({ a: 'x' })]), 'file-suspicious'],
    ['a doc that is a zip too', '文.doc', () => Buffer.concat([doc(0), zipOf({ a: 'x' })]), 'file-suspicious'],
    [
      'a picture cut off',
      '图.jpg',
      async () => (await photograph({ width: 400, height: 300 })).subarray(0, 9000),
      'picture-unreadable',
    ],
    ['50 000 × 50 000 pixels', '图.png', () => hugePng(50_000, 50_000), 'picture-too-large'],
    ['pixels that are not there', '图.png', () => hugePng(7000, 7000), 'picture-unreadable'],
    ['a picture that moves', '图.gif', movingGif, 'picture-moves'],
  ];
  for (const [what, name, bytes, code] of refusals)
    test(`takeFile: ${what} is refused, and nothing of it stays`, async () => {
      const made = await bytes();
      const before = stored();
      await assert.rejects(
        take(name, made),
        (error) => (error instanceof ChengmenError && error.code === code) || assert.fail(String(error)),
      );
      assert.deepEqual(stored(), before);
    });

  test('takeFile: beyond the limit a file is refused and what follows in its stream is read no further than twice that', async () => {
    const before = stored();
    let given = 0;
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      for (;;) {
        await Promise.resolve();
        given += 1000;
        yield new Uint8Array(1000);
      }
    };
    const large = takeFile(endless(), { name: '大.pdf', store, limits: { size: 10_000 } });
    await assert.rejects(large, (error) => error instanceof ChengmenError && error.code === 'file-too-large');
    assert.ok(given <= 22_000);
    assert.deepEqual(stored(), before);
  });

  test('takeFile: a stream that breaks off leaves nothing', async () => {
    const before = stored();
    const breaking = async function* (): AsyncGenerator<Uint8Array> {
      await Promise.resolve();
      yield pdfFile();
      throw new Error('connection lost');
    };
    await assert.rejects(takeFile(breaking(), { name: '文.pdf', store }), /connection lost/);
    assert.deepEqual(stored(), before);
  });

  test('takeFile: a picture without words is refused', async () => {
    const picture = take('图.png', await photograph({ type: 'png', width: 30, height: 20 }), { alt: ' ' });
    await assert.rejects(picture, (error) => error instanceof ChengmenError && error.code === 'picture-without-words');
  });

  test('takeFile: a picture is drawn anew, upright, in forms none of which is larger or says where it was taken', async () => {
    const bytes = await photograph({ orientation: 6 });
    assert.ok(
      (await sharp(bytes).metadata()).exif && bytes.includes('secret place'),
      'the picture handed in does say it',
    );
    const { picture, type, hash } = await take('IMG_0001.JPG', bytes);
    assert.deepEqual(
      picture?.forms.map((form) => [form.type, form.width, form.height]),
      [480, 960, 1200].map((width) => ['image/webp', width, Math.round((width * 2000) / 1200)]),
    );
    assert.deepEqual([type, picture?.width, picture?.height], ['image/jpeg', 1200, 2000]);
    for (const one of [hash, ...(picture?.forms ?? []).map((form) => form.hash)]) {
      const kept = Buffer.from((await store.get(one)) ?? []);
      const { exif, xmp, icc, iptc, orientation } = await sharp(kept).metadata();
      assert.deepEqual(
        { exif, xmp, icc, iptc, orientation },
        { exif: undefined, xmp: undefined, icc: undefined, iptc: undefined, orientation: undefined },
      );
      assert.ok(!/Zhang San|secret place|GPSLatitude|Exif\0\0/.test(kept.toString('latin1')));
    }
    assert.ok(!stored().includes(sha256(bytes)), 'the original is not kept');
  });

  test('takeFile: the same picture gives the same forms', async () => {
    const bytes = await photograph({ type: 'png', width: 700, height: 300 });
    const [one, two] = [await take('a.png', bytes), await take('b.png', bytes)];
    assert.deepEqual(one.picture, two.picture);
    assert.deepEqual(
      one.picture?.forms.map(({ width }) => width),
      [480, 700],
    );
  });

  test('takeFile: WebP and still GIF become what every browser reads', async () => {
    const types = await Promise.all(
      (['webp', 'gif'] as const).map(
        async (type) => (await take(`a.${type}`, await photograph({ type, width: 64, height: 64 }))).type,
      ),
    );
    assert.deepEqual(types, ['image/jpeg', 'image/png']);
  });

  test('takeFile: what stands behind a picture does not come along', async () => {
    const both = Buffer.concat([await photograph({ width: 60, height: 40 }), zipOf({ 'x.html': '<script>' })]);
    const taken = await take('a.jpg', both);
    assert.ok(!Buffer.from((await store.get(taken.hash)) ?? []).includes('PK\u0003\u0004', 0, 'latin1'));
  });

  test('takeFile: a decoder that does not come to an end is ended', async () => {
    const slow = take('a.png', await photograph({ type: 'png' }), { limits: { patience: 1 } });
    await assert.rejects(slow, (error) => error instanceof ChengmenError && error.code === 'picture-unreadable');
  });
});
