import type { ListedMedia, MediaUse } from '@chengmen/content';
import { html, type SafeHtml } from '@chengmen/html';
import { explainError, isPictureType, kindNames, type FieldsOf, type ItemId, type Kind } from '@chengmen/model';
import type { Revision } from '@chengmen/revision';
import { problemOf, type Choice, type Problem } from '../desk-forms.ts';
import type { UnsentFile } from './editor.ts';
import { frame, problemBox, revisionStates, tokenField, type DeskPage } from './frame.ts';
import { usedAs, usesList } from './media.ts';
import { accepted, facts } from './upload.ts';

interface Shown {
  readonly item: ItemId;
  readonly revision: string;
  readonly fields: FieldsOf<'media'>;
}

export interface ChoiceState {
  readonly old: Shown;
  readonly words: string;
  readonly choices: readonly ListedMedia[];
  readonly uses: readonly MediaUse[];
  readonly owners: readonly Choice[];
  /** Whether this person may write for the whole site. */
  readonly whole: boolean;
  readonly problem?: Problem | undefined;
}

/** What shall stand in the place of a picture or file: another of the library, or a new one. */
export function chooseReplacementPage(page: DeskPage, state: ChoiceState): SafeHtml {
  const { old, words, choices, uses, owners, whole, problem } = state;
  const picture = isPictureType(old.fields.type);
  const path = `/media/${old.item}`;
  return frame(
    page,
    `换掉：${old.fields.title}`,
    html`${problemBox(problem)}
      <div class="sides-of">
        <div>${figure(old, '现在的')} ${usesList(uses)}</div>
        <form class="editor" method="post" action="${path}/replacement" enctype="multipart/form-data">
          <h2>用新文件换 <small lang="en">With a new file</small></h2>
          ${tokenField(page)}
          <p>
            <label for="owner">归属（谁可以改它）</label
            ><select id="owner" name="owner">
              ${whole && html`<option value="">全站</option>`}
              ${owners.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}
            </select>
          </p>
          ${
            picture &&
            html`<p>
              <label for="alt">图中是什么<small class="must">必填</small></label
              ><input id="alt" name="alt" maxlength="500" required />
            </p>`
          }
          <p><label for="title">名称（不填则用文件名）</label><input id="title" name="title" maxlength="200" /></p>
          <p>
            <label for="file">选择文件</label><input id="file" type="file" name="file" accept="${accepted}" required />
          </p>
          <p><button>上传，看会换哪些</button></p>
        </form>
      </div>
      <h2>用媒体库里的换 <small lang="en">With another of the library</small></h2>
      <form class="filter" method="get" action="${path}/replace" role="search" aria-label="查找媒体">
        <label>名称或说明里的字 <input type="search" name="words" value="${words}" maxlength="200" /></label>
        <button class="quiet">查找</button>
      </form>
      ${
        choices.length === 0
          ? html`<p class="empty">没有可以换的。<span lang="en">Nothing that fits.</span></p>`
          : html`<ul class="media">
              ${choices.map(
                ({ item, newest, fields }) =>
                  html`<li>
                    ${thumb(newest, fields)}
                    <h3><a href="${path}/replace?by=${item}">${fields.title}</a></h3>
                    <p>${facts(fields)}</p>
                  </li>`,
              )}
            </ul>`
      }`,
  );
}

/** An item that shows the old one, as it was written last. */
export interface ReplaceRow {
  readonly item: ItemId;
  readonly title: string;
  readonly kind: Kind;
  readonly as: MediaUse['as'];
  readonly newest: Omit<Revision, 'reviews'>;
  /** What was written last is what the public sees. */
  readonly onAir: boolean;
  readonly own: boolean;
  /** The old one stands in what was written last. */
  readonly stands: boolean;
  readonly allowed: boolean;
}

export interface ReplaceState {
  readonly old: Shown;
  readonly by: Shown;
  readonly rows: readonly ReplaceRow[];
}

/** Both side by side, and everything that would get a revision; one confirmation for all. */
export function replacePage(page: DeskPage, { old, by, rows }: ReplaceState): SafeHtml {
  const any = rows.some(mayPick);
  return frame(
    page,
    `换掉：${old.fields.title}`,
    html`<div class="sides-of">${figure(old, '现在的')} ${figure(by, '换成')}</div>
      ${
        rows.length === 0
          ? html`<p class="empty">没有页面用它，不用换。<span lang="en">Nothing shows it.</span></p>`
          : html`<form method="post" action="/media/${old.item}/replace">
              ${tokenField(page)}<input type="hidden" name="by" value="${by.item}" />
              <p>
                选中的每个条目各存一份修订，一起送审。审定以前页面不变；旧文件一直在，等没有页面用它再撤回。<span
                  lang="en"
                  >Each chosen item gets a revision. Pages change when it is approved; the old file stays until nothing
                  shows it.</span
                >
              </p>
              <table class="list">
                <thead>
                  <tr>
                    <th scope="col">换</th>
                    <th scope="col">标题</th>
                    <th scope="col">类别</th>
                    <th scope="col">公众所见</th>
                    <th scope="col">在哪一份上换</th>
                  </tr>
                </thead>
                <tbody>
                  ${rows.map(row)}
                </tbody>
              </table>
              <p class="buttons">
                <button name="action" value="submit" ${!any && html` disabled`}>换掉并送审</button>
                <button class="quiet" name="action" value="save" ${!any && html` disabled`}>只存草稿</button>
                <a class="button quiet" href="/media/${old.item}/replace">另选一个</a>
              </p>
            </form>`
      }`,
  );
}

const mayPick = ({ stands, allowed }: ReplaceRow): boolean => stands && allowed;

function row(one: ReplaceRow): SafeHtml {
  const { item, title, kind, as, newest, onAir, own, stands, allowed } = one;
  const state = revisionStates[newest.state];
  const on = onAir ? '在线的' : `最新修订（${state}，${newest.authorName}），连同其中还没上线的改动`;
  const why = stands ? (allowed ? on : '不归您改') : `最新修订（${state}，${newest.authorName}）里已不用它`;
  // What somebody else is still writing is sent to review by nobody's mistake.
  const picked = onAir || own;
  return html`<tr>
    <td>
      ${mayPick(one) && html`<input type="checkbox" name="pick" value="${newest.revision}" aria-label="换：${title}" ${picked && html` checked`} />`}
    </td>
    <td><a href="/items/${item}?revision=${newest.revision}">${title}</a></td>
    <td>${kindNames[kind].zh}</td>
    <td>${usedAs[as]}</td>
    <td>${why}</td>
  </tr>`;
}

export interface Replaced {
  readonly item: ItemId;
  readonly title: string;
  /** What was saved. */
  readonly revision?: string | undefined;
  readonly refused?: ReturnType<typeof explainError>;
}

/** What became of each, what waits now, and what must be done before the old one can go. */
export function replacedPage(
  page: DeskPage,
  {
    old,
    by,
    done,
    submit,
    unsent,
    left,
  }: {
    readonly old: Shown;
    readonly by: Shown;
    readonly done: readonly Replaced[];
    readonly submit: boolean;
    readonly unsent: readonly UnsentFile[];
    readonly left: readonly MediaUse[];
  },
): SafeHtml {
  const saved = done.filter(({ refused }) => !refused);
  const refused = done.filter((one) => one.refused);
  const waits = submit ? '等三审' : '存为草稿';
  return frame(
    page,
    `换掉：${old.fields.title}`,
    html`<div class="${refused.length > 0 ? 'problem' : 'notice'}" role="status">
        <p>
          ${saved.length} 个条目已换，${waits}${refused.length > 0 && `；${refused.length} 个没有办成`}。<span lang="en"
            >${saved.length} changed, ${refused.length} refused.</span
          >
        </p>
      </div>
      ${
        refused.length > 0 &&
        html`<h2>没有办成的</h2>
          <ul>
            ${refused.map(({ item, title, revision, refused: why }) => html`<li><a href="/items/${item}">${title}</a>：${revision !== undefined && '已存为草稿，没有送审。'}${why?.zh}<span lang="en"> ${why?.en}</span></li>`)}
          </ul>`
      }
      ${
        saved.length > 0 &&
        html`<h2>${submit ? '等审的' : '草稿'}</h2>
          <ul>
            ${submit && unsent.length === 0 && html`<li><a href="/items/${by.item}">${by.fields.title}</a>（换上的文件）</li>`}
            ${saved.map(({ item, title, revision }) => html`<li><a href="/items/${item}?revision=${revision ?? ''}">${title}</a></li>`)}
          </ul>`
      }
      ${unsent.map(({ title, refused: why }) => problemBox({ zh: `换上的“${title}”没有送审：${problemOf(explainError(why)).zh}`, en: problemOf(explainError(why)).en }))}
      <p>
        ${
          left.length > 0
            ? `“${old.fields.title}”还用在 ${left.length} 处，这些修订上线以前一直留着。`
            : `“${old.fields.title}”已经没有页面在用。`
        }
        <a href="/items/${old.item}">它的页面</a> 　<a href="/media">媒体库</a>
      </p>`,
  );
}

function figure({ item, revision, fields }: Shown, caption: string): SafeHtml {
  return html`<figure>
    ${thumb(revision, fields)}
    <figcaption>${caption}：<a href="/items/${item}">${fields.title}</a>，${facts(fields)}</figcaption>
  </figure>`;
}

function thumb(revision: string, { type, alt }: FieldsOf<'media'>): SafeHtml | undefined {
  return isPictureType(type)
    ? html`<img src="/bytes/${revision}?size=small" alt="${alt}" width="480" height="320" loading="lazy" />`
    : undefined;
}
