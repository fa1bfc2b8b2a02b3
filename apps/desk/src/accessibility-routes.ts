import type { Ledger } from '@chengmen/ledger';
import {
  accessibilityStatement,
  ChengmenError,
  explainError,
  may,
  type AccessibilityRecord,
  type FieldsOf,
  type SiteId,
} from '@chengmen/model';
import { itemHistory, itemState, type Revisions } from '@chengmen/revision';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { problemOf, text, typedIn, type DeskTools, type Form } from './desk-forms.ts';
import { accessibilityPage, type AccessibilityState } from './pages/accessibility.ts';

export interface AccessibilityRoutes extends Pick<DeskTools, 'who' | 'post' | 'show' | 'need' | 'back'> {
  readonly ledger: Ledger;
  readonly revisions: Pick<Revisions, 'saveDraft' | 'submitRevision'>;
  readonly site: SiteId;
  readonly today: () => string;
  /** What the tests of this version's templates found. */
  readonly accessibility: AccessibilityRecord;
}

type Statement = FieldsOf<'statement'>;

/** The accessibility statement: what has been found since the last signature, what a person adds, and their name under it. */
export function accessibilityRoutes(app: FastifyInstance, tools: AccessibilityRoutes): void {
  const { who, post, show, need, back, ledger, revisions, site, today, accessibility: record } = tools;
  const state = async (): Promise<Omit<AccessibilityState, 'typed' | 'problem'>> => {
    const history = await itemHistory(ledger.db, site, accessibilityStatement);
    const live = (await itemState(ledger.db, site, accessibilityStatement))?.live;
    const of = (revision: string | null | undefined): AccessibilityState['signed'] => {
      const found = history.find((one) => one.revision === revision);
      return found && { revision: found.revision, state: found.state, fields: found.fields as Statement };
    };
    const newest = of(history[0]?.revision);
    return { record, signed: of(live), newest: newest?.revision === live ? undefined : newest };
  };
  app.get('/accessibility', async (request, reply) => {
    const signedIn = await who(request);
    need(signedIn.actor, 'item.read-unpublished');
    const shown = await state();
    return show(reply, signedIn, (page) => accessibilityPage(page, shown));
  });
  app.post('/accessibility', (request, reply) =>
    post(request, reply, async (signedIn, form): Promise<FastifyReply> => {
      const { actor } = signedIn;
      const before = await state();
      try {
        if (!may(actor, 'channel.write'))
          throw new ChengmenError('permission-denied', { actor: actor.name, permission: 'channel.write' });
        refuseUnread(form, record);
        const fields = statementOf(form, { record, by: actor.name, on: today() });
        const base = before.newest?.revision ?? before.signed?.revision ?? null;
        const input = { item: accessibilityStatement, kind: 'statement', fields, base };
        const { revision, hash } = await ledger.execute(revisions.saveDraft, actor, input);
        await ledger.execute(revisions.submitRevision, actor, { revision, hash });
      } catch (error) {
        if (!(error instanceof ChengmenError)) throw error;
        const told = explainError(error);
        const shown = { ...before, typed: typedIn(form), problem: problemOf(told) };
        return show(reply, signedIn, (page) => accessibilityPage(page, shown), told.status);
      }
      return back(reply, signedIn, '/accessibility', '已签署并送审，三审之后公布。');
    }),
  );
}

/** A name stands under what was read: the record must be the one the page showed, and the box must be ticked. */
function refuseUnread(form: Form, { checkedOn }: AccessibilityRecord): void {
  if (text(form, 'read') !== 'yes')
    throw new ChengmenError('invalid-input', { where: '签署', problem: '请先读完并勾选 (read it first, and say so)' });
  if (text(form, 'checkedOn') !== checkedOn)
    throw new ChengmenError('changed-meanwhile', { newest: checkedOn, by: '检验 (tests)' });
}

function statementOf(
  form: Form,
  { record, by, on }: { readonly record: AccessibilityRecord; readonly by: string; readonly on: string },
): Statement {
  const [phone, email] = [text(form, 'phone').trim(), text(form, 'email').trim()];
  return {
    title: '无障碍声明',
    checkedOn: record.checkedOn,
    facts: [...record.facts],
    limits: limitsIn(text(form, 'limits')),
    contact: {
      name: text(form, 'name').trim(),
      ...(phone === '' ? {} : { phone }),
      ...(email === '' ? {} : { email }),
    },
    signedBy: by,
    signedOn: on,
  };
}

/** A line each: what, and after ｜ by when. */
function limitsIn(typed: string): Statement['limits'] {
  return typed
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [what = '', until = ''] = line.split(/\s*[｜|]\s*/);
      return { what, ...(until === '' ? {} : { until }) };
    });
}
