import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface BundledFile {
  /** Holds the hash of the bytes, so it may be kept for ever. */
  readonly path: string;
  /** Compressed: gzip. */
  readonly body: Uint8Array;
}

export interface DeskBundle {
  readonly script: BundledFile;
  readonly style: BundledFile;
}

let bundled: Promise<DeskBundle> | undefined;

/**
 * The editors' browser application as one script and one style sheet, made from its sources the first time it is asked
 * for: nothing is built before the desk starts, and a desk that nobody writes at never builds it.
 */
export function bundleDesk(): Promise<DeskBundle> {
  bundled ??= bundle().catch((error: unknown) => {
    bundled = undefined;
    throw error;
  });
  return bundled;
}

async function bundle(): Promise<DeskBundle> {
  // Loaded when it is needed: a desk that starts does not wait for it.
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: ['main.tsx', 'desk.css'].map((name) => join(import.meta.dirname, 'browser', name)),
    outdir: '/desk',
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    legalComments: 'eof',
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const file = (ending: string): BundledFile => {
    const made = outputFiles.find(({ path }) => path.endsWith(ending));
    if (!made) throw new Error(`the bundle has no ${ending}`);
    const hash = createHash('sha256').update(made.contents).digest('hex');
    return { path: `/desk/app/${hash.slice(0, 12)}${ending}`, body: gzipSync(made.contents, { level: 9 }) };
  };
  return { script: file('.js'), style: file('.css') };
}
