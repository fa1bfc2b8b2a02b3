export interface Crumb {
  /** As mended; a name that was put over the real one stands as `〓`. */
  readonly text: string;
  readonly hijacked: boolean;
}

export interface Removed {
  readonly what: string;
  readonly count: number;
  readonly sample: string;
}

export interface PageMetadata {
  readonly title: string | null;
  /** `YYYY-MM-DD`. */
  readonly date: string | null;
  /** `HH:MM`. */
  readonly time: string | null;
  readonly source: string | null;
  readonly author: string | null;
  readonly hits: number | null;
  /** From the home page down; a name that was put over the real one stands as `〓`. */
  readonly breadcrumb: readonly string[];
  /** The channel the page stands in: the last name of the breadcrumb that is one. */
  readonly channel: string | null;
}

export interface PageTable {
  readonly caption: string | null;
  /** Cells of a row in order; a cell that spans stands once. */
  readonly rows: readonly (readonly string[])[];
}

/** What a page says and of what it is made. What is not stated is null; what is missing in a value stands as `〓`. */
export interface PageStructure {
  readonly metadata: PageMetadata;
  /** Clean semantic HTML, each gap an element with a text alternative; null where no body was found. */
  readonly body: string | null;
  /** The words of the body, a line for each paragraph; of the whole page where no body was found. */
  readonly text: string;
  readonly attachments: readonly { readonly name: string; readonly address: string }[];
  readonly pictures: readonly { readonly address: string; readonly alt: string }[];
  readonly tables: readonly PageTable[];
  /** What cleaning took away, counted, with a sample. */
  readonly removed: readonly Removed[];
}
