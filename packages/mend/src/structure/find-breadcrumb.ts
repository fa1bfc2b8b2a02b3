import type { ElementNode } from '@chengmen/html';
import { crumbSeparator, crumbStart } from './labels.ts';
import { gapSign } from '../types.ts';
import { gapMark, type MarkedPlace } from './marked-page.ts';
import type { PageLine } from './page-lines.ts';
import type { Crumb } from './types.ts';

const home = /^(?:网站)?首\s*页$|^主页$|^home$/i;
/** Letters that no channel is named with, but that GBK bytes become when read as UTF-8. */
const foreign = /[\u0180-\u02ff\u0370-\u03ff\u0500-\u07ff]/;

export interface Breadcrumb {
  readonly crumbs: readonly Crumb[];
  readonly line?: PageLine;
}

/** The way from the home page to this one as the page states it: `首页>>新闻中心>>正文`. */
export function findBreadcrumb(lines: readonly PageLine[], places: readonly MarkedPlace[]): Breadcrumb {
  const line = lines.find(isBreadcrumb) ?? afterStart(lines) ?? inPieces(lines);
  if (!line) return { crumbs: [] };
  const names = line.text.replace(new RegExp(`^.*?${crumbStart.source}\\s*[:：]?\\s*`), '').split(crumbSeparator);
  const hijacked = hijackedNumbers(names, line, places);
  const crumbs = names.flatMap((name, index): Crumb[] =>
    name.trim() === ''
      ? []
      : [
          {
            text: name.replaceAll(gapMark, gapSign).trim().slice(0, 80),
            hijacked: foreign.test(name) || hijacked.has(index),
          },
        ],
  );
  return { crumbs: crumbs.map((crumb) => (crumb.hijacked ? { ...crumb, text: gapSign } : crumb)), line };
}

function isBreadcrumb({ text }: PageLine): boolean {
  if (text.length > 200) return false;
  const names = text
    .replace(crumbStart, '')
    .replace(/^[\s:：]+/, '')
    .split(crumbSeparator);
  return names.length >= 2 && home.test(names[0]?.trim() ?? '');
}

/** `当前位置：` on a line of its own, and the way on the next. */
function afterStart(lines: readonly PageLine[]): PageLine | undefined {
  const index = lines.findIndex(({ text }) => crumbStart.test(text) && text.length < 120);
  return [lines[index], lines[index + 1]].find((line) => line !== undefined && crumbSeparator.test(line.text));
}

const mostPieces = 12;

/** A way whose names stand each in a cell or an item of their own: as one line. */
function inPieces(lines: readonly PageLine[]): PageLine | undefined {
  const at = lines.findIndex(
    (line) =>
      (crumbStart.test(line.text) && line.text.length <= 30) ||
      (home.test(line.text) && line.holders.some(isNamedCrumb)),
  );
  const first = lines[at];
  if (!first) return undefined;
  const holder = first.holders.findLast(isNamedCrumb);
  const pieces = lines.slice(at, at + mostPieces);
  const stop = pieces.findIndex((line) => (holder ? !line.holders.includes(holder) : !isPiece(line)));
  const taken = pieces.slice(0, stop < 0 ? pieces.length : stop);
  const names = taken
    .flatMap(({ text }) => text.replace(crumbStart, '').split(/\s*[/｜|]\s*|[:：]/))
    .flatMap((text) => text.split(crumbSeparator))
    .map((text) => text.trim())
    .filter((text) => text !== '');
  if (names.length < 2 || !home.test(names[0] ?? '')) return undefined;
  return { ...first, text: names.join('>'), end: taken.at(-1)?.end ?? first.end };
}

const isNamedCrumb = ({ attributes }: ElementNode): boolean =>
  /crumb|location|position|dqwz|weizhi/i.test(`${attributes['class'] ?? ''} ${attributes['id'] ?? ''}`);

const isPiece = ({ text, linked }: PageLine): boolean =>
  crumbStart.test(text) ||
  /^(?:[>＞»›→/|｜:：\s-]|&gt;)+$/.test(text) ||
  (text.length <= 20 && linked === text.length) ||
  /^(?:正文|内容|详情)$/.test(text);

/** Which names of the line are gaps that a foreign name left. The gaps of a line come in the order of its places. */
function hijackedNumbers(names: readonly string[], line: PageLine, places: readonly MarkedPlace[]): Set<number> {
  const inLine = places.filter((place) => place.isGap && place.from >= line.start && place.to <= line.end);
  const found = new Set<number>();
  let next = 0;
  names.forEach((name, index) => {
    for (const sign of name) if (sign === gapMark && inLine[next++]?.rule.startsWith('foreign')) found.add(index);
  });
  return found;
}
