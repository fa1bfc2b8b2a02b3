import { itemList } from '@chengmen/content';
import type { Removal } from '@chengmen/html';
import {
  ChengmenError,
  explainError,
  isKind,
  type Actor,
  type FieldsOf,
  type ItemId,
  type Kind,
  type Permission,
} from '@chengmen/model';
import { itemHistory, newestRevisions, writingsOf, type SavedDraft } from '@chengmen/revision';
import type { WordText } from '@chengmen/word';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { checkable } from './check-routes.ts';
import type { DeskOptions } from './desk.ts';
import { type DeskTools, type Form, type Params } from './desk-forms.ts';
import { signedNotice } from './desk-request.ts';
import { fieldsOf } from './item-form.ts';
import { removedNotice, unsentNotice, type UnsentFile } from './pages/editor.ts';
import { takeUploads, type UploadPart } from './take-uploads.ts';

/** Saves an item from what stands in its form; `base`: the revision it was written on, empty for none, undefined for whichever. */
export type SaveItem = (
  actor: Actor,
  input: {
    readonly kind: Kind;
    readonly item: ItemId;
    readonly base: unknown;
    readonly values: Form;
    readonly submit: boolean;
  },
) => Promise<{
  readonly saved: SavedDraft;
  readonly removed: readonly Removal[];
  /** Why it was saved and not submitted. */
  readonly refused?: ChengmenError;
  /** What was to be submitted with it and was not. */
  readonly unsent?: readonly UnsentFile[];
}>;

export interface WritingRoutes extends DeskTools, DeskOptions {
  readonly need: (actor: Actor, permission: Permission) => void;
  readonly saveItem: SaveItem;
}

interface Body {
  readonly kind?: unknown;
  readonly item?: unknown;
  readonly base?: unknown;
  readonly tab?: unknown;
  readonly take?: unknown;
  readonly at?: unknown;
  readonly values?: Form;
  readonly action?: unknown;
  readonly outside?: unknown;
}

/** What the editors' browser application asks for; every change is a command. */
export function writingRoutes(app: FastifyInstance, tools: WritingRoutes): void {
  const { ledger, revisions, site, who, need } = tools;
  const { db } = ledger;
  const changing = async (request: FastifyRequest): Promise<{ actor: Actor; session: string; body: Body }> => {
    const signedIn = await who(request);
    tools.checkToken(signedIn, request.headers['x-form-token']);
    const { actor, session } = signedIn;
    return { actor, session, body: (request.body ?? {}) as Body };
  };

  /** Somebody who may write sends a file. */
  const sending = async (request: FastifyRequest): Promise<Actor> => {
    const { actor } = await changing(request);
    need(actor, 'item.write');
    return actor;
  };

  app.post('/api/items', async (request) => {
    const { actor, session, body } = await changing(request);
    const { kind, item, base = '', values = {}, action } = body;
    if (!isKind(String(kind))) throw new ChengmenError('not-found', { what: '类别 (kind)', id: String(kind) });
    const input = { kind: kind as Kind, item: String(item ?? ''), base, values, submit: action === 'submit' };
    const { saved, removed, unsent = [], refused } = await tools.saveItem(actor, input);
    const notice = unsent.length > 0 ? `?${signedNotice(tools.secret, session, unsentNotice(unsent)).toString()}` : '';
    return {
      ...{ ...saved, removed: removedNotice(removed), page: `/items/${saved.item}${notice}` },
      ...(refused ? { refused: explainError(refused) } : {}),
    };
  });

  app.get<Params<'item'>>('/api/items/:item', async (request) => {
    need((await who(request)).actor, 'item.read-unpublished');
    const [newest] = await itemHistory(db, site, request.params.item);
    if (!newest) throw new ChengmenError('not-found', { what: '条目 (item)', id: request.params.item });
    return newest;
  });

  app.get('/api/writing', async (request) => {
    const { actor } = await who(request);
    return (await writingsOf(db, site, actor.account)).map(({ item, kind, base, typed, typedAt }) => ({
      ...{ item, kind, base },
      title: typed['title'] ?? '',
      at: Date.parse(typedAt),
    }));
  });
  app.get<Params<'item'>>('/api/writing/:item', async (request) => {
    const { actor } = await who(request);
    const [mine] = await writingsOf(db, site, actor.account, request.params.item);
    return {
      mine: mine ? { values: mine.typed, base: mine.base ?? '', at: Date.parse(mine.typedAt) } : null,
    };
  });
  app.post<Params<'item'>>('/api/writing/:item/hold', async (request) => {
    const { actor, body } = await changing(request);
    const { kind, tab, take } = body;
    return ledger.execute(revisions.holdItem, actor, { item: request.params.item, kind, tab, take });
  });
  app.post<Params<'item'>>('/api/writing/:item/keep', async (request) => {
    const { actor, body } = await changing(request);
    const { kind, tab, base, values = {}, at } = body;
    return ledger.execute(revisions.keepWriting, actor, {
      ...{ item: request.params.item, kind, tab, typed: values },
      base: base === '' ? null : base,
      typedAt: instantOf(at),
      ...readable(kind, values),
    });
  });
  /** What the rules find in what stands in the form; nothing where it cannot be read as fields yet. */
  app.post<Params<'item'>>('/api/writing/:item/checks', async (request) => {
    const { actor, body } = await changing(request);
    need(actor, 'item.read-unpublished');
    const { kind, values = {}, outside } = body;
    const { fields } = readable(kind, values);
    if (fields === undefined) return { findings: [] };
    const { check, outside: look } = tools.proofreading;
    const text = checkable({ kind: kind as Kind, item: request.params.item, fields });
    return { findings: await (outside === true ? look(text) : check(text)) };
  });
  app.post<Params<'item'>>('/api/writing/:item/leave', async (request) => {
    const { actor, body } = await changing(request);
    const { kind, tab } = body;
    return ledger.execute(revisions.leaveItem, actor, { item: request.params.item, kind, tab });
  });
  app.post<Params<'item'>>('/api/writing/:item/drop', async (request) => {
    const { actor } = await changing(request);
    return ledger.execute(revisions.dropWriting, actor, { item: request.params.item });
  });

  app.get('/api/media', async (request) => {
    need((await who(request)).actor, 'item.write');
    const { items } = await itemList(db, site, { kind: 'media', limit: 100 });
    const ids = items.map(({ item }) => item);
    const newest = await newestRevisions(db, site, ids);
    return ids.flatMap((item) => {
      const revision = newest.get(item);
      return revision ? [shownMedia(item, revision.fields as FieldsOf<'media'>)] : [];
    });
  });
  app.get<Params<'item'>>('/media-of/:item', async (request, reply) => {
    need((await who(request)).actor, 'item.read-unpublished');
    const { item } = request.params;
    const newest = (await newestRevisions(db, site, [item])).get(item);
    if (newest?.kind !== 'media') throw new ChengmenError('not-found', { what: '图片 (picture)', id: item });
    return reply.redirect(`/bytes/${newest.revision}`, 302);
  });
  app.post('/api/upload', async (request) => {
    const actor = await sending(request);
    const done = await takeUploads(request.parts() as AsyncIterable<UploadPart>, {
      // Asked before the first byte of the body was looked at.
      check: () => undefined,
      takeFile: tools.takeFile,
      save: async (fields) => ledger.execute(revisions.saveDraft, actor, { kind: 'media', fields }),
    });
    return done.map((one) => ('refused' in one ? one : shownMedia(one.item, one.fields)));
  });
  app.post('/api/import', async (request) => {
    await sending(request);
    return wordOf(request.parts() as AsyncIterable<UploadPart>, tools.readWord);
  });
}

/** The one file of a form. */
async function wordOf(parts: AsyncIterable<UploadPart>, readWord: DeskOptions['readWord']): Promise<WordText> {
  for await (const part of parts) if (part.type === 'file') return readWord(part.file, part.filename ?? '');
  throw new ChengmenError('invalid-input', { where: 'file', problem: '没有文件 (no file)' });
}

function shownMedia(item: ItemId, { title, alt, type, size }: FieldsOf<'media'>): object {
  return { item, title, alt, type, size };
}

/** Fields of the kind, where what was typed can be read as such; else it is kept as it was typed alone. */
function readable(kind: unknown, values: Form): { fields?: Record<string, unknown> } {
  if (!isKind(String(kind))) return {};
  try {
    return { fields: fieldsOf(kind as Kind, values).fields };
  } catch (error) {
    if (error instanceof ChengmenError) return {};
    throw error;
  }
}

function instantOf(at: unknown): string {
  const instant = new Date(typeof at === 'number' ? at : Number.NaN);
  return Number.isNaN(instant.getTime()) ? new Date(0).toISOString() : instant.toISOString();
}
