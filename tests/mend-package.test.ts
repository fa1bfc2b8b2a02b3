import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { simulate } from '@chengmen/mend';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'chengmen-package-'));
const home = join(folder, 'home');
after(() => rmSync(folder, { recursive: true }));

const source =
  '<html><body><h1>荷花节交通安排</h1><p>　　请到网站上浏览</p>\n<a href="#">【返回顶部】</a></body></html>';

/** The Node that runs this, and the first other one on the path, which may be older. */
function nodes(): string[] {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const others = (process.env['PATH'] ?? '').split(delimiter).map((place) => join(place, name));
  const versions = new Map([[process.version, process.execPath]]);
  for (const path of others) {
    try {
      const version = execFileSync(path, ['--version'], { encoding: 'utf8' }).trim();
      if (Number(version.slice(1).split('.')[0]) >= 20 && !versions.has(version)) versions.set(version, path);
    } catch {
      // Not a Node that runs.
    }
  }
  return [...versions.values()];
}

describe('the packed mend', () => {
  before(() => {
    const archive = execFileSync(process.execPath, [join(root, 'apps/mend/tools/pack.ts'), folder], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    execFileSync('mkdir', ['-p', home]);
    writeFileSync(join(home, 'package.json'), '{"type":"module","private":true}');
    execFileSync('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', archive], {
      cwd: home,
      stdio: 'ignore',
      shell: process.platform === 'win32',
    });
    writeFileSync(join(home, 'page.html'), simulate(new TextEncoder().encode(source), { sink: 'drop' }));
  });

  test('the packed mend runs the example of its README as a library', () => {
    const example =
      /```js\n([\s\S]*?)```/.exec(readFileSync(join(root, 'packages/mend/PACKAGE.md'), 'utf8'))?.[1] ?? '';
    writeFileSync(
      join(home, 'example.js'),
      `${example}\nconsole.log(JSON.stringify([result.verdict, replay(accepted, bytes) === accepted.html, result.html, metadata.title]));\n`,
    );
    for (const node of nodes()) {
      const said = execFileSync(node, ['example.js'], { cwd: home, encoding: 'utf8' });
      const [verdict, replays, html] = JSON.parse(said) as [string, boolean, string];
      assert.deepEqual([verdict, replays], ['mended', true], node);
      assert.match(html, /浏览<\/p>/);
    }
  });

  test('the packed mend runs as a command, over threads too', () => {
    for (const node of nodes()) {
      const said = execFileSync(node, ['node_modules/@chengmen/mend/dist/mend.js', 'page.html', '--json'], {
        cwd: home,
        encoding: 'utf8',
      });
      const { verdict, plan } = JSON.parse(said) as { verdict: string; plan: unknown[] };
      assert.equal(verdict, 'mended');
      assert.ok(plan.length > 0);
      for (const i of [1, 2, 3, 4]) writeFileSync(join(home, `more-${i}.html`), source);
      const many = execFileSync(
        node,
        ['node_modules/@chengmen/mend/dist/mend.js', 'more-*.html', '--json', '--jobs', '2'],
        {
          cwd: home,
          encoding: 'utf8',
        },
      );
      assert.equal(many.trim().split('\n').length, 4);
    }
  });

  test('the packed mend has types a strict consumer compiles against', () => {
    writeFileSync(
      join(home, 'consumer.ts'),
      `import { accept, mend, structureOf, type MendResult, type PageMetadata } from '@chengmen/mend';
const result: MendResult = mend({ name: 'x', bytes: new Uint8Array() });
const metadata: PageMetadata = structureOf(accept(result, { atLeast: 0.9 })).metadata;
export const title: string | null = metadata.title;
// @ts-expect-error a probability is a number
accept(result, { atLeast: 'likely' });
`,
    );
    execFileSync(
      process.execPath,
      [
        join(root, 'node_modules/ts7/bin/tsc'),
        ...['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2023', '--skipLibCheck', 'false'],
        ...['--types', 'node', '--typeRoots', join(root, 'node_modules/@types'), 'consumer.ts'],
      ],
      { cwd: home, stdio: 'pipe' },
    );
  });
});
