export interface CrawlOptions {
  /** Normalise the text to NFKC, as text collectors do. */
  readonly nfkc?: boolean;
}

const lineTags = new Set([
  'div',
  'h1',
  'h2',
  'h3',
  'h4',
  'li',
  'ul',
  'table',
  'tr',
  'br',
  'section',
  'footer',
  'header',
]);
/** Stands for the empty line round a paragraph until the lines are put together. Not in any text: `oneSpace` removes it. */
const paragraphBreak = '\f';
const unseen = /<(head|script|style)\b[^>]*>[\s\S]*?<\/\1\s*>/gi;

/**
 * What a text collector keeps of a page: no markup, a line for each block, an empty line round paragraphs, runs of
 * ASCII white space as one space. Wide spaces stay until NFKC makes ordinary spaces of them. It reads tags as they stand,
 * so the remainder of a tag whose `<` is gone (`/a>`) stays in the text.
 */
export function crawlText(html: string, options: CrawlOptions = {}): string {
  const out: string[] = [];
  let inParagraph = false;
  let last = 0;
  const source = html.replace(unseen, '\n');
  for (const tag of source.matchAll(/<(\/?)([a-zA-Z!][^\s>/]*)[^>]*>/g)) {
    out.push(oneSpace(source.slice(last, tag.index)));
    last = tag.index + tag[0].length;
    const name = (tag[2] ?? '').toLowerCase();
    if (name === 'p' || (inParagraph && lineTags.has(name) && name !== 'br')) {
      inParagraph = name === 'p' && tag[1] === '';
      out.push(paragraphBreak);
    } else if (lineTags.has(name)) {
      out.push('\n');
    }
  }
  out.push(oneSpace(source.slice(last)));
  const text = tidy(out.join(''));
  return options.nfkc ? text.normalize('NFKC') : text;
}

const oneSpace = (text: string): string => text.replace(/[\t\n\r\f ]+/g, ' ');

/** White space at line ends goes; an empty line stands only where a paragraph begins or ends. */
function tidy(text: string): string {
  return text
    .split(paragraphBreak)
    .map((part) =>
      part
        .split('\n')
        .map(trimSpaces)
        .filter((line) => line !== '')
        .join('\n'),
    )
    .filter((part) => part !== '')
    .join('\n\n');
}

const trimSpaces = (line: string): string => line.replace(/^ +| +$/g, '');
