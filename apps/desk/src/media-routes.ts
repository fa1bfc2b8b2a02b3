import { mediaList, mediaUses } from '@chengmen/content';
import type { Ledger } from '@chengmen/ledger';
import {
  ChengmenError,
  explainError,
  isPlayedType,
  may,
  type Actor,
  type FieldsOf,
  type SiteId,
} from '@chengmen/model';
import { newestRevisions, type Revisions } from '@chengmen/revision';
import type { SignedIn } from '@chengmen/identity';
import type { FastifyInstance, FastifyReply } from 'fastify';
import {
  list,
  problemIn,
  problemOf,
  text,
  type Choice,
  type DeskTools,
  type Form,
  type Params,
  type Problem,
} from './desk-forms.ts';
import { ownPath } from './desk-request.ts';
import { wordForms } from './item-query.ts';
import { mediaKinds, mediaPage, type MediaQuery, type MediaState } from './pages/media.ts';

export interface MediaRoutes extends Pick<DeskTools, 'who' | 'post' | 'show' | 'allowScript' | 'need' | 'back'> {
  readonly ledger: Ledger;
  readonly revisions: Revisions;
  readonly site: SiteId;
  readonly writable: (actor: Actor) => Promise<readonly Choice[]>;
}

const mediaAtOnce = 24;

/** The media library: what was handed in, its words, and where it is used. */
export function mediaRoutes(app: FastifyInstance, tools: MediaRoutes): void {
  const { who, post, show, ledger, revisions, site, need } = tools;
  const { db } = ledger;
  const showMedia = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    query: MediaQuery,
    { status = 200, ...more }: Pick<MediaState, 'problem' | 'typed'> & { status?: number } = {},
  ): Promise<FastifyReply> => {
    const { actor } = signedIn;
    need(actor, 'item.read-unpublished');
    const unsent = query.what === 'own' ? { unsentBy: actor.account } : {};
    const listed = await mediaList(db, site, { ...filterOf(query), ...unsent });
    const uses = await mediaUses(
      db,
      site,
      listed.media.map(({ item }) => item),
    );
    const nonce = tools.allowScript(reply);
    const state = { ...listed, uses, query, nonce, owners: await tools.writable(actor), ...more };
    return show(reply, signedIn, (page) => mediaPage(page, { ...state, site: may(actor, 'item.write') }), status);
  };
  app.get<{ Querystring: Form }>('/media', async (request, reply) =>
    showMedia(reply, await who(request), mediaQuery(request.query)),
  );
  app.post('/media/submit', (request, reply) =>
    post(request, reply, async (signedIn, form) => {
      need(signedIn.actor, 'item.write');
      const path = ownPath(text(form, 'back'));
      const told: Problem[] = [];
      let sent = 0;
      for (const pick of list(form, 'pick')) {
        const [revision, hash] = pick.split(' ');
        try {
          await ledger.execute(revisions.submitRevision, signedIn.actor, { revision, hash });
          sent++;
        } catch (error) {
          told.push(problemIn(error));
        }
      }
      const done = `已送审 ${sent} 个。`;
      if (told.length === 0) return tools.back(reply, signedIn, path, done);
      const problem = { zh: `${done}${told.map(({ zh }) => zh).join('')}`, en: told.map(({ en }) => en).join(' ') };
      const query = Object.fromEntries(new URL(path, 'http://desk.invalid').searchParams);
      return showMedia(reply, signedIn, mediaQuery(query), { problem, status: 409 });
    }),
  );
  app.post<Params<'item'>>('/media/:item/words', (request, reply) =>
    post(request, reply, async (signedIn, form) => {
      const { item } = request.params;
      const path = ownPath(text(form, 'back'));
      try {
        const newest = (await newestRevisions(db, site, [item])).get(item);
        if (newest?.kind !== 'media') throw new ChengmenError('not-found', { what: '图片 (picture)', id: item });
        const fields = withWords(newest.fields as FieldsOf<'media'>, form);
        const input = { item, kind: 'media', fields, base: text(form, 'base') };
        const { revision, hash } = await ledger.execute(revisions.saveDraft, signedIn.actor, input);
        const submit = text(form, 'action') === 'submit';
        if (submit) await ledger.execute(revisions.submitRevision, signedIn.actor, { revision, hash });
        return await tools.back(reply, signedIn, path, submit ? '说明已存，已送审。' : '说明已存。');
      } catch (error) {
        if (!(error instanceof ChengmenError)) throw error;
        const told = explainError(error);
        const query = Object.fromEntries(new URL(path, 'http://desk.invalid').searchParams);
        const typed = {
          item,
          alt: text(form, 'alt'),
          captions: text(form, 'captions'),
          transcript: text(form, 'transcript'),
        };
        const refused = { problem: problemOf(told), typed, status: told.status };
        return showMedia(reply, signedIn, mediaQuery(query), refused);
      }
    }),
  );
}

/** Of a picture what it shows; of a film or a recording its captions and what is said in it. */
function withWords(before: FieldsOf<'media'>, form: Form): FieldsOf<'media'> {
  if (!isPlayedType(before.type)) return { ...before, alt: text(form, 'alt') };
  const [captions, transcript] = [text(form, 'captions').trim(), text(form, 'transcript').trim()];
  const rest = Object.fromEntries(
    Object.entries(before).filter(([name]) => name !== 'captions' && name !== 'transcript'),
  );
  return {
    ...(rest as FieldsOf<'media'>),
    ...(captions === '' ? {} : { captions }),
    ...(transcript === '' ? {} : { transcript }),
  };
}

function mediaQuery(form: Form): MediaQuery {
  const one = (name: string): string => text(form, name).replaceAll('\0', '').trim().slice(0, 200);
  return { words: one('words'), what: Object.hasOwn(mediaKinds, one('what')) ? one('what') : '', after: one('after') };
}

function filterOf({ words, what, after }: MediaQuery): Parameters<typeof mediaList>[2] {
  return {
    ...{ words: wordForms(words), after, limit: mediaAtOnce },
    ...(what === '' || what === 'own' ? {} : { what: what as 'picture' | 'file' | 'wordless' }),
  };
}
