import { ChengmenError } from '@chengmen/model';
import { list, several, text, type Form } from './desk-forms.ts';

interface Common {
  readonly name: string;
  readonly zh: string;
  readonly en?: string;
  readonly required?: boolean;
  readonly hint?: string;
}
/** A field that holds one value. `channel`, `dataset`, `picture`, `captions` and `document` hold an item. */
export type SingleField = Common &
  (
    | { readonly as: 'line' | 'address' | 'date' | 'minute' | 'text' | 'number' | 'yes' }
    | { readonly as: 'paragraphs' | 'words' }
    | { readonly as: 'channel' | 'dataset' | 'picture' | 'captions' | 'document' }
    | { readonly as: 'choice'; readonly choices: readonly (readonly [value: string, zh: string])[] }
  );
/** Records in an order, `flat` where each is one value. */
export type RowsField = Common & {
  readonly as: 'rows';
  readonly parts: readonly SingleField[];
  readonly most: number;
  readonly flat?: boolean;
};
/** How something of a page or of the settings is typed: one table, read into the form and out of it. */
export type TypedField = SingleField | RowsField;

export interface TypedRow {
  /** Of this form alone: what its names begin with. */
  readonly key: string;
  readonly typed: Readonly<Record<string, string>>;
}
/** What stands in a form, as it was typed. */
export type TypedGroup = Readonly<Record<string, string | readonly TypedRow[]>>;

const keyForm = /^[a-z0-9]{1,12}$/;
/** No form of ours has more rows; who sends more is no editor. */
const mostRows = 120;

/** The keys of what stands in an order, as the form sends them. Throws `invalid-input`. */
export function keysIn(form: Form, name: string): string[] {
  const keys = [...new Set(list(form, name))];
  if (keys.length > mostRows || keys.some((key) => !keyForm.test(key)))
    throw new ChengmenError('invalid-input', { where: name, problem: '不是这张表单的 (not of this form)' });
  return keys;
}

/** A key no other has. */
export function freshKey(taken: readonly { readonly key: string }[]): string {
  const numbers = taken.map(({ key }) => Number(key.slice(1))).filter(Number.isSafeInteger);
  return `r${Math.max(0, ...numbers) + 1}`;
}

const rowName = (prefix: string, field: string, row: string, part: string): string =>
  `${prefix}.${field}.${row}.${part}`;

export function readTyped(form: Form, prefix: string, fields: readonly TypedField[]): TypedGroup {
  return Object.fromEntries(
    fields.map((field) => [
      field.name,
      field.as === 'rows'
        ? keysIn(form, `${prefix}.${field.name}`).map((key) => ({
            key,
            typed: Object.fromEntries(
              field.parts.map(({ name }) => [name, text(form, rowName(prefix, field.name, key, name))]),
            ),
          }))
        : text(form, `${prefix}.${field.name}`),
    ]),
  );
}

/** What was typed as the model has it; what is empty is left out, so that the model says what is missing. */
export function valuesIn(fields: readonly TypedField[], typed: TypedGroup): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value =
        field.as === 'rows' ? rowValues(field, rowsOf(typed, field.name)) : oneValue(field, lineOf(typed, field.name));
      return value === undefined ? [] : [[field.name, value] as const];
    }),
  );
}

export const rowsOf = (typed: TypedGroup, name: string): readonly TypedRow[] => {
  const rows = typed[name];
  return typeof rows === 'object' ? rows : [];
};
export const lineOf = (typed: TypedGroup, name: string): string => {
  const line = typed[name];
  return typeof line === 'string' ? line : '';
};

/** Rows in which nothing was typed are none. */
export const filledRows = ({ parts }: RowsField, rows: readonly TypedRow[]): readonly TypedRow[] =>
  rows.filter(({ typed }) => parts.some(({ name, as }) => as !== 'yes' && (typed[name] ?? '').trim() !== ''));

function rowValues(field: RowsField, rows: readonly TypedRow[]): unknown[] | undefined {
  const { parts, flat } = field;
  const values = filledRows(field, rows).map(({ typed }) => valuesIn(parts, typed));
  const [part] = parts;
  const all = flat && part ? values.map((value) => value[part.name]) : values;
  return all.length === 0 ? undefined : all;
}

function oneValue({ as }: SingleField, typed: string): unknown {
  if (as === 'yes') return typed !== '';
  const trimmed = typed.trim().normalize('NFC');
  if (trimmed === '') return undefined;
  switch (as) {
    case 'number':
      return Number(trimmed);
    case 'paragraphs':
      return trimmed
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter(Boolean);
    case 'words':
      return several(trimmed);
    default:
      return trimmed;
  }
}

/** The same the other way: what the model has, as it stands in the form. */
export function typedOf(fields: readonly TypedField[], values: Readonly<Record<string, unknown>>): TypedGroup {
  return Object.fromEntries(
    fields.map((field) => [
      field.name,
      field.as === 'rows' ? typedRows(field, values[field.name]) : typedLine(field, values[field.name]),
    ]),
  );
}

function typedRows({ parts, flat }: RowsField, value: unknown): TypedRow[] {
  const [first] = parts;
  return (Array.isArray(value) ? (value as readonly unknown[]) : []).map((one, at) => ({
    key: `r${at + 1}`,
    typed: typedOf(parts, flat && first ? { [first.name]: one } : (one as Record<string, unknown>)) as Record<
      string,
      string
    >,
  }));
}

function typedLine({ as }: SingleField, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (as === 'yes') return value === true ? 'yes' : '';
  if (as === 'paragraphs') return (value as readonly string[]).join('\n');
  if (as === 'words') return (value as readonly string[]).join('、');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What a button of a row asks for; `typed` of a row that is added. */
export interface RowAct {
  readonly field: string;
  readonly act: 'up' | 'down' | 'remove' | 'add';
  readonly row: string;
  readonly typed?: Readonly<Record<string, string>>;
}

export function actOnRows(typed: TypedGroup, { field, act, row, typed: given = {} }: RowAct): TypedGroup {
  const rows = rowsOf(typed, field);
  if (act === 'add') return { ...typed, [field]: [...rows, { key: freshKey(rows), typed: given }] };
  return { ...typed, [field]: rearranged(rows, row, act) };
}

/** The same in another order, or without one; what is not there or cannot go further stays. */
export function rearranged<T extends { readonly key: string }>(
  all: readonly T[],
  key: string,
  act: 'up' | 'down' | 'remove',
): readonly T[] {
  const at = all.findIndex((one) => one.key === key);
  const one = all[at];
  if (!one) return all;
  const others = all.filter((other) => other !== one);
  if (act === 'remove') return others;
  return others.toSpliced(Math.max(0, act === 'up' ? at - 1 : at + 1), 0, one);
}
