/** One document, in a thread that can be ended: parts in, markup out. */
import { parentPort, workerData } from 'node:worker_threads';
import mammoth from 'mammoth';
import { wordLosses } from './word-losses.ts';

const parts = workerData as ReadonlyMap<string, Uint8Array>;

const text = (name: string): string => new TextDecoder().decode(parts.get(name) ?? new Uint8Array());

/** As mammoth's own archives are read; there is no way from here to any file. */
const file = {
  exists: (name: string) => parts.has(name),
  read: (name: string, encoding?: string) => {
    const bytes = parts.get(name);
    if (!bytes) return Promise.reject(new Error(`${name} is missing`));
    if (encoding === 'base64') return Promise.resolve(Buffer.from(bytes).toString('base64'));
    return Promise.resolve(encoding === undefined ? bytes : new TextDecoder(encoding).decode(bytes));
  },
};

const styleMap = [
  "p[style-name='标题'] => h2:fresh",
  "p[style-name='标题 1'] => h2:fresh",
  "p[style-name='标题 2'] => h3:fresh",
  "p[style-name='标题 3'] => h4:fresh",
  "p[style-name='Title'] => h2:fresh",
  "p[style-name='heading 1'] => h2:fresh",
  "p[style-name='heading 2'] => h3:fresh",
  "p[style-name='heading 3'] => h4:fresh",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='引用'] => blockquote > p:fresh",
];

const { value } = await mammoth.convertToHtml({ file } as never, {
  styleMap,
  includeEmbeddedStyleMap: false,
  externalFileAccess: false,
  convertImage: mammoth.images.dataUri,
});
parentPort?.postMessage({ html: value, losses: wordLosses(text('word/document.xml'), text('word/numbering.xml')) });
