import type { Addresses, Choice, Crumb, MendInput, MendResult, Removed } from '@chengmen/mend';
import type { FieldsOf, Hash, ItemId } from '@chengmen/model';
import type { Decisions } from './decisions.ts';

/** What `mend` does with bytes alone. */
export type Mender = (page: Pick<MendInput, 'name' | 'bytes'>) => MendResult;

export interface PageToRead {
  /** File name or address, for the record and for messages. */
  readonly name: string;
  /** As received. Never changed. */
  readonly bytes: Uint8Array;
  /** The channel the draft will stand in. */
  readonly channel: ItemId;
  readonly decisions?: Decisions;
  /** For those who remember what `mend` gave for the same bytes. */
  readonly mend?: Mender;
  /** A likely repair is accepted from this probability on (default 0.98). */
  readonly acceptAtLeast?: number;
  /** What people chose of likely repairs besides; applied before `decisions`. */
  readonly choices?: readonly Choice[];
  /** Names by which the page's own site calls itself; left off titles, and the source where the page names none. */
  readonly siteNamesHint?: readonly string[];
  /** Where links and pictures of the body lead on; without it those inside the old site are let go. */
  readonly addresses?: Addresses;
}

/** What the page itself does not say; a person must, before anything is approved. */
export type Missing = 'title' | 'date' | 'source';

/** A page as a draft: the fields, and how each was found. */
export interface Intake {
  readonly received: { readonly name: string; readonly size: number; readonly sha256: Hash };
  readonly mend: MendResult;
  /** Valid fields of an `article`. */
  readonly fields: FieldsOf<'article'>;
  readonly breadcrumb: readonly Crumb[];
  /** In Chinese, then English: what a person should know before approving. */
  readonly notes: readonly string[];
  readonly missing: readonly Missing[];
  readonly removed: readonly Removed[];
}
