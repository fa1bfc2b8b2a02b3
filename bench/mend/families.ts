import { nfkc, readAs, roundTrip, sink, untouched, type Filter, type Traced } from './damage.ts';
import type { Page } from './pages.ts';

/** A page and what was received of it. */
export interface Sample {
  readonly page: Page;
  readonly received: Traced;
}

export interface Family {
  readonly name: string;
  readonly damage: (page: Page) => Sample | undefined;
}

const family = (name: string, damage: (source: string) => Traced): Family => ({
  name,
  damage: (page) => ({ page, received: damage(page.source) }),
});

const filters: readonly Filter[] = ['php52', 'php54', 'php82'];

/** Kinds of damage that are measured. */
export const families: readonly Family[] = [
  ...filters.flatMap((filter) => [
    family(`${filter}, bytes kept`, (source) => roundTrip(source, filter)),
    family(`${filter}, U+FFFD`, (source) => sink(roundTrip(source, filter), 'replace')),
    family(`${filter}, bytes dropped`, (source) => sink(roundTrip(source, filter), 'drop')),
    family(`${filter}, bytes dropped, NFKC`, (source) => nfkc(sink(roundTrip(source, filter), 'drop'))),
    family(`${filter}, U+FFFD, NFKC`, (source) => nfkc(sink(roundTrip(source, filter), 'replace'))),
  ]),
  family('UTF-8 read as GBK, U+FFFD', (source) => readAs(untouched(source), 'gb18030', '\ufffd')),
  family('UTF-8 read as GBK, ?', (source) => readAs(untouched(source), 'gb18030', '?')),
  family('UTF-8 read as GBK, dropped', (source) => readAs(untouched(source), 'gb18030', '')),
  family('UTF-8 read as windows-1252, U+FFFD', (source) => readAs(untouched(source), 'windows-1252', '\ufffd')),
  family('UTF-8 read as windows-1252, dropped', (source) => readAs(untouched(source), 'windows-1252', '')),
];
