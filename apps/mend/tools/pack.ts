/**
 * Makes the package that stands alone: JavaScript for Node 20 and later, and types, packed as `npm pack` packs it.
 *
 *   node apps/mend/tools/pack.ts [FOLDER]
 *
 * Prints the name of the archive, which is written to FOLDER (default: the working folder).
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../../..');
const folder = resolve(process.argv[2] ?? '.');

interface Manifest {
  readonly version: string;
  readonly license: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

const manifestOf = (path: string): Manifest =>
  JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')) as Manifest;

const stage = mkdtempSync(join(tmpdir(), 'chengmen-pack-'));
try {
  const used = await bundle();
  types();
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest(used), null, 2)}\n`);
  cpSync(join(root, 'LICENSE'), join(stage, 'LICENSE'));
  cpSync(join(root, 'packages/mend/PACKAGE.md'), join(stage, 'README.md'));
  mkdirSync(folder, { recursive: true });
  const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: stage,
    encoding: 'utf8',
  });
  const [archive] = JSON.parse(packed) as { filename: string }[];
  process.stdout.write(`${join(folder, archive?.filename ?? '')}\n`);
} finally {
  rmSync(stage, { recursive: true });
}

/** One bundle with the house's own rooms inside; names of what stays outside. */
async function bundle(): Promise<Set<string>> {
  const { metafile } = await build({
    entryPoints: {
      index: join(root, 'packages/mend/src/index.ts'),
      mend: join(root, 'apps/mend/src/main.ts'),
      'mend-worker': join(root, 'apps/mend/src/mend-worker.ts'),
    },
    outdir: join(stage, 'dist'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    metafile: true,
    legalComments: 'inline',
    plugins: [
      {
        name: 'house',
        setup: ({ onResolve }) => {
          onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
            if (kind === 'entry-point' || path.startsWith('node:') || path.startsWith('/')) return undefined;
            // Inside the bundle it runs on every Node 20.
            if (path.startsWith('@exodus/bytes')) return undefined;
            const [, room] = /^@chengmen\/([a-z-]+)$/.exec(path) ?? [];
            return room === undefined
              ? { path, external: true, sideEffects: false }
              : { path: join(root, 'packages', room, 'src/index.ts'), sideEffects: false };
          });
        },
      },
    ],
  });
  const main = join(stage, 'dist/mend.js');
  writeFileSync(main, `#!/usr/bin/env node\n${readFileSync(main, 'utf8')}`, { mode: 0o755 });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  const outside = imports.filter(({ external, path }) => external === true && !path.startsWith('node:'));
  return new Set(outside.map(({ path }) => /^(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path));
}

/** Declarations of the library, the house's rooms beside each other in one tree. */
function types(): void {
  const out = join(stage, 'types');
  execFileSync(process.execPath, [
    join(root, 'node_modules/ts7/bin/tsc'),
    ...[
      '-p',
      root,
      '--noEmit',
      'false',
      '--noCheck',
      '--declaration',
      '--emitDeclarationOnly',
      '--outDir',
      out,
      '--rootDir',
      root,
    ],
  ]);
  const kept = new Set<string>();
  keep(join(out, 'packages/mend/src/index.d.ts'), out, kept);
  for (const name of readdirSync(out, { recursive: true, encoding: 'utf8' })) {
    const file = join(out, name);
    if (name.endsWith('.d.ts') && !kept.has(file)) rmSync(file);
  }
}

/** Keeps a file and what it imports, with paths that any consumer can follow. */
function keep(file: string, out: string, kept: Set<string>): void {
  if (kept.has(file)) return;
  kept.add(file);
  const text = readFileSync(file, 'utf8').replace(
    /(from|import\()\s*(['"])([^'"]+)\2/g,
    (whole, word: string, quote: string, path: string) => {
      const [, room] = /^@chengmen\/([a-z-]+)$/.exec(path) ?? [];
      if (room === undefined && !path.startsWith('.')) return whole;
      const target =
        room === undefined
          ? join(dirname(file), path.replace(/\.(?:ts|js)$/, '.d.ts'))
          : join(out, 'packages', room, 'src/index.d.ts');
      keep(target, out, kept);
      const to = relative(dirname(file), target).replace(/\.d\.ts$/, '.js');
      return `${word}${word === 'from' ? ' ' : ''}${quote}${to.startsWith('.') ? to : `./${to}`}${quote}`;
    },
  );
  writeFileSync(file, text);
}

function manifest(used: ReadonlySet<string>): Record<string, unknown> {
  const versions = Object.assign(
    {},
    ...['packages/model', 'packages/html', 'packages/mend', 'packages/intake', 'apps/mend'].map(
      (path) => manifestOf(path).dependencies,
    ),
  ) as Record<string, string>;
  const { version, license } = manifestOf('packages/mend');
  const typed = new Set([...used, 'zod']);
  return {
    name: '@chengmen/mend',
    version,
    description: 'Restores damaged Chinese web pages honestly · 修复受损的中文网页',
    license,
    type: 'module',
    engines: { node: '>=20' },
    exports: { '.': { types: './types/packages/mend/src/index.d.ts', default: './dist/index.js' } },
    types: './types/packages/mend/src/index.d.ts',
    bin: { mend: 'dist/mend.js' },
    files: ['dist', 'types', 'README.md', 'LICENSE'],
    dependencies: Object.fromEntries([...typed].sort().map((name) => [name, versions[name] ?? '*'])),
  };
}
