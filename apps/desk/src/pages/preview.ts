import { html, type SafeHtml } from '@chengmen/html';
import type { FieldsOf } from '@chengmen/model';
import { titleIn } from '@chengmen/revision';
import type { Previewed, PreviewedPage } from '../previews.ts';
import { previewMinutes } from '../previews.ts';
import { editionOf } from '../removals.ts';
import { at, frame, revisionStates, shortHash, type DeskPage } from './frame.ts';
import { itemActions, type ItemView } from './item.ts';
import { remarksSection } from './remarks.ts';
import { shownFile } from './upload.ts';

/** Widths of the frames in CSS pixels, and paper. */
const views = {
  '360': { zh: '手机', en: 'Phone, 360 px' },
  '768': { zh: '平板', en: 'Tablet, 768 px' },
  '1440': { zh: '桌面', en: 'Desktop, 1440 px' },
  print: { zh: '打印', en: 'Print, A4' },
} as const;
type View = keyof typeof views;

export function isView(text: string): text is View {
  return Object.hasOwn(views, text);
}

export interface ShownPreview extends Previewed {
  readonly item: ItemView;
  readonly view: View;
  /** The address of the page that was chosen; empty or unknown: the first. */
  readonly chosen: string;
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly addressOf: (page: PreviewedPage) => string;
}

/** A revision as the public would have it: each edition in a frame of its width, the hash of its bytes, and the review beside it. */
export function previewPage(page: DeskPage, shown: ShownPreview): SafeHtml {
  const { item, pages, until } = shown;
  const { shown: revision } = item;
  const all = [...pages.values()].filter(({ type }) => type.startsWith('text/html'));
  const own = all.filter((one) => one.own);
  const others = all.filter((one) => !one.own);
  const chosen = all.find(({ path }) => path === shown.chosen) ?? own[0];
  return frame(
    page,
    `预览：${titleIn(revision.fields, revision.item)}`,
    html`<p class="facts">
        修订 <a href="/items/${revision.item}?revision=${revision.revision}">${revision.revision}</a>
        ${revisionStates[revision.state]}　内容哈希 ${shortHash(revision.hash)}　预览地址
        ${at(new Date(until).toISOString())} 前有效（${previewMinutes} 分钟），不进任何搜索引擎
      </p>
      ${beforeIt(shown)}
      ${own.length === 0 && (revision.kind === 'media' ? shownFile(revision.revision, revision.fields as FieldsOf<'media'>) : html`<p class="empty">这一修订没有自己的页面。</p>`)}
      ${chosen && choices(shown, own, chosen)} ${chosen && framed(shown, chosen)} ${itemActions(page, item)}
      ${remarksSection(page, item)} ${changes(shown, others)}`,
  );
}

function beforeIt({ before }: ShownPreview): SafeHtml | undefined {
  if (before.length === 0) return undefined;
  return html`<div class="problem">
    <p>页面按下列图片、附件也已通过终审的样子显示；它们要先审定，本条才能上线：</p>
    <p lang="en">Shown as if these pictures and files were approved too; they must be, before this can go live:</p>
    <ul>
      ${before.map(({ item, revision, fields }) => html`<li><a href="/items/${item}?revision=${revision}">${titleIn(fields, item)}</a></li>`)}
    </ul>
  </div>`;
}

function choices(shown: ShownPreview, own: readonly PreviewedPage[], chosen: PreviewedPage): SafeHtml {
  const to = (path: string, view: string): string => `?${new URLSearchParams({ page: path, view }).toString()}`;
  const current = (is: boolean): SafeHtml | undefined => (is ? html` aria-current="true"` : undefined);
  return html`<nav class="choices" aria-label="版本与宽度">
    <ul>
      ${own.map((one) => html`<li><a href="${to(one.path, shown.view)}" ${current(one.path === chosen.path)}>${editionOf(one.path)}</a></li>`)}
    </ul>
    <ul>
      ${Object.entries(views).map(
        ([view, { zh, en }]) =>
          html`<li>
            <a href="${to(chosen.path, view)}" ${current(view === shown.view)}>${zh} <span lang="en">${en}</span></a>
          </li>`,
      )}
    </ul>
  </nav>`;
}

function framed({ view, addressOf }: ShownPreview, chosen: PreviewedPage): SafeHtml {
  const address = addressOf(chosen);
  const { zh } = views[view];
  return html`<figure class="preview">
    <figcaption>
      <code>${chosen.path}</code>　页面哈希 <code class="page-hash">${chosen.hash}</code>　
      <a href="${address}" target="_blank" rel="noopener noreferrer">单独打开 <span lang="en">Open by itself</span></a>
      ${
        view === 'print' &&
        html`<span
          >打印的样式铺在屏幕上；字节与所示哈希只差样式表的地址。<span lang="en"
            >What is printed, on the screen: only the addresses of the style sheets differ.</span
          ></span
        >`
      }
    </figcaption>
    <div class="screen" tabindex="0" role="region" aria-label="${zh}宽度的页面">
      <iframe
        class="w${view}"
        title="${editionOf(chosen.path)}，${zh}"
        src="${address}${view === 'print' && '?as=print'}"
        sandbox="allow-scripts allow-modals"
        referrerpolicy="no-referrer"
      ></iframe>
    </div>
  </figure>`;
}

function changes({ otherTargets }: ShownPreview, others: readonly PreviewedPage[]): SafeHtml {
  return html`<section>
    <h2>同时变化的页面</h2>
    ${
      otherTargets === undefined
        ? html`<p>这是全站的改动，几乎每一页都会重做。<span lang="en">A site-wide change: nearly every page.</span></p>`
        : html`<p>上线时还会重做 ${otherTargets} 项（各含所有版本）${otherTargets > 0 && '，其中：'}</p>`
    }
    <ul class="changed">
      ${others
        .filter(({ path }) => editionOf(path) === '标准版')
        .map(
          (one) =>
            html`<li>
              <a href="?${new URLSearchParams({ page: one.path }).toString()}"><code>${one.path}</code></a>
              ${shortHash(one.hash)}
            </li>`,
        )}
    </ul>
  </section>`;
}
