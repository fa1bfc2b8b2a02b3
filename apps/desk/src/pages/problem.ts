import type { SafeHtml } from '@chengmen/html';
import { html } from '@chengmen/html';
import { frame, problemBox, type DeskPage } from './frame.ts';

/** A refusal or fault that has no page of its own to be shown on. */
export function problemPage(page: DeskPage, problem: { readonly zh: string; readonly en: string }): SafeHtml {
  return frame(
    page,
    '没有办成',
    html`${problemBox(problem)}
      <p>
        <a href="/">回到待我处理 <span lang="en">Back to the inbox</span></a>
      </p>`,
  );
}
