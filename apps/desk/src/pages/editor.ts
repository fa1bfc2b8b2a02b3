import type { Finding } from '@chengmen/checks';
import type { DeskBundle } from '@chengmen/desk-web';
import { html, type Removal, type SafeHtml } from '@chengmen/html';
import {
  explainError,
  isDocument,
  kindNames,
  mayAnywhere,
  writePermission,
  type ChengmenError,
  type DocumentKind,
  type Kind,
} from '@chengmen/model';
import type { Revision } from '@chengmen/revision';
import { problemOf } from '../desk-forms.ts';
import { labelOf } from '../field-words.ts';
import { kindFields, type KindField } from '../kind-fields.ts';
import { findingList } from './findings.ts';
import { frame, problemBox, tokenField, type DeskPage } from './frame.ts';

export interface EditorState {
  readonly kind: DocumentKind;
  readonly item: string;
  /** The newest revision when the form was made; empty for none. */
  readonly base: string;
  /** The browser application, where it could be made. */
  readonly bundle?: (DeskBundle & { readonly nonce: string }) | undefined;
  /** As typed: nothing is lost when saving is refused. */
  readonly values: Readonly<Record<string, string>>;
  readonly channels: readonly { readonly id: string; readonly name: string }[];
  readonly problem?: { readonly zh: string; readonly en: string } | undefined;
  /** What the checks find in what stands in the form, where they were asked. */
  readonly findings?: readonly Finding[];
  /** Remarks that are open. */
  readonly remarks?: SafeHtml | undefined;
}

/** The fields each document has. */
export const documentFieldNames = [
  'title',
  'channel',
  'date',
  'source',
  'author',
  'summary',
  'keywords',
  'image',
  'attachments',
  'translates',
  'body',
  'pinned',
] as const;

export function editorPage(page: DeskPage, state: EditorState): SafeHtml {
  const { kind, item, base, values, problem, bundle, findings, remarks } = state;
  return frame(
    page,
    base === '' ? `写${kindNames[kind].zh}` : `修订：${values['title'] || item}`,
    html`${bundle && head(bundle)} ${base === '' && otherKinds(page, kind)}
      <form class="editor" id="writing" method="post" action="/items" data-account="${page.actor.account}">
        <div id="writing-notices">${problemBox(problem)}</div>
        ${remarks} ${findings && findingDetails(findings)}
        ${tokenField(page)}${hidden('kind', kind)}${hidden('item', item)}${hidden('base', base)} ${documentForm(state)}
        <div class="save">
          <button name="action" value="save">保存草稿</button>
          <button class="quiet" name="action" value="check">检查</button>
          <button class="quiet" name="action" value="submit">保存并送审</button>
          <div id="writing-status"></div>
        </div>
      </form>`,
  );
}

function findingDetails(findings: readonly Finding[]): SafeHtml {
  const isOpen = findings.some(({ severity, overruled }) => severity !== 'hint' && !overruled);
  return html`<details class="checked-before" ${isOpen && html` open`}>
    <summary>写稿检查：${findings.length} 处</summary>
    ${findingList(findings)}
  </details>`;
}

/** In the body: browsers take both there, and the frame need not know of the application. */
function head({ script, style, nonce }: NonNullable<EditorState['bundle']>): SafeHtml {
  return html`<link rel="stylesheet" href="${style.path}" />
    <script type="module" src="${script.path}" nonce="${nonce}"></script>`;
}

/** Where an item of a kind with a form of its own is begun; undefined for what is written here. */
export function beginAt(kind: Kind): string | undefined {
  if (kind === 'topic') return '/pages/new';
  return isDocument(kind) ? undefined : begunAt[kind];
}

const begunAt: Readonly<Record<Exclude<Kind, DocumentKind>, string>> = {
  home: '/pages/home-page',
  site: '/site',
  redirect: '/redirects/new',
  channel: '/channels/new',
  media: '/upload',
  statement: '/accessibility',
};

/** Where somebody goes on from a revision: a form of its kind. */
export function editAt({ kind, item, revision }: Pick<Revision, 'kind' | 'item' | 'revision'>): string {
  switch (kind) {
    case 'site':
    case 'statement':
      return begunAt[kind];
    case 'home':
      return `/pages/${item}`;
    case 'redirect':
      return `/redirects/${item}`;
    case 'media':
    case 'channel':
      return `/items/${item}/fields/${kind}?revision=${revision}`;
    default:
      return `/items/${item}/edit?revision=${revision}`;
  }
}

function otherKinds({ actor }: DeskPage, kind: Kind): SafeHtml {
  const others = (Object.keys(kindNames) as Kind[]).filter(
    (other) => other !== 'statement' && mayAnywhere(actor, writePermission(other)),
  );
  return html`<p class="kinds">
    换一种：${others.map((other) => html`<a href="${beginAt(other) ?? `/items/new?kind=${other}`}" ${other === kind ? html` aria-current="page"` : undefined}>${kindNames[other].zh}</a> `)}
  </p>`;
}

const hidden = (name: string, value: string): SafeHtml => html`<input type="hidden" name="${name}" value="${value}" />`;

/** Title and text side by side with what belongs to them. */
function documentForm(state: EditorState): SafeHtml {
  const { kind, values, channels } = state;
  const value = (name: string): string => values[name] ?? '';
  const field = (name: string, label: string, extra?: SafeHtml): SafeHtml =>
    html`<p>
      <label for="${name}">${label}</label><input id="${name}" name="${name}" value="${value(name)}" ${extra} />
    </p>`;
  return html`<div class="columns">
    <div class="text-of-item">
      <div class="fields-of-item">${field('title', '标题', html` required maxlength="200"`)}</div>
      <div id="writing-app"></div>
      <p class="source">
        <label for="body">正文（HTML，可从 Word 或网页粘贴源码，保存时清理并列出删去的东西）</label
        ><textarea id="body" name="body" rows="18">${value('body')}</textarea>
      </p>
    </div>
    <div class="beside">
      <div id="writing-side"></div>
      <div class="fields-of-item">
        <p>
          <label for="channel">栏目</label
          ><select id="channel" name="channel">
            ${channels.map(({ id, name }) => html`<option value="${id}" ${id === value('channel') ? html` selected` : undefined}>${name}</option>`)}
          </select>
        </p>
        ${field('date', '发布时间（年-月-日 时:分）', html` required placeholder="2026-11-20 09:30" pattern="\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}"`)}
        ${field('source', '来源', html` required`)} ${field('author', '作者')}
        <p>
          <label for="summary">摘要</label><textarea id="summary" name="summary" rows="3">${value('summary')}</textarea>
        </p>
        ${field('keywords', '关键词（用、隔开）')} ${field('image', '题图（图片条目编号）')}
        ${field('attachments', '附件（附件条目编号，用、隔开）')}
        ${field('translates', '译自（外文版填写：原文的条目编号）')}
        <p class="check">
          <label
            ><input type="checkbox" name="pinned" value="yes" ${value('pinned') === '' ? undefined : html` checked`} />
            置顶</label
          >
        </p>
        ${(kindFields[kind] ?? []).map((one) => (one.as === 'blocks' ? blocksField(state, one.name) : kindField(one, value(one.name))))}
        ${field('archivedOn', '归档日期（不再更新的旧文；页面上注明）', html` type="date"`)}
        ${field('archivedWhy', '归档理由')} ${value('more') !== '' && keptFields(kind, value('more'))}
      </div>
    </div>
  </div>`;
}

/** A field that only this kind has. */
function kindField(one: KindField, value: string): SafeHtml {
  const { name, zh, required } = one;
  const must = required && html` required`;
  return html`<p>
    <label for="${name}">${zh}</label>${
      one.as === 'choice'
        ? html`<select id="${name}" name="${name}" ${must}>
            <option value=""></option>
            ${one.choices.map((choice) => html`<option ${choice === value && html` selected`}>${choice}</option>`)}
          </select>`
        : one.as === 'line' || one.as === 'items' || one.as === 'number' || one.as === 'date'
          ? html`<input id="${name}" name="${name}" value="${value}" ${inputTypes[one.as]} ${must} />`
          : html`<textarea id="${name}" name="${name}" rows="4">${value}</textarea>${
                one.as === 'records' &&
                html`<small>一行一条，各项用｜隔开：${one.parts.map(({ zh: part }) => part).join('｜')}</small>`
              }${
                (one.as === 'records' || one.as === 'table') &&
                html`<small
                  >文字里本来有的｜写成 \\｜，换行写成 ⏎${one.as === 'table' && "；数字列里的文字前面加 '"}。</small
                >`
              }`
    }
  </p>`;
}

const inputTypes = { line: undefined, items: undefined, number: html` inputmode="decimal"`, date: html` type="date"` };

/** They are put together in the editor of pages; here they go along as they are. */
function blocksField({ item, base, values }: EditorState, name: string): SafeHtml {
  return html`${hidden(name, values[name] ?? '')}
    <p class="hint">
      版块在<a href="${base === '' ? '/pages/new' : `/pages/${item}`}">编辑版面</a>里改，这里照旧保留。
    </p>`;
}

/** What nobody types goes along as it is: where an item came from, and how it was mended. */
function keptFields(kind: Kind, more: string): SafeHtml {
  return html`${hidden('more', more)}
    <p class="hint">
      随稿照旧保留：${namesIn(more)
        .map((name) => labelOf(kind, name))
        .join('、')}。
    </p>`;
}

function namesIn(more: string): string[] {
  try {
    return Object.keys(JSON.parse(more) as object);
  } catch {
    return [];
  }
}

/** What cleaning took out, in words. */
export function removedNotice(removed: readonly Removal[]): string {
  if (removed.length === 0) return '';
  return `清理时删去：${removed.map(({ what, count }) => `${what} ${count} 处`).join('，')}。`;
}

/** A picture or attachment of one's own that did not go to the reviewers with the text, and why. */
export interface UnsentFile {
  readonly title: string;
  readonly refused: ChengmenError;
}

/** What did not go along, in words. */
export function unsentNotice(unsent: readonly UnsentFile[]): string {
  return unsent.map(({ title, refused }) => `“${title}”没有随稿送审：${problemOf(explainError(refused)).zh}`).join('');
}
