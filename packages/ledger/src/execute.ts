import {
  canonicalJson,
  ChengmenError,
  may,
  mayAnywhere,
  mayWithin,
  requestFault,
  type Actor,
  type Permission,
  type SiteId,
} from '@chengmen/model';
import type { Kysely, Transaction } from 'kysely';
import type { z } from 'zod';
import { eventHash, firstHash } from './events.ts';
import { insideCommand } from './inside-command.ts';
import type { Command, CommandContext, CommandEffect, HeadTables, Ledger, LedgerTables } from './types.ts';

type Tables = LedgerTables & HeadTables;

type Listener = Parameters<Ledger['onCommit']>[0];

/** A statement cannot carry more than 65 535 parameters. */
const mostRows = 10_000;

/** The one way in: permission, validation, effect, event and outbox in one transaction; a refusal leaves one line behind. */
export function createExecute(options: {
  readonly db: Kysely<LedgerTables>;
  readonly clock: () => Date;
}): Pick<Ledger, 'execute' | 'rehearse' | 'onCommit'> {
  const { db, clock } = options;
  const listeners = new Set<Listener>();

  const execute = async <I, R>(command: Command<I, R>, actor: Actor, raw: unknown): Promise<R> => {
    const now = clock();
    try {
      permit(command, actor);
      const input = parse(command.input, raw);
      await command.prepare?.({ db, site: actor.site }, input);
      const effect = await db.transaction().execute(async (tx) => {
        const head = await lockHead(tx, actor.site);
        const context = { tx, actor, site: actor.site, now };
        const done = await insideCommand(command.name, async () => {
          for (const need of (await command.needs?.(context, input)) ?? [])
            if (!mayWithin(actor, need.permission, need.place)) throw denied(actor, need.permission);
          return command.run(context, input);
        });
        if (done.event !== null)
          await record(tx, { head, actor, now, command: command.name, effect: done, event: done.event });
        return done;
      });
      if (effect.event !== null) tell(listeners, actor.site, effect.touched ?? [], command.name);
      return effect.result;
    } catch (raw) {
      const error = requestFault(raw) ?? raw;
      if (error instanceof ChengmenError)
        await recordRefusal(db, { actor, now, command: command.name, code: error.code });
      throw error;
    }
  };
  const rehearse = async <T>(actor: Actor, work: (context: CommandContext) => Promise<T>): Promise<T> => {
    const undone = new Undone<T>();
    try {
      return await db.transaction().execute(async (tx) => {
        // Its turn among the commands, so that locks are taken in the same order.
        await lockHead(tx, actor.site);
        const context = { tx, actor, site: actor.site, now: clock() };
        undone.answer = await insideCommand('rehearsal', () => work(context));
        throw undone;
      });
    } catch (error) {
      if (error !== undone) throw error;
      return undone.answer as T;
    }
  };
  return {
    execute,
    rehearse,
    onCommit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Ends a transaction that is to leave nothing behind. */
class Undone<T> extends Error {
  answer: T | undefined;
}

/** What is committed is committed: a listener that fails must not make the command look refused. */
function tell(listeners: ReadonlySet<Listener>, ...committed: Parameters<Listener>): void {
  for (const listener of listeners) {
    try {
      listener(...committed);
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  }
}

function permit<I, R>(command: Command<I, R>, actor: Actor): void {
  const { permission } = command;
  if (permission === null) return;
  const oneOf = typeof permission === 'string' ? [permission] : permission;
  const held = command.needs === undefined ? may : mayAnywhere;
  const [first] = oneOf;
  if (first !== undefined && !oneOf.some((each) => held(actor, each))) throw denied(actor, first);
}

function denied(actor: Actor, permission: Permission): ChengmenError {
  return new ChengmenError('permission-denied', { actor: actor.name, permission });
}

function parse<I>(schema: z.ZodType<I>, raw: unknown): I {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ChengmenError('invalid-input', { where: issue?.path.join('.') ?? '', problem: issue?.message ?? '' });
}

/** Takes the site's turn: commands of one site wait here for one another, so that their numbers have no gaps. */
async function lockHead(tx: Transaction<LedgerTables>, site: SiteId): Promise<{ seq: number; hash: string }> {
  const heads = tx.withTables<HeadTables>();
  const locked = (): Promise<{ seq: number; hash: string } | undefined> =>
    heads.selectFrom('event_head').select(['seq', 'hash']).where('site', '=', site).forUpdate().executeTakeFirst();
  const head = await locked();
  if (head) return head;
  await heads
    .insertInto('event_head')
    .values({ site, seq: 0, hash: firstHash })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await locked()) ?? { seq: 0, hash: firstHash };
}

interface Accepted<R> {
  readonly head: { readonly seq: number; readonly hash: string };
  readonly actor: Actor;
  readonly now: Date;
  readonly command: string;
  readonly effect: CommandEffect<R>;
  readonly event: Readonly<Record<string, unknown>>;
}

async function record<R>(
  tx: Transaction<LedgerTables>,
  { head, actor, now, command, effect, event: payload }: Accepted<R>,
): Promise<void> {
  const tables = tx.withTables<HeadTables>() as unknown as Transaction<Tables>;
  const { site, account } = actor;
  const event = {
    site,
    seq: head.seq + 1,
    at: now.toISOString(),
    account,
    command,
    payload: canonicalJson(payload),
    previous_hash: head.hash,
  };
  const hash = eventHash(event);
  await tables
    .insertInto('event')
    .values({ ...event, hash })
    .execute();
  await tables.updateTable('event_head').set({ seq: event.seq, hash }).where('site', '=', site).execute();
  const rows = [...new Set(effect.touched ?? [])].map((item) => ({ site, seq: event.seq, item }));
  for (let from = 0; from < rows.length; from += mostRows) {
    await tables
      .insertInto('outbox')
      .values(rows.slice(from, from + mostRows))
      .execute();
  }
}

async function recordRefusal(
  db: Kysely<LedgerTables>,
  refusal: { actor: Actor; now: Date; command: string; code: string },
): Promise<void> {
  const { actor, now, command, code } = refusal;
  await db
    .insertInto('refusal')
    .values({ site: actor.site, at: now.toISOString(), account: actor.account, command, code })
    .execute();
}
