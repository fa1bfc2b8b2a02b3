import type { ListedItem } from '@chengmen/content';
import { html, type SafeHtml } from '@chengmen/html';
import { may, type FieldsOf, type ItemId } from '@chengmen/model';
import type { Problem } from '../desk-forms.ts';
import { frame, itemStates, problemBox, revisionStates, tokenField, type DeskPage } from './frame.ts';

export interface ListedRedirect extends Pick<ListedItem, 'item' | 'state' | 'newestState'>, FieldsOf<'redirect'> {
  /** Of the item it leads to. */
  readonly title: string;
}

/** Addresses that lead to another page, as their newest revision says. */
export function redirectsPage(
  page: DeskPage,
  { all, next }: { readonly all: readonly ListedRedirect[]; readonly next?: string },
): SafeHtml {
  return frame(
    page,
    '跳转',
    html`<p>
        旧地址通往本站的一页；那一页搬到哪里，跳转就跟到哪里。条目和栏目改地址时自己会跳转，不用写在这里。
        <span lang="en">Pages that move redirect by themselves.</span>
      </p>
      ${may(page.actor, 'channel.write') && html`<p><a class="button quiet" href="/redirects/new">新建跳转</a></p>`}
      ${
        all.length === 0
          ? html`<p class="empty">还没有跳转。<span lang="en">No redirect yet.</span></p>`
          : html`<table class="list">
              <thead>
                <tr>
                  <th scope="col">从</th>
                  <th scope="col">到</th>
                  <th scope="col">备注</th>
                  <th scope="col">状态</th>
                </tr>
              </thead>
              <tbody>
                ${all.map(
                  ({ item, from, to, title, note, state, newestState }) =>
                    html`<tr>
                      <td><a href="/redirects/${item}">${from}</a></td>
                      <td><a href="/items/${to}">${title}</a></td>
                      <td>${note ?? ''}</td>
                      <td><a href="/items/${item}">${itemStates[state]}，${revisionStates[newestState]}</a></td>
                    </tr>`,
                )}
              </tbody>
            </table>`
      }
      ${next !== undefined && html`<p class="pages"><a href="/redirects?after=${encodeURIComponent(next)}">下一页</a></p>`}`,
  );
}

export function redirectPage(
  page: DeskPage,
  state: {
    readonly item: ItemId;
    readonly base: string;
    readonly typed: Readonly<Record<string, string>>;
    readonly problem?: Problem | undefined;
  },
): SafeHtml {
  const { item, base, typed, problem } = state;
  const line = (name: string, zh: string, required: boolean, placeholder = ''): SafeHtml =>
    html`<p>
      <label for="${name}">${zh}</label
      ><input
        id="${name}"
        name="${name}"
        value="${typed[name] ?? ''}"
        placeholder="${placeholder}"
        ${required && html` required`}
        maxlength="500"
      />
    </p>`;
  return frame(
    page,
    base === '' ? '新建跳转' : '改跳转',
    html`${problemBox(problem)}
      <p class="facts">
        <a href="/redirects">全部跳转</a>${base !== '' && html` 　<a href="/items/${item}">修订与审核记录</a>`}
      </p>
      <form class="editor" method="post" action="/redirects/${item}">
        ${tokenField(page)}<input type="hidden" name="base" value="${base}" />
        ${line('from', '从（本站的旧地址，不带问号后面的部分）', true, '/art/2019/1/4/art_1_2.html')}
        ${line('to', '到（本站页面的地址，或条目、栏目的编号；/ 是首页）', true, '/news/…')}
        ${line('note', '备注', false)}
        <div class="save">
          <button class="quiet" name="action" value="save">保存草稿</button>
          <button name="action" value="submit">保存并送审</button>
        </div>
      </form>`,
  );
}
