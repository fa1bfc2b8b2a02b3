import type { ChannelRow, ListedItem } from '@chengmen/content';
import { html, type SafeHtml } from '@chengmen/html';
import { homePageItem, mayAnywhere } from '@chengmen/model';
import { mayChange } from '../channel-places.ts';
import { frame, itemStates, revisionStates, type DeskPage } from './frame.ts';

export interface PageListState {
  readonly channels: readonly ChannelRow[];
  readonly topics: readonly ListedItem[];
  readonly home: ListedItem | undefined;
}

/** Pages that are put together from blocks: the home page, channels, topics. */
export function pageList(page: DeskPage, { channels, topics, home }: PageListState): SafeHtml {
  const { actor } = page;
  const mayLook = mayAnywhere(actor, 'channel.write');
  return frame(
    page,
    '版面',
    html`<p>
        首页、栏目页和专题由版块拼成，改了送审，终审后上线。<a href="/site">网站设置（名称、颜色、导航、页脚）</a>
        <a href="/redirects">跳转</a>
        <span lang="en">Pages put together from blocks.</span>
      </p>
      <h2>首页 <small lang="en">Home page</small></h2>
      <p>
        ${mayLook ? html`<a class="button" href="/pages/${homePageItem}">编辑首页版面</a>` : '首页由全站的栏目编辑来改。'}
        ${home ? html` <a href="/items/${homePageItem}">${itemStates[home.state]}，${revisionStates[home.newestState]}</a>` : '还没有按版块改过，按网站信息里的默认排列。'}
      </p>
      <h2>专题 <small lang="en">Topics</small></h2>
      <p>
        ${mayAnywhere(actor, 'item.write') && html`<a class="button quiet" href="/pages/new">新建专题</a> `}<a
          href="/items?kind=topic"
          >全部专题</a
        >
      </p>
      ${
        topics.length === 0
          ? html`<p class="empty">还没有专题。<span lang="en">No topic yet.</span></p>`
          : html`<ul>
              ${topics.map(
                ({ item, title, state, newestState }) =>
                  html`<li>
                    <a href="/pages/${item}">${title}</a>
                    <small>${itemStates[state]}，${revisionStates[newestState]}</small>
                  </li>`,
              )}
            </ul>`
      }
      <h2>栏目页 <small lang="en">Channel pages</small></h2>
      <ul class="channel-pages">
        ${channels.map(
          (row) =>
            html`<li>
              ${'　'.repeat(row.depth)}${mayChange(actor, row) ? html`<a href="/pages/${row.id}">${row.fields.name}</a>` : row.fields.name}
              <small
                >${row.fields.edition ? '外文版首页' : row.fields.blocks ? `${row.fields.blocks.length} 块` : '按模板'}</small
              >
            </li>`,
        )}
      </ul>`,
  );
}
