import { hostOf, isBenignHost, isOddHost } from './hosts.ts';
import { snippet } from './page-alarm.ts';

/** The text of an inline script, its place and its end. */
interface ScriptText {
  readonly src: string | undefined;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const maxScript = 60_000;

/** Ids that scripts hide: `getElementById("x").style.display="none"`, `$("#x").hide()`. */
export function hiddenByScript(scripts: readonly ScriptText[]): ReadonlySet<string> {
  const ids = new Set<string>();
  const patterns = [
    /getElementById\(\s*["']([\w-]{1,80})["']\s*\)\s*\.\s*style\s*(?:\.\s*(?:display|visibility)|\[["'](?:display|visibility)["']\])\s*=\s*["'](?:none|hidden)/g,
    /getElementById\(\s*["']([\w-]{1,80})["']\s*\)\s*\.\s*style\s*\.\s*(?:left|top|marginLeft|textIndent)\s*=\s*["']-\d{3,}/g,
    /\$\(\s*["']#([\w-]{1,80})["']\s*\)\s*\.\s*(?:hide\(\s*\)|css\(\s*["']display["']\s*,\s*["']none)/g,
  ];
  for (const { text } of scripts)
    if (/none|hidden|hide|-\d{3}/.test(text))
      for (const pattern of patterns)
        for (const match of text.slice(0, maxScript).matchAll(pattern)) if (match[1] !== undefined) ids.add(match[1]);
  return ids;
}

/** A script as it will run: percent, hexadecimal and Unicode escapes, character codes, Base64 and the packer undone. */
export function unfoldScript(text: string): { readonly plain: string; readonly obfuscated: boolean } {
  const source = text.slice(0, maxScript);
  let obfuscated = false;
  let plain = source;
  const undo = (pattern: RegExp, read: (whole: string, inner: string) => string): void => {
    plain = plain.replace(pattern, (whole: string, inner: string) => {
      const decoded = read(whole, inner);
      if (decoded !== whole) obfuscated = true;
      return decoded;
    });
  };
  if (/(?:\\x[0-9a-f]{2}){4}|(?:\\u00[0-7][0-9a-f]){4}/i.test(source))
    undo(/\\x([0-9a-f]{2})|\\u00([0-7][0-9a-f])/gi, (whole) => String.fromCharCode(parseInt(whole.slice(-2), 16)));
  undo(/String\.fromCharCode\(([\s\dxa-f,]{3,20000})\)/gi, (_, codes) => fromCodes(codes));
  undo(/atob\(\s*["']([A-Za-z0-9+/=]{8,20000})["']\s*\)/g, fromBase64);
  if (plain.includes('unescape') || plain.includes('decodeURI'))
    plain = plain.replace(/%u([0-9a-f]{4})|%([0-7][0-9a-f])/gi, (whole) =>
      String.fromCharCode(parseInt(whole.replace(/^%u?/i, ''), 16)),
    );
  if (packer.test(plain)) {
    obfuscated = true;
    plain = unpack(plain);
  }
  return { plain: plain.replace(/&#(\d{2,6});/g, (_, code: string) => fromCodes(code)), obfuscated };
}

const packer = /eval\s*\(\s*function\s*\(\s*p\s*,\s*a\s*,\s*c\s*,\s*k\s*,\s*e/;

const fromCodes = (codes: string): string =>
  codes
    .split(',')
    .map(Number)
    .filter((code) => code > 0 && code <= 0x10ffff)
    .map((code) => String.fromCodePoint(code))
    .join('');

function fromBase64(whole: string, inner: string): string {
  try {
    return atob(inner);
  } catch {
    return whole;
  }
}

const digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

const packed =
  /^\}\s*\(\s*'((?:[^'\\]|\\[^])*)'\s*,\s*(\d{1,2})\s*,\s*\d{1,5}\s*,\s*'((?:[^'\\]|\\[^])*)'\s*\.\s*split/;

/** Dean Edwards' packer: `}('0 1 2',62,3,'document|write|x'.split('|')`: the words are put back in their places. */
function unpack(text: string): string {
  const from = text.search(/\}\s{0,9}\(\s{0,9}'/);
  const match = packed.exec(from < 0 ? '' : text.slice(from));
  if (!match) return text;
  const base = Number(match[2]);
  const words = (match[3] ?? '').split('|');
  return (match[1] ?? '').replace(/\b[0-9a-zA-Z]{1,3}\b/g, (token) => {
    const value = [...token].reduce((sum, digit) => sum * base + digits.indexOf(digit), 0);
    const word = words[value];
    return word === undefined || word === '' ? token : word;
  });
}

export interface ScriptFinding {
  readonly kind: 'foreign-script' | 'cloaking-script' | 'hidden-link';
  readonly readings: readonly string[];
}

type IsForeign = (host: string | undefined) => boolean;

const engines = /baidu|sogou|soso\b|\bso\.com|360so|google|bing\.|yahoo|sm\.cn|toutiao|haosou|shenma|youdao/i;
const spiders = /spider|bot\b|googlebot|baidu(?!box|browser|map|hi\b)|sogou(?!mobilebrowser|mse)|yisou|haosou|bingbot/i;
/** What a cloak does once it has told who asks. */
const acts =
  /location\s*(?:\.\s*(?:href|replace|assign)|=)|document\s*\.\s*(?:write|title|location)|createElement\(\s*["'](?:script|iframe)|\.src\s*=|window\.open|innerHTML/;
const signsAlone = /[[\]()!+]{120,}|ﾟωﾟ/;
const isScrambled = (text: string): boolean =>
  signsAlone.test(text) || (text.match(/\b_0x[0-9a-f]{4,6}\b/g)?.length ?? 0) >= 6;
const dangerous =
  /document[\s.'"[\]]{1,8}(?:write|createElement|referrer|cookie|title)|<\s*(?:script|iframe|a\s)|location|https?:\/\/|eval\s*\(/i;

/** What an inline script does that a public body's page does not do. */
export function findInScript(text: string, isForeign: IsForeign): readonly ScriptFinding[] {
  if (text.length < 12) return [];
  const { plain, obfuscated } = unfoldScript(text);
  const readings = obfuscated ? [snippet(plain)] : [];
  const found: ScriptFinding[] = [];
  if (cloaks(plain, isForeign)) found.push({ kind: 'cloaking-script', readings });
  else if (
    brings(plain, isForeign) ||
    (obfuscated && dangerous.test(plain) && hides(text, plain, isForeign)) ||
    isScrambled(text.slice(0, 20_000))
  )
    found.push({ kind: 'foreign-script', readings });
  if (writesHiddenLinks(plain, isForeign)) found.push({ kind: 'hidden-link', readings });
  return found;
}

/** Shows one thing to search engines and their visitors and another to all others, or sends telephones elsewhere. */
function cloaks(plain: string, isForeign: IsForeign): boolean {
  if (!acts.test(plain)) return false;
  const asksWhence = /document\s*\.\s*referrer|document\s*\[\s*["']referrer/.test(plain);
  if (asksWhence && engines.test(withoutBenignCalls(plain))) return true;
  const asksWho = /navigator\s*(?:\.|\[\s*["'])\s*userAgent/.test(plain);
  if (asksWho && spiders.test(withoutBenignCalls(plain))) return true;
  return asksWho && sendsTo(plain).some((host) => isForeign(host));
}

/** Addresses of the services themselves are no test of who asks. */
const withoutBenignCalls = (plain: string): string =>
  plain
    .replace(/(?:https?:)?\/\/[\w.-]{1,80}(?:\/[\w./?=&%-]{0,200})?/g, ' ')
    .replace(/_hmt|hm\.baidu\.com|BaiduHttps/g, ' ');

function sendsTo(plain: string): string[] {
  const hosts: string[] = [];
  for (const match of plain.matchAll(
    /location(?:\s*\.\s*href)?\s*(?:=|\.\s*(?:replace|assign)\s*\()\s*["'`]((?:https?:)?\/\/[^"'`\s]{3,200})/g,
  )) {
    const host = hostOf(match[1] ?? '');
    if (host !== undefined) hosts.push(host);
  }
  return hosts;
}

/** Writes or makes a script or frame from a stranger, or sends everybody to one. */
function brings(plain: string, isForeign: IsForeign): boolean {
  const written = /<\s*(?:script|iframe)[^>]{0,200}?src\s*=\s*(?:\\?["'])?((?:https?:)?\\?\/\\?\/[^"'\\\s>]{3,200})/gi;
  for (const match of plain.matchAll(written)) if (isForeign(hostOf((match[1] ?? '').replace(/\\/g, '')))) return true;
  if (/createElement\(\s*["'](?:script|iframe)/.test(plain))
    for (const match of plain.matchAll(/\.src\s*=\s*["'`]((?:https?:)?\/\/[^"'`\s]{3,200})/g))
      if (isForeign(hostOf(match[1] ?? ''))) return true;
  const short = plain.replace(/\s+/g, '').length < 400 && !/function|onclick|=>/.test(plain);
  return sendsTo(plain).some((host) => isForeign(host) && (short || isOddHost(host)));
}

/** Made unreadable on purpose, and what it hides reaches outside or writes markup. */
function hides(text: string, plain: string, isForeign: IsForeign): boolean {
  const hosts = (plain.match(/(?:https?:)?\/\/[\w.-]{3,80}/g) ?? []).map(hostOf);
  if (hosts.some(isForeign)) return true;
  if (hosts.some((host) => host !== undefined && isBenignHost(host))) return false;
  return /eval|\[\s*["'](?:\\x|_0x)/.test(text) && /document|<\s*script|location/.test(plain);
}

const hidingStyle =
  /display\s*:\s*none|visibility\s*:\s*hidden|(?:left|top|text-indent|margin-left)\s*:\s*-\d{3,}|(?:height|width|font-size|line-height)\s*:\s*[01](?:px)?\s*[;"'\\]|height\s*=\s*\\?["']?[0-5](?!\d)|scrollamount\s*=\s*\\?["']?\d{3,}/i;

/** `document.write('<div style="display:none">…<a href="http://…">')`. */
function writesHiddenLinks(plain: string, isForeign: IsForeign): boolean {
  if (!opensHiddenPart(plain)) return false;
  const href = /href\s*=\s*\\?["']?((?:https?:)?\\?\/\\?\/[^"'\\\s>]{3,200})/gi;
  for (const match of plain.matchAll(href)) if (isForeign(hostOf((match[1] ?? '').replace(/\\/g, '')))) return true;
  return false;
}

/** The script writes the start tag of a part that cannot be seen; what follows in the page stands in it. */
export function opensHiddenPart(text: string): boolean {
  const written =
    /document\s*\.\s*write(?:ln)?\s*\([^<]{0,40}<\s*(?:div|span|ul|p|table|marquee|style|section|font)\b([^>]{0,300})>?/gi;
  for (const match of text.slice(0, maxScript).matchAll(written)) if (hidingStyle.test(match[1] ?? '')) return true;
  return /document\s*\.\s*write(?:ln)?\s*\([^<]{0,40}<style[^>]{0,60}>[^<]{0,200}(?:display\s*:\s*none|-\d{3,}px)/i.test(
    text.slice(0, 4000),
  );
}

export const closesPart = (text: string): boolean =>
  /document\s*\.\s*write(?:ln)?\s*\([^<]{0,40}<\s*\\?\/\s*(?:div|span|ul|p|table|marquee|section|font)/i.test(
    text.slice(0, 2000),
  );
