export type PageAlarmKind =
  | 'gambling-phrase'
  | 'porn-phrase'
  | 'pinyin-in-brackets'
  | 'title-mismatch'
  | 'brand-swap'
  | 'hidden-link'
  | 'foreign-script'
  | 'cloaking-script'
  | 'meta-refresh'
  | 'foreign-iframe';

/** A trace of a hijack in a page's source, which a person must look at. */
export interface PageAlarm {
  readonly kind: PageAlarmKind;
  /** Offset in the source, in UTF-16 code units. */
  readonly start: number;
  /** What stands there, white space folded, at most 200 characters. */
  readonly evidence: string;
  /** What it says or hides, when that is not what is seen: decoded, or what the page states elsewhere. */
  readonly readings: readonly string[];
}

/** What is known of the site from elsewhere. */
export interface KnownSite {
  readonly siteName?: string;
  readonly host?: string;
}

const longest = 200;

/** The snippet a person reads: one line, never longer than 200 characters, no half of a pair at its end. */
export function snippet(text: string): string {
  const line = text
    .slice(0, longest * 4)
    .replace(/\s+/g, ' ')
    .trim();
  if (line.length <= longest) return line;
  const cut = line.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '');
  return `${cut}…`;
}
