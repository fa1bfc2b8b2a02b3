import type { Kind } from '../desk-api.ts';
import { desk, Refusal, Unreachable } from './api.ts';
import { dropEntry, writeEntry, type Entry } from './journal.ts';
import type { Values } from './values.ts';

/** Who may write into the item now, as this window knows. */
export type Lease =
  | { readonly held: 'asking' | 'mine' }
  /** Somebody else writes; `lost`: they took over from this window. */
  | { readonly held: 'other'; readonly by: string; readonly own: boolean; readonly lost: boolean };

export interface Kept {
  /** `here`: only in this browser yet. */
  readonly where: 'nothing-new' | 'typing' | 'desk' | 'here' | 'nowhere';
  readonly at?: Date;
  /** Why the desk does not have it. */
  readonly problem?: 'away' | 'signed-out' | 'refused';
  readonly words?: string;
}

export interface KeeperState {
  readonly lease: Lease;
  readonly kept: Kept;
}

export interface KeeperOptions {
  readonly account: string;
  readonly item: string;
  readonly kind: Kind;
  readonly base: () => string;
  readonly values: () => Values;
}

/** Longest that typing waits for the journal, and for the desk; both stay well under two seconds. */
const journalAfter = 400;
const deskAfter = 1200;
const renewEvery = 20_000;
/** Who types nothing for so long lets others in. */
const idleAfter = 10 * 60_000;
const again = 2000;

/** Keeps what is typed: in this browser's journal at once, at the desk right after, and says honestly where it is. */
export interface Keeper {
  readonly state: () => KeeperState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Something was typed. */
  readonly changed: () => void;
  /** Asks for the item; `take`: from whoever holds it. What they had not saved becomes a draft of theirs. */
  readonly hold: (take?: boolean) => Promise<void>;
  /** Puts down at once what is not kept yet. */
  readonly flush: () => Promise<void>;
  /** Runs what makes a revision of it, with nothing on its way to the desk; what was typed up to then is left to keep no more. */
  readonly saving: <T>(work: () => Promise<T>) => Promise<T>;
  readonly drop: () => Promise<void>;
  readonly stop: () => void;
}

const tab = crypto.randomUUID();

export function createKeeper({ account, item, kind, base, values }: KeeperOptions): Keeper {
  const listeners = new Set<() => void>();
  let state: KeeperState = { lease: { held: 'asking' }, kept: { where: 'nothing-new' } };
  let [typed, journaled, delivered] = [0, 0, 0];
  let lastInput = Date.now();
  let sending: Promise<void> | undefined;
  let isSaving = false;
  let journalTimer: ReturnType<typeof setTimeout> | undefined;
  let deskTimer: ReturnType<typeof setTimeout> | undefined;
  const params = { item };

  const set = (change: Partial<KeeperState>): void => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const entry = (kept: boolean): Entry => ({
    ...{ account, item, kind, kept },
    base: base(),
    values: values(),
    at: Date.now(),
  });

  const journal = async (): Promise<void> => {
    journalTimer = undefined;
    const upTo = typed;
    try {
      await writeEntry(entry(false));
      journaled = upTo;
      if (state.kept.where === 'typing') set({ kept: { where: 'here', at: new Date() } });
    } catch {
      if (delivered < typed) set({ kept: { ...state.kept, where: 'nowhere' } });
    }
  };

  const deliver = async (): Promise<void> => {
    clearTimeout(deskTimer);
    deskTimer = undefined;
    if (sending || isSaving || delivered >= typed || state.lease.held !== 'mine') return;
    sending = send();
    await sending;
    sending = undefined;
    if (delivered < typed && state.lease.held === 'mine') deskTimer ??= setTimeout(() => void deliver(), again);
  };
  const send = async (): Promise<void> => {
    const upTo = typed;
    const sent = entry(true);
    try {
      const body = { kind, tab, base: sent.base, values: sent.values, at: sent.at };
      await desk.call('POST /api/writing/:item/keep', { params, body });
      delivered = upTo;
      if (upTo === typed) {
        set({ kept: { where: 'desk', at: new Date() } });
        await writeEntry(sent).catch(() => undefined);
      }
    } catch (error) {
      refused(error);
    }
  };

  const refused = (error: unknown): void => {
    const where = journaled > delivered ? 'here' : state.kept.where;
    if (error instanceof Refusal && error.told.code === 'item-held') return lost(error, true);
    if (error instanceof Unreachable) return set({ kept: { where, problem: 'away' } });
    if (!(error instanceof Refusal)) throw error;
    const problem = error.told.code === 'sign-in-needed' ? 'signed-out' : 'refused';
    set({ kept: { where, problem, words: error.told.zh } });
  };
  const lost = ({ told }: Refusal, had: boolean): void => {
    const { by = '', own = '' } = (told.parameters ?? {}) as { by?: string; own?: string };
    set({ lease: { held: 'other', by, own: own === 'yes', lost: had } });
  };

  const hold = async (take = false): Promise<void> => {
    const had = state.lease.held === 'mine';
    try {
      await desk.call('POST /api/writing/:item/hold', { params, body: { kind, tab, take } });
      set({ lease: { held: 'mine' } });
      if (delivered < typed) await deliver();
    } catch (error) {
      if (error instanceof Refusal && error.told.code === 'item-held') lost(error, had);
      // Nobody answers: writing goes on, the journal keeps it, and the desk is asked again.
      else if (error instanceof Unreachable) set({ lease: { held: 'mine' }, kept: { ...state.kept, problem: 'away' } });
      else if (error instanceof Refusal) refused(error);
      else throw error;
    }
  };

  const changed = (): void => {
    typed++;
    lastInput = Date.now();
    if (state.kept.where !== 'typing') set({ kept: { ...state.kept, where: 'typing' } });
    journalTimer ??= setTimeout(() => void journal(), journalAfter);
    deskTimer ??= setTimeout(() => void deliver(), deskAfter);
  };
  const flush = async (): Promise<void> => {
    if (journaled < typed) await journal();
    await deliver();
  };
  const renewing = setInterval(() => {
    if (state.lease.held === 'mine' && Date.now() - lastInput < idleAfter) void hold();
  }, renewEvery);
  const online = (): void => {
    if (state.lease.held === 'mine') void hold();
  };
  const leave = (): void => {
    if (journaled < typed) void journal();
    if (state.lease.held !== 'mine') return;
    if (delivered < typed) void deliver();
    const mine = { params, body: { kind, tab } };
    void desk.call('POST /api/writing/:item/leave', mine, { keepalive: true }).catch(() => undefined);
  };
  const hidden = (): void => {
    if (document.visibilityState === 'hidden') void flush();
  };
  addEventListener('online', online);
  addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', hidden);

  const forget = async (upTo: number): Promise<void> => {
    if (typed > upTo) return;
    clearTimeout(journalTimer);
    clearTimeout(deskTimer);
    journalTimer = deskTimer = undefined;
    journaled = delivered = typed;
    await dropEntry(account, item).catch(() => undefined);
    set({ kept: { where: 'nothing-new' } });
  };
  const saving = async <T>(work: () => Promise<T>): Promise<T> => {
    isSaving = true;
    try {
      await sending;
      const upTo = typed;
      const done = await work();
      await forget(upTo);
      return done;
    } finally {
      isSaving = false;
      if (delivered < typed) deskTimer ??= setTimeout(() => void deliver(), deskAfter);
    }
  };
  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    changed,
    hold,
    flush,
    saving,
    drop: async () => {
      await desk.call('POST /api/writing/:item/drop', { params });
      await forget(typed);
    },
    stop: () => {
      clearInterval(renewing);
      removeEventListener('online', online);
      removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', hidden);
    },
  };
}
