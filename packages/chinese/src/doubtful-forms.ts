import stPhrases from 'opencc-js/dict/STPhrases';
import type { ProtectedName } from './converter.ts';

/** A place where conversion by phrase had nothing to go by, and the usual form is often the wrong one. */
export interface DoubtfulForm {
  /** In UTF-16 units. */
  readonly offset: number;
  /** As it stands, with what made it doubtful: `50只`, `局长于谦`. */
  readonly quote: string;
  /** The character, what conversion makes of it, and what may be meant. */
  readonly character: string;
  readonly usual: string;
  readonly other: string;
}

interface Doubt {
  readonly character: string;
  readonly usual: string;
  readonly other: string;
  /** Finds the character with what stands round it; group 1 is what comes before it. */
  readonly places: RegExp;
}

/** What a person's name follows: the beginning, punctuation, a title. Never a digit or another name's middle. */
const beforeName = '(?<=^|[\\s、，。；：:（(“·》〉]|[长记员任席授士生家官者师])';
/** The rest of it, and what comes after. */
const restOfName = '\\p{sc=Han}{1,2}?(?=$|[\\s、，。；）)”]|[说称表介主出强指])';

const surname = (character: string, usual: string): Doubt => ({
  character,
  usual,
  other: character,
  places: new RegExp(`${beforeName}()${character}${restOfName}`, 'gmu'),
});

/**
 * Learned by counting, in 2 300 news texts, which characters stand outside every phrase and come out wrong: these few, a place in
 * ten texts or less. The others (后, 面, 系, 台, 发 …) are right in their usual form wherever no phrase says otherwise.
 */
const doubts: readonly Doubt[] = [
  ...[
    ['范', '範'],
    ['咸', '鹹'],
    ['朴', '樸'],
    ['于', '於'],
    ['余', '餘'],
    ['涂', '塗'],
    ['郁', '鬱'],
    ['冲', '衝'],
  ].map(([character = '', usual = '']) => surname(character, usual)),
  // 50只 is 50隻: the measure word.
  {
    character: '只',
    usual: '只',
    other: '隻',
    places:
      /([\d０-９,.]{0,6}[\d０-９一二三四五六七八九十百千万几两多数])只(?![能有是要会需用剩在此顾可许])(?=\p{sc=Han}|[、，。；）)]|$)/gmu,
  },
  // 数万里 is a measure of length, 村里 a place inside.
  {
    character: '里',
    usual: '裏',
    other: '里',
    places: /([\d０-９,.]{0,6}[\d０-９一二三四五六七八九十百千万几])里(?!面|头|外)/gmu,
  },
  // 制氢 is making, 河长制 a system.
  { character: '制', usual: '制', other: '製', places: /()制(?=[氢冷热氧剂备陶茶糖药糖酒氨醇浆])\p{sc=Han}/gmu },
  { character: '征', usual: '徵', other: '征', places: /(?<=[催出远西东南北])()征(?![收税集询求兵用地订管])/gmu },
];

/**
 * Places of a Simplified text whose Traditional form a person should look at: no phrase and no protected name covers them.
 * Time grows with the length of the text.
 *
 * @example
 * doubtfulForms('放归朱鹮50只。', []) // [{ offset: 4, quote: '50只', character: '只', usual: '只', other: '隻' }]
 */
export function doubtfulForms(text: string, names: readonly ProtectedName[]): DoubtfulForm[] {
  const protectedNames = new Set(names.map(({ simplified }) => simplified));
  const longestName = Math.min(
    20,
    names.reduce((most, { simplified }) => Math.max(most, simplified.length), 0),
  );
  return doubts
    .flatMap(({ character, usual, other, places }) =>
      [...text.matchAll(places)].flatMap((found) => {
        const at = found.index + (found[1] ?? '').length;
        if (isDecided(text, at) || isCovered(text, at, longestName, protectedNames)) return [];
        return [{ offset: found.index, quote: found[0], character, usual, other }];
      }),
    )
    .sort((a, b) => a.offset - b.offset);
}

const longestPhrase = 12;
let known: ReadonlySet<string> | undefined;

/** Every phrase that OpenCC converts as a whole. */
function phrases(): ReadonlySet<string> {
  known ??= new Set(stPhrases.split('|').map((pair) => pair.slice(0, pair.indexOf(' '))));
  return known;
}

const han = /\p{sc=Han}/u;
/** Conversion begins anew behind what is not Chinese, and after so many characters it makes no difference where it began. */
const farBack = 40;

/** Whether a phrase decides the form of a place: conversion takes the longest phrase at each place, from left to right. */
function isDecided(text: string, at: number): boolean {
  let from = at;
  while (from > Math.max(0, at - farBack) && han.test(text[from - 1] ?? '')) from--;
  const known = phrases();
  while (from <= at) {
    let length = Math.max(1, Math.min(longestPhrase, text.length - from));
    while (length > 1 && !known.has(text.slice(from, from + length))) length--;
    if (length > 1 && from + length > at) return true;
    from += length;
  }
  return false;
}

/** Whether one of `words`, none longer than `longest`, stands over the place. */
function isCovered(text: string, at: number, longest: number, words: ReadonlySet<string>): boolean {
  for (let from = Math.max(0, at - longest + 1); from <= at; from++)
    for (let to = Math.max(at + 1, from + 2); to <= Math.min(text.length, from + longest); to++)
      if (words.has(text.slice(from, to))) return true;
  return false;
}
