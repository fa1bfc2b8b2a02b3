import type { ErrorCode, ErrorParameters } from '@chengmen/model';

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
  /** A release was brought into force. */
  | { readonly type: 'promoted' }
  | { readonly type: 'ready'; readonly addresses: Readonly<Record<string, string>>; readonly notice?: Notice }
  | {
      readonly type: 'taken-in';
      readonly name: string;
      readonly path: string;
      readonly report: readonly string[];
      readonly again: boolean;
    }
  | { readonly type: 'failed'; readonly code: ErrorCode; readonly parameters: ErrorParameters };

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
