import { mediaList, mediaUses, replacedMedia, type ListedMedia } from '@chengmen/content';
import type { SignedIn } from '@chengmen/identity';
import type { Ledger } from '@chengmen/ledger';
import {
  ChengmenError,
  explainError,
  isPictureType,
  may,
  writePermission,
  type Actor,
  type FieldsOf,
  type ItemId,
  type SiteId,
} from '@chengmen/model';
import { allowedOn, newestRevisions, titleIn, type Revision, type Revisions } from '@chengmen/revision';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { list, problemOf, text, type Choice, type DeskTools, type Params, type Problem } from './desk-forms.ts';
import { wordForms } from './item-query.ts';
import { chooseReplacementPage, replacedPage, replacePage, type Replaced, type ReplaceRow } from './pages/replace.ts';
import type { UnsentFile } from './pages/editor.ts';
import { takeUploads, type TakeUploads, type UploadPart } from './take-uploads.ts';

export interface ReplaceRoutes extends Pick<DeskTools, 'api' | 'who' | 'post' | 'show' | 'need' | 'checkToken'> {
  readonly ledger: Ledger;
  readonly revisions: Revisions;
  readonly site: SiteId;
  readonly writable: (actor: Actor) => Promise<readonly Choice[]>;
  readonly takeFile: TakeUploads['takeFile'];
  /** Sends the actor's own drafts of pictures and files that a text names to review. */
  readonly submitMedia: (actor: Actor, fields: string) => Promise<readonly UnsentFile[]>;
}

type MediaRevision = Omit<Revision, 'reviews'> & { readonly fields: FieldsOf<'media'> };

const choicesAtOnce = 12;

/**
 * One picture or file in the place of another, in all that shows it: a revision of each, which passes its reviews like any
 * other. Nothing that is live changes here, and the old one stays until nothing shows it.
 */
export function replaceRoutes(app: FastifyInstance, tools: ReplaceRoutes): void {
  const { who, post, show, need, ledger, revisions, site } = tools;
  const { db } = ledger;
  const mediaOf = async (item: ItemId): Promise<MediaRevision> => {
    const newest = (await newestRevisions(db, site, [item])).get(item);
    if (newest?.kind !== 'media') throw new ChengmenError('not-found', { what: '图片附件 (media)', id: item });
    return { ...newest, fields: newest.fields as FieldsOf<'media'> };
  };
  /** Everything that shows it, as it was written last. */
  const rowsFor = async (actor: Actor, old: MediaRevision, by: MediaRevision): Promise<ReplaceRow[]> => {
    const uses = await mediaUses(db, site, [old.item]);
    const newest = await newestRevisions(
      db,
      site,
      uses.map(({ item }) => item),
    );
    const rows: ReplaceRow[] = [];
    for (const { item, as, revision } of uses) {
      const written = newest.get(item);
      if (!written) continue;
      const allowed = await allowedOn({ tx: db, site }, revisions.hooks, actor, written);
      rows.push({
        ...{ item, as, kind: written.kind, title: titleIn(written.fields, item), newest: written },
        onAir: written.revision === revision && as === 'live',
        own: written.author === actor.account,
        stands: replacedMedia(written.fields, swap(old, by)) !== undefined,
        allowed: allowed(writePermission(written.kind)),
      });
    }
    return rows;
  };
  const showChoice = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    { old, words, problem, status }: { old: MediaRevision; words: string; problem?: Problem; status?: number },
  ): Promise<FastifyReply> => {
    const { actor } = signedIn;
    const what = isPictureType(old.fields.type) ? 'picture' : 'file';
    const found = await mediaList(db, site, { words: wordForms(words), what, limit: choicesAtOnce + 1 });
    const choices = found.media.filter((one) => one.item !== old.item && fits(old, one)).slice(0, choicesAtOnce);
    const uses = await mediaUses(db, site, [old.item]);
    const owners = await tools.writable(actor);
    const state = { old, words, choices, uses, owners, whole: may(actor, 'item.write'), problem };
    return show(reply, signedIn, (page) => chooseReplacementPage(page, state), status);
  };

  app.get<Params<'item'>>('/media/:item/replace', async (request, reply) => {
    const signedIn = await who(request);
    need(signedIn.actor, 'item.write');
    const chosen = text(request.query, 'by');
    if (chosen === '') {
      const old = await mediaOf(request.params.item);
      return showChoice(reply, signedIn, { old, words: text(request.query, 'words').slice(0, 200) });
    }
    const { old, by } = await pairOf(request.params.item, chosen);
    const rows = await rowsFor(signedIn.actor, old, by);
    return show(reply, signedIn, (page) => replacePage(page, { old, by, rows }));
  });
  app.post<Params<'item'>>('/media/:item/replacement', async (request, reply) => {
    const signedIn = await who(request);
    const { actor } = signedIn;
    need(actor, 'item.write');
    const old = await mediaOf(request.params.item);
    const [one] = await takeUploads(request.parts() as AsyncIterable<UploadPart>, {
      check: (token) => {
        tools.checkToken(signedIn, token);
      },
      takeFile: tools.takeFile,
      save: async (fields) => ledger.execute(revisions.saveDraft, actor, { kind: 'media', fields }),
    });
    if (one && !('refused' in one)) return reply.redirect(`/media/${old.item}/replace?by=${one.item}`, 303);
    const refused = one?.refused ?? explainError(noFile());
    return showChoice(reply, signedIn, { old, words: '', problem: problemOf(refused), status: refused.status });
  });
  app.post<Params<'item'>>('/media/:item/replace', (request, reply) =>
    post(request, reply, async (signedIn, form) => {
      const { actor } = signedIn;
      need(actor, 'item.write');
      const { old, by } = await pairOf(request.params.item, text(form, 'by'));
      const submit = text(form, 'action') === 'submit';
      const { done, unsent } = await replaceAll(actor, { old, by, picks: list(form, 'pick'), submit });
      const left = (await mediaUses(db, site, [old.item])).filter(({ as }) => as !== 'draft');
      const status = done.some(({ refused }) => refused) ? 409 : 200;
      return show(reply, signedIn, (page) => replacedPage(page, { old, by, done, submit, unsent, left }), status);
    }),
  );

  const replaceAll = async (
    actor: Actor,
    { old, by, picks, submit }: { old: MediaRevision; by: MediaRevision; picks: readonly string[]; submit: boolean },
  ): Promise<{ readonly done: readonly Replaced[]; readonly unsent: readonly UnsentFile[] }> => {
    const done: Replaced[] = [];
    for (const pick of picks) done.push(await replaceIn(actor, pick, swap(old, by), submit));
    const sent = submit && done.some((one) => one.refused === undefined);
    return { done, unsent: sent ? await tools.submitMedia(actor, `media:${by.item}`) : [] };
  };
  const pairOf = async (item: ItemId, other: ItemId): Promise<{ old: MediaRevision; by: MediaRevision }> => {
    const [old, by] = [await mediaOf(item), await mediaOf(other)];
    checkFits(old, by);
    return { old, by };
  };
  tools.api('GET /api/media/:item/replace', async ({ signedIn, params, query }) => {
    const { old, by } = await pairOf(params.item, query.by);
    return (await rowsFor(signedIn.actor, old, by)).map(({ item, kind, title, as, newest, stands, allowed }) => ({
      ...{ item, kind, title, as, revision: newest.revision, stands, allowed },
    }));
  });
  tools.api(
    'POST /api/media/:item/replace',
    async ({ signedIn, params, body: { by: other, revisions: picks, submit } }) => {
      const { done, unsent } = await replaceAll(signedIn.actor, {
        ...(await pairOf(params.item, other)),
        picks,
        submit,
      });
      return { done, unsent: unsent.map(({ title, refused }) => ({ title, refused: explainError(refused) })) };
    },
  );

  /** Each by its own commands, which ask everything again; one that is refused holds up no other. */
  const replaceIn = async (
    actor: Actor,
    base: string,
    replacement: Parameters<typeof replacedMedia>[1],
    submit: boolean,
  ): Promise<Replaced> => {
    const item = base.replace(/\.\d+$/, '');
    const newest = (await newestRevisions(db, site, [item])).get(item);
    const title = newest ? titleIn(newest.fields, item) : item;
    let revision: string | undefined;
    try {
      if (!newest) throw new ChengmenError('not-found', { what: '条目 (item)', id: item });
      const fields = replacedMedia(newest.fields, replacement);
      if (!fields) throw new ChengmenError('wrong-state', { what: title, state: '已经不用它 (does not show it)' });
      const saved = await ledger.execute(revisions.saveDraft, actor, { item, kind: newest.kind, fields, base });
      revision = saved.revision;
      if (submit) await ledger.execute(revisions.submitRevision, actor, { revision, hash: saved.hash });
      return { item, title, revision };
    } catch (error) {
      if (!(error instanceof ChengmenError)) throw error;
      return { item, title, revision, refused: explainError(error) };
    }
  };
}

const swap = (old: MediaRevision, by: MediaRevision): Parameters<typeof replacedMedia>[1] => ({
  from: old.item,
  to: by.item,
  alt: by.fields.alt,
});

/** A picture for a picture, a film for a film: where one stands the other can. */
function fits(old: MediaRevision, { item, fields }: Pick<ListedMedia, 'item' | 'fields'>): boolean {
  return item !== old.item && classOf(fields.type) === classOf(old.fields.type);
}

const classOf = (type: string): string =>
  type === 'text/vtt' ? type : (/^(?:image|video|audio)\//.exec(type)?.[0] ?? 'file');

function checkFits(old: MediaRevision, by: MediaRevision): void {
  if (!fits(old, by))
    throw new ChengmenError('invalid-input', {
      where: by.item,
      problem: '换不了：不是同一类，或就是它自己 (of another kind, or the same)',
    });
  if (isPictureType(by.fields.type) && by.fields.alt.trim() === '')
    throw new ChengmenError('picture-without-words', { name: by.fields.name ?? by.fields.title, item: by.item });
}

function noFile(): ChengmenError {
  return new ChengmenError('invalid-input', { where: '文件', problem: '没有选文件 (no file)' });
}
