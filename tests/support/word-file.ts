import { strToU8, zipSync } from 'fflate';

/** A picture of one dot, as PNG. */
export const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/**
 * A Word document with an underlined sentence, a link to a script (`l1`) and a picture (`p1`). `more`: parts besides or
 * instead; `body`: what stands in it instead.
 */
export function wordFile(more: Readonly<Record<string, string | Uint8Array>> = {}, body?: string): Buffer {
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const drawing =
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="p1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>';
  const link = '<w:hyperlink r:id="l1"><w:r><w:t>点这里</w:t></w:r></w:hyperlink>';
  const usual = `<w:p><w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t>导入的正文</w:t></w:r>${link}</w:p><w:p>${drawing}</w:p>`;
  const parts: Record<string, string | Uint8Array> = {
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels': relations(`<Relationship Id="r1" Type="${office}/officeDocument" Target="word/document.xml"/>`),
    'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="${office}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>${body ?? usual}</w:body></w:document>`,
    'word/_rels/document.xml.rels': relations(
      `<Relationship Id="p1" Type="${office}/image" Target="media/image1.png"/><Relationship Id="l1" Type="${office}/hyperlink" Target="javascript:alert(1)" TargetMode="External"/>`,
    ),
    'word/media/image1.png': onePixel,
    ...more,
  };
  return zipOf(parts);
}

/** A ZIP archive of these parts. */
export function zipOf(parts: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const files = Object.entries(parts).map(([name, data]) => [name, typeof data === 'string' ? strToU8(data) : data]);
  return Buffer.from(zipSync(Object.fromEntries(files) as Record<string, Uint8Array>));
}

/** The relations of a part to others. */
export function relations(each: string): string {
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each}</Relationships>`;
}
