import { mediaList, type LiveChannel } from '@chengmen/content';
import type { SignedIn } from '@chengmen/identity';
import type { Ledger } from '@chengmen/ledger';
import { ChengmenError, explainError, type ItemId, type Kind, type SiteId } from '@chengmen/model';
import { newestRevisions, titleIn, type Revisions } from '@chengmen/revision';
import type { FastifyReply } from 'fastify';
import { problemOf, text, type Choice, type DeskTools, type Form } from './desk-forms.ts';
import { fieldProblems, problemsTold, type FieldPaths } from './field-problems.ts';
import { sectionPage, sectionPrefix, type SectionState } from './pages/section-form.ts';
import type { Choices } from './pages/typed-form.ts';
import { actOnRows, lineOf, readTyped, typedOf, valuesIn, type RowAct, type TypedField } from './typed-form.ts';

type Values = Record<string, unknown>;

/** A part of an item that is edited by itself. */
export interface Section {
  readonly zh: string;
  readonly en: string;
  readonly about: string;
  readonly fields: readonly TypedField[];
  readonly paths?: FieldPaths;
}

/** Such a part of an item as it stands, and where its form is. */
export interface OpenSection extends Pick<
  SectionState,
  'item' | 'kind' | 'title' | 'about' | 'below' | 'action' | 'base' | 'from'
> {
  readonly section: Section;
  /** As it stands in the form. */
  readonly values: Values;
  /** The item with what was typed. */
  readonly with: (values: Values) => Values;
  /** Channels to choose from. */
  readonly channels: readonly Choice[];
  /** What is said once it was handed in. */
  readonly submitted: string;
}

export interface SectionTools extends Pick<DeskTools, 'show' | 'allowScript' | 'back'> {
  readonly ledger: Ledger;
  readonly revisions: Revisions;
  readonly site: SiteId;
}

/** Where a part begins, and how what is sent from its form is taken. */
export interface SectionForms {
  readonly show: (reply: FastifyReply, signedIn: SignedIn, open: OpenSection) => Promise<FastifyReply>;
  readonly take: (reply: FastifyReply, signedIn: SignedIn, open: OpenSection, form: Form) => Promise<FastifyReply>;
}

/** Channels as a select shows them, each below its own. */
export const channelChoices = (channels: readonly LiveChannel[]): Choice[] =>
  channels.map(({ id, name, depth }) => ({ id, name: `${'　'.repeat(depth)}${name}` }));

/** Forms of parts of items: each change is a revision that is reviewed, and what is refused loses nothing. */
export function sectionForms(tools: SectionTools): SectionForms {
  const again = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    open: OpenSection,
    {
      status,
      ...typed
    }: Pick<SectionState, 'typed' | 'problem' | 'problems'> & {
      readonly base?: string;
      readonly from?: string;
      readonly status?: number;
    },
  ): Promise<FastifyReply> => {
    const { section, channels, item, kind, title, about, below, action, base, from } = open;
    const { fields } = section;
    const nonce = tools.allowScript(reply);
    const of = (as: TypedField['as']): string[] =>
      fields.flatMap((field) => (field.as === as ? [lineOf(typed.typed, field.name)] : [])).filter(Boolean);
    const choices: Choices = {
      ...{ channels, datasets: [], titles: new Map() },
      pictures: fields.some(({ as }) => as === 'picture') ? await mediaChoices(tools, 'picture', of('picture')) : [],
      captions: fields.some(({ as }) => as === 'captions') ? await mediaChoices(tools, 'captions', of('captions')) : [],
    };
    const state = { item, kind, title, about, below, action, fields, base, from, ...typed, choices, nonce };
    return tools.show(reply, signedIn, (page) => sectionPage(page, state), status);
  };
  return {
    show: (reply, signedIn, open) => again(reply, signedIn, open, { typed: typedOf(open.section.fields, open.values) }),
    take: async (reply, signedIn, open, form) => {
      const { item, kind, section } = open;
      const { fields, paths = {} } = section;
      const typed = readTyped(form, sectionPrefix, fields);
      const [base, action] = [text(form, 'base'), text(form, 'action')];
      const asked = rowAct(action);
      if (asked && fields.some((field) => field.as === 'rows' && field.name === asked.field))
        return again(reply, signedIn, open, { base, typed: actOnRows(typed, asked) });
      if (!['save', 'submit', 'preview'].includes(action)) return again(reply, signedIn, open, { base, typed });
      try {
        const next = open.with(valuesIn(fields, typed));
        const problems = fieldProblems(kind, next, { form: fields, typed, paths });
        if (problems.length > 0)
          return await again(reply, signedIn, open, {
            base,
            typed,
            problems,
            problem: problemsTold(problems),
            status: 400,
          });
        const submit = action === 'submit';
        const revision = await handIn(tools, signedIn, { item, kind, base, submit, fields: next });
        if (action === 'preview') return await reply.redirect(`/preview/${revision}`, 303);
        return await tools.back(reply, signedIn, `/items/${item}`, submit ? open.submitted : '已保存。');
      } catch (error) {
        if (!(error instanceof ChengmenError)) throw error;
        const told = explainError(error);
        // Seen and read, a newer revision may be built on: what is not typed here is then as that has it.
        const newest = error.code === 'changed-meanwhile' ? String(error.parameters['newest']) : undefined;
        const stands = newest === undefined ? { base } : { base: newest, from: newest };
        return again(reply, signedIn, open, { ...stands, typed, problem: problemOf(told), status: told.status });
      }
    },
  };
}

/** A revision, handed in where it is wished. Throws what the commands refuse. */
export async function handIn(
  { ledger, revisions }: Pick<SectionTools, 'ledger' | 'revisions'>,
  { actor }: SignedIn,
  {
    submit,
    base,
    ...draft
  }: {
    readonly item: ItemId;
    readonly kind: Kind;
    readonly base: string;
    readonly fields: Values;
    readonly submit: boolean;
  },
): Promise<string> {
  const { revision, hash } = await ledger.execute(revisions.saveDraft, actor, {
    ...draft,
    base: base === '' ? null : base,
  });
  if (submit) await ledger.execute(revisions.submitRevision, actor, { revision, hash });
  return revision;
}

/** What the library has of a sort, the newest first; what is chosen already before it. */
async function mediaChoices(
  { ledger, site }: Pick<SectionTools, 'ledger' | 'site'>,
  what: 'picture' | 'captions',
  chosen: readonly string[],
): Promise<Choice[]> {
  const { media } = await mediaList(ledger.db, site, { what, limit: 200 });
  const missing = chosen.filter((id) => !media.some(({ item }) => item === id));
  const others = await newestRevisions(ledger.db, site, missing);
  return [
    ...[...others.values()].map(({ item, fields }) => ({ id: item, name: titleIn(fields, item) })),
    ...media.map(({ item, fields, state }) => ({
      id: item,
      name: `${fields.title}${state === 'live' ? '' : '（未上线）'}`,
    })),
  ];
}

/** What a button of a row of this form asks for. */
function rowAct(action: string): RowAct | undefined {
  const [act = '', prefix = '', field = '', row = ''] = action.split(':');
  const [, way] = /^row-(up|down|remove|add)$/.exec(act) ?? [];
  return way !== undefined && prefix === sectionPrefix ? { field, row, act: way as RowAct['act'] } : undefined;
}
