import type { SignedIn } from '@chengmen/identity';
import type { Ledger } from '@chengmen/ledger';
import { ChengmenError, explainError, type Actor, type ItemId, type Permission } from '@chengmen/model';
import type { Revisions } from '@chengmen/revision';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { instantOf, problemOf, text, type DeskTools, type Params } from './desk-forms.ts';
import type { ItemView } from './pages/item.ts';
import { withdrawalPage, type WithdrawalState } from './pages/withdrawal.ts';
import type { Removal } from './removals.ts';

export interface WithdrawalRoutes extends Pick<DeskTools, 'who' | 'post' | 'show'> {
  readonly ledger: Ledger;
  readonly revisions: Revisions;
  /** What would go. Rejects with what would hold a withdrawal back. */
  readonly removal: (item: ItemId) => Promise<Removal>;
  /** Resolves when everything approved so far is live. */
  readonly settle: () => Promise<void>;
  readonly need: (actor: Actor, permission: Permission) => void;
  readonly viewOf: (signedIn: SignedIn, item: string, chosen: string | undefined) => Promise<ItemView>;
  readonly back: (reply: FastifyReply, signedIn: SignedIn, path: string, done: string) => Promise<FastifyReply>;
}

/** Taking an item from public view: what goes from where is shown before the reason is asked for. */
export function withdrawalRoutes(app: FastifyInstance, tools: WithdrawalRoutes): void {
  const { ledger, revisions, removal, who, post, show, need } = tools;
  const showWithdrawal = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    item: ItemId,
    { typed, problem, status }: Partial<Pick<WithdrawalState, 'typed' | 'problem'>> & { status?: number } = {},
  ): Promise<FastifyReply> => {
    const { shown, allowed } = await tools.viewOf(signedIn, item, undefined);
    if (!allowed('item.withdraw'))
      throw new ChengmenError('permission-denied', { actor: signedIn.actor.name, permission: 'item.withdraw' });
    const planned = await removal(item).catch(told);
    const state = { shown, removal: planned, typed: typed ?? { reason: '', at: '' }, problem };
    return show(reply, signedIn, (page) => withdrawalPage(page, state), status);
  };

  app.get<Params<'item'>>('/items/:item/withdraw', async (request, reply) =>
    showWithdrawal(reply, await who(request), request.params.item),
  );
  app.get<Params<'item'>>('/api/items/:item/removal', async (request) => {
    need((await who(request)).actor, 'item.withdraw');
    return removal(request.params.item);
  });
  app.post<Params<'item'>>('/items/:item/withdraw', (request, reply) =>
    post(request, reply, async (signedIn, form) => {
      const { item } = request.params;
      const [reason, at] = [text(form, 'reason'), instantOf(form)];
      const { withdrawItem, scheduleWithdrawal } = revisions;
      try {
        if (at === undefined) await ledger.execute(withdrawItem, signedIn.actor, { item, reason });
        else await ledger.execute(scheduleWithdrawal, signedIn.actor, { item, reason, at });
      } catch (error) {
        const problem = told(error);
        const { status } = explainError(error as ChengmenError);
        return showWithdrawal(reply, signedIn, item, { typed: { reason, at: text(form, 'at') }, problem, status });
      }
      // It is withdrawn whatever the press meets; the page of the item says how far that has come.
      if (at === undefined) await tools.settle().catch(() => undefined);
      return tools.back(reply, signedIn, `/items/${item}`, at === undefined ? '已撤回。' : '已定时撤回。');
    }),
  );
}

/** A refusal in words; whatever else it was goes on. */
function told(error: unknown): { zh: string; en: string } {
  if (!(error instanceof ChengmenError)) throw error;
  return problemOf(explainError(error));
}
