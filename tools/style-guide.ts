/** `npm run guide [-- --to FOLDER] [--hue DEGREES]`: the theme's style guide as files, to be opened with any static server. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { styleGuide } from '@chengmen/theme/testing';

const { values } = parseArgs({ options: { to: { type: 'string', default: 'guide' }, hue: { type: 'string' } } });
for (const [path, { body }] of styleGuide(values.hue === undefined ? undefined : Number(values.hue))) {
  const file = join(values.to, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, body);
}
console.log(`样式指南 · style guide: ${join(values.to, 'index.html')}`);
