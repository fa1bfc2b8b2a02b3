import { mediaList } from '@chengmen/content';
import type { Removal } from '@chengmen/html';
import { ChengmenError, explainError, type Actor, type FieldsOf, type ItemId, type Kind } from '@chengmen/model';
import { itemHistory, newestRevisions, writingsOf, type SavedDraft } from '@chengmen/revision';
import type { WordText } from '@chengmen/word';
import type { FastifyInstance } from 'fastify';
import { checkable } from './check-routes.ts';
import type { DeskOptions } from './desk.ts';
import { type DeskTools, type Form, type Params } from './desk-forms.ts';
import { signedNotice } from './desk-request.ts';
import { fieldsOf } from './item-form.ts';
import { removedNotice, unsentNotice, type UnsentFile } from './pages/editor.ts';
import { wordForms } from './item-query.ts';
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
  readonly saveItem: SaveItem;
}

/** What the editors' browser application asks for; every change is a command. */
export function writingRoutes(app: FastifyInstance, tools: WritingRoutes): void {
  const { ledger, revisions, site, who, need, api } = tools;
  const { db } = ledger;

  api('POST /api/items', async ({ signedIn: { actor, session }, body }) => {
    const { kind, item, base, values, action } = body;
    const input = { kind, item, base, values, submit: action === 'submit' };
    const { saved, removed, unsent = [], refused } = await tools.saveItem(actor, input);
    const notice = unsent.length > 0 ? `?${signedNotice(tools.secret, session, unsentNotice(unsent)).toString()}` : '';
    return {
      ...{ ...saved, removed: removedNotice(removed), page: `/items/${saved.item}${notice}` },
      ...(refused ? { refused: explainError(refused) } : {}),
    };
  });

  api('GET /api/items/:item', async ({ params: { item } }) => {
    const [newest] = await itemHistory(db, site, item);
    if (!newest) throw new ChengmenError('not-found', { what: '条目 (item)', id: item });
    return newest;
  });

  api('GET /api/writing', async ({ signedIn: { actor } }) =>
    (await writingsOf(db, site, actor.account)).map(({ item, kind, base, typed, typedAt }) => ({
      ...{ item, kind, base },
      title: typed['title'] ?? '',
      at: Date.parse(typedAt),
    })),
  );
  api('GET /api/writing/:item', async ({ signedIn: { actor }, params: { item } }) => {
    const [mine] = await writingsOf(db, site, actor.account, item);
    return {
      mine: mine ? { values: mine.typed, base: mine.base ?? '', at: Date.parse(mine.typedAt) } : null,
    };
  });
  api('POST /api/writing/:item/hold', ({ signedIn: { actor }, params: { item }, body: { kind, tab, take } }) =>
    ledger.execute(revisions.holdItem, actor, { item, kind, tab, take }),
  );
  api('POST /api/writing/:item/keep', ({ signedIn: { actor }, params: { item }, body }) => {
    const { kind, tab, base, values, at } = body;
    return ledger.execute(revisions.keepWriting, actor, {
      ...{ item, kind, tab, typed: values },
      base: base === '' ? null : base,
      typedAt: instantOf(at),
      ...readable(kind, values),
    });
  });
  /** What the rules find in what stands in the form; nothing where it cannot be read as fields yet. */
  api('POST /api/writing/:item/checks', async ({ params: { item }, body: { kind, values, outside } }) => {
    const { fields } = readable(kind, values);
    if (fields === undefined) return { findings: [] };
    const { check, outside: look } = tools.proofreading;
    const text = checkable({ kind, item, fields });
    return { findings: await (outside ? look(text) : check(text)) };
  });
  api('POST /api/writing/:item/leave', async ({ signedIn: { actor }, params: { item }, body: { kind, tab } }) => {
    await ledger.execute(revisions.leaveItem, actor, { item, kind, tab });
    return {};
  });
  api('POST /api/writing/:item/drop', async ({ signedIn: { actor }, params: { item } }) => {
    await ledger.execute(revisions.dropWriting, actor, { item });
    return {};
  });

  api('GET /api/media', async ({ query: { words = '', what } }) => {
    const filter = { words: wordForms(words), ...(what === undefined ? {} : { what }) };
    const { media } = await mediaList(db, site, { ...filter, limit: 100 });
    return media.map(({ item, fields }) => shownMedia(item, fields));
  });
  app.get<Params<'item'>>('/media-of/:item', async (request, reply) => {
    need((await who(request)).actor, 'item.read-unpublished');
    const { item } = request.params;
    const newest = (await newestRevisions(db, site, [item])).get(item);
    if (newest?.kind !== 'media') throw new ChengmenError('not-found', { what: '图片 (picture)', id: item });
    return reply.redirect(`/bytes/${newest.revision}`, 302);
  });
  api('POST /api/upload', async ({ request, signedIn: { actor } }) => {
    const done = await takeUploads(request.parts() as AsyncIterable<UploadPart>, {
      // Asked before the first byte of the body was looked at.
      check: () => undefined,
      takeFile: tools.takeFile,
      save: async (fields) => ledger.execute(revisions.saveDraft, actor, { kind: 'media', fields }),
    });
    return done.map((one) => ('refused' in one ? one : shownMedia(one.item, one.fields)));
  });
  api('POST /api/import', ({ request }) => wordOf(request.parts() as AsyncIterable<UploadPart>, tools.readWord));
}

/** The one file of a form. */
async function wordOf(parts: AsyncIterable<UploadPart>, readWord: DeskOptions['readWord']): Promise<WordText> {
  for await (const part of parts) if (part.type === 'file') return readWord(part.file, part.filename ?? '');
  throw new ChengmenError('invalid-input', { where: 'file', problem: '没有文件 (no file)' });
}

function shownMedia(
  item: ItemId,
  { title, alt, type, size }: FieldsOf<'media'>,
): Pick<FieldsOf<'media'>, 'title' | 'alt' | 'type' | 'size'> & { item: ItemId } {
  return { item, title, alt, type, size };
}

/** Fields of the kind, where what was typed can be read as such; else it is kept as it was typed alone. */
function readable(kind: Kind, values: Form): { fields?: Record<string, unknown> } {
  try {
    return { fields: fieldsOf(kind, values).fields };
  } catch (error) {
    if (error instanceof ChengmenError) return {};
    throw error;
  }
}

function instantOf(at: number): string {
  const instant = new Date(at);
  return Number.isNaN(instant.getTime()) ? new Date(0).toISOString() : instant.toISOString();
}
