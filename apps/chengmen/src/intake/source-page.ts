/** A page as a source has it. */
export interface SourcePage {
  /** For the record: a file, or an entry of one (`old.warc.gz#17`). */
  readonly name: string;
  /** As received; of a row or an entry of a feed, the page made from it. */
  readonly bytes: Uint8Array;
  /** Where the page stood on the old site, as far as it is known: an address, or a path from the root of the source. */
  readonly address?: string;
}

/** An entry of a source that is no page, told and passed over. */
export interface SourceFault {
  readonly name: string;
  readonly fault: Error;
}

export type SourceEntry = SourcePage | SourceFault;
