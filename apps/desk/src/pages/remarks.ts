import { html, type SafeHtml } from '@chengmen/html';
import { writePermission, type Permission } from '@chengmen/model';
import type { PassageComment, Revision } from '@chengmen/revision';
import { labelOf } from '../field-words.ts';
import { markedLines, placed, wordsOf, type PlacedRemark } from '../remarks.ts';
import { at, tokenField, type DeskPage } from './frame.ts';

export interface RemarksView {
  readonly shown: Revision;
  readonly comments: readonly PassageComment[];
  readonly allowed: (permission: Permission) => boolean;
  /** What the form begins with: a passage that was chosen in the text. */
  readonly chosen?: { readonly field: string; readonly quote: string; readonly place: string } | undefined;
}

/** Remarks on passages: each with its words, where they stand in the shown revision, and what became of it; a form for another. */
export function remarksSection(page: DeskPage, view: RemarksView): SafeHtml {
  const { shown, comments, allowed } = view;
  const all = placed(comments, shown);
  const open = all.filter(({ resolved }) => !resolved);
  const done = all.filter(({ resolved }) => resolved);
  return html`<section id="remarks">
    <h2>批注 <small>${open.length} 条未处理</small></h2>
    ${
      open.length > 0 &&
      html`<ul class="remarks">
        ${open.map((one) => remark(page, view, one))}
      </ul>`
    }
    ${
      done.length > 0 &&
      html`<details>
        <summary>已处理的 ${done.length} 条</summary>
        <ul class="remarks">
          ${done.map((one) => remark(page, view, one))}
        </ul>
      </details>`
    }
    ${allowed('item.comment') && shown.state !== 'superseded' && html`${lines(view, open)} ${newRemark(page, view)}`}
  </section>`;
}

function remark(page: DeskPage, view: RemarksView, one: PlacedRemark): SafeHtml {
  const { id, field, quote, remark: words, name, at: made, revision, found, resolved } = one;
  const { shown } = view;
  return html`<li id="remark-${id}" class="${resolved ? 'resolved' : 'open'}">
    <p>
      ${labelOf(shown.kind, field)} <q>${quote}</q>
      ${found === undefined && html`<small class="detached">所指的文字在所示修订中已经改动</small>`}
    </p>
    <p class="words">${words}</p>
    <p><small>${name}，${at(made)}，写在修订 ${revision} 上</small></p>
    ${
      resolved
        ? html`<p>
            <small>${resolved.name}，${at(resolved.at)} 处理${resolved.answer && html`：${resolved.answer}`}</small>
          </p>`
        : mayResolve(page, view, one) &&
          html`<form class="filter" method="post" action="/remarks/${id}/resolve">
            ${tokenField(page)}<input type="hidden" name="revision" value="${shown.revision}" />
            <label>怎样处理的（可不填） <input name="answer" maxlength="500" autocomplete="off" /></label>
            <button class="quiet">已处理</button>
          </form>`
    }
  </li>`;
}

const mayResolve = ({ actor }: DeskPage, { allowed, shown }: RemarksView, { account }: PlacedRemark): boolean =>
  allowed(account === actor.account ? 'item.comment' : writePermission(shown.kind));

/** The text by paragraphs, passages that are remarked on marked, and a way from each into the form. */
function lines({ shown }: RemarksView, open: readonly PlacedRemark[]): SafeHtml | undefined {
  const words = [...wordsOf(shown)];
  if (words.length === 0) return undefined;
  const to = (field: string, quote: string, place: number): string =>
    `?${new URLSearchParams({ revision: shown.revision, field, quote: quote.slice(0, 500), place: String(place) }).toString()}#new-remark`;
  return html`<details class="remark-lines" ${open.length > 0 ? html` open` : undefined}>
    <summary>逐段看、逐段批注</summary>
    ${words.map(
      ([field, text]) =>
        html`<h3>${labelOf(shown.kind, field)}</h3>
          ${markedLines(
            text,
            open.filter((one) => one.field === field),
          ).map(
            ({ text: line, place, parts }) =>
              html`<p>
                ${parts.map((part) => (part.remarks.length === 0 ? part.text : html`<mark>${part.text}<a href="#remark-${part.remarks[0] ?? 0}" aria-label="看这处的批注">※</a></mark>`))}
                <a class="add" href="${to(field, line, place)}" aria-label="批注这一段">批注</a>
              </p>`,
          )}`,
    )}
  </details>`;
}

function newRemark(page: DeskPage, { shown, chosen }: RemarksView): SafeHtml {
  const fields = [...wordsOf(shown).keys()];
  return html`<form id="new-remark" class="new-remark" method="post" action="/revisions/${shown.revision}/remark">
    ${tokenField(page)}<input type="hidden" name="hash" value="${shown.hash}" /><input
      type="hidden"
      name="place"
      value="${chosen?.place ?? ''}"
    />
    <div class="row">
      <p>
        <label for="remark-field">在哪里</label
        ><select id="remark-field" name="field">
          ${fields.map((field) => html`<option value="${field}" ${field === (chosen?.field ?? 'body') ? html` selected` : undefined}>${labelOf(shown.kind, field)}</option>`)}
        </select>
      </p>
      <p>
        <label for="remark-quote">针对哪些文字（照抄）</label
        ><input
          id="remark-quote"
          name="quote"
          required
          maxlength="500"
          value="${chosen?.quote ?? ''}"
          autocomplete="off"
        />
      </p>
    </div>
    <p>
      <label for="remark-words">批注</label
      ><textarea id="remark-words" name="remark" rows="2" required maxlength="2000"></textarea>
    </p>
    <p><button class="quiet">加批注</button></p>
  </form>`;
}

/** What is still open, for the writer's form. */
export function openRemarks(comments: readonly PassageComment[], item: string): SafeHtml | undefined {
  const open = comments.filter(({ resolved }) => !resolved);
  if (open.length === 0) return undefined;
  return html`<section class="problem">
    <p><a href="/items/${item}#remarks">${open.length} 条批注未处理</a>：</p>
    <ul>
      ${open.map(({ quote, remark: words, name }) => html`<li><q>${quote}</q>　${words}（${name}）</li>`)}
    </ul>
  </section>`;
}
