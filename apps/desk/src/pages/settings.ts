import { html, type SafeHtml } from '@chengmen/html';
import { may, type FieldsOf } from '@chengmen/model';
import type { Problem } from '../desk-forms.ts';
import { deskScripts } from '../desk-scripts.ts';
import { hues, sections, type Section } from '../settings-sections.ts';
import type { TypedGroup } from '../typed-form.ts';
import { frame, problemBox, type DeskPage } from './frame.ts';
import { heldForm } from './held-form.ts';
import { typedInputs, type Choices } from './typed-form.ts';

/** The parts of the settings, each with a page of its own. */
export function settingsPage(page: DeskPage, site: FieldsOf<'site'>): SafeHtml {
  const mayChange = may(page.actor, 'channel.write');
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
        ${
          mayChange &&
          html`<li>
            <a href="/items/site/edit">其余设置 <span lang="en">Everything else</span></a>
            <p>繁体版和它的专名，作为数据编辑。</p>
          </li>`
        }
      </ul>`,
  );
}

export interface SettingsState {
  readonly name: string;
  readonly section: Section;
  readonly typed: TypedGroup;
  readonly base: string;
  readonly choices: Choices;
  readonly nonce: string;
  readonly problem: Problem | undefined;
}

export function settingsSection(page: DeskPage, state: SettingsState): SafeHtml {
  const { name, section, typed, base, choices, nonce } = state;
  const action = `/site/${name}`;
  return frame(
    page,
    `网站设置：${section.zh}`,
    html`<script src="${deskScripts.blocks.path}" nonce="${nonce}" defer></script>
      ${problemBox(state.problem)}
      <p class="facts"><a href="/site">全部设置</a>　${section.about}</p>
      ${heldForm(
        page,
        { className: 'settings-form', action, item: 'site', kind: 'site', hold: true, base },
        html`<div id="fields">
            ${typedInputs(section.fields, { prefix: 's', typed, choices, action, anchor: 'fields' })}
          </div>
          ${name === 'look' && swatches}`,
      )}`,
  );
}

/** Attributes of SVG, since the page's policy allows no inline styles. */
const swatches = html`<ul class="swatches" aria-label="主色的样子">
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
