/** What the index knows of a page. */
export interface SearchPage {
  readonly path: string;
  readonly title: string;
  /** `2026-11-20 09:30`; empty for pages without a date. */
  readonly date: string;
  /** A document's kind, `channel`, or `page` for one about the site itself. */
  readonly kind: string;
  /** Address of the channel it stands in: `/news/local/`; empty for none. */
  readonly channel: string;
  /** Who it is from: its department where it has one, else its source. */
  readonly department: string;
  /** Of policy documents. */
  readonly validity: string;
  /** What stands on it, line by line, its title included. */
  readonly lines: readonly string[];
}
