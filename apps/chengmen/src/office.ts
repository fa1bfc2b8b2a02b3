import type { HoldState } from '@chengmen/content';
import type { ChainReport } from '@chengmen/ledger';
import type { ItemId, RevisionId } from '@chengmen/model';
import type { PlannedPage } from '@chengmen/press-app';
import type { Scheduled } from '@chengmen/revision';
import type { ChannelRules } from './intake/channel-rules.ts';
import type { Decided } from './intake/read-job.ts';
import type { DraftedFigure } from './statistics/draft-figures.ts';
import type { FiguresAsked } from './statistics/figures.ts';
import type { YearlyReport } from './statistics/yearly-report.ts';
import type { Recomputed } from './statistics/recompute.ts';
import type { Pruned, PruneRequest } from './prune/prune-releases.ts';

/** One page to take in. */
export interface PageToTakeIn {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Text of a file of decisions (docs/formats/decisions.md). */
  readonly decisions?: { readonly name: string; readonly text: string };
  /** What was decided about its places at the desk. */
  readonly decided?: Decided;
  /** Where it stood on the old site; the way there leads here once it is live. */
  readonly address?: string;
  /** Where addresses of the old site lead, by key (intake/old-address.ts): `item:ID`, `media:ID`. */
  readonly references?: Readonly<Record<string, string>>;
  /** The channel its draft will stand in; 旧页修复 (`restored`) when absent. */
  readonly channels?: ChannelRules;
  /** Demonstration only: have the demo reviewers pass it, so that it is live at the end. */
  readonly approve: boolean;
}

export interface TakenIn {
  readonly item: ItemId;
  readonly revision: RevisionId;
  /** Its address once it is live, else null. */
  readonly path: string | null;
  /** The same bytes had been taken in before: nothing was changed. */
  readonly again: boolean;
  /** The same words had been taken in from other bytes: only the old address was kept. */
  readonly duplicate: boolean;
  /** The old address will lead here. */
  readonly redirects: boolean;
  /** Pictures and attachments that the body shows, with the words of the page for them: to be taken in too. */
  readonly files: readonly FileShown[];
  /** Links and pictures of the body that lead to items here. */
  readonly linked: number;
  readonly title: string;
  /** The words of the body, for those who compare texts. */
  readonly text: string;
  readonly source: string;
  readonly counts: { readonly proved: number; readonly likely: number; readonly lost: number; readonly stated: number };
  readonly alarms: readonly {
    readonly kind: string;
    readonly evidence: string;
    readonly readings: readonly string[];
  }[];
  readonly notes: readonly string[];
}

/** The whole chain behind an address, from the served bytes back to the received ones. */
export interface Explanation {
  readonly path: string;
  readonly served: {
    readonly status: number;
    readonly type: string;
    readonly hash: string;
    readonly size: number;
    readonly location?: string;
  };
  readonly release: {
    readonly root: string;
    readonly size: number;
    readonly origin: string;
    readonly proofBytes: number;
  };
  readonly target: string;
  readonly theme: string;
  readonly reads: number;
  /** Each approved revision the page was made from; the first is the page's own item, where it has one. */
  readonly revisions: readonly ExplainedRevision[];
}

export interface ExplainedRevision {
  readonly item: ItemId;
  readonly kind: string;
  readonly title: string;
  readonly revision: RevisionId;
  readonly hash: string;
  readonly author: string;
  readonly createdAt: string;
  readonly reviews: readonly {
    readonly stage: string;
    readonly name: string;
    readonly at: string;
    readonly hash: string;
    readonly decision: string;
  }[];
  /** Where it went live by a standing order: the site settings that give it, with their reviews. */
  readonly order?: ExplainedRevision;
  readonly intake?: {
    readonly name: string;
    readonly received: string;
    readonly receivedBytes: number | null;
    readonly mender: string;
    readonly places: {
      readonly proved: number;
      readonly likely: number;
      readonly lost: number;
      readonly stated: number;
    };
    readonly decisions: number;
  };
}

/** A picture or attachment of an old site. */
export interface FileToTakeIn extends FileShown {
  /** What it was called. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A file by the words of the page that shows it. */
export interface FileShown {
  readonly item: ItemId;
  readonly words: string;
}

/** A role, for the whole site or for a channel and what is below it. */
export interface RoleGiven {
  readonly role: string;
  readonly channel?: string;
}

export interface NewUser {
  readonly name: string;
  readonly username: string;
  readonly grants: readonly RoleGiven[];
}

export interface UserChange {
  readonly username: string;
  readonly change: 'grant' | 'revoke' | 'reset' | 'totp';
  readonly grants: readonly RoleGiven[];
}

export interface ChangedKey {
  /** Verifier keys. */
  readonly old: string;
  readonly next: string;
  /** From this release on the old key counts no more; null while both sign. */
  readonly retiredAt: number | null;
}

export interface HoldAsked {
  /** Its number in the log. */
  readonly release?: number;
  readonly reason: string;
  /** Who says so. */
  readonly by: string;
}

/**
 * What an operator's commands can ask of the back office: of the running one over its local socket,
 * or of one opened for the length of the command.
 */
export interface Office {
  /** Those of some channels that are not live. */
  missingChannels(ids: readonly ItemId[]): Promise<readonly ItemId[]>;
  /** Mends and reads a page on a thread, so that `takeIn` need not; the answer is when that is done. Changes nothing. */
  readAhead(page: PageToTakeIn): Promise<void>;
  takeIn(page: PageToTakeIn): Promise<TakenIn>;
  /** Keeps a file as the draft of a media item; false when it was there before. Throws as `takeFile` of `media` does. */
  takeInFile(file: FileToTakeIn): Promise<boolean>;
  /**
   * In drafts nobody has touched, links and pictures of some items lead to others, or are let go where there is none. Answers how
   * many drafts.
   */
  relink(moves: Readonly<Record<ItemId, ItemId | null>>): Promise<number>;
  explain(path: string): Promise<Explanation>;
  /** One revision with its reviews. Throws `not-found`, and `hash-mismatch` where it is not the one with this hash. */
  explainRevision(named: { readonly revision: RevisionId; readonly hash: string }): Promise<ExplainedRevision>;
  /** What the next press would make again, without pressing. */
  planned(): Promise<readonly PlannedPage[]>;
  /** What will be live or withdrawn at its time, and what could not be. */
  scheduled(): Promise<readonly Scheduled[]>;
  publish(): Promise<{ readonly root: string; readonly size: number; readonly changed: boolean }>;
  /** Whether the site is held at an earlier release, and what waits. */
  holdState(): Promise<HoldState>;
  /** Puts a release in force again and stays there, by one person's word; without a number the newest. Answers what serves then. */
  hold(asked: HoldAsked): Promise<{ readonly release: number; readonly served: number }>;
  /** Goes on, likewise. */
  resume(asked: Omit<HoldAsked, 'release'>): Promise<{ readonly served: number }>;
  /** A new key begins to sign the releases; with `retire`, the old one ends. Throws `wrong-state`. */
  changeKey(step: { readonly retire: boolean }): Promise<ChangedKey>;
  /** Takes away what need not be kept any longer, or bytes that must go. Throws `prune-running` and as `pruneReleases` does. */
  prune(request: PruneRequest): Promise<Pruned>;
  /** Counts views again from access logs in these folders; days in them take the place of those counted so before. */
  recomputeStatistics(folders: readonly string[]): Promise<Recomputed>;
  /** Hands the figures of the page of visit statistics to the reviewers, as data sets in a channel. */
  draftFigures(asked: FiguresAsked): Promise<readonly DraftedFigure[]>;
  /** The fields of the yearly report that are known by query. */
  yearlyReport(year: number): Promise<YearlyReport>;
  /** Reads the whole chain of events. */
  verifyEvents(): Promise<ChainReport>;
  addUser(user: NewUser): Promise<{ readonly username: string; readonly password: string }>;
  /** Gives or takes roles, or makes a new password or key of an authenticator: then it is answered. Throws `not-found`. */
  changeUser(
    change: UserChange,
  ): Promise<{ readonly username: string; readonly password?: string; readonly totp?: string }>;
}

export const officeMethods = [
  'missingChannels',
  'readAhead',
  'takeIn',
  'takeInFile',
  'relink',
  'explain',
  'explainRevision',
  'planned',
  'scheduled',
  'publish',
  'holdState',
  'hold',
  'resume',
  'changeKey',
  'prune',
  'recomputeStatistics',
  'draftFigures',
  'yearlyReport',
  'verifyEvents',
  'addUser',
  'changeUser',
] as const satisfies readonly (keyof Office)[];
