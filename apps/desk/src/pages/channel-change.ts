import type { ChannelOverview, ChannelRow } from '@chengmen/content';
import { html, type SafeHtml } from '@chengmen/html';
import { mayWithin, type ItemId } from '@chengmen/model';
import type { Problem } from '../desk-forms.ts';
import type { Removal } from '../removals.ts';
import { mayChange, type Moved } from '../channel-places.ts';
import { channelOption } from './channel.ts';
import { frame, problemBox, tokenField, type DeskPage } from './frame.ts';
import { effects } from './withdrawal.ts';

export interface MoveState {
  readonly row: ChannelRow;
  readonly overview: ChannelOverview;
  /** Empty: right below the home page. */
  readonly parent: string;
  readonly before: string;
  readonly siblings: readonly { readonly id: ItemId; readonly name: string }[];
  readonly moved: Moved;
  readonly problem: Problem | undefined;
}

/** Where a channel shall stand, and what that changes; nothing is changed by looking. */
export function movePage(page: DeskPage, state: MoveState): SafeHtml {
  const { row, overview, parent, before, siblings, moved, problem } = state;
  const { id, fields } = row;
  const parents = overview.channels.filter(
    (channel) => !channel.line.includes(id) && (mayChange(page.actor, channel) || channel.id === fields.parent),
  );
  const whole = mayWithin(page.actor, 'channel.write', []) || fields.parent === null;
  const readdressed = (parent || null) !== fields.parent;
  return frame(
    page,
    `移动“${fields.name}”`,
    html`${problemBox(problem)}
      <form class="filter" method="get" action="/channels/${id}/move">
        <label
          >移到哪个栏目之下
          <select name="parent">
            ${whole && html`<option value="">（首页之下）</option>`}${parents.map((channel) => channelOption(channel, parent))}
          </select></label
        >
        <button class="quiet">看那里的次序</button>
      </form>
      <form class="editor" method="post" action="/channels/${id}/move">
        ${tokenField(page)}<input type="hidden" name="parent" value="${parent}" />
        <p>
          <label for="before">放在哪个栏目之前</label
          ><select id="before" name="before">
            <option value="">（放在最后）</option>
            ${siblings.map(({ id: sibling, name }) => html`<option value="${sibling}" ${sibling === before ? html` selected` : undefined}>${name}</option>`)}
          </select>
        </p>
        ${
          readdressed
            ? addressesChange(moved)
            : html`<p>只改次序，地址不变。<span lang="en">The order alone changes, no address.</span></p>`
        }
        <p><button>送审</button> <a class="button quiet" href="/channels/${id}">不移动</a></p>
      </form>`,
  );
}

function addressesChange({ channels, documents }: Moved): SafeHtml {
  return html`<p class="problem">
    审定后 ${channels} 个栏目和其中 ${documents}
    篇文章的地址会改变。旧地址永久跳转到新地址，旧链接不会断。只在原来上级栏目有角色的人，不再管得到它。<span lang="en"
      >Addresses of ${channels} channels and ${documents} articles change on approval; old ones redirect for ever.</span
    >
  </p>`;
}

/** Another segment of the address: asked once more, with what it changes. */
export function readdressPage(
  page: DeskPage,
  state: {
    readonly row: ChannelRow;
    readonly typed: Readonly<Record<string, string>>;
    readonly moved: Moved;
    readonly segment: string;
  },
): SafeHtml {
  const { row, typed, moved, segment } = state;
  const kept = Object.entries(typed).filter(([name]) => name !== '_token' && name !== 'confirmed');
  return frame(
    page,
    `“${row.fields.name}”换地址`,
    html`<p>地址段从 <code>${row.fields.segment}</code> 改为 <code>${segment}</code>。</p>
      <form class="editor" method="post" action="/channels/${row.id}/settings">
        ${tokenField(page)}${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
        <input type="hidden" name="confirmed" value="yes" />
        ${addressesChange(moved)}
        <p><button>送审</button> <a class="button quiet" href="/channels/${row.id}">不改</a></p>
      </form>`,
  );
}

export interface MergeState {
  readonly row: ChannelRow;
  readonly overview: ChannelOverview;
  /** Empty until one is chosen. */
  readonly into: string;
  readonly holders: number;
  readonly named: boolean;
  readonly problem: Problem | undefined;
}

/** Into which channel, and what becomes of articles, addresses and roles. */
export function mergePage(page: DeskPage, state: MergeState): SafeHtml {
  const { row, overview, into, holders, named, problem } = state;
  const { id, fields, live, children, unfinished } = row;
  const targets = overview.channels.filter((channel) => channel.id !== id && mayChange(page.actor, channel));
  const target = targets.find((channel) => channel.id === into);
  return frame(
    page,
    `合并“${fields.name}”`,
    html`${problemBox(problem)}
      <form class="filter" method="get" action="/channels/${id}/merge">
        <label
          >并入哪个栏目
          <select name="into" required>
            <option value="">请选</option>
            ${targets.map((channel) => channelOption(channel, into))}
          </select></label
        >
        <button class="quiet">看会改变什么</button>
      </form>
      ${
        target &&
        html`<h2>审定后 <small lang="en">On approval</small></h2>
          <ul>
            <li>
              ${live}
              篇在线的文章移到“${target.fields.name}”，地址改变，旧地址永久跳转；文章本身不必再审，仍是原来审定的修订。
            </li>
            <li>“${fields.name}”的地址永久跳转到“${target.fields.name}”；栏目不再存在，不能恢复，需要时另建。</li>
            ${unfinished > 0 && html`<li>${unfinished} 篇在写在审的稿件也归“${target.fields.name}”。</li>`}
            ${holders > 0 && html`<li>${holders} 人的角色给在“${fields.name}”：合并后落空，要在“${target.fields.name}”另给。</li>`}
            ${named && html`<li>网站设置（首页版块、长者版等）里用到它：合并后那里不再显示，请一并修改。</li>`}
          </ul>
          ${
            children > 0
              ? html`<p class="problem">下面还有 ${children} 个栏目：先移走，才能合并。</p>`
              : html`<form class="editor" method="post" action="/channels/${id}/merge">
                  ${tokenField(page)}<input type="hidden" name="into" value="${into}" />
                  <p><button>送审</button></p>
                </form>`
          }`
      }
      <p><a class="button quiet" href="/channels/${id}">返回</a></p>`,
  );
}

/** What retiring does with what hangs on a channel, and who may. */
export function retirePage(
  page: DeskPage,
  state: {
    readonly row: ChannelRow;
    readonly holders: number;
    readonly named: boolean;
    /** What would go from where, or what holds it back; undefined while something stands in it. */
    readonly removal: Removal | Problem | undefined;
    readonly problem: Problem | undefined;
  },
): SafeHtml {
  const { row, holders, named, removal, problem } = state;
  const { id, fields, live, children, unfinished } = row;
  const held = removal !== undefined && 'zh' in removal;
  const free = removal !== undefined && !held;
  return frame(
    page,
    `撤销“${fields.name}”`,
    html`${problemBox(problem)}
      <ul>
        ${children > 0 && html`<li>还有 ${children} 个下级栏目：先移走或撤销。</li>`}
        ${live > 0 && html`<li>还有 <a href="/items?channel=${id}&amp;state=live">${live} 篇在线的文章</a>：先<a href="/channels/${id}/merge">并入别的栏目</a>（旧地址会跳转），或逐篇撤回。</li>`}
        ${unfinished > 0 && html`<li>有 <a href="/items?channel=${id}">${unfinished} 篇在写在审的稿件</a>在这个栏目：撤销后不能审定，要改栏目。</li>`}
        ${holders > 0 && html`<li>有 ${holders} 人的角色给在这个栏目：撤销后落空。</li>`}
        ${named && html`<li>网站设置（首页版块、长者版等）里用到它：撤销后那里不再显示，请一并修改。</li>`}
        <li>撤销后，栏目的地址显示“已撤销”和理由；以后审定它的新修订即可恢复。</li>
      </ul>
      ${held && problemBox(removal)} ${free && effects(removal)}
      ${
        free &&
        (mayWithin(page.actor, 'item.withdraw', row.line)
          ? html`<form class="editor" method="post" action="/channels/${id}/retire">
              ${tokenField(page)}
              <p>
                <label for="reason">理由（公众会看到）</label
                ><input id="reason" name="reason" required maxlength="500" />
              </p>
              <p><button class="danger">撤销</button></p>
            </form>`
          : html`<p>里面已空。撤销由这里的终审人执行，请把这一页的地址发给终审人。</p>`)
      }
      <p><a class="button quiet" href="/channels/${id}">返回</a></p>`,
  );
}
