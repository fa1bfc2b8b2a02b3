import type { ListedMedia, MediaUse } from '@chengmen/content';
import { html, type SafeHtml } from '@chengmen/html';
import { wholeOf } from '@chengmen/media';
import { isPictureType, isPlayedType, mayAnywhere, type Actor } from '@chengmen/model';
import type { Choice } from '../desk-forms.ts';
import { deskScripts } from '../desk-scripts.ts';
import { at, frame, itemStates, problemBox, revisionStates, tokenField, type DeskPage } from './frame.ts';
import { accepted, facts } from './upload.ts';

/** What the library is asked for, as it stands in the address. */
export interface MediaQuery {
  readonly words: string;
  readonly what: string;
  readonly after: string;
}

export const mediaKinds: Readonly<Record<string, string>> = {
  picture: '图片',
  file: '附件',
  wordless: '缺说明的图片',
  own: '我还没送审的',
};

export interface MediaState {
  readonly media: readonly ListedMedia[];
  readonly uses: readonly MediaUse[];
  readonly next?: string;
  readonly query: MediaQuery;
  readonly nonce: string;
  readonly owners: readonly Choice[];
  /** Whether this person may write for the whole site. */
  readonly site: boolean;
  readonly problem?: { readonly zh: string; readonly en: string } | undefined;
  /** Words that could not be saved, so that they are not lost. */
  readonly typed?: Typed | undefined;
}

interface Typed {
  readonly item: string;
  readonly alt: string;
  readonly captions: string;
  readonly transcript: string;
}

/** The address of a list of media; what is empty is left out. */
export function mediaAddress(query: Partial<MediaQuery>): string {
  const asked = Object.entries(query).filter(([, value]) => value !== '');
  return asked.length === 0 ? '/media' : `/media?${new URLSearchParams(asked).toString()}`;
}

/** Pictures and files: handed in, found, described once, and where each is used. */
export function mediaPage(page: DeskPage, state: MediaState): SafeHtml {
  const { media, next, query } = state;
  return frame(
    page,
    '媒体库',
    html`${problemBox(state.problem)} ${mayAnywhere(page.actor, 'item.write') && drop(page, state)} ${filterForm(query)}
      ${media.some((one) => mayGo(page.actor, one)) && submitForm(page, query)}
      ${
        media.length === 0
          ? nothing(query)
          : html`<ul class="media">
              ${media.map((one) => entry(page, one, state))}
            </ul>`
      }
      <nav class="pages" aria-label="翻页">
        ${query.after !== '' && html`<a href="${mediaAddress({ ...query, after: '' })}">最新</a>`}
        ${next !== undefined && html`<a rel="next" href="${mediaAddress({ ...query, after: next })}">较早的</a>`}
      </nav>`,
  );
}

/** A draft of one's own that lacks nothing; what was begun on by others is theirs to send. */
function mayGo({ account }: Actor, { author, newestState, fields }: ListedMedia): boolean {
  return author === account && newestState === 'draft' && !(isPictureType(fields.type) && fields.alt.trim() === '');
}

/** Its boxes stand in the list. */
function submitForm(page: DeskPage, query: MediaQuery): SafeHtml {
  return html`<form id="together" class="buttons" method="post" action="/media/submit">
    ${tokenField(page)}<input type="hidden" name="back" value="${mediaAddress(query)}" />
    <button class="quiet">送审选中的</button>
    <span class="hint">选下面列表里您还没送审的。<span lang="en">Chosen drafts go to review together.</span></span>
  </form>`;
}

function drop(page: DeskPage, { nonce, owners, site }: MediaState): SafeHtml {
  return html`<script src="${deskScripts.media.path}" nonce="${nonce}" defer></script>
    <section class="drop" data-token="${page.token}" aria-labelledby="drop" hidden>
      <h2 id="drop">上传 <small lang="en">Upload</small></h2>
      <p>
        把文件拖到这里，或<label for="many">选择多个文件</label
        >。图片先存成草稿，说明在下面的列表里补上；没有说明的图片通不过终审。
      </p>
      <p><input id="many" type="file" multiple accept="${accepted}" /></p>
      <p>
        <label
          >归属（谁可以改它）
          <select>
            ${site && html`<option value="">全站</option>`}
            ${owners.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}
          </select></label
        >
      </p>
      <p role="status"></p>
      <ol></ol>
    </section>
    <p><a href="/upload">逐个上传，同时写说明</a></p>`;
}

function filterForm({ words, what }: MediaQuery): SafeHtml {
  return html`<form class="filter" method="get" action="/media" role="search" aria-label="筛选媒体">
    <label
      >名称或说明里的字 <input type="search" name="words" value="${words}" maxlength="200" autocomplete="off"
    /></label>
    <label
      >种类
      <select name="what">
        <option value="">全部</option>
        ${Object.entries(mediaKinds).map(
          ([value, zh]) =>
            html`<option value="${value}" ${value === what ? html` selected` : undefined}>${zh}</option>`,
        )}
      </select></label
    >
    <button class="quiet">筛选</button>
    ${(words !== '' || what !== '') && html`<a class="clear" href="/media">清除筛选</a>`}
  </form>`;
}

function entry(page: DeskPage, one: ListedMedia, { uses, query, typed }: MediaState): SafeHtml {
  const { item, fields, state, newest, newestState, hash, authorName, changedAt } = one;
  const own = uses.filter(({ media }) => media === item);
  const picture = isPictureType(fields.type);
  return html`<li id="${item}">
    ${
      picture &&
      html`<a href="/items/${item}" tabindex="-1" aria-hidden="true"
        ><img src="/bytes/${newest}?size=small" alt="" loading="lazy" width="240" height="160"
      /></a>`
    }
    <div>
      <h2><a href="/items/${item}">${fields.title}</a></h2>
      <p>${facts(fields)}</p>
      ${
        mayGo(page.actor, one) &&
        html`<label class="tick"
          ><input
            type="checkbox"
            name="pick"
            value="${newest} ${hash}"
            form="together"
            ${query.what === 'own' && html` checked`}
          />
          一起送审<span class="unseen">：${fields.title}</span></label
        >`
      }
      <p>${itemStates[state]}，最新修订${revisionStates[newestState]}，${authorName} ${at(changedAt)}</p>
      ${picture && (mayAnywhere(page.actor, 'item.write') ? wordsForm(page, one, { query, alt: typed?.item === item ? typed.alt : fields.alt }) : html`<p>说明：${fields.alt}</p>`)}
      ${isPlayedType(fields.type) && mayAnywhere(page.actor, 'item.write') && spokenForm(page, one, { query, typed: typed?.item === item ? typed : undefined })}
      ${mayAnywhere(page.actor, 'item.write') && changes(item, fields)} ${usesList(own)}
    </div>
  </li>`;
}

function wordsForm(
  page: DeskPage,
  { item, newest, fields }: ListedMedia,
  { query, alt }: { readonly query: MediaQuery; readonly alt: string },
): SafeHtml {
  return html`<form method="post" action="/media/${item}/words">
    ${tokenField(page)}<input type="hidden" name="base" value="${newest}" />
    <input type="hidden" name="back" value="${mediaAddress(query)}" />
    <label
      >图中是什么<span class="unseen">：${fields.title}</span>
      <input name="alt" value="${alt}" maxlength="500" required
    /></label>
    <p class="buttons">
      <button class="quiet" name="action" value="save">存说明</button>
      <button class="quiet" name="action" value="submit">存并送审</button>
    </p>
  </form>`;
}

/** Of a film or a recording: for those who do not hear, or cannot play it. */
function spokenForm(
  page: DeskPage,
  { item, newest, fields }: ListedMedia,
  { query, typed }: { readonly query: MediaQuery; readonly typed: Typed | undefined },
): SafeHtml {
  return html`<details ${typed && html`open`}>
    <summary>字幕和文字稿<span class="unseen">：${fields.title}</span></summary>
    <form method="post" action="/media/${item}/words">
      ${tokenField(page)}<input type="hidden" name="base" value="${newest}" />
      <input type="hidden" name="back" value="${mediaAddress(query)}" />
      <p>
        <label
          >字幕文件（WebVTT 附件的条目编号）
          <input name="captions" value="${typed?.captions ?? fields.captions ?? ''}" maxlength="100"
        /></label>
      </p>
      <p>
        <label
          >文字稿：说的和看到的，一行一段
          <textarea name="transcript" rows="4">${typed?.transcript ?? fields.transcript ?? ''}</textarea>
        </label>
      </p>
      <p class="buttons">
        <button class="quiet" name="action" value="save">存字幕和文字稿</button>
        <button class="quiet" name="action" value="submit">存并送审</button>
      </p>
    </form>
  </details>`;
}

function changes(item: string, fields: ListedMedia['fields']): SafeHtml {
  const of = html`<span class="unseen">：${fields.title}</span>`;
  return html`<p class="changes">
    ${canCrop(fields) && html`<a href="/media/${item}/crop">裁剪、焦点${of}</a>`}
    <a href="/media/${item}/replace">换掉${of}</a> <a href="/items/${item}/fields/media">名称、归属${of}</a>
  </p>`;
}

/** A drawing has no pixels to cut. */
export const canCrop = (fields: ListedMedia['fields']): boolean => wholeOf(fields) !== undefined;

export const usedAs = { live: '在线', coming: '在审或定时', draft: '草稿' } as const;

/** The pages that show a medium; its withdrawal waits for those on air and on their way. */
export function usesList(uses: readonly MediaUse[]): SafeHtml {
  if (uses.length === 0) return html`<p>没有用在任何页面。<span lang="en">Used nowhere.</span></p>`;
  return html`<details>
    <summary>用在 ${uses.length} 处 <span lang="en">Used in</span></summary>
    <ul>
      ${uses.map(
        ({ item, title, as, revision }) =>
          html`<li><a href="/items/${item}?revision=${revision}">${title}</a>（${usedAs[as]}）</li>`,
      )}
    </ul>
  </details>`;
}

function nothing({ words, what, after }: MediaQuery): SafeHtml {
  if (words === '' && what === '' && after === '')
    return html`<p class="empty">还没有图片和附件。<span lang="en">There are no pictures or files yet.</span></p>`;
  return html`<p class="empty">
    没有符合的。字少写几个，或<a href="/media">清除筛选</a>。<span lang="en">Nothing matches.</span>
  </p>`;
}
