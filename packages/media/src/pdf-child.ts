import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { getDocument, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PdfOrder } from './read-pdf.ts';
import type { FileLine, FileWords } from './read-words.ts';

/**
 * A process of its own for one PDF: what is handed in may unpack to whatever, and a parser that does not come to an end ends
 * with its process. The order comes as JSON in the first argument, the bytes on standard input; the report goes to standard output.
 */
const order = JSON.parse(process.argv[2] ?? '{}') as PdfOrder;

// Arrays of bytes are no part of the heap, and while they grow nothing else runs on this thread.
const watch = `const { workerData } = require('node:worker_threads');
setInterval(() => { if (process.memoryUsage.rss() > workerData) process.kill(process.pid, 'SIGKILL'); }, 20);`;
new Worker(watch, { eval: true, workerData: order.memory }).unref();

async function read(bytes: Uint8Array): Promise<FileWords> {
  const cmaps = fileURLToPath(new URL('../../cmaps/', import.meta.resolve('pdfjs-dist/legacy/build/pdf.mjs')));
  const document = await getDocument({
    ...{ data: bytes, cMapUrl: cmaps, cMapPacked: true, verbosity: 0, enableXfa: false },
    ...{ disableFontFace: true, useSystemFonts: false, useWasm: false, maxImageSize: 1 },
  }).promise;
  const lines = [...(await propertiesOf(document))];
  // Files inside are read by nobody here.
  let complete = document.numPages <= order.pages && (await document.getAttachments()) === null;
  let left = order.characters;
  for (let number = 1; number <= Math.min(document.numPages, order.pages) && left > 0; number++) {
    const page = await document.getPage(number);
    const found = await linesOf(page, number);
    // A page without a word is a picture of one, for all that is known.
    complete &&= found.length > 0;
    left -= found.reduce((sum, { text }) => sum + text.length, 0);
    lines.push(...found);
    page.cleanup();
  }
  return { lines, complete: complete && left > 0 };
}

async function propertiesOf(document: PDFDocumentProxy): Promise<FileLine[]> {
  const { info } = await document.getMetadata();
  const values = ['Title', 'Author', 'Subject', 'Keywords'].map((name) => (info as Record<string, unknown>)[name]);
  const words = values.filter((value) => typeof value === 'string' && value.trim() !== '');
  return words.map((text) => ({ text: text as string, cell: false, place: '文件属性' }));
}

/** What is written on a page, whether it is seen or not, and what was noted on it or filled in. */
async function linesOf(page: PDFPageProxy, number: number): Promise<FileLine[]> {
  const { items } = await page.getTextContent();
  const text = items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('');
  const notes = ((await page.getAnnotations()) as Annotation[]).flatMap(({ contentsObj, fieldValue }) =>
    [contentsObj?.str, fieldValue].filter((one) => typeof one === 'string'),
  );
  const place = `第 ${number} 页`;
  return [
    ...linesIn(text).map((line) => ({ text: line, cell: false, place })),
    ...notes.flatMap(linesIn).map((line) => ({ text: line, cell: false, place: `${place}批注、表单` })),
  ];
}

interface Annotation {
  readonly contentsObj?: { readonly str?: string };
  readonly fieldValue?: unknown;
}

const linesIn = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

const chunks: Buffer[] = [];
for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
const report = await read(new Uint8Array(Buffer.concat(chunks))).catch((): FileWords => ({
  lines: [],
  complete: false,
}));
process.stdout.write(JSON.stringify(report), () => process.exit(0));
