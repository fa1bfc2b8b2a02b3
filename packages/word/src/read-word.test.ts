import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openByteStore } from '@chengmen/media';
import { ChengmenError } from '@chengmen/model';
import { strToU8, zipSync } from 'fflate';
import { readWord, type WordLimits, type WordText } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'chengmen-word-'));
const store = openByteStore(folder);
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

const types =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relations = (each: string): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each}</Relationships>`;
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const run = (text: string, properties = ''): string => `<w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r>`;
const paragraph = (inside: string): string => `<w:p>${inside}</w:p>`;
const drawing =
  '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图" descr="江堤"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="p1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>';

function word(body: string, more: Readonly<Record<string, Uint8Array | string>> = {}): Buffer {
  const document = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="${office}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>${body}</w:body></w:document>`;
  const parts = {
    '[Content_Types].xml': types,
    '_rels/.rels': relations(`<Relationship Id="r1" Type="${office}/officeDocument" Target="word/document.xml"/>`),
    'word/document.xml': document,
    'word/_rels/document.xml.rels': relations(
      `<Relationship Id="p1" Type="${office}/image" Target="media/image1.png"/><Relationship Id="l1" Type="${office}/hyperlink" Target="javascript:alert(1)" TargetMode="External"/><Relationship Id="f1" Type="${office}/image" Target="file:///etc/passwd" TargetMode="External"/>`,
    ),
    'word/media/image1.png': pixel,
    ...more,
  };
  const files = Object.entries(parts).map(([name, data]) => [name, typeof data === 'string' ? strToU8(data) : data]);
  return Buffer.from(zipSync(Object.fromEntries(files) as Record<string, Uint8Array>));
}

async function* stream(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield bytes;
}
const read = (bytes: Uint8Array, name = '通知.docx', limits: Partial<WordLimits> = {}): Promise<WordText> =>
  readWord(stream(bytes), { name, store, limits });
const refused = (code: string) => (error: unknown) => error instanceof ChengmenError && error.code === code;

test('readWord: text, tables and pictures come as markup; what is left out is told', async () => {
  const cell = (text: string): string => `<w:tc>${paragraph(run(text))}</w:tc>`;
  const { html, losses } = await read(
    word(
      paragraph(`<w:pPr><w:jc w:val="center"/></w:pPr>${run('通知', '<w:b/><w:u w:val="single"/>')}`) +
        paragraph(`<w:del w:id="1"><w:r><w:delText>不准</w:delText></w:r></w:del>${run('准予')}${drawing}`) +
        `<w:tbl><w:tr>${cell('甲')}${cell('乙')}</w:tr></w:tbl>`,
    ),
  );
  assert.match(
    html,
    /^<p><strong>通知<\/strong><\/p><p>准予<img alt="江堤" src="data:image\/png;base64,[^"]+" ?\/?><\/p><table>.*甲.*乙.*<\/table>$/,
  );
  assert.deepEqual(losses, { deleted: 1, underline: 1, alignment: 1 });
});

test('readWord: a picture that points out of the archive reads nothing', async () => {
  const outside = drawing.replace('r:embed="p1"', 'r:link="f1"');
  const { html } = await read(word(paragraph(run('文') + outside)));
  assert.equal(html, '<p>文</p>');
});

test('readWord: macros, path names, bombs, other files and broken ones are refused by name, and nothing of them stays', async () => {
  const cases: readonly (readonly [string, Uint8Array, string, Partial<WordLimits>?])[] = [
    ['file-macro', word('', { 'word/vbaProject.bin': 'x' }), '宏.docx'],
    ['file-suspicious', word('', { '../../etc/cron.d/x': 'x' }), '路径.docx'],
    ['file-suspicious', word('', { 'word/huge.xml': new Uint8Array(30 * 1024 * 1024) }), '炸弹.docx'],
    ['word-too-large', word(paragraph(run('甲'.repeat(9000)))), '大.docx', { xml: 20_000 }],
    ['word-too-large', word(paragraph(run('甲'))), '图.docx', { pictures: 10 }],
    ['word-too-large', word(paragraph(run('甲'))), '慢.docx', { patience: 1 }],
    ['file-too-large', word(''), '长.docx', { size: 100 }],
    ['word-unreadable', Buffer.from('只是文字，没有别的。'), '文字.txt'],
    ['word-unreadable', word('', { 'word/document.xml': '<w:document' }), '坏.docx'],
    ['file-suspicious', word(paragraph(run('甲'))).subarray(0, 400), '断.docx'],
  ];
  for (const [code, bytes, name, limits] of cases)
    await assert.rejects(read(bytes, name, limits), refused(code), `${name} ${code}`);
  assert.deepEqual(readdirSync(join(folder, 'received')), []);
});

test('readWord: a part that unpacks to more than it claims ends the reading, not the process', async () => {
  const bytes = word(paragraph(run('甲'.repeat(100_000))));
  // Both records of the part say it is small.
  const claimed = Buffer.from(bytes);
  for (const [sign, size, length] of [
    ['PK\u0003\u0004', 22, 26],
    ['PK\u0001\u0002', 24, 28],
  ] as const) {
    for (let at = claimed.indexOf(sign, 0, 'latin1'); at >= 0; at = claimed.indexOf(sign, at + 1, 'latin1')) {
      const start = at + (sign.endsWith('\u0004') ? 30 : 46);
      const name = claimed.toString('latin1', start, start + claimed.readUInt16LE(at + length));
      if (name === 'word/document.xml') claimed.writeUInt32LE(1000, at + size);
    }
  }
  await assert.rejects(read(claimed, '谎.docx'), refused('word-unreadable'));
});
