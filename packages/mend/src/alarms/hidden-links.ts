import { isOddHost } from './hosts.ts';
import { snippet, type PageAlarm } from './page-alarm.ts';
import type { HiddenPart, Link, PageFacts } from './page-facts.ts';
import { phrasesIn, touchesVocabulary } from './phrases.ts';
import { closesPart, opensHiddenPart, unfoldScript } from './scripts.ts';
import type { IsForeign } from './site-hosts.ts';

/** Names that authors give to menus, tabs, notices, sharing boxes and lists of friendly links. */
const usual =
  /menu|nav|tab|drop|sub|link|yqlj|friend|share|bdshare|jiathis|select|option|list|pop|modal|dialog|layer|tip|qr|ewm|code|mobile|wap|phone|search|login|slid|banner|swiper|float|panel|con_|box|more|weixin|wechat|hover|toggle|collapse|accordion|foot|copyright|support|noscript/i;
const usualText = /友情链接|相关链接|网站链接|网站群|技术支持|Powered by|分享|主办|版权/i;

/** Links to strangers that people cannot see: one alarm for each hidden part. */
export function hiddenLinks(html: string, facts: PageFacts, isForeign: IsForeign): PageAlarm[] {
  const alarms: PageAlarm[] = [];
  for (const part of facts.hidden) {
    const links = part.links.filter(
      (link) => isForeign(link.host) && !(part.hiding.strength === 'tiny' && isSeen(link)),
    );
    if (links.length > 0 && isSecret(part, links)) alarms.push(alarmAt(html, part.element.start, links));
  }
  return [...alarms, ...writtenRound(html, facts, isForeign), ...outside(html, facts, isForeign)];
}

const isSeen = ({ legible, text }: Link): boolean => legible || text.trim() === '';

function isSecret(part: HiddenPart, links: readonly Link[]): boolean {
  if (part.hiding.strength === 'trick' && !(part.hiding.how === 'zero size' && usual.test(part.names))) return true;
  const excused = part.oneOfSeveral || usual.test(part.names) || usualText.test(part.text);
  if (!excused && part.hiding.how !== 'noscript') return true;
  return links.some(
    (link) => isOddHost(link.host ?? '') || phrasesIn(link.text, 'name').length > 0 || touchesVocabulary(link.text),
  );
}

const alarmAt = (html: string, start: number, links: readonly Link[]): PageAlarm => ({
  kind: 'hidden-link',
  start,
  evidence: snippet(html.slice(start, start + 400)),
  readings: links.slice(0, 5).map(({ href, text }) => snippet(`${text.trim()} ${href.trim()}`)),
});

/** The start tag of a hidden part is written by one script, its end tag by a later one, the links stand between. */
function writtenRound(html: string, facts: PageFacts, isForeign: IsForeign): PageAlarm[] {
  const openers = facts.scripts.filter(
    ({ text }) => text.includes('document') && opensHiddenPart(unfoldScript(text).plain),
  );
  return openers.slice(0, 20).flatMap((opener) => {
    const closer = facts.scripts.find(
      ({ start, text }) => start >= opener.end && closesPart(unfoldScript(text.slice(0, 2000)).plain),
    );
    const end = closer?.start ?? opener.end + 20_000;
    const links = facts.links.filter(({ start, host }) => start >= opener.end && start < end && isForeign(host));
    return links.length > 0 ? [alarmAt(html, opener.start, links)] : [];
  });
}

/** Links that stand before the page begins or after it has ended. */
function outside(html: string, facts: PageFacts, isForeign: IsForeign): PageAlarm[] {
  const begin = /<!doctype\s|<html[\s>]/i.exec(html)?.index ?? 0;
  const lastOpening = lastIndexOf(html, /<html[\s>]/gi);
  const ends = [...html.matchAll(/<\/html\s{0,9}>/gi)].map(({ index }) => index);
  const end = ends.find((index) => index > lastOpening) ?? html.length;
  const groups = [facts.links.filter(({ start }) => start < begin), facts.links.filter(({ start }) => start > end)];
  return groups.flatMap((group) => {
    const links = group.filter(({ host }) => isForeign(host));
    const [first] = links;
    return first ? [alarmAt(html, first.start, links)] : [];
  });
}

function lastIndexOf(html: string, pattern: RegExp): number {
  let last = -1;
  for (const { index } of html.matchAll(pattern)) last = index;
  return last;
}
