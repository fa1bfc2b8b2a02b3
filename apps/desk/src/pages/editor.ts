import { html, type Removal, type SafeHtml } from '@chengmen/html';
import { isDocument, kindNames, mayAnywhere, writePermission, type Kind } from '@chengmen/model';
import { frame, problemBox, tokenField, type DeskPage } from './frame.ts';

export interface EditorState {
  readonly kind: Kind;
  readonly item: string;
  /** As typed: nothing is lost when saving is refused. */
  readonly values: Readonly<Record<string, string>>;
  readonly channels: readonly { readonly id: string; readonly name: string }[];
  readonly problem?: { readonly zh: string; readonly en: string } | undefined;
}

/** The fields each document has; what its kind adds is edited as JSON. */
export const documentFieldNames = [
  'title',
  'channel',
  'date',
  'source',
  'author',
  'summary',
  'keywords',
  'image',
  'attachments',
  'body',
  'pinned',
] as const;

export function editorPage(page: DeskPage, state: EditorState): SafeHtml {
  const { kind, item, values, channels, problem } = state;
  const value = (name: string): string => values[name] ?? '';
  const field = (name: string, label: string, extra?: SafeHtml): SafeHtml =>
    html`<p>
      <label for="${name}">${label}</label><input id="${name}" name="${name}" value="${value(name)}" ${extra} />
    </p>`;
  const document = isDocument(kind);
  return frame(
    page,
    item === '' ? `写${kindNames[kind].zh}` : `修订：${value('title') || item}`,
    html`${problemBox(problem)}
      ${
        item === '' &&
        html`<p class="kinds">
          换一种：${(Object.keys(kindNames) as Kind[]).filter((other) => mayAnywhere(page.actor, writePermission(other))).map((other) => html`<a href="/items/new?kind=${other}" ${other === kind ? html` aria-current="page"` : undefined}>${kindNames[other].zh}</a> `)}
        </p>`
      }
      <form class="editor" method="post" action="/items">
        ${tokenField(page)}<input type="hidden" name="kind" value="${kind}" /><input
          type="hidden"
          name="item"
          value="${item}"
        />
        ${
          document &&
          html`${field('title', '标题', html` required maxlength="200"`)}
            <div class="row">
              <p>
                <label for="channel">栏目</label
                ><select id="channel" name="channel">
                  ${channels.map(({ id, name }) => html`<option value="${id}" ${id === value('channel') ? html` selected` : undefined}>${name}</option>`)}
                </select>
              </p>
              ${field('date', '发布时间（年-月-日 时:分）', html` required placeholder="2026-11-20 09:30" pattern="\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}"`)}
              ${field('source', '来源', html` required`)}
            </div>
            ${field('summary', '摘要')} ${field('keywords', '关键词（用、隔开）')}
            <div class="row">
              ${field('author', '作者')}${field('image', '题图（图片条目编号）')}${field('attachments', '附件（附件条目编号，用、隔开）')}
              <p class="check">
                <label
                  ><input
                    type="checkbox"
                    name="pinned"
                    value="yes"
                    ${value('pinned') === '' ? undefined : html` checked`}
                  />
                  置顶</label
                >
              </p>
            </div>
            <p>
              <label for="body">正文（HTML，可从 Word 或网页粘贴源码，保存时清理并列出删去的东西）</label
              ><textarea id="body" name="body" rows="18" required>${value('body')}</textarea>
            </p>`
        }
        ${
          (!document || value('more') !== '' || kind !== 'article') &&
          html`<p>
            <label for="more">${document ? `${kindNames[kind].zh}的其他字段（JSON）` : '字段（JSON）'}</label
            ><textarea id="more" name="more" rows="${document ? '10' : '18'}" spellcheck="false" class="code">
${value('more') || '{}'}</textarea>
          </p>`
        }
        <p>
          <button name="action" value="save">保存草稿</button>
          <button class="quiet" name="action" value="submit">保存并送审</button>
        </p>
      </form>`,
  );
}

/** What cleaning took out, in words. */
export function removedNotice(removed: readonly Removal[]): string {
  if (removed.length === 0) return '';
  return `清理时删去：${removed.map(({ what, count }) => `${what} ${count} 处`).join('，')}。`;
}
