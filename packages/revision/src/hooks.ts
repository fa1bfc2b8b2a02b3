import type { CommandContext, LedgerTables } from '@chengmen/ledger';
import type { Fields, ItemId, Kind, SiteId } from '@chengmen/model';
import type { Kysely } from 'kysely';

/**
 * What a room adds to the life of its kinds. Hooks run inside the command's transaction:
 * throwing ChengmenError refuses the command and nothing is changed.
 */
export interface KindHooks {
  readonly kinds: readonly Kind[];
  /**
   * Where an item with these fields stands, for roles that are held for a part of the site: its channel and those above it,
   * nearest first; empty for the site itself. A kind without this stands there too.
   */
  readonly place?: (at: PlaceReader, revision: Omit<HookRevision, 'number'>) => Promise<readonly ItemId[]>;
  /**
   * Checks beyond the shape of the fields. Runs when a draft is saved (`draft`: it may still point at what is not there yet)
   * and again at final approval (`final`: everything must hold).
   */
  readonly check?: (context: CommandContext, revision: HookRevision, phase: 'draft' | 'final') => Promise<void>;
  /** What takes long of `whenSubmitted`, done before the command has its turn: nothing is locked, and no other command waits. */
  readonly prepareSubmission?: (at: PlaceReader, revision: Omit<HookRevision, 'number'>) => Promise<void>;
  /** When its author hands it to the reviewers, or by an emergency past them. Throwing holds it back. */
  readonly whenSubmitted?: (context: CommandContext, revision: HookRevision) => Promise<void>;
  /** After the revision has become the live one. Answers further items whose public face may change. */
  readonly whenLive?: (context: CommandContext, revision: HookRevision) => Promise<readonly ItemId[]>;
  readonly whenWithdrawn?: (
    context: CommandContext,
    item: { readonly item: ItemId; readonly kind: Kind },
  ) => Promise<readonly ItemId[]>;
}

export interface HookRevision {
  readonly item: ItemId;
  readonly kind: Kind;
  readonly number: number;
  readonly fields: Fields;
}

/** A context to read places with. One object, one moment: what it is asked again may be answered from before. */
export interface PlaceReader {
  readonly tx: Kysely<LedgerTables>;
  readonly site: SiteId;
}

/** The hooks that concern a kind. */
export function hooksOf(hooks: readonly KindHooks[], kind: Kind): KindHooks[] {
  return hooks.filter(({ kinds }) => kinds.includes(kind));
}
