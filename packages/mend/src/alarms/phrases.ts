import { fold, type Folded } from './fold.ts';
import { pinyinFits } from './pinyin.ts';
import {
  bettingWords,
  callingWords,
  institutions,
  pornWords,
  reporting,
  terms,
  type Subject,
  type Term,
} from './vocabulary.ts';

export interface Phrase {
  readonly kind: 'gambling-phrase' | 'porn-phrase' | 'pinyin-in-brackets';
  /** In the text as given, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** The words as they are meant, when they were disguised. */
  readonly meant?: string;
}

/**
 * How much a text must say. `name`: a title, a heading, an anchor, keywords: a word of the lists is enough when nothing
 * reports. `running`: sentences: only a betting site's name right before a word that calls visitors.
 */
export type Manner = 'name' | 'running';

/** Words of everyday use: a trade right after them is everyday too. */
const generic = new Set(
  '体育 国际 真人 电竞 足球 篮球 棋牌 彩票 澳门 美女 成人 同城 激情 按摩 扑克 赛车 国际娱乐 在线娱乐 世界杯 欧洲杯 亚洲杯 欧冠 英超 西甲 意甲 德甲 足球赛事 篮球赛事 赛事预测 竞彩 体彩 福彩 双色球 大乐透 赌博 赌场 夜场 色情 黄色 午夜 开奖 捕鱼 江南 银河 凤凰'.split(
    ' ',
  ),
);

const byFirst = new Map<string, readonly Term[]>();
for (const one of terms) {
  const first = one.word.charAt(0);
  byFirst.set(
    first,
    [...(byFirst.get(first) ?? []), one].sort((a, b) => b.word.length - a.word.length),
  );
}

const clauseEnd = /[-_|—–,。;；!?！？\n<>【】\[\]/\\、:："“”]/;
/** Two sides and what one can bet on: `波兰vs沙特谁赢`. */
const fixture =
  /[一-鿿]{2,6}\s?(?:vs|对阵|pk)\s?[一-鿿]{2,6}(?:谁赢|谁会赢|比分|预测|视频回放|录像|回放|赔率|盘口|历史战绩|直播|结果|分析|比分预测)/;
/** A cup or a game and betting on it. */
const betting =
  /(?:世界杯|欧洲杯|亚洲杯|美洲杯|欧冠|英超|西甲|意甲|德甲|中超|世预赛|nba|cba|足球|篮球|电竞|赛事|体育|竞彩)(?:在线|网上|官方|赛事|比赛){0,2}(?:买球|下注|投注|押注|博彩|外围|盘口|赔率|竞猜平台|竞猜app|竞猜官网|竞猜网|直播app)/;
/** What calls itself the Chinese official site of some sport or play: `某某·体育(中国)官方网站`. */
const official =
  /[一-鿿a-z0-9]{1,8}[·.\s]?(?:体育|娱乐|电竞|棋牌|游戏|国际)?[·.\s]?[([【](?:中国|中国大陆|china)[)\]】][·.\s-]{0,3}(?:官方网站|官网|登录|入口|平台|app|网页版|手机版)/;
/** Codes that sites of one name add: `永利3044`; no year. */
const code =
  /^(?:[a-z]{0,8}(?!(?:19|20)\d\d(?!\d))\d{4,8}|[a-z]{1,4}\d{3,8})(?:$|[^\d一-鿿.,]|官|登|入|网|平|手|下|游戏|app)/;
/** A name of a few letters or figures for a house of play: `c7娱乐官网`. */
const lettered =
  /(?<![a-z0-9])[a-z]{0,3}\d{1,4}[a-z]{0,3}(?:娱乐|棋牌|电竞|彩票)(?:官网|app|登[录陆]|平台|下载|注册|入口|网址)/;
const lottery = /(?:福利|体育|公益)彩票/;
const bracketed =
  /([一-鿿]{2,10})\s?[([【〔{]\s?([a-z][a-z0-9·.]{1,19})(?:[ ·.-]{0,3}[a-z0-9·.]{1,20}){0,3}\s?[)\]】〕}]/g;
const afterBrackets =
  /^[\s·•.,-]{0,4}(?:中国|官方|官网|体育|娱乐|棋牌|登[录陆入]|注册|app|下载|平台|手机|网页|入口|全站|电竞|在线)/;
const callingAnywhere = /官网|官方网站|登[录陆入]|注册|app|下载|入口|体育|娱乐|棋牌|平台|网址/;
/** Between a name and a word that calls: `开云（中国）·kaiyun-官方网站`. */
const bridge =
  /^(?:[\s·•:|,_-]|[([【][^)\]】]{1,24}[)\]】]|中国|国际|[a-z0-9.]{1,14}|体育|娱乐|棋牌|电竞|集团|彩票|真人|app){0,6}/;

/** Phrases of betting and pornography in a short text, none that stands in a report. Linear; never throws. */
export function phrasesIn(text: string, manner: Manner): readonly Phrase[] {
  if (!worthLooking.test(text)) return [];
  const folded = fold(text);
  const found = [
    ...namesIn(folded, manner),
    ...patternsIn(folded, manner),
    ...(manner === 'name' ? bracketsIn(folded) : []),
  ];
  return found.sort((a, b) => a.start - b.start || b.end - a.end);
}

const worthLooking = /[\u0370-\u{10ffff}]|[a-z]{2}/iu;

function namesIn(folded: Folded, manner: Manner): Phrase[] {
  const found: Phrase[] = [];
  let index = 0;
  while (index < folded.text.length) {
    const hit = termAt(folded.text, index);
    if (hit && counts(folded.text, index, hit, manner)) {
      found.push(phrase(folded, index, index + hit.word.length, hit));
      index += hit.word.length;
    } else index += hit?.certain ? hit.word.length : 1;
  }
  return found;
}

/** The longest word of the lists here, certain ones first. */
function termAt(text: string, index: number): Term | undefined {
  const candidates = byFirst.get(text.charAt(index));
  if (!candidates) return undefined;
  const fitting = candidates.filter((one) => text.startsWith(one.word, index) && stands(text, index, one));
  return fitting.find(({ certain }) => certain) ?? fitting[0];
}

function stands(text: string, index: number, { word, notAfter, notBefore }: Term): boolean {
  const before = text.slice(Math.max(0, index - 3), index);
  const after = text.slice(index + word.length, index + word.length + 4);
  if (notAfter?.test(before) === true || notBefore?.test(after) === true) return false;
  // A sports ground, an office, a school: what begins like a betting site's name goes on as an institution's.
  if (
    /(?:体育|娱乐|电竞|国际|彩票|游戏)$/.test(word) &&
    institutions.test(text.slice(index + word.length, index + word.length + 6))
  )
    return false;
  const latinStart = /^[a-z0-9]/.test(word) && /[a-z0-9]$/.test(before);
  const latinEnd = /[a-z]$/.test(word) && /^[a-z]/.test(after);
  return !latinStart && !latinEnd;
}

function counts(text: string, index: number, hit: Term, manner: Manner): boolean {
  const after = text.slice(index + hit.word.length, index + hit.word.length + 60);
  const calls = hit.subject === 'porn' && !hit.certain ? pornCalls(after) : callsVisitors(after, generic.has(hit.word));
  if (!hit.certain && !calls) return false;
  if (hit.word === '彩票' || hit.word === '竞彩') if (lotteryOffice(text, index)) return false;
  if (manner === 'running') return hit.certain && calls && !reporting.test(around(text, index, 120));
  if (reporting.test(clauseOf(text, index))) return false;
  const quoted = /["“”'‘’「『《]/.test(text.charAt(index - 1));
  return calls && !quoted ? true : !reporting.test(around(text, index, 60));
}

const pornCalls = (after: string): boolean => pornWords.test(after) && !institutions.test(after.slice(2));

/** `体育官网`, `(中国)·官方网站`, `娱乐`; not `体育中心`. */
function callsVisitors(after: string, common: boolean): boolean {
  if (!common && code.test(after)) return true;
  const trade = common ? undefined : bettingWords.exec(after)?.[0];
  if (trade !== undefined && !institutions.test(after.slice(trade.length))) {
    const rest = after.slice(trade.length);
    if (rest === '' || !/^[一-鿿]/.test(rest) || callingWords.test(rest)) return true;
  }
  const bridged = bridge.exec(after)?.[0] ?? '';
  if (institutions.test(after) || institutions.test(after.slice(bridged.length))) return false;
  return callingWords.test(after) || callingWords.test(after.slice(bridged.length));
}

const lotteryOffice = (text: string, index: number): boolean =>
  lottery.test(text.slice(Math.max(0, index - 4), index + 4)) || /民政|财政|公益金/.test(around(text, index, 40));

const around = (text: string, index: number, width: number): string =>
  text.slice(Math.max(0, index - width), index + width);

/** The clause round a place, no longer than 80 characters on each side. */
function clauseOf(text: string, index: number): string {
  let start = index;
  while (start > 0 && index - start < 80 && !clauseEnd.test(text.charAt(start - 1))) start--;
  let end = index;
  while (end < text.length && end - index < 80 && !clauseEnd.test(text.charAt(end))) end++;
  return text.slice(start, end);
}

function patternsIn(folded: Folded, manner: Manner): Phrase[] {
  if (manner === 'running' || reporting.test(folded.text.slice(0, 400))) return [];
  return [fixture, betting, official, lettered].flatMap((pattern) => {
    const match = pattern.exec(folded.text);
    return match ? [phrase(folded, match.index, match.index + match[0].length)] : [];
  });
}

/** A name and its pinyin: `亚博(yabo)`. Alone it is how names are written for foreigners; beside a call it is not. */
function bracketsIn(folded: Folded): Phrase[] {
  const found: Phrase[] = [];
  for (const match of folded.text.matchAll(bracketed)) {
    const [whole, name = '', latin = ''] = match;
    const after = folded.text.slice(match.index + whole.length, match.index + whole.length + 12);
    const start = pinyinFits(name, latin.replace(/[0-9·.]+/g, ''));
    const known = isBrand(name) || isBrand(latin);
    if (start < 0 && !known) continue;
    if (reporting.test(around(folded.text, match.index, 60))) continue;
    const calls = afterBrackets.test(after) || (known && callingAnywhere.test(folded.text));
    const trade = /(?:体育|娱乐|棋牌|电竞|彩票|真人|国际)$/.test(name);
    if (!calls && !(trade && known) && !isCertain(name)) continue;
    if (institutions.test(after)) continue;
    found.push({
      ...phrase(folded, match.index + Math.max(0, start), match.index + whole.length),
      kind: 'pinyin-in-brackets',
    });
  }
  return found;
}

const hasTerm = (text: string, fits: (one: Term) => boolean): boolean => {
  for (let index = 0; index < text.length; index++) {
    const hit = termAt(text, index);
    if (hit && fits(hit)) return true;
  }
  return false;
};
const isBrand = (text: string): boolean => hasTerm(text, ({ word }) => !generic.has(word));
const isCertain = (text: string): boolean => hasTerm(text, ({ certain }) => certain);

/** The words of the lists in a short text, ambiguous ones too. */
export function vocabularyWords(text: string): readonly string[] {
  const folded = fold(text).text;
  const found: string[] = [];
  for (let index = 0; index < folded.length; index++) {
    const hit = termAt(folded, index);
    if (hit && !generic.has(hit.word)) found.push(hit.word);
  }
  return found;
}

/** Any word of the lists, also an ambiguous one alone: for a text that has nothing to do with the rest of its page. */
export const touchesVocabulary = (text: string): boolean => {
  const folded = fold(text).text;
  return !reporting.test(folded) && isBrand(folded);
};

function phrase(folded: Folded, from: number, to: number, hit?: Term): Phrase {
  const subject: Subject = hit?.subject ?? 'gambling';
  const meant = hit && (hit.meant !== hit.word || folded.disguised) ? hit.meant : undefined;
  return {
    kind: `${subject}-phrase`,
    start: folded.at[from] ?? 0,
    end: folded.at[to] ?? folded.at.at(-1) ?? 0,
    ...(meant === undefined ? {} : { meant }),
  };
}
