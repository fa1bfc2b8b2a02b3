import { html, type SafeHtml } from '@chengmen/html';
import { may, type FieldsOf } from '@chengmen/model';
import { hues, sections } from '../settings-sections.ts';
import { frame, type DeskPage } from './frame.ts';

/** The parts of the settings, each with a page of its own. */
export function settingsPage(page: DeskPage, site: FieldsOf<'site'> | undefined): SafeHtml {
  const mayChange = may(page.actor, 'channel.write');
  if (!site) return noSettings(page, mayChange);
  return frame(
    page,
    '网站设置',
    html`<p class="facts">
        ${site.name}，${site.domain}　<a href="/items/site">修订与审核记录</a>
        <span lang="en">Every change is reviewed like a text; once approved the whole site follows.</span>
      </p>
      ${!mayChange && html`<p>改这里要有全站的“栏目编辑”角色。</p>`}
      <ul class="settings-list">
        ${Object.entries(sections).map(
          ([name, { zh, en, about }]) =>
            html`<li>
              ${mayChange ? html`<a href="/site/${name}">${zh} <span lang="en">${en}</span></a>` : html`${zh} <span lang="en">${en}</span>`}
              <p>${about}</p>
            </li>`,
        )}
        <li>
          <a href="/pages">首页、栏目页、专题的版面 <span lang="en">Pages</span></a>
          <p>由版块拼成的页面。</p>
        </li>
        <li>
          <a href="/channels">栏目 <span lang="en">Channels</span></a>
          <p>新建、改名、移动、合并、撤销。</p>
        </li>
        <li>
          <a href="/redirects">跳转 <span lang="en">Redirects</span></a>
          <p>旧地址通往哪一页。</p>
        </li>
      </ul>`,
  );
}

function noSettings(page: DeskPage, mayChange: boolean): SafeHtml {
  return frame(
    page,
    '网站设置',
    html`<p class="empty">
        这个网站还没有设置，三审通过后才有网页。<span lang="en">This site has no settings yet.</span>
      </p>
      ${
        mayChange
          ? html`<p>
              先<a href="/channels/new">建好要闻栏目</a>，再<a class="button" href="/site/first">填写首次设置</a>。
            </p>`
          : html`<p>填写要有全站的“栏目编辑”角色。</p>`
      }`,
  );
}

/** Attributes of SVG, since the page's policy allows no inline styles. */
export const swatches = html`<ul class="swatches" aria-label="主色的样子">
  ${hues.map(
    ([hue, zh]) =>
      html`<li>
        <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
          <rect width="24" height="24" rx="4" fill="oklch(0.45 0.1 ${hue})" />
        </svg>
        ${zh}
      </li>`,
  )}
</ul>`;
