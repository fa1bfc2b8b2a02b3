import type { Finding } from '@chengmen/checks';
import { html, type SafeHtml } from '@chengmen/html';
import type { ItemId } from '@chengmen/model';
import { findingList } from './findings.ts';
import { frame, type DeskPage } from './frame.ts';

export interface DoubtfulForms {
  /** Those that nobody has decided yet, by item. */
  readonly open: readonly { readonly item: ItemId; readonly title: string; readonly findings: readonly Finding[] }[];
  /** Live items that were looked through. */
  readonly looked: number;
  /** Where the next ones begin. */
  readonly next: string | undefined;
  readonly hasEdition: boolean;
}

/** What is live and may be written wrong in the Traditional edition, for a person to decide place by place. */
export function doubtfulFormsPage(page: DeskPage, { open, looked, next, hasEdition }: DoubtfulForms): SafeHtml {
  const places = open.reduce((sum, { findings }) => sum + findings.length, 0);
  return frame(
    page,
    '繁体存疑',
    html`<p>
        线上内容里，转成繁体时没有词可依、常用写法又可能不对的地方。写错的，把名字或词加到<a href="/pages/site"
          >网站信息</a
        >的繁体保护词里；没有写错的，在条目页放行，理由记入审计，以后不再列出。<span lang="en"
          >Places of what is live whose Traditional form a person has to decide.</span
        >
      </p>
      ${
        hasEdition
          ? html`<p>看了 ${looked} 条在线内容，${places} 处待定。</p>`
          : html`<p class="empty">本站没有繁体版。<span lang="en">This site has no Traditional edition.</span></p>`
      }
      ${open.map(
        ({ item, title, findings }) =>
          html`<section>
            <h2><a href="/items/${item}">${title}</a></h2>
            ${findingList(findings)}
          </section>`,
      )}
      ${
        next !== undefined &&
        html`<p>
          <a class="button" href="/checks/traditional?after=${encodeURIComponent(next)}"
            >往后看 <span lang="en">Next</span></a
          >
        </p>`
      }`,
  );
}
