import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MediaTypeName } from '@chengmen/model';
import { wordsOfFile } from './index.ts';
import { readPdf } from './read-pdf.ts';
import { officeFile, pdfBomb, pdfFile, pdfKnot, pdfWithText, zipOf } from './testing/make-files.ts';

const office = 'application/vnd.openxmlformats-officedocument.';
const docx = `${office}wordprocessingml.document` as MediaTypeName;
const xlsx = `${office}spreadsheetml.sheet` as MediaTypeName;

const read = async (bytes: Uint8Array, type: MediaTypeName, charset?: 'gb18030') => {
  const words = await wordsOfFile({ bytes, type, charset });
  return words && { ...words, lines: words.lines.map(({ text, cell, place }) => [place, text, cell] as const) };
};

test('wordsOfFile: a document with its tables, header, comments and what was deleted', async () => {
  const bytes = officeFile('docx', {
    'word/document.xml':
      '<w:document><w:p><w:r><w:t>联系人</w:t></w:r><w:r><w:t xml:space="preserve"> 陈&amp;工</w:t></w:r></w:p>' +
      '<w:p><w:del><w:delText>删去的话</w:delText></w:del></w:p>' +
      '<w:tbl><w:tr><w:tc><w:p><w:t>1540013</w:t><w:t>8016</w:t></w:p></w:tc></w:tr></w:tbl></w:document>',
    'word/header1.xml': '<w:hdr><w:p><w:t>页眉文字</w:t></w:p></w:hdr>',
    'word/comments.xml': '<w:comments><w:p><w:t>这个号码要删</w:t></w:p></w:comments>',
    'word/media/image1.png': 'x',
  });
  assert.deepEqual(await read(bytes, docx), {
    complete: true,
    lines: [
      ['第 1 段', '联系人 陈&工', false],
      ['第 2 段', '删去的话', false],
      ['第 3 段', '15400138016', true],
      ['页眉第 1 段', '页眉文字', false],
      ['批注第 1 段', '这个号码要删', false],
    ],
  });
});

test('wordsOfFile: a table with shared and own texts, numbers, hidden sheets and columns', async () => {
  const bytes = officeFile('xlsx', {
    'xl/workbook.xml':
      '<workbook><sheets><sheet name="名单" r:id="1"/><sheet name="底稿" state="hidden"/></sheets></workbook>',
    'xl/sharedStrings.xml': '<sst><si><t>姓名</t></si><si><r><t>身份</t></r><r><t>证号</t></r></si></sst>',
    'xl/worksheets/sheet1.xml':
      '<worksheet><cols><col min="2" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>' +
      '<row r="2"><c r="A2" t="inlineStr"><is><t>周某</t></is></c><c r="B2"><v>15400138016</v></c><c r="C2"><f>A2&amp;B2</f><v>7</v></c></row></sheetData></worksheet>',
    'xl/worksheets/sheet2.xml': '<worksheet><row><c t="str"><v>藏着</v></c></row></worksheet>',
  });
  assert.deepEqual(await read(bytes, xlsx), {
    complete: true,
    lines: [
      ['名单 第 1 行', '姓名\t身份证号', true],
      ['名单 第 2 行', '周某\t15400138016\t7', true],
      ['底稿 第 1 行', '藏着', true],
    ],
  });
});

test('wordsOfFile: texts and tables of text, in their encoding', async () => {
  assert.deepEqual(await read(Buffer.from('甲,"15400138016"\r\n乙;2'), 'text/csv'), {
    complete: true,
    lines: [
      ['第 1 行', '甲\t15400138016"', true],
      ['第 2 行', '乙\t2', true],
    ],
  });
  const gbk = Buffer.from([0xd6, 0xdc, 0xc4, 0xb3]);
  assert.deepEqual((await read(gbk, 'text/plain', 'gb18030'))?.lines, [['第 1 行', '周某', false]]);
});

test('wordsOfFile: bombs, broken archives and other types', async () => {
  const bomb = officeFile('docx', { 'word/document.xml': `<w:p><w:t>${'0'.repeat(17 * 1024 * 1024)}</w:t></w:p>` });
  const unpacked = await wordsOfFile({ bytes: bomb, type: docx });
  assert.equal(unpacked?.complete, false);
  assert.ok((unpacked?.lines[0]?.text.length ?? 0) <= 16 * 1024 * 1024);
  const many = zipOf(
    Object.fromEntries(Array.from({ length: 2001 }, (_, at) => [`word/header${at}.xml`, '<w:t>x</w:t>'])),
  );
  assert.equal((await wordsOfFile({ bytes: many, type: docx }))?.complete, false);
  const nested = officeFile('docx', { 'word/document.xml': '<w:tbl><w:tr><w:tc>'.repeat(20_000) });
  assert.deepEqual(await read(nested, docx), { complete: true, lines: [] });
  const tags = officeFile('xlsx', { 'xl/worksheets/sheet1.xml': '<c '.repeat(50_000) });
  assert.deepEqual(await read(tags, xlsx), { complete: true, lines: [] });
  assert.deepEqual(await read(Buffer.from('PK\u0003\u0004 nothing'), docx), { complete: false, lines: [] });
  assert.equal(await read(zipOf({ 'a.txt': 'a' }), 'application/zip'), undefined);
});

test('wordsOfFile: a PDF page by page, with its title and notes, also where its font is not inside', async () => {
  const lines = ['名单：周某 11010519491231002X', '电话 15400138016'];
  assert.deepEqual(await read(pdfWithText(lines, { note: '号码要删' }), 'application/pdf'), {
    complete: true,
    lines: [
      ['文件属性', '公示名单', false],
      ['第 1 页', lines[0], false],
      ['第 1 页', lines[1], false],
      ['第 1 页批注、表单', '号码要删', false],
    ],
  });
  const withBlank = await wordsOfFile({ bytes: pdfWithText(lines, { blank: 1 }), type: 'application/pdf' });
  assert.equal(withBlank?.complete, false, 'a page without a word may be a scan');
  const cut = await readPdf(pdfWithText(lines, { blank: 3 }), { pages: 1 });
  assert.deepEqual([cut.lines.length, cut.complete], [3, false]);
});

test('wordsOfFile: a PDF made to do harm is not read to its end, and whoever asks goes on', async () => {
  const none = { lines: [], complete: false };
  assert.deepEqual(await readPdf(pdfBomb(300), { memory: 250 * 1024 * 1024 }), none);
  assert.deepEqual(await readPdf(pdfWithText(['文']), { patience: 1 }), none);
  for (const bytes of [pdfKnot(), pdfFile(), Buffer.from('%PDF-1.7\n%%EOF')])
    assert.deepEqual(await readPdf(bytes), none);
});
