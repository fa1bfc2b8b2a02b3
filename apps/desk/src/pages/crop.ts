import type { MediaUse } from '@chengmen/content';
import { html, type SafeHtml } from '@chengmen/html';
import { leastSide, type wholeOf } from '@chengmen/media';
import type { FieldsOf } from '@chengmen/model';
import type { Problem } from '../desk-forms.ts';
import { deskScripts } from '../desk-scripts.ts';
import { frame, problemBox, tokenField, type DeskPage } from './frame.ts';
import { usesList } from './media.ts';

/** As it stands in the form: the frame in pixels of the whole, the focus in hundredths of what is within it. */
export type TypedCrop = Readonly<Record<'left' | 'top' | 'width' | 'height' | 'x' | 'y', string>>;

export interface CropState {
  readonly item: string;
  readonly revision: string;
  readonly base: string;
  readonly fields: FieldsOf<'media'>;
  readonly whole: NonNullable<ReturnType<typeof wholeOf>>;
  readonly typed: TypedCrop;
  readonly uses: readonly MediaUse[];
  readonly problem: Problem | undefined;
  readonly nonce: string;
}

/** The whole picture with its frame and its focus, as numbers, and to be moved by pointer or keys where scripts run. */
export function cropPage(page: DeskPage, state: CropState): SafeHtml {
  const { item, revision, base, fields, whole, typed, uses, problem, nonce } = state;
  const { width, height } = whole;
  const number = (name: keyof TypedCrop, zh: string, [least, most]: readonly [number, number]): SafeHtml =>
    html`<label
      >${zh} <input type="number" name="${name}" value="${typed[name]}" min="${least}" max="${most}" step="1" required
    /></label>`;
  return frame(
    page,
    `裁剪：${fields.title}`,
    html`<script src="${deskScripts.crop.path}" nonce="${nonce}" defer></script>
      ${problemBox(problem)}
      <p>
        整张图一直留着，随时可以改回来；页面上只有框里的部分。改动和别的修订一样送审，通过后用到它的页面一起换。<span
          lang="en"
          >The whole picture is kept. Pages show what is in the frame, once it has passed its reviews.</span
        >
      </p>
      <form class="crop-form" method="post" action="/media/${item}/crop">
        ${tokenField(page)}<input type="hidden" name="base" value="${base}" />
        <div class="crop-stage" data-least="${leastSide}">
          <img src="/bytes/${revision}?size=whole" alt="${fields.alt}" width="${width}" height="${height}" />
        </div>
        <div class="crop-numbers">
          <p role="status" class="hint"></p>
          <fieldset>
            <legend>裁剪框（像素，整张 ${width} × ${height}）</legend>
            <div class="crop-row">
              ${number('left', '从左', [0, width - 1])} ${number('top', '从上', [0, height - 1])}
              ${number('width', '宽', [Math.min(leastSide, width), width])}
              ${number('height', '高', [Math.min(leastSide, height), height])}
            </div>
          </fieldset>
          <fieldset>
            <legend>焦点（框内，百分比）</legend>
            <p class="hint">列表和卡片只显示图的一部分时，焦点一定在里面。</p>
            <div class="crop-row">${number('x', '从左', [0, 100])} ${number('y', '从上', [0, 100])}</div>
          </fieldset>
          <p class="buttons">
            <button name="action" value="save">存为草稿</button>
            <button class="quiet" name="action" value="submit">存并送审</button>
            <a class="button quiet" href="/items/${item}">不改了</a>
          </p>
        </div>
      </form>
      ${usesList(uses)}`,
  );
}
