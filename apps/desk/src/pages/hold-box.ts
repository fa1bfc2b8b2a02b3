import type { HoldState } from '@chengmen/content';
import { html, type SafeHtml } from '@chengmen/html';
import { mayAnywhere, type Actor } from '@chengmen/model';
import { at } from './instant.ts';

/** On every page of the desk: nothing that is approved goes live, since when, by whom and why; or somebody asks for that. */
export function holdBox({ actor, hold }: { readonly actor: Actor; readonly hold: HoldState }): SafeHtml | undefined {
  const { held, asked } = hold;
  const reads = mayAnywhere(actor, 'item.read-unpublished');
  if (!held && !asked) return undefined;
  return html`${held && heldBox(hold, held, reads)}
  ${
    asked &&
    reads &&
    html`<div class="problem" role="alert">
      <p>
        <a href="/releases">${asked.asked.by} 提出退回第 ${asked.release} 版并封存，待另一人确认。</a>
      </p>
      <p lang="en">${asked.asked.by} asks to go back to release ${asked.release}; another person must confirm it.</p>
    </div>`
  }`;
}

function heldBox(
  { waiting, withdrawn }: HoldState,
  { release, alone, asked, confirmed, resume, served }: NonNullable<HoldState['held']>,
  reads: boolean,
): SafeHtml {
  const words = `发布已封存：网站停在第 ${release} 版的内容，批准的都不上线。`;
  return html`<div class="problem hold" role="alert">
    <p><strong>${reads ? html`<a href="/releases">${words}</a>` : words}</strong></p>
    <p>
      ${alone ? `${asked.by} 一人` : `${asked.by} 提出、${confirmed?.by ?? ''} 确认`}，${confirmed && at(confirmed.at)}
      起：${asked.reason}
    </p>
    <p>
      ${waiting}
      件批准的内容在等。${withdrawn.length > 0 && `其后撤回过 ${withdrawn.length} 件：它们的页面都已撤下，列表里可能还有标题。`}${served === undefined && html`<b>正在退回，还没有换好。</b>`}${resume && html`<b>${resume.by} 提出解除，待另一人确认。</b>`}
    </p>
    <p lang="en">
      Nothing that is approved goes live: the site is held at release ${release}. Waiting:
      ${waiting}.${withdrawn.length > 0 && ` ${withdrawn.length} withdrawn since: their pages are gone, lists may still name them.`}
    </p>
  </div>`;
}
