import type { ErrorCode, ErrorParameters, SiteId } from '@chengmen/model';

/** What the back office tells the supervisor. */
export type ChildMessage =
  | {
      readonly type: 'progress';
      readonly zh: string;
      readonly en: string;
      readonly done?: number;
      readonly total?: number;
    }
  /** The keys and the release folder exist: the portal can start, and answers 503 until the first release. */
  | { readonly type: 'prepared' }
  /** A release of a site was brought into force. */
  | { readonly type: 'promoted'; readonly site: SiteId }
  /** A site is held at a release, or, with 0, is not: for its portal, which no release tells. */
  | { readonly type: 'held'; readonly site: SiteId; readonly release: number }
  | {
      readonly type: 'ready';
      readonly addresses: Readonly<Record<'desk' | 'counter', string>>;
      /** The sites after the first. */
      readonly others: readonly ReadySite[];
      readonly notice?: Notice;
    }
  /** One was made while we run. */
  | { readonly type: 'site-added'; readonly site: ReadySite }
  | {
      readonly type: 'taken-in';
      readonly name: string;
      readonly path: string;
      readonly report: readonly string[];
      readonly again: boolean;
    }
  | { readonly type: 'failed'; readonly code: ErrorCode; readonly parameters: ErrorParameters };

/** Where a site after the first is to be found. */
export interface ReadySite {
  readonly site: SiteId;
  readonly name: string;
  readonly desk: string;
  /** Missing where it could not listen. */
  readonly counter?: string;
}

/** What the portal tells it once it listens. */
export interface PortalMessage {
  readonly ready: true;
  readonly port: number;
}

export interface Notice {
  readonly durability: { readonly zh: string; readonly en: string };
  /** Shown once, when the accounts are made. */
  readonly accounts?: readonly {
    readonly username: string;
    readonly name: string;
    readonly role: string;
    readonly password: string;
    /** Key of an authenticator, where its roles need one. */
    readonly totp?: string;
  }[];
}

/** What the supervisor hands a child process by its environment, as one JSON text. */
export const childSettingsVariable = 'CHENGMEN_CHILD';
