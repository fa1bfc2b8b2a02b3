import { itemList, liveItemsOf } from '@chengmen/content';
import type { SignedIn } from '@chengmen/identity';
import type { Command, Ledger } from '@chengmen/ledger';
import { ChengmenError, explainError, type SiteId } from '@chengmen/model';
import { changeChecks, type Proofreading, type TextToCheck } from '@chengmen/proofreading';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { problemOf, text, typedIn, type DeskTools, type Form, type Params } from './desk-forms.ts';
import { checkSettingsPage } from './pages/check-settings.ts';
import { doubtfulFormsPage } from './pages/doubtful-forms.ts';
import { readSettings } from './settings-lines.ts';

export interface CheckRoutes extends Pick<DeskTools, 'api' | 'who' | 'post' | 'show' | 'back'> {
  readonly ledger: Ledger;
  readonly site: SiteId;
  readonly proofreading: Proofreading;
  /** Throws unless they may read drafts. */
  readonly mayRead: (signedIn: SignedIn) => void;
  /** Runs a command about a revision from its item's page. */
  readonly onRevision: <I, R>(
    reply: FastifyReply,
    signedIn: SignedIn,
    revision: string,
    command: Command<I, R>,
    input: unknown,
    done: string,
  ) => Promise<FastifyReply>;
}

/** What could not be saved for its length is not checked either. */
const longestText = 200_000;

/** Throws `invalid-input` for a text that is longer than is saved. */
export function checkable(text: TextToCheck): TextToCheck {
  for (const [name, value] of Object.entries(text.fields))
    if (typeof value === 'string' && value.length > longestText)
      throw new ChengmenError('invalid-input', { where: name, problem: `≤ ${longestText}` });
  return text;
}

/** The checks: for an editor that is open, decisions about findings, and what the site checks by. */
export function checkRoutes(app: FastifyInstance, tools: CheckRoutes): void {
  const { api, proofreading } = tools;
  api('POST /api/checks', async ({ body }) => ({ findings: await proofreading.check(checkable(body)) }));
  api('POST /api/checks/outside', async ({ body }) => ({ findings: await proofreading.outside(checkable(body)) }));
  api('GET /api/checks/settings', () => proofreading.settings());
  decisionRoutes(app, tools);
  settingRoutes(app, tools);
  doubtRoutes(app, tools);
}

function decisionRoutes(app: FastifyInstance, { post, proofreading, onRevision }: CheckRoutes): void {
  const { overruleFinding, withdrawOverrule } = proofreading;
  app.post<Params<'revision'>>('/revisions/:revision/overrule', (request, reply) =>
    post(request, reply, (signedIn, form) => {
      const { revision } = request.params;
      const input = { ...bound(revision, form), reason: text(form, 'reason') };
      return onRevision(reply, signedIn, revision, overruleFinding, input, '已放行，理由已记入审计。');
    }),
  );
  app.post<Params<'revision'>>('/revisions/:revision/withdraw-overrule', (request, reply) =>
    post(request, reply, (signedIn, form) => {
      const { revision } = request.params;
      return onRevision(reply, signedIn, revision, withdrawOverrule, bound(revision, form), '已收回放行。');
    }),
  );
}

const bound = (revision: string, form: Form): object => ({
  ...{ revision, hash: text(form, 'hash'), finding: text(form, 'finding') },
});

function settingRoutes(app: FastifyInstance, tools: CheckRoutes): void {
  const { who, post, show, mayRead, proofreading, ledger, back } = tools;
  app.get('/checks', async (request, reply) => {
    const signedIn = await who(request);
    mayRead(signedIn);
    const kept = await proofreading.settings();
    return show(reply, signedIn, (page) => checkSettingsPage(page, { kept }));
  });
  app.post('/checks', (request, reply) =>
    post(request, reply, async (signedIn, form) => {
      try {
        await ledger.execute(changeChecks, signedIn.actor, { settings: readSettings(form), was: text(form, 'was') });
      } catch (error) {
        if (!(error instanceof ChengmenError)) throw error;
        mayRead(signedIn);
        const told = explainError(error);
        const kept = await proofreading.settings();
        const page = { kept, typed: typedIn(form), problem: problemOf(told) };
        return show(reply, signedIn, (desk) => checkSettingsPage(desk, page), told.status);
      }
      return back(reply, signedIn, '/checks', '已保存，从下一次检查起生效。');
    }),
  );
}

/** Live items that are looked through for one screen. */
const looked = 100;

function doubtRoutes(
  app: FastifyInstance,
  { who, show, mayRead, proofreading, ledger: { db }, site }: CheckRoutes,
): void {
  app.get<{ Querystring: { after?: string } }>('/checks/traditional', async (request, reply) => {
    const signedIn = await who(request);
    mayRead(signedIn);
    const { after } = request.query;
    const { traditional } = await proofreading.context();
    const filter = { state: 'live', limit: looked, ...(typeof after === 'string' ? { after } : {}) } as const;
    const { items, next } = traditional ? await itemList(db, site, filter) : { items: [] };
    const live = new Map(
      (
        await liveItemsOf(
          db,
          site,
          items.map(({ item }) => item),
        )
      ).map((one) => [one.id, one]),
    );
    const open = [];
    for (const { item, title } of items) {
      const { kind, fields } = live.get(item) ?? {};
      if (kind === undefined || fields === undefined) continue;
      const found = await proofreading.check({ kind, item, fields });
      const findings = found.filter(({ rule, overruled }) => rule === 'traditional-doubt' && !overruled);
      if (findings.length > 0) open.push({ item, title, findings });
    }
    const page = { open, looked: items.length, next, hasEdition: traditional !== undefined };
    return show(reply, signedIn, (desk) => doubtfulFormsPage(desk, page));
  });
}
