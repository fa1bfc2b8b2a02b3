import { holds as allHolds, holdState, type Hold, type Holds } from '@chengmen/content';
import type { SignedIn } from '@chengmen/identity';
import type { Command, Ledger } from '@chengmen/ledger';
import { ChengmenError, explainError, may, type SiteId } from '@chengmen/model';
import { newestRevisions, titleIn } from '@chengmen/revision';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { problemOf, text, type DeskTools, type Form, type Params, type Problem } from './desk-forms.ts';
import type { ListedRelease, LookBack } from './look-back.ts';
import { holdPage, lookBackPage, releasesPage } from './pages/releases.ts';
import { namedIn, type PressView } from './press-view.ts';

export interface ReleaseRoutes extends Pick<
  DeskTools,
  'api' | 'who' | 'post' | 'show' | 'allowScript' | 'need' | 'run' | 'back'
> {
  readonly ledger: Ledger;
  readonly site: SiteId;
  readonly holds: Holds;
  /** The newest releases, newest first; so many at most where it is said. */
  readonly releases: (most?: number) => Promise<readonly ListedRelease[]>;
  /** What an earlier release has otherwise than the one that serves; undefined where there is none of this number. */
  readonly lookBack: (release: number) => Promise<LookBack | undefined>;
  /** What the press is at now. */
  readonly pressView: () => PressView;
  /** Resolves when what was committed so far is in force. */
  readonly settle: () => Promise<void>;
}

/** Releases, going back to one of them, staying there, and going on: asked for by one person, confirmed by another. */
export function releaseRoutes(app: FastifyInstance, tools: ReleaseRoutes): void {
  const { ledger, site, holds, who, post, show, run, back } = tools;
  const { db } = ledger;
  const reader = ({ actor }: SignedIn): void => {
    tools.need(actor, 'item.read-unpublished');
  };
  /** What somebody who may go back looks at: the difference is read from the store, which nobody else need wait for. */
  const mayGoBack = ({ actor }: SignedIn): void => {
    if (!may(actor, 'release.roll-back'))
      throw new ChengmenError('permission-denied', { actor: actor.name, permission: 'release.roll-back' });
  };
  const showAll = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    problem?: Problem,
    status?: number,
  ): Promise<FastifyReply> => {
    reader(signedIn);
    const press = tools.pressView();
    const causes = [press.now, press.beside, ...press.made].flatMap((one) => one?.causes ?? []);
    const named = await newestRevisions(db, site, namedIn(causes));
    const names = new Map([...named].map(([id, { fields }]) => [id, titleIn(fields, id)]));
    const nonce = tools.allowScript(reply);
    const state = { releases: await tools.releases(), holds: await allHolds(db, site), press, names, nonce, problem };
    return show(reply, signedIn, (page) => releasesPage(page, state), status);
  };
  const lookAt = async (release: number): Promise<LookBack> => {
    const look = Number.isSafeInteger(release) ? await tools.lookBack(release) : undefined;
    if (!look) throw new ChengmenError('not-found', { what: '发布版 (release)', id: String(release) });
    return look;
  };
  const showBack = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    release: number,
    { reason = '', problem, status }: { reason?: string; problem?: Problem; status?: number } = {},
  ): Promise<FastifyReply> => {
    mayGoBack(signedIn);
    const look = await lookAt(release);
    return show(reply, signedIn, (page) => lookBackPage(page, { look, reason, problem }), status);
  };
  const holdOf = async (id: number): Promise<Hold> => {
    const hold = (await allHolds(db, site)).find((one) => one.id === id);
    if (!hold) throw new ChengmenError('not-found', { what: '封存 (hold)', id: String(id) });
    return hold;
  };
  const showHold = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    id: number,
    { reason = '', problem, status }: { reason?: string; problem?: Problem; status?: number } = {},
  ): Promise<FastifyReply> => {
    mayGoBack(signedIn);
    const hold = await holdOf(id);
    let look: LookBack | undefined;
    let lost: Problem | undefined;
    try {
      look = hold.state === 'asked' ? await lookAt(hold.release) : undefined;
    } catch (error) {
      // The request can still fall.
      if (!(error instanceof ChengmenError) || error.code !== 'release-incomplete') throw error;
      lost = problemOf(explainError(error));
    }
    const state = { hold, look, reason, problem: problem ?? lost };
    return show(reply, signedIn, (page) => holdPage(page, state), status);
  };
  /** A form on a hold's page; afterwards what follows from it is in force, and the list of releases shows it. */
  const onHold = (
    path: string,
    command: Command<never, unknown>,
    inputOf: (hold: number, form: Form) => object,
    done: string,
  ): void => {
    app.post<Params<'hold'>>(`/holds/:hold${path}`, (request, reply) =>
      post(request, reply, (signedIn, form) => {
        const hold = Number(request.params.hold);
        return run(signedIn, command as Command<unknown, unknown>, inputOf(hold, form), {
          done: async () => {
            // Decided is decided, whatever the press meets: the page says how far that has come.
            await tools.settle().catch(() => undefined);
            return back(reply, signedIn, '/releases', done);
          },
          refused: (problem, status) =>
            showHold(reply, signedIn, hold, { reason: text(form, 'reason'), problem, status }),
        });
      }),
    );
  };

  tools.api('GET /api/press', async () => {
    const { held, waiting } = await holdState(db, site);
    const [newest] = await tools.releases(1);
    return { ...tools.pressView(), release: newest?.number ?? 0, held: held?.release ?? null, waiting };
  });
  app.get('/releases', async (request, reply) => showAll(reply, await who(request)));
  tools.api('GET /api/holds', async () => ({ ...(await holdState(db, site)), all: await allHolds(db, site) }));
  app.get<Params<'release'>>('/releases/:release/back', async (request, reply) =>
    showBack(reply, await who(request), Number(request.params.release)),
  );
  tools.api('GET /api/releases/:release/back', ({ params }) => lookAt(Number(params.release)));
  app.post<Params<'release'>>('/releases/:release/back', (request, reply) =>
    post(request, reply, (signedIn, form) => {
      const [release, reason] = [Number(request.params.release), text(form, 'reason')];
      return run(
        signedIn,
        holds.askRollBack,
        { release, reason },
        {
          done: () => back(reply, signedIn, '/releases', '已提出，待另一人确认；现在什么也还没有变。'),
          refused: (problem, status) => showBack(reply, signedIn, release, { reason, problem, status }),
        },
      );
    }),
  );
  app.get<Params<'hold'>>('/holds/:hold', async (request, reply) =>
    showHold(reply, await who(request), Number(request.params.hold)),
  );
  onHold('/confirm', holds.confirmRollBack as never, (hold) => ({ hold }), '已确认，网站已封存。');
  onHold('/drop', holds.dropHoldRequest as never, (hold) => ({ hold, what: 'roll-back' }), '已撤销，什么也没有变。');
  const why = (hold: number, form: Form): object => ({ hold, reason: text(form, 'reason') });
  onHold('/resume', holds.askResume as never, why, '已提出解除，待另一人确认；仍在封存。');
  const seen = (hold: number, form: Form): object => ({ hold, asked: text(form, 'asked') });
  onHold('/resume/confirm', holds.confirmResume as never, seen, '已解除封存，正在补上批准的全部内容。');
  const fallen = (hold: number): object => ({ hold, what: 'resume' });
  onHold('/resume/drop', holds.dropHoldRequest as never, fallen, '解除的提议已撤销，仍在封存。');
}
