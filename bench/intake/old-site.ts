import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '@chengmen/model';
import { nfkc, readAs, roundTrip, sink, untouched, type Traced } from '../mend/damage.ts';
import { makePages, type Page } from '../mend/pages.ts';

export interface OldPage {
  readonly path: string;
  readonly hash: string;
  readonly channel: string;
}

const folders: readonly (readonly [folder: string, channel: string])[] = [
  ['xw', 'headlines'],
  ['gg', 'notices'],
  ['zt', 'restored'],
];

const damages: readonly ((source: string) => Traced)[] = [
  (source) => roundTrip(source, 'php54'),
  (source) => sink(roundTrip(source, 'php54'), 'drop'),
  (source) => nfkc(sink(roundTrip(source, 'php54'), 'drop')),
  (source) => sink(roundTrip(source, 'php82'), 'replace'),
  (source) => readAs(untouched(source), 'gb18030', '\ufffd'),
  untouched,
];

/** Pages of which no two say the same, in every kind of damage. */
export function writeOldSite(root: string, corpus: string, count: number): OldPage[] {
  const models = makePages(corpus, Math.min(count, 240)).filter((page) => lineOf(page) !== undefined);
  return Array.from({ length: count }, (_, i) => {
    const model = models[i % models.length];
    const [folder = '', channel = ''] = folders[i % folders.length] ?? [];
    const first = model && lineOf(model);
    const source = first === undefined ? '' : (model?.source.replaceAll(first, `第${String(i)}号材料${first}`) ?? '');
    const bytes = damages[Math.floor(i / models.length + i) % damages.length]?.(source).bytes ?? new Uint8Array();
    const path = `/${folder}/${String(2000 + (i % 20))}/art_${String(i)}.html`;
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), bytes);
    return { path, hash: sha256(bytes), channel };
  });
}

/** A line of the body that stands in the page as it is. */
const lineOf = ({ body, source }: Page): string | undefined =>
  body.split('\n').find((line) => line.length > 12 && source.includes(line));
