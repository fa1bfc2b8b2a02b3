import { sanitise, type Removal } from '@chengmen/html';
import { ChengmenError, isDocument, type Kind } from '@chengmen/model';
import type { Revision } from '@chengmen/revision';
import { several, text, type Form } from './desk-forms.ts';
import { kindFields, readKindFields, typedField } from './kind-fields.ts';
import { documentFieldNames } from './pages/editor.ts';

/** The fields a form of a document stands for; bodies are cleaned, and what went is told. Throws `invalid-input`. */
export function fieldsOf(kind: Kind, form: Form): { fields: Record<string, unknown>; removed: readonly Removal[] } {
  if (!isDocument(kind))
    throw new ChengmenError('invalid-input', { where: 'kind', problem: `${kind} 另有表单 (has a form of its own)` });
  const more = { ...carriedAlong(text(form, 'more')), ...readKindFields(kind, form) };
  const body = sanitise(text(form, 'body'));
  const answer = typeof more['answer'] === 'string' ? sanitise(more['answer']) : undefined;
  const [keywords, attachments] = [several(text(form, 'keywords')), several(text(form, 'attachments'))];
  const optional = Object.fromEntries(
    (['author', 'summary', 'image', 'translates'] as const).flatMap((name) =>
      text(form, name).trim() === '' ? [] : [[name, text(form, name).trim().normalize('NFC')]],
    ),
  );
  const [on, why] = ['archivedOn', 'archivedWhy'].map((name) => text(form, name).trim().normalize('NFC'));
  return {
    fields: {
      ...more,
      ...(on || why ? { archived: { on, ...(why ? { why } : {}) } } : {}),
      ...(answer ? { answer: answer.html } : {}),
      ...optional,
      title: text(form, 'title').trim().normalize('NFC'),
      channel: text(form, 'channel'),
      date: text(form, 'date').trim(),
      source: text(form, 'source').trim().normalize('NFC'),
      body: body.html,
      ...(keywords.length > 0 ? { keywords } : {}),
      ...(attachments.length > 0 ? { attachments } : {}),
      ...(text(form, 'pinned') === '' ? {} : { pinned: true }),
    },
    removed: [...body.removed, ...(answer?.removed ?? [])],
  };
}

/** What nobody types, as the form carries it. */
function carriedAlong(more: string): Record<string, unknown> {
  if (more.trim() === '') return {};
  try {
    return { ...(JSON.parse(more) as object) };
  } catch {
    throw new ChengmenError('invalid-input', { where: 'more', problem: '不是这张表单的 (not of this form)' });
  }
}

/** A document's revision as the editor's form shows it. */
export function valuesOf({ kind, fields }: Pick<Revision, 'kind' | 'fields'>): Record<string, string> {
  const all = fields as Record<string, unknown>;
  const special = kindFields[kind] ?? [];
  const own: readonly string[] = [...documentFieldNames, 'archived', ...special.map(({ name }) => name)];
  const { on = '', why = '' } = (all['archived'] ?? {}) as { readonly on?: string; readonly why?: string };
  const rest = Object.fromEntries(Object.entries(all).filter(([name]) => !own.includes(name)));
  const shown = (value: unknown): string =>
    Array.isArray(value) ? value.join('、') : value === true ? 'yes' : typeof value === 'string' ? value : '';
  return {
    ...Object.fromEntries(documentFieldNames.map((name) => [name, shown(all[name])])),
    ...Object.fromEntries(special.map((one) => [one.name, typedField(one, all[one.name], all)])),
    ...{ archivedOn: on, archivedWhy: why },
    more: Object.keys(rest).length > 0 ? JSON.stringify(rest) : '',
  };
}
