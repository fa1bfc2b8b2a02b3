import { sanitise, type Removal } from '@chengmen/html';
import { ChengmenError, isDocument, type Kind } from '@chengmen/model';
import type { Revision } from '@chengmen/revision';
import { several, text, type Form } from './desk-forms.ts';
import { kindFields, readKindFields, typedField } from './kind-fields.ts';
import { documentFieldNames } from './pages/editor.ts';

/** The fields a form stands for; bodies are cleaned, and what went is told. Throws `invalid-input`. */
export function fieldsOf(kind: Kind, form: Form): { fields: Record<string, unknown>; removed: readonly Removal[] } {
  const more = { ...parseMore(text(form, 'more')), ...readKindFields(kind, form) };
  if (!isDocument(kind)) return { fields: more, removed: [] };
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

function parseMore(more: string): Record<string, unknown> {
  if (more.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(more);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (error) {
    throw new ChengmenError('invalid-input', {
      where: 'JSON',
      problem: error instanceof Error ? error.message : String(error),
    });
  }
  throw new ChengmenError('invalid-input', { where: 'JSON', problem: '应为一个对象 (not an object)' });
}

/** A revision as the editor's form shows it. */
export function valuesOf({ kind, fields }: Revision): Record<string, string> {
  if (!isDocument(kind)) return { more: JSON.stringify(fields, null, 2) };
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
    more: Object.keys(rest).length > 0 ? JSON.stringify(rest, null, 2) : '',
  };
}
