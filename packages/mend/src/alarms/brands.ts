import { snippet, type KnownSite, type PageAlarm } from './page-alarm.ts';
import type { PageFacts, Passage } from './page-facts.ts';
import { phrasesIn, vocabularyWords } from './phrases.ts';

const siteMetas = /^(?:sitename|og:site_name|application-name|copyright|author)$/;
const label = /(?:主办单位|主办|承办单位|承办|版权所有|版权归|网站名称|copyright|©)/gi;
const afterLabel =
  /^[\s:：©@(（)）\d-]{0,30}(?:copyright|all rights reserved|by|归|[\s:：©.\d-]){0,6}([^\s,，;；|<>。、©:：]{2,40})/i;
const publicBody =
  /人民政府|政府|委员会|管委会|(?:局|厅|委|院|所|站|署|处|部|办公室|中心|协会|学校|大学|学院|中学|小学|医院|法院|检察院|馆|街道办事处)$/;
const trade = /体育|娱乐|棋牌|电竞|国际|集团|公司|官网|平台|登录|app|入口|游戏|彩票|博彩|真人/i;
/** A business that no public body puts its name beside. */
const playHouse = /(?:娱乐|棋牌|电竞|博彩)(?:场|城|集团|有限公司|公司|$)/;
const company = /(?:公司|集团|娱乐|俱乐部)$/;

/**
 * Who the page says it is of: known, in the head, in the title's last part, beside the labels of the footer, in a logo.
 * One of them naming a betting site, or the title a company that nobody else names, is not as the page was made.
 */
export function brandSwaps(facts: PageFacts, known: KnownSite): PageAlarm[] {
  const statements = statementsOf(facts);
  const others = [...statements.map(({ text }) => text), ...(known.siteName === undefined ? [] : [known.siteName])];
  return statements.flatMap((statement) => {
    const swapped =
      isSwapped(statement.text, others) ||
      ((statement.where === 'title' || playHouse.test(statement.text)) && isStranger(statement.text, others, facts));
    if (!swapped) return [];
    const readings = [...new Set(others)].filter(
      (text) => text !== statement.text && publicBody.test(text) && !isSwapped(text, others),
    );
    if (readings.length === 0) return [];
    return [
      {
        kind: 'brand-swap' as const,
        start: statement.start,
        evidence: snippet(statement.text),
        readings: readings.slice(0, 3),
      },
    ];
  });
}

interface Statement extends Passage {
  readonly where: 'meta' | 'title' | 'footer' | 'logo';
}

function statementsOf(facts: PageFacts): Statement[] {
  const statements: Statement[] = [];
  for (const { name, text, start } of facts.metas)
    if (siteMetas.test(name) && text.trim() !== '') statements.push({ text: text.trim(), start, where: 'meta' });
  const title = facts.titles[0];
  const parts = (title?.text ?? '')
    .split(/\s*[-_|—–>]+\s*/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const last = parts.at(-1);
  if (title && last !== undefined && parts.length > 1)
    statements.push({ text: last.slice(0, 60), start: title.start, where: 'title' });
  for (const logo of facts.logos.slice(0, 4))
    if (logo.text.trim().length > 1 && logo.text.trim().length <= 40)
      statements.push({ text: logo.text.trim(), start: logo.start, where: 'logo' });
  return [...statements, ...footers(facts.visible)];
}

/** Names beside the labels; the visible text is put together once, as labels and names stand in nodes of their own. */
function footers(visible: readonly Passage[]): Statement[] {
  const pieces: string[] = [];
  const offsets: number[] = [];
  let length = 0;
  for (const { text } of visible) {
    pieces.push(text);
    offsets.push(length);
    length += text.length;
  }
  const whole = pieces.join('');
  const statements: Statement[] = [];
  for (const match of whole.matchAll(label)) {
    if (statements.length >= 20) break;
    const from = match.index + match[0].length;
    const name = afterLabel.exec(whole.slice(from, from + 120));
    if (name?.[1] === undefined) continue;
    const at = from + name[0].length - name[1].length;
    const index = Math.max(0, lowerBound(offsets, at));
    const text = name[1].replace(/^(?:copyright|版权所有|主办|单位)/i, '');
    statements.push({ text, start: (visible[index]?.start ?? 0) + at - (offsets[index] ?? 0), where: 'footer' });
  }
  return statements;
}

/** The last piece that begins at or before a place. */
function lowerBound(offsets: readonly number[], at: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Names a betting site, by a word that no other statement has. */
function isSwapped(text: string, others: readonly string[]): boolean {
  const own = (word: string): boolean =>
    others.some((other) => other !== text && other.includes(word) && publicBody.test(other));
  if (phrasesIn(text, 'name').length > 0) return true;
  if (publicBody.test(text)) return false;
  const words = vocabularyWords(text);
  if (!trade.test(text) && !words.includes(text.trim())) return false;
  return words.length > 0 && words.every((word) => !own(word));
}

/** A company at the title's end or a house of play anywhere, though two others agree on a public body of another name. */
function isStranger(text: string, others: readonly string[], facts: PageFacts): boolean {
  const rest = others.filter((other) => other !== text);
  if (!(company.test(text) || playHouse.test(text)) || sharesPair(text, rest)) return false;
  const bodies = rest.filter((other) => publicBody.test(other));
  if (bodies.length < 2 || new Set(bodies.map((body) => body.slice(0, 2))).size > 1) return false;
  return playHouse.test(text) || ![...facts.visible, ...facts.headings].some((passage) => passage.text.includes(text));
}

/** Two Han in a row that both have. */
export function sharesPair(text: string, others: readonly string[]): boolean {
  const pairs = new Set<string>();
  for (const run of text.slice(0, 400).match(/[一-鿿]{2,}/g) ?? [])
    for (let index = 0; index + 2 <= run.length; index++) pairs.add(run.slice(index, index + 2));
  return others.some((other) => {
    for (let index = 0; index + 2 <= other.length && index < 4000; index++)
      if (pairs.has(other.slice(index, index + 2))) return true;
    return false;
  });
}
