import { strToU8, zipSync } from 'fflate';

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

interface OfficeParts {
  readonly main: string;
  readonly types: Readonly<Record<string, string>>;
  readonly parts: Readonly<Record<string, string>>;
}

function officeFile({ main, types, parts }: OfficeParts): Uint8Array {
  const overrides = Object.entries(types).map(
    ([part, type]) =>
      `<Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.${type}+xml"/>`,
  );
  const files = {
    '[Content_Types].xml': `${xml}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`,
    '_rels/.rels': `${xml}<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${relationships}/officeDocument" Target="${main}"/></Relationships>`,
    ...parts,
  };
  const bytes = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]));
  // The archive keeps civil time without a zone: this one is the same everywhere.
  return zipSync(bytes, { mtime: new Date(2026, 0, 1), level: 9 });
}

/** A Word document: its title, then paragraphs, or rows of a table with their cells. */
export function wordFile(title: string, blocks: readonly (string | readonly (readonly string[])[])[]): Uint8Array {
  const run = (text: string, more = ''): string =>
    `<w:r><w:rPr>${more}</w:rPr><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;
  const paragraph = (text: string): string => `<w:p>${run(text)}</w:p>`;
  const border = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
    .map((side) => `<w:${side} w:val="single" w:sz="4"/>`)
    .join('');
  const table = (rows: readonly (readonly string[])[]): string =>
    `<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>${border}</w:tblBorders></w:tblPr><w:tblGrid>${(rows[0] ?? []).map(() => '<w:gridCol w:w="2400"/>').join('')}</w:tblGrid>${rows
      .map((cells) => `<w:tr>${cells.map((cell) => `<w:tc><w:p>${run(cell)}</w:p></w:tc>`).join('')}</w:tr>`)
      .join('')}</w:tbl>`;
  const head = `<w:p><w:pPr><w:jc w:val="center"/></w:pPr>${run(title, '<w:b/><w:sz w:val="36"/>')}</w:p>`;
  const body = blocks.map((block) => (typeof block === 'string' ? paragraph(block) : table(block))).join('');
  return officeFile({
    main: 'word/document.xml',
    types: { 'word/document.xml': 'wordprocessingml.document.main' },
    parts: {
      'word/document.xml': `${xml}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${head}${body}<w:sectPr/></w:body></w:document>`,
    },
  });
}

/** A workbook of one sheet. */
export function workbookFile(sheet: string, rows: readonly (readonly (string | number)[])[]): Uint8Array {
  const cell = (value: string | number): string =>
    typeof value === 'number' ? `<c><v>${value}</v></c>` : `<c t="inlineStr"><is><t>${escaped(value)}</t></is></c>`;
  const data = rows.map((cells) => `<row>${cells.map(cell).join('')}</row>`).join('');
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  return officeFile({
    main: 'xl/workbook.xml',
    types: { 'xl/workbook.xml': 'spreadsheetml.sheet.main', 'xl/worksheets/sheet1.xml': 'spreadsheetml.worksheet' },
    parts: {
      'xl/workbook.xml': `${xml}<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets><sheet name="${escaped(sheet)}" sheetId="1" r:id="r1"/></sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': `${xml}<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${relationships}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      'xl/worksheets/sheet1.xml': `${xml}<worksheet xmlns="${main}"><sheetData>${data}</sheetData></worksheet>`,
    },
  });
}

/** A PDF of one page of lines; readers bring the Chinese font, as PDF 1.4 provides for (STSong-Light, UniGB-UCS2-H). */
export function pdfFile(title: string, lines: readonly string[]): Uint8Array {
  const hex = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex');
  const text = `BT /F1 18 Tf 72 760 Td <${hex(title)}> Tj /F1 12 Tf 0 -16 Td ${lines
    .map((line) => `0 -24 Td <${hex(line)}> Tj`)
    .join(' ')} ET`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R/Lang(zh-CN)>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>',
    `<</Length ${text.length}>>stream\n${text}\nendstream`,
    '<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>',
    '<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 7 0 R/DW 1000>>',
    '<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>',
  ];
  let file = '%PDF-1.4\n';
  const places = objects.map((object, at) => {
    const place = file.length;
    file += `${at + 1} 0 obj${object}endobj\n`;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(
    `${file}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${file.length}\n%%EOF\n`,
    'latin1',
  );
}
