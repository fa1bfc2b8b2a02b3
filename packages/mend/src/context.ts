import { gapSign } from './types.ts';

/** The border of a paragraph, as the language model counts it. */
export const border = '\n';

const blocks =
  /<\/?(?:p|div|br|h[1-6]|li|ul|ol|tr|td|th|table|title|head|body|html|section|article|option|dd|dt)\b[^<>]*>/gi;
/** Links side by side are entries of a menu, whose names do not go on in each other. */
const betweenLinks = /<\/a>[\s|·]{0,8}(?=<a\b)/gi;
/** Long enough for a tag with its attributes and the words before it. */
const reach = 600;

/** The words before an offset of a page, without markup, as many characters as asked for. */
export function wordsBefore(html: string, index: number, count: number): string {
  const stretch = html.slice(Math.max(0, index - reach), index);
  const whole = stretch.replace(/^[^<>]*>/, (piece) => (piece.includes('"') ? border : piece));
  return [...border, ...plain(whole)].slice(-count).join('');
}

/** The words from an offset on. `remainder` says that a tag whose `<` is lost begins there. */
export function wordsAfter(html: string, index: number, count: number, remainder: boolean): string {
  const stretch = (remainder ? '<' : '') + html.slice(index, index + reach);
  return [...plain(stretch.replace(/<[^<>]*$/, '')), border].slice(0, count).join('');
}

function plain(html: string): string {
  return html
    .replace(blocks, border)
    .replace(betweenLinks, border)
    .replace(/<[a-z/!][^<>]*>/gi, '')
    .replace(/(?:&nbsp;?|[ \t\r\u00a0\u3000])+/g, ' ')
    .replace(/ *\n[\n ]*/g, border)
    .replace(/(?<=第)\d{1,8}(?=\d)/g, '')
    .replace(/(?<=[\u2e80-\u9fff”’》】）])[,:;!()]/g, (sign) => wide[sign] ?? sign);
}

const wide: Record<string, string> = { ',': '，', ':': '：', ';': '；', '!': '！', '(': '（', ')': '）' };

/** Whether a character says nothing about its neighbours. */
export const isUnknown = (char: string): boolean => char === gapSign || char === '\ufffd';
