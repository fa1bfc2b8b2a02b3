import type { AccountId, Actor, ItemId, Permission, SiteId } from '@chengmen/model';
import type { Generated, Kysely, Transaction } from 'kysely';
import type { z } from 'zod';

/** Tables of the ledger itself. Rooms add theirs with Kysely's `withTables`. */
export interface LedgerTables {
  event: EventTable;
  outbox: OutboxTable;
  refusal: RefusalTable;
}

/** The append-only, hash-chained log: one row for each accepted command. */
export interface EventTable {
  site: SiteId;
  seq: number;
  /** ISO 8601 instant, UTC. */
  at: string;
  account: string;
  command: string;
  /** Canonical JSON text of the payload: the very bytes that were hashed. */
  payload: string;
  previous_hash: string;
  hash: string;
}

/** What each event tells of, reckoned by the database from its payload: for queries that look for it. */
export type EventAboutTables = { event: { item: ItemId | null; subject: AccountId | null } };

/** What the press has to look at, in the order of the events. */
export interface OutboxTable {
  site: SiteId;
  seq: number;
  item: ItemId;
}

/** The audit line of a refused command. */
export interface RefusalTable {
  id: Generated<number>;
  site: SiteId;
  at: string;
  account: string;
  command: string;
  code: string;
}

/** Where each site's log has come to. A type, not an interface: Kysely asks for an index signature. */
export type HeadTables = { event_head: { site: SiteId; seq: number; hash: string } };

export interface CommandContext {
  readonly tx: Transaction<LedgerTables>;
  readonly actor: Actor;
  readonly site: SiteId;
  /** The ledger's clock at the start of the command. */
  readonly now: Date;
}

export interface CommandEffect<R> {
  readonly result: R;
  /** What the event log keeps: ids, hashes, states; never secrets, never personal data. null: nothing it tells of was changed. */
  readonly event: Readonly<Record<string, unknown>> | null;
  /** Items the public may now see differently. */
  readonly touched?: readonly ItemId[];
}

/** A permission and the place it is needed for: a channel and those above it; empty for the site itself. */
export interface Need {
  readonly permission: Permission;
  readonly place: readonly ItemId[];
}

/**
 * The only way to change anything: permission, validation, effect, event and outbox rows in one transaction.
 * `run` throws ChengmenError to refuse; then nothing stays but a line in `refusal`.
 */
export interface Command<I, R> {
  /** Verb first: `approve-revision`. */
  readonly name: string;
  /**
   * Held for the whole site; with `needs`, one of these, for some part of it at least. null: open to everybody, or for `run` to say
   * (a citizen's letter, one's own password).
   */
  readonly permission: Permission | readonly Permission[] | null;
  readonly input: z.ZodType<I>;
  /** What the actor must hold for this input, and where, each of them; looked at in the transaction, before `run`. */
  needs?(context: CommandContext, input: I): Promise<readonly Need[]>;
  /**
   * What takes long and changes nothing, done before the command has its turn, so that no other waits for it: `run` finds it done.
   * Nothing is locked, and whatever it saw may be different by then.
   */
  prepare?(at: Pick<Ledger, 'db'> & { readonly site: SiteId }, input: I): Promise<void>;
  run(context: CommandContext, input: I): Promise<CommandEffect<R>>;
}

export interface Migration {
  /** `ledger/000001`; applied once, in the order given, each in a transaction. */
  readonly id: string;
  readonly sql: string;
}

export interface Ledger {
  readonly engine: 'pglite' | 'postgres';
  /** For queries. Changes go through `execute`. */
  readonly db: Kysely<LedgerTables>;
  execute<I, R>(command: Command<I, R>, actor: Actor, input: unknown): Promise<R>;
  /**
   * What the database would say after some work, which is done as a command's would be and then taken back: no event, no outbox row,
   * no refusal. Commands of the site wait for it. Rejects with whatever the work throws.
   */
  rehearse<T>(actor: Actor, work: (context: CommandContext) => Promise<T>): Promise<T>;
  /** Called after each commit of a command, with its site, what it touched and its name. Returns a function that stops listening. */
  onCommit(listener: (site: SiteId, touched: readonly ItemId[], command: string) => void): () => void;
  close(): Promise<void>;
}
