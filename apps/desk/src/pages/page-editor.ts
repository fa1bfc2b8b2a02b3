import { html, type SafeHtml } from '@chengmen/html';
import { blockKindNames, mostBlocks, type BlockKind, type ItemId, type Kind } from '@chengmen/model';
import { blockForms, blockIn, type TypedBlock } from '../block-forms.ts';
import type { Problem } from '../desk-forms.ts';
import { deskScripts } from '../desk-scripts.ts';
import { headPrefix, type PageForm } from '../page-form.ts';
import type { TypedField } from '../typed-form.ts';
import { withTitles } from './item-names.ts';
import { frame, problemBox, type DeskPage } from './frame.ts';
import { heldForm } from './held-form.ts';
import { moveButtons, typedInputs, type Choices } from './typed-form.ts';

export interface PageEditorState {
  readonly item: ItemId;
  readonly kind: Kind;
  readonly title: string;
  /** The newest revision when the form was made; empty for none. */
  readonly base: string;
  readonly form: PageForm;
  readonly head: readonly TypedField[];
  readonly allowed: readonly BlockKind[];
  readonly choices: Choices;
  /** The block that was just worked on, or has a problem. */
  readonly open: string;
  readonly problem?: Problem | undefined;
  readonly nonce: string;
}

/** A page as a list of blocks: each a group of fields that is opened where it stands, moved, added and taken out. */
export function pageEditor(page: DeskPage, state: PageEditorState): SafeHtml {
  const { item, kind, title, base, form, head, choices } = state;
  const action = `/pages/${item}`;
  const { blocks } = form;
  return frame(
    page,
    base === '' && kind === 'topic' ? '新建专题' : `版面：${title}`,
    html`<script src="${deskScripts.blocks.path}" nonce="${state.nonce}" defer></script>
      ${problemBox(state.problem)}
      <p class="facts">
        <a href="/pages">全部版面</a
        >${base !== '' && html` 　<a href="/items/${item}">修订与审核记录</a>`}　改动只存在草稿里，送审并终审后才上线。
        <span lang="en">Nothing changes for the public before the reviews.</span>
      </p>
      ${heldForm(
        page,
        { className: 'page-form', action, item, kind, hold: base !== '', base },
        html`<input type="hidden" name="kind" value="${kind}" />
          ${head.length > 0 && html`<div class="page-head">${typedInputs(head, { prefix: headPrefix, typed: form.head, choices, action, anchor: 'blocks' })}</div>`}
          <h2 id="blocks">
            版块 <small>${blocks.length} 块，自上而下；↑ ↓、拖动，或焦点在块上时按 Alt+↑ Alt+↓</small>
          </h2>
          ${
            blocks.length === 0
              ? html`<p class="empty">还没有版块。<span lang="en">No block yet: add one below.</span></p>`
              : html`<ol class="blocks" data-sorted>
                  ${blocks.map((block, at) => blockGroup(state, block, at))}
                </ol>`
          }
          ${adding(state, action)}`,
      )}`,
  );
}

function blockGroup(state: PageEditorState, block: TypedBlock, at: number): SafeHtml {
  const { item, choices, open, form } = state;
  const { key, show, typed } = block;
  const called = calledBy(block, choices);
  const action = `/pages/${item}`;
  const to = `${action}#b-${key}`;
  return html`<li class="block" id="b-${key}" data-sort>
    <input type="hidden" name="block" value="${key}" /><input type="hidden" name="${key}.show" value="${show}" />
    <span class="order">
      ${moveButtons(called, { up: `up:${key}`, down: `down:${key}`, to, first: at === 0, last: at === form.blocks.length - 1 })}
      <button
        class="quiet"
        name="action"
        value="remove:${key}"
        formaction="${action}#blocks"
        formnovalidate
        aria-label="删去${called}"
      >
        删去
      </button>
    </span>
    <details ${open === key && html` open`}>
      <summary><b>${called}</b></summary>
      <p><small>${blockForms[show].hint}</small></p>
      ${typedInputs(blockForms[show].fields, { prefix: key, typed, choices, action, anchor: `b-${key}` })}
    </details>
  </li>`;
}

function calledBy(block: TypedBlock, { titles }: Choices): string {
  const names = blockIn(block);
  const { zh } = blockKindNames[block.show];
  const title = names['title'];
  if (typeof title === 'string') return `${zh}：${title}`;
  const item = ['channel', 'policies', 'letters', 'dataset']
    .map((name) => names[name])
    .find((one) => typeof one === 'string');
  return typeof item === 'string' ? withTitles(`${zh}：{${item}}`, titles) : zh;
}

function adding({ allowed, form }: PageEditorState, action: string): SafeHtml {
  if (form.blocks.length >= mostBlocks) return html`<p>一页最多 ${mostBlocks} 块。</p>`;
  return html`<div class="adding">
    <p>
      <label for="new-block">加一块</label
      ><select id="new-block" name="new-block">
        ${allowed.map((kind) => html`<option value="${kind}">${blockKindNames[kind].zh}：${blockForms[kind].hint}</option>`)}
      </select>
    </p>
    <button class="quiet" name="action" value="add" formaction="${action}#added" formnovalidate>加到最后</button>
  </div>`;
}
