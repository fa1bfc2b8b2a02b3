/** A release of the log. */
export interface ListedRelease {
  /** Its number, counted from 1. */
  readonly number: number;
  readonly root: string;
  /** How many addresses it has. */
  readonly paths: number;
  /** When it went live; undefined where nobody noted it. */
  readonly at: string | undefined;
  /** How long the press took, in milliseconds, and how many targets it rendered; undefined where nobody noted it. */
  readonly took?: { readonly ms: number; readonly rendered: number } | undefined;
  /** The first few of what was approved or withdrawn since the release before, where that is known, and how many there are. */
  readonly items?: readonly { readonly item: string; readonly title: string }[] | undefined;
  readonly itemCount?: number;
  /** Its files were pruned: the site cannot go back to it. */
  readonly pruned?: boolean;
}

/** What would be served otherwise if an earlier release were in force, read from both. */
export interface LookBack {
  readonly release: ListedRelease;
  /** Number of the release that serves. */
  readonly serves: number;
  /** Addresses with a page in both that differ. */
  readonly changed: AddressCount;
  /** Addresses that have a page now, and would have none. */
  readonly lost: AddressCount;
  /** Addresses that have none now, and would have one again. */
  readonly returning: AddressCount;
  /** Addresses that say they were withdrawn, and go on saying so, though the earlier release has a page there. */
  readonly withdrawn: AddressCount;
  /** Addresses whose page in the earlier release names what was withdrawn since, and goes on naming it; `unread`: pages that may too. */
  readonly naming: AddressCount & { readonly unread: number };
}

export interface AddressCount {
  readonly count: number;
  /** The first of them, in order. */
  readonly some: readonly string[];
}
