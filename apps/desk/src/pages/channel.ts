import { updateDays, type ChannelOverview, type ChannelRow } from '@chengmen/content';
import { html, type SafeHtml } from '@chengmen/html';
import type { Account } from '@chengmen/identity';
import { mayWithin, roleNames, roles, type FieldsOf, type Role, type UpdateClass } from '@chengmen/model';
import { mayChange } from '../channel-places.ts';
import { lightOf } from './channels.ts';
import { frame, problemBox, revisionStates, tokenField, type DeskPage } from './frame.ts';

export interface ChannelState {
  readonly overview: ChannelOverview;
  readonly row: ChannelRow;
  /** The settings as they stand in the form. */
  readonly values: Readonly<Record<string, string>>;
  readonly accounts: readonly Account[];
  readonly problem: { readonly zh: string; readonly en: string } | undefined;
}

/** The templates of the theme, by what they are for. */
export const layoutNames: Record<FieldsOf<'channel'>['layout'], string> = {
  list: '标题列表',
  pictures: '图片',
  policies: '政策文件库',
  services: '办事服务',
  letters: '来信选登',
  datasets: '数据',
  people: '人物（领导信息）',
  departments: '部门名录',
  projects: '重大项目',
  topics: '专题',
  landing: '综合（下级栏目各显示几条）',
};

export const updateNames: Record<UpdateClass, string> = {
  'two-weeks': `动态要闻类：${updateDays['two-weeks']} 天内更新`,
  'six-months': '通知公告、政策文件类：6 个月内更新',
  year: '人事、规划计划类：1 年内更新',
  'as-needed': '按需更新：不可为空',
};

/** One channel: what it is, and what somebody may change of it. */
export function channelPage(page: DeskPage, state: ChannelState): SafeHtml {
  const { row, overview, values, accounts, problem } = state;
  const { id, fields, live, below, unfinished, pending } = row;
  const names = new Map(overview.channels.map((channel) => [channel.id, channel.fields.name]));
  return frame(
    page,
    fields.name,
    html`${problemBox(problem)}
      <nav class="trail" aria-label="所在位置">
        <a href="/channels">栏目</a
        >${row.line.toReversed().map((each) => html` › <a href="/channels/${each}">${names.get(each) ?? each}</a>`)}
      </nav>
      <p>
        ${lightOf(row)}，${fields.update === undefined ? '未设更新要求' : updateNames[fields.update]}。在线
        <a href="/items?channel=${id}&amp;state=live">${below} 篇</a>（本级 ${live}），在写在审 ${unfinished}
        篇，下级栏目 ${row.children} 个。
      </p>
      ${
        pending &&
        html`<p class="notice">
          有一个改动${revisionStates[pending.state]}：<a href="/items/${id}?revision=${pending.revision}">去看</a
          >。再改会接着它改，审定后面的一个即可。
        </p>`
      }
      <p class="buttons">
        <a class="button quiet" href="/items/${id}">修订与审核记录</a>
        ${mayChange(page.actor, row) && html`<a class="button quiet" href="/channels/new?parent=${id}">在下面新建栏目</a>`}
        ${mayChange(page.actor, row) && fields.parent === null && html`<a class="button quiet" href="/items/${id}/fields/edition">外文版</a>`}
        ${mayChange(page.actor, row) && html`<a class="button quiet" href="/channels/${id}/move?parent=${fields.parent ?? ''}">移动</a>`}
        ${mayChange(page.actor, row) && html`<a class="button quiet" href="/channels/${id}/merge">并入别的栏目</a>`}
        ${(mayChange(page.actor, row) || mayWithin(page.actor, 'item.withdraw', row.line)) && html`<a class="button danger" href="/channels/${id}/retire">撤销</a>`}
      </p>
      ${
        mayChange(page.actor, row)
          ? html`<h2>设置</h2>
              <form class="editor" method="post" action="/channels/${id}/settings">
                ${tokenField(page)}${settingFields(values)}
                <p>
                  <label for="position">序号（同级中从小到大）</label
                  ><input id="position" name="position" inputmode="decimal" value="${values['position'] ?? ''}" />
                </p>
                <p><button>送审</button></p>
              </form>`
          : html`<p>改这个栏目要有它或上级栏目的“栏目编辑”角色。</p>`
      }
      ${holders(accounts, row)}`,
  );
}

/** A channel to be: where it shall stand, and the same settings. */
export function newChannelPage(
  page: DeskPage,
  state: {
    readonly channels: ChannelOverview['channels'];
    readonly values: Readonly<Record<string, string>>;
    readonly problem?: { readonly zh: string; readonly en: string };
  },
): SafeHtml {
  const { values, problem } = state;
  const parents = state.channels.filter((row) => mayChange(page.actor, row));
  return frame(
    page,
    '新建栏目',
    html`${problemBox(problem)}
      <form class="editor" method="post" action="/channels">
        ${tokenField(page)}
        <p>
          <label for="parent">上级栏目</label
          ><select id="parent" name="parent">
            ${mayWithin(page.actor, 'channel.write', []) && html`<option value="">（首页之下）</option>`}${parents.map((row) => channelOption(row, values['parent'] ?? ''))}
          </select>
        </p>
        ${settingFields(values)}
        <p><button>送审</button></p>
        <p>审定后开通，在上级栏目的最后。</p>
      </form>`,
  );
}

export function channelOption({ id, depth, fields }: ChannelRow, chosen: string): SafeHtml {
  return html`<option value="${id}" ${id === chosen ? html` selected` : undefined}>
    ${'　'.repeat(depth)}${fields.name}
  </option>`;
}

function settingFields(values: Readonly<Record<string, string>>): SafeHtml {
  const value = (name: string): string => values[name] ?? '';
  const line = (name: string, label: string, extra?: SafeHtml): SafeHtml =>
    html`<p>
      <label for="${name}">${label}</label
      ><input id="${name}" name="${name}" value="${value(name)}" required ${extra} />
    </p>`;
  const select = (name: string, label: string, options: readonly (readonly [string, string])[]): SafeHtml =>
    html`<p>
      <label for="${name}">${label}</label
      ><select id="${name}" name="${name}">
        ${options.map(([option, text]) => html`<option value="${option}" ${option === value(name) ? html` selected` : undefined}>${text}</option>`)}
      </select>
    </p>`;
  return html`<div class="row">
      ${line('name', '名称', html` maxlength="200"`)}
      ${line('segment', '地址段（小写字母、数字、-）', html` maxlength="41" pattern="[a-z0-9][a-z0-9\\-]*"`)}
      ${line('type', '栏目类别（ColumnType）')} ${select('layout', '模板', Object.entries(layoutNames))}
      ${select('update', '更新要求', [['', '未设'], ...Object.entries(updateNames)])}
    </div>
    ${line('description', '栏目说明（ColumnDescription）')} ${line('keywords', '关键词（用、隔开）')}
    <p class="check">
      <label
        ><input
          type="checkbox"
          name="navigation"
          value="yes"
          ${value('navigation') === '' ? undefined : html` checked`}
        />
        在导航里</label
      >
    </p>`;
}

/** Who may do what here, by role: of the whole site, and of this part. */
function holders(accounts: readonly Account[], { line }: ChannelRow): SafeHtml | undefined {
  const here = (role: Role): { readonly site: string[]; readonly part: string[] } => ({
    site: accounts.filter((one) => one.roles.includes(role)).map(({ name }) => name),
    part: accounts
      .filter((one) => one.within.some((grant) => grant.role === role && line.includes(grant.channel)))
      .map(({ name }) => name),
  });
  const shown = roles
    .map((role) => ({ role, ...here(role) }))
    .filter(({ site, part }) => site.length + part.length > 0);
  return html`<h2>谁可以做什么 <small lang="en">Who may do what here</small></h2>
    <table class="list">
      <thead>
        <tr>
          <th scope="col">角色</th>
          <th scope="col">在这个栏目或上级</th>
          <th scope="col">全站</th>
        </tr>
      </thead>
      <tbody>
        ${shown.map(
          ({ role, site, part }) =>
            html`<tr>
              <th scope="row">${roleNames[role].zh}</th>
              <td>${part.join('、') || '—'}</td>
              <td>${site.join('、') || '—'}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}
