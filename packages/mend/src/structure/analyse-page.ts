import { textOf } from '@chengmen/html';
import type { MendResult } from '../types.ts';
import { cleanBody, withoutSite, type Addresses, type CleanBody } from './clean-body.ts';
import { extractBody } from './extract-body.ts';
import { findBody, isOnlyAbout, lineWeight, type FoundBody } from './find-body.ts';
import { findBreadcrumb } from './find-breadcrumb.ts';
import { dateStretch, findDate, type FoundDate } from './find-date.ts';
import { findHits } from './find-hits.ts';
import { findAuthor, findSource, type FoundSource } from './find-source.ts';
import { findTitle, titleBeside, type FoundTitle } from './find-title.ts';
import { aboutLine, attachmentLine } from './labels.ts';
import { markGaps, type MarkedPage } from './marked-page.ts';
import { all, viewPage, type PageLine, type PageView } from './page-lines.ts';
import type { Crumb } from './types.ts';

/** A stretch of the marked page, in UTF-16 units. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A mended page and what was found in it, with the places of what was found. */
export interface PageAnalysis {
  readonly marked: MarkedPage;
  /** `lines` for what a text collector left of a page. */
  readonly form: PageView['form'];
  readonly title: FoundTitle | undefined;
  readonly date: FoundDate | undefined;
  readonly source: FoundSource | undefined;
  readonly author: string | undefined;
  readonly hits: number | undefined;
  readonly breadcrumb: readonly Crumb[];
  readonly body: FoundBody | undefined;
  readonly clean: CleanBody | undefined;
  /** Markup right after the body that names files of the article. */
  readonly filesAfter: string;
  /** The body's words. */
  readonly text: string;
  /** Where the page stood: by its own word, else the name it was received under when that is an address. */
  readonly address: string | undefined;
  /** Title, date and body: what a reader of the page is shown. */
  readonly published: readonly Stretch[];
}

/** The part of the page's words that follows the line about it. */
const shareAfter = 0.3;

export interface AnalyseOptions {
  /** Names by which the page's own site calls itself. */
  readonly siteNames?: readonly string[];
  /** Where links and pictures of the body lead on; without the old site when absent. */
  readonly addresses?: Addresses;
}

/** Finds title, date, source, author, breadcrumb and body, by the page's own labels first. Never throws. */
export function analysePage(
  result: MendResult,
  { siteNames = [], addresses = withoutSite }: AnalyseOptions = {},
): PageAnalysis {
  const marked = markGaps(result);
  const view = viewPage(marked.html);
  const date = findDate(view);
  const about = aboutOf(view, date);
  const named = findTitle(view, about, siteNames);
  // The name of the site may be its head's title and begin its last line.
  const headed = named?.line === undefined || standsBefore(view.lines, named.line) ? named : undefined;
  // A date without a label below the title may be of the text: `2015年8月28日…通过`.
  const isOfText = headed?.line && about !== undefined && about === date?.line && !date.labelled && !isOnlyAbout(about);
  const head = laterOf(view.lines, isOfText ? undefined : about, headed?.line);
  const found = findBody(marked.html, view, head) ?? extractBody(marked.html);
  const title = headed ?? (found && titleBeside(view, found, siteNames));
  const body = found && headed === undefined ? withoutHeading(found, title?.line) : found;
  const address = addressOf(view, result.input.name);
  const clean = body && cleanBody(body.html, address, addresses);
  return {
    marked,
    form: view.form,
    title,
    date,
    source: findSource(view, body, siteNames),
    author: body && findAuthor(aboutLines(view.lines, title?.line, body)),
    hits: findHits(view),
    breadcrumb: findBreadcrumb(view.lines, marked.places).crumbs,
    body,
    clean,
    filesAfter: body ? filesAfter(marked.html, view.lines, body) : '',
    text: clean ? textOf(clean.html) : '',
    address,
    published: stretches(title?.line, date && dateStretch(marked.html, date), body),
  };
}

/** A body that begins with the heading that is its title. */
function withoutHeading(body: FoundBody, title: PageLine | undefined): FoundBody {
  const level = title?.holders.at(-1)?.name ?? '';
  if (title === undefined || title.start < body.start || !/^h[1-6]$/.test(level)) return body;
  const end = body.html.indexOf(`</${level}>`);
  return end < 0 || end > title.end - body.start ? body : { ...body, html: body.html.slice(end) };
}

/** The line that tells about the page: it stands before most of its words. */
function aboutOf({ lines }: PageView, date: FoundDate | undefined): PageLine | undefined {
  const told = lines.filter((line) => line.text.length <= 120 && aboutLine.test(line.text));
  return [date?.line, ...told.slice(0, 3)].find((line) => line !== undefined && standsBefore(lines, line));
}

/** Whether enough of a page's words stand behind a line for it to be above the body. */
function standsBefore(lines: readonly PageLine[], line: PageLine): boolean {
  const weigh = (some: readonly PageLine[]): number => some.reduce((sum, one) => sum + lineWeight(one), 0);
  return weigh(lines.filter(({ start }) => start > line.start)) >= weigh(lines) * shareAfter;
}

/** Lines that may stand between a body and the list of its files. */
const mostBetween = 3;

function filesAfter(html: string, lines: readonly PageLine[], { end }: FoundBody): string {
  const after = lines.filter(({ start }) => start >= end);
  const first = after.slice(0, mostBetween).findIndex(({ text }) => attachmentLine.test(text) || /附件/.test(text));
  if (first < 0) return '';
  const rest = after.slice(first);
  const stop = rest.findIndex(({ text, linked }) => linked === 0 && !/附\s*件|下载/.test(text));
  const [from, to] = [rest[0], rest[(stop < 0 ? rest.length : stop) - 1]];
  return from && to ? html.slice(end, Math.max(to.end, end)) : '';
}

function laterOf(lines: readonly PageLine[], ...some: readonly (PageLine | undefined)[]): PageLine | undefined {
  const index = Math.max(...some.map((line) => (line ? lines.findIndex(({ start }) => start === line.start) : -1)));
  return lines[index];
}

/** Where labels about the page stand: between its title and its body, or in its last lines. */
function aboutLines(lines: readonly PageLine[], title: PageLine | undefined, body: FoundBody): PageLine[] {
  return lines.filter(
    ({ start, end }) => start >= (title?.start ?? 0) && (end <= body.start || start >= body.start) && end <= body.end,
  );
}

function addressOf(view: PageView, name: string): string | undefined {
  const canonical = all(view.root, 'link').find(({ attributes }) => attributes['rel'] === 'canonical')?.attributes[
    'href'
  ];
  return [canonical, view.meta['og:url'], name].find((address) =>
    /^https?:\/\/[^\s\ufdd0]{1,1900}$/.test(address ?? ''),
  );
}

const stretches = (...parts: readonly (Stretch | undefined)[]): Stretch[] => parts.filter((part) => part !== undefined);
