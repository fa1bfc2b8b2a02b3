#!/usr/bin/env node
// Plain JavaScript that any Node can read: it only finds a Node that can run the rest.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const needed = 24;
const here = dirname(fileURLToPath(import.meta.url));
const main = join(here, '..', 'src', 'main.ts');

if (Number(process.versions.node.split('.')[0]) >= needed) {
  module.enableCompileCache?.();
  await import(main);
} else {
  const pinned = ['node', 'node.exe']
    .map((name) => join(here, '..', '..', '..', 'node_modules', '.bin', name))
    .find(existsSync);
  if (pinned) {
    const child = spawn(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
    child.on('exit', (code, signal) => process.exit(signal ? 128 : (code ?? 2)));
  } else {
    console.error(
      `node-too-old: 当前 Node 版本为 ${process.versions.node}，需要 ${needed} 或更新版本。请在项目文件夹中运行 npm ci，再用 npm start 或 npx chengmen。\n` +
        `This is Node ${process.versions.node}; version ${needed} or later is needed. Run npm ci in the project folder, then npm start or npx chengmen.`,
    );
    process.exit(2);
  }
}
