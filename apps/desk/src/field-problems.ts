import { kinds, type Kind } from '@chengmen/model';
import { filledRows, lineOf, rowsOf, type TypedField, type TypedGroup } from './typed-form.ts';

/** What is wrong with one input of a form. */
export interface FieldProblem {
  /** The input, as the form names it after its prefix: `name`, `links.r2.address`; or the rows of a field by its name. */
  readonly input: string;
  /** What the field is called, with its row. */
  readonly called: string;
  readonly zh: string;
  readonly en: string;
}

/** Where fields of a form stand in the item, where that is not by their own names: `edition.words` → `phrases`. */
export type FieldPaths = Readonly<Record<string, string>>;

/** What keeps these fields from being an item of the kind, input by input; nothing of what the form does not show. */
export function fieldProblems(
  kind: Kind,
  fields: unknown,
  {
    form,
    typed,
    paths = {},
  }: { readonly form: readonly TypedField[]; readonly typed: TypedGroup; readonly paths?: FieldPaths },
): FieldProblem[] {
  const read = kinds[kind].safeParse(fields);
  const found = (read.error?.issues ?? []).flatMap(({ code, message, path }) => {
    const at = placeIn(form, typed, path.map(String), paths);
    if (!at) return [];
    return [{ input: at.input, called: at.called, ...wrongs(at.blank ? 'blank' : code, message) }];
  });
  return [...new Map(found.reverse().map((one) => [one.input, one])).values()].reverse();
}

function wrongs(code: string, message: string): { readonly zh: string; readonly en: string } {
  if (code === 'blank') return { zh: '没有填', en: 'not filled in' };
  if (code === 'too_big') return { zh: '太长或太多', en: 'too long, or too many' };
  return code === 'custom' ? { zh: message, en: '' } : { zh: '不合要求', en: 'not what is asked for here' };
}

interface Place {
  readonly input: string;
  readonly called: string;
  readonly blank: boolean;
}

function placeIn(
  form: readonly TypedField[],
  typed: TypedGroup,
  path: readonly string[],
  paths: FieldPaths,
): Place | undefined {
  const depth = path.findIndex((_, at) => paths[path.slice(0, at + 1).join('.')] !== undefined);
  const name =
    depth < 0
      ? path.find((one) => form.some((field) => field.name === one))
      : paths[path.slice(0, depth + 1).join('.')];
  const field = form.find((one) => one.name === name);
  if (!field || name === undefined) return undefined;
  const [first, part] = path.slice((depth < 0 ? path.indexOf(name) : depth) + 1);
  const called = field.zh.replace(/（.*）$/, '');
  if (field.as !== 'rows') {
    const line =
      first === undefined || field.as === 'words'
        ? ''
        : /^\d+$/.test(first)
          ? `第 ${Number(first) + 1} 行`
          : `“${first}”`;
    return { input: name, called: `${called}${line}`, blank: lineOf(typed, name).trim() === '' };
  }
  const at = Number(first);
  const row = filledRows(field, rowsOf(typed, name))[at];
  if (!row) return { input: name, called, blank: rowsOf(typed, name).length === 0 };
  const within = field.parts.find((one) => one.name === part) ?? field.parts[0];
  return {
    input: `${name}.${row.key}.${within?.name ?? ''}`,
    called: `${called}第 ${at + 1} 行${within && field.parts.length > 1 ? `的${within.zh}` : ''}`,
    blank: (row.typed[within?.name ?? ''] ?? '').trim() === '',
  };
}

/** All of them in one sentence, for what stands above a form. */
export function problemsTold(problems: readonly FieldProblem[]): { readonly zh: string; readonly en: string } {
  return {
    zh: `没有保存，填的都还在。请改：${problems.map(({ called, zh }) => `${called}（${zh}）`).join('、')}。`,
    en: `Nothing was saved, and nothing you typed is lost. To be corrected, marked below: ${problems.length}.`,
  };
}
