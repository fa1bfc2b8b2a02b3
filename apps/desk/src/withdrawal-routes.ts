import type { SignedIn } from '@chengmen/identity';
import { ChengmenError, type ItemId } from '@chengmen/model';
import type { Revision, Revisions } from '@chengmen/revision';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { instantOf, problemIn, text, type DeskTools, type Params, type Refused } from './desk-forms.ts';
import type { ItemView } from './pages/item.ts';
import { withdrawalPage, type WithdrawalState } from './pages/withdrawal.ts';
import type { Removal } from './removals.ts';

export interface WithdrawalRoutes extends Pick<DeskTools, 'api' | 'who' | 'post' | 'show' | 'run' | 'back'> {
  readonly revisions: Revisions;
  /** What would go. Rejects with what would hold a withdrawal back. */
  readonly removal: (item: ItemId) => Promise<Removal>;
  /** Resolves when everything approved so far is live. */
  readonly settle: () => Promise<void>;
  readonly viewOf: (signedIn: SignedIn, item: string, chosen: string | undefined) => Promise<ItemView>;
}

/** Taking an item from public view: what goes from where is shown before the reason is asked for. */
export function withdrawalRoutes(app: FastifyInstance, tools: WithdrawalRoutes): void {
  const { revisions, removal, who, post, show } = tools;
  /** What would be withdrawn; refused to whoever may not where it stands. */
  const mayWithdraw = async (signedIn: SignedIn, item: ItemId): Promise<Revision> => {
    const { shown, allowed } = await tools.viewOf(signedIn, item, undefined);
    if (!allowed('item.withdraw'))
      throw new ChengmenError('permission-denied', { actor: signedIn.actor.name, permission: 'item.withdraw' });
    return shown;
  };
  const showWithdrawal = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    item: ItemId,
    { typed, problem, status }: Partial<Pick<WithdrawalState, 'typed' | 'problem'>> & { status?: number } = {},
  ): Promise<FastifyReply> => {
    const shown = await mayWithdraw(signedIn, item);
    const planned = await removal(item).catch(problemIn);
    const state = { shown, removal: planned, typed: typed ?? { reason: '', at: '' }, problem };
    return show(reply, signedIn, (page) => withdrawalPage(page, state), status);
  };

  app.get<Params<'item'>>('/items/:item/withdraw', async (request, reply) =>
    showWithdrawal(reply, await who(request), request.params.item),
  );
  tools.api('GET /api/items/:item/removal', async ({ signedIn, params: { item } }) => {
    await mayWithdraw(signedIn, item);
    return removal(item);
  });
  app.post<Params<'item'>>('/items/:item/withdraw', (request, reply) =>
    post(request, reply, (signedIn, form) => {
      const { item } = request.params;
      const [reason, at] = [text(form, 'reason'), instantOf(form)];
      const refused: Refused = (problem, status) =>
        showWithdrawal(reply, signedIn, item, { typed: { reason, at: text(form, 'at') }, problem, status });
      const done = (notice: string): Promise<FastifyReply> => tools.back(reply, signedIn, `/items/${item}`, notice);
      if (at !== undefined)
        return tools.run(
          signedIn,
          revisions.scheduleWithdrawal,
          { item, reason, at },
          { done: () => done('已定时撤回。'), refused },
        );
      return tools.run(
        signedIn,
        revisions.withdrawItem,
        { item, reason },
        {
          done: async () => {
            // It is withdrawn whatever the press meets; the page of the item says how far that has come.
            await tools.settle().catch(() => undefined);
            return done('已撤回。');
          },
          refused,
        },
      );
    }),
  );
}
