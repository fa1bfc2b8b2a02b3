import { html, type SafeHtml } from '@chengmen/html';
import type { ItemId, Kind } from '@chengmen/model';
import type { Problem } from '../desk-forms.ts';
import { deskScripts } from '../desk-scripts.ts';
import type { FieldProblem } from '../field-problems.ts';
import type { TypedField, TypedGroup } from '../typed-form.ts';
import { frame, problemBox, type DeskPage } from './frame.ts';
import { heldForm } from './held-form.ts';
import { typedInputs, type Choices } from './typed-form.ts';

/** What the names of the inputs of a part begin with. */
export const sectionPrefix = 's';

export interface SectionState {
  readonly item: ItemId;
  readonly kind: Kind;
  readonly title: string;
  /** Stands above the form: what it is for and where else one may go. */
  readonly about: SafeHtml;
  /** Stands below the inputs. */
  readonly below?: SafeHtml | undefined;
  readonly action: string;
  readonly fields: readonly TypedField[];
  readonly typed: TypedGroup;
  /** The newest revision when the form was made; empty for none. */
  readonly base: string;
  /** The revision whose other fields go along. */
  readonly from: string;
  readonly choices: Choices;
  readonly nonce: string;
  readonly problem?: Problem | undefined;
  readonly problems?: readonly FieldProblem[] | undefined;
}

/** A part of an item that is edited by itself: the rest of it stays as it is. */
export function sectionPage(page: DeskPage, state: SectionState): SafeHtml {
  const { item, kind, title, about, below, action, fields, typed, base, from, choices, nonce, problems = [] } = state;
  return frame(
    page,
    title,
    html`<script src="${deskScripts.blocks.path}" nonce="${nonce}" defer></script>
      ${problemBox(state.problem)} ${about}
      ${heldForm(
        page,
        { className: 'settings-form', action, item, kind, hold: base !== '', base },
        html`<input type="hidden" name="from" value="${from}" />
          <div id="fields">
            ${typedInputs(fields, { prefix: sectionPrefix, typed, choices, action, anchor: 'fields', problems })}
          </div>
          ${below}`,
      )}`,
  );
}
