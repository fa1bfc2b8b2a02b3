import { html, type SafeHtml } from '@chengmen/html';
import { tokenField, type DeskPage } from './frame.ts';

export interface HeldForm {
  readonly className: string;
  readonly action: string;
  readonly item: string;
  readonly kind: string;
  /** Whether the item is held for this person while the form is open; nobody else can have one that does not exist yet. */
  readonly hold: boolean;
  /** The newest revision when the form was made; empty for none. */
  readonly base: string;
}

/**
 * The form of an item that `blocks.js` holds and sorts. Its first button saves nothing: Enter in a field presses the first, and the
 * form then comes back as it is.
 */
export function heldForm(
  page: DeskPage,
  { className, action, item, kind, hold, base }: HeldForm,
  fields: SafeHtml,
): SafeHtml {
  return html`<form
    class="editor ${className}"
    method="post"
    action="${action}"
    data-item="${item}"
    data-kind="${kind}"
    data-hold="${hold ? 'yes' : ''}"
  >
    <button class="unseen" name="action" value="stay" tabindex="-1" aria-hidden="true" formnovalidate>·</button>
    ${tokenField(page)}<input type="hidden" name="base" value="${base}" />
    <div id="page-notices" role="status"></div>
    ${fields}
    <div class="save">
      <button name="action" value="save">保存草稿</button>
      <button class="quiet" name="action" value="preview">保存并预览</button>
      <button class="quiet" name="action" value="submit">保存并送审</button>
    </div>
  </form>`;
}
