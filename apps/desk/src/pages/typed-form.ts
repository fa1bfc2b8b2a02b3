import { html, type SafeHtml } from '@chengmen/html';
import type { FieldProblem } from '../field-problems.ts';
import {
  lineOf,
  rowsOf,
  type RowsField,
  type SingleField,
  type TypedField,
  type TypedGroup,
  type TypedRow,
} from '../typed-form.ts';

export interface Choosable {
  readonly id: string;
  readonly name: string;
}

/** What fields that name items offer, and how the items are called that are named already. */
export interface Choices {
  readonly channels: readonly Choosable[];
  readonly datasets: readonly Choosable[];
  readonly pictures: readonly Choosable[];
  /** Files of captions. */
  readonly captions: readonly Choosable[];
  readonly titles: ReadonlyMap<string, string>;
  /** What a search found, and for which field of which group. */
  readonly found?:
    | { readonly key: string; readonly field: string; readonly words: string; readonly items: readonly Choosable[] }
    | undefined;
}

export interface InputsOf {
  /** What the names of the inputs begin with. */
  readonly prefix: string;
  readonly typed: TypedGroup;
  readonly choices: Choices;
  /** Where the form is sent, so that its buttons lead back to the group they stand in. */
  readonly action: string;
  /** The element to come back to. */
  readonly anchor: string;
  /** What is wrong with what was typed, input by input. */
  readonly problems?: readonly FieldProblem[];
}

/** The inputs of a group of fields, with the buttons of its rows; whole without scripts. */
export function typedInputs(fields: readonly TypedField[], given: InputsOf): SafeHtml {
  return html`${fields.map((field) => (field.as === 'rows' ? rows(field, given) : single(field, given)))}`;
}

const idOf = (name: string): string => name.replaceAll('.', '-');

/** One input, as it stands in the form. */
interface InputOf {
  readonly name: string;
  readonly value: string;
  readonly choices: Choices;
  readonly problem: FieldProblem | undefined;
}

function single(field: SingleField, given: InputsOf): SafeHtml {
  const one = inputOf(given, field.name, lineOf(given.typed, field.name));
  return html`<p ${field.as === 'yes' && html` class="check"`}>${input(field, one)}</p>`;
}

/** `input`: what the input is called after the prefix. */
function inputOf({ prefix, choices, problems = [] }: InputsOf, input: string, value: string): InputOf {
  return { name: `${prefix}.${input}`, value, choices, problem: problems.find((one) => one.input === input) };
}

/** What it is called, in both languages. */
export function fieldName({ zh, en, required }: TypedField): SafeHtml {
  return html`${zh}${en !== undefined && html` <small lang="en">${en}</small>`}${required && html`<small class="must">必填</small>`}`;
}

/** Its hint and what is wrong with it, and the attribute by which an input or a group names them. */
function notes({ hint }: TypedField, { name, problem }: InputOf): { readonly by: SafeHtml; readonly below: SafeHtml } {
  const [hinted, wrong] = [`${idOf(name)}-hint`, `${idOf(name)}-wrong`];
  const named = [...(problem ? [wrong] : []), ...(hint === undefined ? [] : [hinted])].join(' ');
  return {
    by: html`${named !== '' && html` aria-describedby="${named}"`}`,
    below: html`${problem && html`<small class="wrong" id="${wrong}">${problem.zh} <span lang="en">${problem.en}</span></small>`}${
      hint !== undefined && html`<small id="${hinted}">${hint}</small>`
    }`,
  };
}

function input(field: SingleField, one: InputOf): SafeHtml {
  const { name, value, choices } = one;
  const { by, below } = notes(field, one);
  const of = html`${one.problem && html` aria-invalid="true"`}${by}`;
  const id = idOf(name);
  if (field.as === 'yes')
    return html`<label
        ><input type="checkbox" name="${name}" value="yes" ${value !== '' && html` checked`} ${of} />
        ${fieldName(field)}</label
      >${below}`;
  const label = html`<label for="${id}">${fieldName(field)}</label>`;
  const chosen = (all: readonly Choosable[], empty?: string): SafeHtml =>
    html`${label}${options(field, name, { value, all, empty, of })}`;
  switch (field.as) {
    case 'text':
    case 'paragraphs':
      return html`${label}<textarea id="${id}" name="${name}" rows="4" ${of}>${value}</textarea>${below}`;
    case 'choice':
      return html`${chosen(field.choices.map(([id, zh]) => ({ id, name: zh })))}${below}`;
    case 'channel':
      return html`${chosen(choices.channels, '（不选）')}${below}`;
    case 'dataset':
      return html`${chosen(choices.datasets, '（不选）')}${below}`;
    case 'captions':
      return html`${chosen(choices.captions, '（没有）')}${below}`;
    case 'picture':
      return html`${chosen(choices.pictures, '（不选）')}${
        value !== '' &&
        html`<img class="small-picture" src="/media-of/${value}" alt="" loading="lazy" /><a
            href="/media/${value}/crop"
            target="_blank"
            rel="noopener"
            >裁剪、焦点<span class="unseen">（新窗口）</span></a
          >`
      }${below}`;
    default:
      return html`${label}<input id="${id}" name="${name}" value="${value}" ${inputTypes[field.as]} ${of} />${below}`;
  }
}

const inputTypes: Readonly<Partial<Record<SingleField['as'], SafeHtml>>> = {
  line: html` maxlength="200"`,
  address: html` maxlength="500" placeholder="/news/ 或 https://…"`,
  date: html` type="date"`,
  minute: html` placeholder="2026-11-20 09:30"`,
  number: html` inputmode="decimal"`,
};

function options(
  field: SingleField,
  name: string,
  {
    value,
    all,
    empty,
    of,
  }: {
    readonly value: string;
    readonly all: readonly Choosable[];
    readonly empty: string | undefined;
    readonly of: SafeHtml;
  },
): SafeHtml {
  const known = value === '' || all.some(({ id }) => id === value);
  return html`<select id="${idOf(name)}" name="${name}" ${field.as === 'picture' && html` data-picture`} ${of}>
    ${empty !== undefined && html`<option value="">${empty}</option>`}
    ${!known && html`<option value="${value}" selected>（已不在：${value}）</option>`}
    ${all.map(({ id, name: shown }) => html`<option value="${id}" ${id === value && html` selected`}>${shown}</option>`)}
  </select>`;
}

function rows(field: RowsField, given: InputsOf): SafeHtml {
  const { prefix, typed, action, anchor } = given;
  const name = `${prefix}.${field.name}`;
  const all = rowsOf(typed, field.name);
  const picked = field.parts[0]?.as === 'document';
  const { by, below } = notes(field, inputOf(given, field.name, ''));
  return html`<fieldset class="rows-of" id="${idOf(name)}" ${by}>
    <legend>${fieldName(field)}</legend>
    ${below}
    <ol data-sorted>
      ${all.map((row, at) => rowOf(field, row, { ...given, at, count: all.length }))}
    </ol>
    ${
      picked
        ? finder(field, given)
        : all.length < field.most &&
          html`<button
            class="quiet"
            name="action"
            value="row-add:${prefix}:${field.name}"
            formaction="${action}#${anchor}"
            formnovalidate
          >
            加一行
          </button>`
    }
  </fieldset>`;
}

function rowOf(
  field: RowsField,
  { key, typed }: TypedRow,
  given: InputsOf & { readonly at: number; readonly count: number },
): SafeHtml {
  const { prefix, choices, action, anchor, at, count } = given;
  const name = `${prefix}.${field.name}`;
  const [first] = field.parts;
  const title =
    first?.as === 'document' ? (choices.titles.get(typed[first.name] ?? '') ?? typed[first.name]) : undefined;
  const called = `${field.zh}第 ${at + 1} 行`;
  return html`<li data-sort>
    <input type="hidden" name="${name}" value="${key}" />
    ${
      title === undefined
        ? html`<div class="row">
            ${field.parts.map((part) => html`<p ${part.as === 'yes' && html` class="check"`}>${input(part, inputOf(given, `${field.name}.${key}.${part.name}`, typed[part.name] ?? ''))}</p>`)}
          </div>`
        : html`<input
              type="hidden"
              name="${name}.${key}.${first?.name ?? ''}"
              value="${typed[first?.name ?? ''] ?? ''}"
            />
            <a href="/items/${typed[first?.name ?? ''] ?? ''}">${title}</a>`
    }
    <span class="order">
      ${moveButtons(called, { up: `row-up:${prefix}:${field.name}:${key}`, down: `row-down:${prefix}:${field.name}:${key}`, to: `${action}#${anchor}`, first: at === 0, last: at === count - 1 })}
      <button
        class="quiet"
        name="action"
        value="row-remove:${prefix}:${field.name}:${key}"
        formaction="${action}#${anchor}"
        formnovalidate
        aria-label="删去${called}"
      >
        删去
      </button>
    </span>
  </li>`;
}

/** Up and down: sent to the desk, or with a script moved where they stand. */
export function moveButtons(
  called: string,
  {
    up,
    down,
    to,
  }: {
    readonly up: string;
    readonly down: string;
    readonly to: string;
    readonly first: boolean;
    readonly last: boolean;
  },
): SafeHtml {
  const button = (way: 'up' | 'down', value: string, zh: string, sign: string): SafeHtml =>
    html`<button
      class="quiet"
      name="action"
      value="${value}"
      formaction="${to}"
      formnovalidate
      data-move="${way}"
      aria-label="${zh}${called}"
    >
      ${sign}
    </button>`;
  return html`${button('up', up, '上移', '↑')}${button('down', down, '下移', '↓')}`;
}

function finder(field: RowsField, { prefix, choices, action, anchor, typed }: InputsOf): SafeHtml {
  const { found } = choices;
  const mine = found?.key === prefix && found.field === field.name ? found : undefined;
  const full = rowsOf(typed, field.name).length >= field.most;
  const name = `${prefix}.${field.name}.find`;
  if (full) return html`<p>最多 ${field.most} 条。</p>`;
  return html`<div class="finder">
    <p>
      <label for="${idOf(name)}">按标题或编号找</label
      ><input id="${idOf(name)}" name="${name}" value="${mine?.words ?? ''}" />
    </p>
    <button
      class="quiet"
      name="action"
      value="find:${prefix}:${field.name}"
      formaction="${action}#${anchor}"
      formnovalidate
    >
      找
    </button>
    ${
      mine &&
      (mine.items.length === 0
        ? html`<p>没有找到。</p>`
        : html`<ul>
            ${mine.items.map(
              ({ id, name: title }) =>
                html`<li>
                  ${title}
                  <button
                    class="quiet"
                    name="action"
                    value="take:${prefix}:${field.name}:${id}"
                    formaction="${action}#${anchor}"
                    formnovalidate
                    aria-label="加上 ${title}"
                  >
                    加上
                  </button>
                </li>`,
            )}
          </ul>`)
    }
  </div>`;
}
