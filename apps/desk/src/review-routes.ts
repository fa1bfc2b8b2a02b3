import { createWorkingDays } from '@chengmen/calendar';
import { channelsWithin, type LiveChannel } from '@chengmen/content';
import type { SignedIn } from '@chengmen/identity';
import type { Command, Ledger } from '@chengmen/ledger';
import { ChengmenError, type Actor, type SiteId } from '@chengmen/model';
import {
  emergencies,
  openComments,
  placeOfQuote,
  previewsSeenBy,
  reviewTimes,
  revisionById,
  waitingFor,
  type ReviewTimes,
  type Revisions,
  type Waiting,
} from '@chengmen/revision';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { itemOf, list, problemIn, text, type DeskTools, type Form, type Params, type Show } from './desk-forms.ts';
import { filtered, inboxQuery, withDeadlines, type Due, type DueAt, type InboxQuery } from './inbox-query.ts';
import { inboxPage, type InboxRow } from './pages/inbox.ts';
import { wordsOf } from './remarks.ts';

export interface ReviewRoutes extends Pick<DeskTools, 'api' | 'who' | 'post' | 'back'> {
  readonly ledger: Ledger;
  readonly revisions: Revisions;
  readonly site: SiteId;
  readonly clock: () => Date;
  readonly channels: () => Promise<readonly LiveChannel[]>;
  /** By what is approved on another site. */
  readonly officeOf?: (site: SiteId) => Promise<Pick<ReviewRoutes, 'ledger' | 'revisions'>>;
  readonly showWith: (
    reply: FastifyReply,
    signedIn: SignedIn,
    page: Show,
    more: { readonly status?: number; readonly waiting?: number },
  ) => Promise<FastifyReply>;
  readonly onItem: <I, R>(
    reply: FastifyReply,
    signedIn: SignedIn,
    at: { item: string; revision?: string },
    command: Command<I, R>,
    input: unknown,
    done: string,
  ) => Promise<FastifyReply>;
}

/** As many may be approved in one go. */
const mostAtOnce = 100;

/** The inbox with its deadlines, several approvals at once, remarks on passages. */
export function reviewRoutes(app: FastifyInstance, tools: ReviewRoutes): void {
  const { ledger, revisions, site, clock, who, post, back, onItem } = tools;
  const { db } = ledger;
  const days = createWorkingDays();

  const due = async (at: SiteId, waiting: readonly Waiting[], times: ReviewTimes): Promise<Due[]> =>
    withDeadlines(waiting, {
      ...{ days, times, now: clock() },
      emergencies: waiting.some(({ state }) => state === 'emergency') ? await emergencies(db, at) : [],
    });
  const dueFor = async (actor: Actor): Promise<DueAt[]> => {
    const waiting = await waitingFor(db, actor, revisions.hooks);
    const all = waiting.length === 0 ? [] : await due(actor.site, waiting, await reviewTimes(db, actor.site));
    return all.map((one) => ({ ...one, site: actor.site }));
  };
  /** What is known of those of one site beside. */
  const rowsOf = async ({ account }: Actor, at: SiteId, waiting: readonly DueAt[]): Promise<InboxRow[]> => {
    const items = waiting.map(({ item }) => item);
    const [seen, remarks] = [await previewsSeenBy(db, at, account, items), await openComments(db, at, items)];
    return waiting.map((one) => ({
      ...{ ...one, own: at === site, reached: at === site || tools.officeOf !== undefined },
      ...{ seen: seen.has(one.revision), remarks: remarks.get(one.item) ?? 0 },
    }));
  };
  /** What was asked for, of all sites somebody works on, oldest first; and how much waits in all. */
  const everywhere = async (
    actors: readonly Actor[],
    query: InboxQuery,
    channels: readonly LiveChannel[],
  ): Promise<{ shown: DueAt[]; all: number }> => {
    let all = 0;
    const shown: DueAt[] = [];
    for (const one of actors) {
      const found = await dueFor(one);
      all += found.length;
      // Channels to choose are this site's; another's may have the same ids.
      const asked = (query.site === '' || query.site === one.site) && (query.channel === '' || one.site === site);
      if (asked) shown.push(...filtered(found, query, (channel) => channelsWithin(channels, channel)));
    }
    return { shown: shown.sort(oldestFirst), all };
  };
  const showInbox = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    query: InboxQuery,
    problem?: { zh: string; en: string },
  ): Promise<FastifyReply> => {
    const { actor, elsewhere } = signedIn;
    const [times, channels] = [await reviewTimes(db, site), await tools.channels()];
    const { shown, all } = await everywhere([actor, ...elsewhere], query, channels);
    const waiting: InboxRow[] = [];
    for (const [at, own] of Map.groupBy(shown, (one) => one.site)) waiting.push(...(await rowsOf(actor, at, own)));
    waiting.sort(oldestFirst);
    const state = { waiting, all, query, problem, channels, times };
    const status = problem ? 409 : 200;
    return tools.showWith(reply, signedIn, (page) => inboxPage(page, state), { waiting: all, status });
  };

  app.get<Params<never>>('/', async (request, reply) =>
    showInbox(reply, await who(request), inboxQuery(request.query)),
  );
  tools.api('GET /api/inbox', async ({ signedIn: { actor, elsewhere }, query: asked }) => {
    const query = inboxQuery(asked);
    const channels = query.channel === '' ? [] : await tools.channels();
    return (await everywhere([actor, ...elsewhere], query, channels)).shown;
  });
  app.post('/inbox/approve', (request, reply) =>
    post(request, reply, async (signedIn, form) => {
      const { approved, refused } = await approveAll(tools, signedIn, list(form, 'pick').slice(0, mostAtOnce));
      const done = `已通过 ${approved} 件。`;
      if (refused.length === 0) return back(reply, signedIn, '/', done);
      const problem = {
        zh: `${done}${refused.map(({ zh }) => zh).join('')}`,
        en: refused.map(({ en }) => en).join(' '),
      };
      return showInbox(reply, signedIn, inboxQuery({}), problem);
    }),
  );
  app.post('/review-times', (request, reply) =>
    post(request, reply, async (signedIn, form) => {
      const [first, second, final, rewrite] = (['first', 'second', 'final', 'rewrite'] as const).map((name) =>
        Number(text(form, name)),
      );
      await ledger.execute(revisions.changeReviewTimes, signedIn.actor, { first, second, final, rewrite });
      return back(reply, signedIn, '/', '期限已改。');
    }),
  );
  app.post<Params<'revision'>>('/revisions/:revision/remark', (request, reply) =>
    post(request, reply, async (signedIn, form) => {
      const { revision } = request.params;
      const at = { item: itemOf(revision), revision };
      const input = { revision, hash: text(form, 'hash'), ...(await passage(tools, revision, form)) };
      return onItem(reply, signedIn, at, revisions.commentPassage, input, '已加批注。');
    }),
  );
  app.post<Params<'id'>>('/remarks/:id/resolve', (request, reply) =>
    post(request, reply, (signedIn, form) => {
      const revision = text(form, 'revision');
      const input = { comment: Number(request.params.id), answer: text(form, 'answer') };
      const at = { item: itemOf(revision), revision };
      return onItem(reply, signedIn, at, revisions.resolveComment, input, '批注已处理。');
    }),
  );
}

const oldestFirst = (one: Waiting, other: Waiting): number =>
  one.since < other.since ? -1 : one.since > other.since ? 1 : 0;

/** Each by its own command, on its own site, which asks everything again; one that is refused holds up no other. */
async function approveAll(
  tools: ReviewRoutes,
  { actor, elsewhere }: SignedIn,
  picks: readonly string[],
): Promise<{ approved: number; refused: { zh: string; en: string }[] }> {
  const refused: { zh: string; en: string }[] = [];
  let approved = 0;
  for (const pick of picks) {
    const [at, revision, hash, stage] = pick.split(' ');
    const input = { revision, hash, stage, decision: 'approve', batch: true };
    try {
      const by = [actor, ...elsewhere].find((one) => one.site === at);
      const office = at === tools.site ? tools : await tools.officeOf?.(at ?? '');
      if (!by || !office) throw new ChengmenError('not-found', { what: '网站 (site)', id: at ?? '' });
      const { ledger, revisions } = office;
      await ledger.execute(revisions.reviewRevision, by, input);
      approved++;
    } catch (error) {
      refused.push(problemIn(error));
    }
  }
  return { approved, refused };
}

/** The passage of a form, found in the revision's words: where it was chosen, or where it stands first. Throws `invalid-input`. */
async function passage(
  { ledger, site }: ReviewRoutes,
  revision: string,
  form: Form,
): Promise<{ field: string; quote: string; place: number; remark: string }> {
  const shown = await revisionById(ledger.db, site, revision);
  const [field, quote, remark] = [text(form, 'field'), text(form, 'quote').trim(), text(form, 'remark')];
  const words = shown && wordsOf(shown).get(field);
  const place =
    words && quote !== '' ? placeOfQuote(words, { quote, place: Number(text(form, 'place')) || 0 }) : undefined;
  if (place === undefined)
    throw new ChengmenError('invalid-input', { where: 'quote', problem: '文中没有这些字 (these words are not there)' });
  return { field, quote, place, remark };
}
