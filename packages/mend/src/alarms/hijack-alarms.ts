import { brandSwaps, sharesPair } from './brands.ts';
import { hiddenLinks } from './hidden-links.ts';
import { hostOf, isOddHost } from './hosts.ts';
import { snippet, type KnownSite, type PageAlarm, type PageAlarmKind } from './page-alarm.ts';
import { pageFacts, type Frame, type PageFacts, type Passage } from './page-facts.ts';
import { phrasesIn, touchesVocabulary, type Manner, type Phrase } from './phrases.ts';
import { findInScript } from './scripts.ts';
import { fold } from './fold.ts';
import { noPublicChannel } from './vocabulary.ts';
import { foreignTo, type IsForeign } from './site-hosts.ts';

/** No more of one kind than this: a page of a thousand injected links says the same a thousand times. */
const mostOfAKind = 20;

/**
 * Traces of a hijack in the source of one page, in the order of the source. Any string may be given; none throws, and
 * time and memory grow with its length. The page is parsed once.
 *
 * What the rules rest on. Phrases: words of the vocabulary where a page names itself or its links (title, keywords,
 * headings, anchors, captions), in hidden parts, or, in running text, only a betting site's name before a word that calls
 * visitors; never in a clause that reports, warns or forbids. Hidden links, scripts, frames and redirects: only to hosts
 * that are neither the page's own nor listed as harmless. Cloaking: a script that asks for search engines and then writes
 * or leads elsewhere. Swapped names: the page's own statements of whose it is, held against each other.
 * Residue of editors, counters, menus, tabs, sharing boxes and players is no trace.
 */
export function hijackAlarms(html: string, known: KnownSite = {}): readonly PageAlarm[] {
  if (!/[<&]/.test(html)) return [];
  const facts = pageFacts(html);
  const isForeign = foreignTo(facts, known.host);
  return tidy([
    ...phraseAlarms(html, facts),
    ...channelAlarms(facts, known),
    ...titleMismatch(html, facts),
    ...brandSwaps(facts, known),
    ...hiddenLinks(html, facts, isForeign),
    ...scriptAlarms(html, facts, isForeign),
    ...refreshAlarms(html, facts, isForeign),
    ...frameAlarms(html, facts, isForeign),
  ]);
}

function tidy(alarms: readonly PageAlarm[]): readonly PageAlarm[] {
  const seen = new Set<string>();
  const counts = new Map<PageAlarmKind, number>();
  return [...alarms]
    .sort((a, b) => a.start - b.start)
    .filter(({ kind, start, evidence }) => {
      const key = `${kind} ${evidence} ${kind.endsWith('phrase') ? '' : String(start)}`;
      const count = (counts.get(kind) ?? 0) + 1;
      if (seen.has(key) || count > mostOfAKind) return false;
      seen.add(key);
      counts.set(kind, count);
      return true;
    });
}

const metaNames =
  /^(?:keywords?|description|og:title|og:description|title|twitter:title|articletitle|sitename|og:site_name|author|subject|abstract)$/;
/** Text with one of these may hold a betting site's name before a word that calls. */
const calls = /官[网網方]|登[录陆錄陸入]|注册|註冊|app|下[载載]|入口|平[台臺]|手机版|投注/i;

function phraseAlarms(html: string, facts: PageFacts): PageAlarm[] {
  const names: Passage[] = [
    ...facts.titles.slice(0, 5),
    ...facts.metas.filter(({ name }) => metaNames.test(name)),
    ...facts.headings,
    ...facts.captions,
    ...facts.links.filter(({ text }) => text.length <= 60),
  ];
  const running = [
    ...facts.links.filter(({ text }) => text.length > 60),
    ...facts.hidden.map(({ text, element }) => ({ text, start: element.start })),
    ...facts.visible.filter(({ text }) => text.length > 6 && calls.test(text)),
  ];
  const memory = new Map<string, readonly Phrase[]>();
  const alarms = [
    ...names.flatMap(alarmsOf(html, 'name', memory)),
    ...running.flatMap(alarmsOf(html, 'running', memory)),
  ];
  return [...alarms, ...encodedTitle(html, facts, alarms)];
}

/** Alone in a link, what a public body has no channel for. */
function channelAlarms(facts: PageFacts, known: KnownSite): PageAlarm[] {
  if (!isOfPublicBody(facts, known)) return [];
  return facts.links.flatMap(({ text, start }) =>
    text.length <= 16 && noPublicChannel.has(fold(text.trim()).text)
      ? [{ kind: 'gambling-phrase' as const, start, evidence: snippet(text), readings: [] }]
      : [],
  );
}

function isOfPublicBody(facts: PageFacts, known: KnownSite): boolean {
  if (known.host?.endsWith('.gov.cn') === true) return true;
  const names = [
    known.siteName,
    facts.titles[0]?.text,
    ...facts.metas.filter(({ name }) => name === 'sitename').map(({ text }) => text),
  ];
  return (
    names.some((name) => name?.includes('政府') === true) ||
    facts.visible.slice(-60).some(({ text }) => /主办.{0,20}(?:政府|局|委员会)/.test(text.slice(0, 400)))
  );
}

const alarmsOf =
  (html: string, manner: Manner, memory: Map<string, readonly Phrase[]>) =>
  ({ text, start }: Passage): PageAlarm[] => {
    const key = `${manner} ${text}`;
    const phrases = memory.get(key) ?? phrasesIn(text, manner);
    if (text.length <= 200) memory.set(key, phrases);
    const kinds = new Set<string>();
    return phrases.slice(0, 20).flatMap((one) => {
      if (kinds.has(one.kind)) return [];
      kinds.add(one.kind);
      return [phraseAlarm(html, { text, start }, one)];
    });
  };

/** As it stands in the source; decoded in the readings when it is written in references. */
function phraseAlarm(html: string, { text, start }: Passage, one: Phrase): PageAlarm {
  const words = text.slice(one.start, one.end);
  const at = html.slice(start, start + text.length + 600).indexOf(words);
  const from = Math.max(0, one.start - 60);
  const around = text.slice(from, one.end + 100).trim();
  if (at >= 0)
    return {
      kind: one.kind,
      start: start + at,
      evidence: snippet(around),
      readings: one.meant === undefined ? [] : [one.meant],
    };
  return { kind: one.kind, start, evidence: snippet(html.slice(start, start + 400)), readings: [snippet(around)] };
}

/** The title in character references while the page writes Chinese: with a name of the lists in it, one is enough. */
function encodedTitle(html: string, facts: PageFacts, found: readonly PageAlarm[]): PageAlarm[] {
  const [title] = facts.titles;
  if (!title || !isEncoded(html, title) || !touchesVocabulary(title.text)) return [];
  if (found.some(({ start }) => start >= title.start && start < title.start + 1200)) return [];
  return [
    {
      kind: 'gambling-phrase',
      start: title.start,
      evidence: snippet(html.slice(title.start, title.start + 400)),
      readings: [snippet(title.text)],
    },
  ];
}

function isEncoded(html: string, { text, start }: Passage): boolean {
  const source = html.slice(start, start + text.length * 9 + 40).split(/<\/title/i)[0] ?? '';
  const references = source.match(/&#x?[0-9a-f]{4,6};/gi)?.length ?? 0;
  return references >= 4 && !/[一-鿿]/.test(source) && /[一-鿿]{4}/.test(html);
}

function titleMismatch(html: string, facts: PageFacts): PageAlarm[] {
  const [title] = facts.titles;
  if (!title || title.text.trim() === '') return [];
  if (phrasesIn(title.text, 'name').length === 0 && !(isEncoded(html, title) && touchesVocabulary(title.text)))
    return [];
  const stated = facts.metas.filter(({ name, text }) => name === 'articletitle' && text !== '');
  const heads = [...facts.headings, ...stated].map(({ text }) => text.trim()).filter((text) => /[一-鿿]{2}/.test(text));
  const body =
    heads.length > 0
      ? heads
      : [
          facts.visible
            .slice(0, 400)
            .map(({ text }) => text)
            .join('')
            .slice(0, 4000),
        ];
  if (!body.some((text) => /[一-鿿]{2}/.test(text)) || sharesPair(title.text, body)) return [];
  return [
    {
      kind: 'title-mismatch',
      start: title.start,
      evidence: snippet(title.text),
      readings: heads.slice(0, 3).map(snippet),
    },
  ];
}

/** Well-known libraries, from a host made for such files. */
const library =
  /(?:jquery|bootstrap|swiper|vue|react|echarts|layui|layer|lodash|moment|slick|video|player|polyfill|html5shiv|respond|modernizr|wow|animate|axios)[\w.-]{0,40}\.js/i;
const libraryHost = /^(?:cdn|static|lib|libs|assets|res|public|js|img|file|source)\d{0,3}[.-]/;

function scriptAlarms(html: string, facts: PageFacts, isForeign: IsForeign): PageAlarm[] {
  return facts.scripts.flatMap(({ src, text, start }) => {
    const evidence = snippet(html.slice(start, start + 400));
    const host = src === undefined ? undefined : hostOf(src);
    if (src !== undefined && host !== undefined && isForeign(host)) {
      if (library.test(src) && libraryHost.test(host) && !isOddHost(host)) return [];
      return [{ kind: 'foreign-script' as const, start, evidence, readings: [] }];
    }
    return findInScript(text, isForeign).map(({ kind, readings }) => ({ kind, start, evidence, readings }));
  });
}

/** A page that only leads on to its new address is no trace; a full page that leads to a stranger is. */
function refreshAlarms(html: string, facts: PageFacts, isForeign: IsForeign): PageAlarm[] {
  return facts.refreshes.flatMap(({ text, start }) => {
    const url = /url\s{0,9}=\s{0,9}["']?([^"'\s]{1,300})/i.exec(text.slice(0, 800))?.[1] ?? '';
    const host = hostOf(url);
    if (host === undefined || !isForeign(host)) return [];
    if (!isOddHost(host) && !hasContent(facts)) return [];
    return [
      { kind: 'meta-refresh' as const, start, evidence: snippet(html.slice(start, start + 300)), readings: [url] },
    ];
  });
}

const hasContent = (facts: PageFacts): boolean =>
  facts.visible.slice(0, 200).reduce((sum, { text }) => sum + (text.match(/[一-鿿]/g)?.length ?? 0), 0) >= 60;

const nothing = /(?:^|;)\s*(?:width|height|max-height|opacity)\s*:\s*[0-5](?:px)?\s*(?:;|$|!)/i;
const overlay = /position\s*:\s*(?:fixed|absolute)/i;

/** A stranger's frame that cannot be seen, that covers the page, or that comes from a host of the cheap kind. */
function frameAlarms(html: string, facts: PageFacts, isForeign: IsForeign): PageAlarm[] {
  return facts.frames.flatMap((frame) => {
    const host = hostOf(frame.src);
    if (host === undefined || !isForeign(host)) return [];
    if (!frame.hidden && !isOddHost(host) && !isNothing(frame) && !covers(frame)) return [];
    return [
      {
        kind: 'foreign-iframe' as const,
        start: frame.start,
        evidence: snippet(html.slice(frame.start, frame.start + 400)),
        readings: [],
      },
    ];
  });
}

const isNothing = ({ element: { attributes } }: Frame): boolean =>
  [attributes.width, attributes.height].some((size) => size !== undefined && /^[0-5](?:px)?$/.test(size.trim())) ||
  nothing.test((attributes.style ?? '').slice(0, 600));

function covers({ element: { attributes } }: Frame): boolean {
  const style = (attributes.style ?? '').slice(0, 600);
  return overlay.test(style) && /width\s*:\s*100/.test(style) && /height\s*:\s*100/.test(style);
}
