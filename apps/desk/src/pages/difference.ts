import { html, type SafeHtml } from '@chengmen/html';
import type { FieldsOf } from '@chengmen/model';
import { titleIn, type Revision } from '@chengmen/revision';
import type { BodyLine } from '../difference/body-lines.ts';
import type { LineChange } from '../difference/compare-lines.ts';
import type { Stretch } from '../difference/compare-words.ts';
import type { BlockChange } from '../difference/compare-blocks.ts';
import type { BlocksChange, Difference } from '../difference/difference-of.ts';
import { withTitles } from './item-names.ts';
import { at, frame, revisionStates, shortHash, type DeskPage } from './frame.ts';
import { shownFile } from './upload.ts';

export interface DifferenceView {
  readonly item: string;
  /** Newest first. */
  readonly history: readonly Revision[];
  readonly before: Revision;
  readonly after: Revision;
  readonly difference: Difference;
  readonly as: 'side' | 'inline';
  /** Names of pictures and files by item, with the type of their newest revision. */
  /** Titles of what blocks name, by item. */
  readonly titles: ReadonlyMap<string, string>;
  readonly media: ReadonlyMap<string, { readonly title: string; readonly alt: string; readonly isPicture: boolean }>;
}

/** Two revisions of an item, side by side or in one text. */
export function differencePage(page: DeskPage, view: DifferenceView): SafeHtml {
  const { item, before, after, as } = view;
  return frame(
    page,
    `比较：${titleIn(after.fields, item)}`,
    html`<p class="facts"><a href="/items/${item}?revision=${after.revision}">回到条目</a></p>
      ${chooser(view)}
      <p class="facts">
        ${revisionLine('由', before)}
        <br />
        ${revisionLine('到', after)}
      </p>
      <h2>变化</h2>
      ${before.kind === 'media' && before !== after && bothFiles(before, after)} ${differenceSection(view, as)}`,
  );
}

function bothFiles(before: Revision, after: Revision): SafeHtml {
  return html`<div class="row">
    ${[before, after].map((one) => html`<div>${shownFile(one.revision, one.fields as FieldsOf<'media'>)}</div>`)}
  </div>`;
}

function revisionLine(word: string, { revision, hash, authorName, createdAt, state }: Revision): SafeHtml {
  return html`${word}
    <strong>${revision}</strong> ${revisionStates[state]}，${authorName}，${at(createdAt)}，${shortHash(hash)}`;
}

function chooser({ item, history, before, after, as }: DifferenceView): SafeHtml {
  const options = (chosen: Revision): SafeHtml[] =>
    history.map(
      ({ revision, state }) =>
        html`<option value="${revision}" ${revision === chosen.revision ? html` selected` : undefined}>
          ${revision} ${revisionStates[state]}
        </option>`,
    );
  return html`<form class="filter" method="get" action="/items/${item}/difference">
    <p>
      <label for="from">由</label
      ><select id="from" name="from">
        ${options(before)}
      </select>
    </p>
    <p>
      <label for="to">到</label
      ><select id="to" name="to">
        ${options(after)}
      </select>
    </p>
    <p>
      <label for="as">方式</label
      ><select id="as" name="as">
        <option value="inline" ${as === 'inline' ? html` selected` : undefined}>合在一起 Inline</option>
        <option value="side" ${as === 'side' ? html` selected` : undefined}>左右对照 Side by side</option>
      </select>
    </p>
    <p>
      <button>比较 <span lang="en">Compare</span></button>
    </p>
  </form>`;
}

/** What changed: fields, pictures and files, then each text. Changes are numbered and lead from one to the next. */
export function differenceSection(
  {
    difference,
    media,
    titles,
    before,
    after,
  }: Pick<DifferenceView, 'difference' | 'media' | 'titles' | 'before' | 'after'>,
  as: 'side' | 'inline',
): SafeHtml {
  const { fields, texts, blocks, media: moved } = difference;
  if (before.hash === after.hash || fields.length + texts.length + blocks.length === 0)
    return html`<p>内容没有变化。</p>`;
  return html`<div class="difference">
    ${
      fields.length > 0 &&
      html`<table class="fields">
        <caption>
          字段
        </caption>
        <thead>
          <tr>
            <th scope="col">字段</th>
            ${
              as === 'side'
                ? html`<th scope="col">${before.revision}</th>
                    <th scope="col">${after.revision}</th>`
                : html`<th scope="col">变化</th>`
            }
          </tr>
        </thead>
        <tbody>
          ${fields.map(
            ({ label, stretches }) =>
              html`<tr>
                <th scope="row">${label}</th>
                ${
                  as === 'side'
                    ? html`<td>${oneSide(stretches, 'removed')}</td>
                        <td>${oneSide(stretches, 'added')}</td>`
                    : html`<td>${together(stretches)}</td>`
                }
              </tr>`,
          )}
        </tbody>
      </table>`
    }
    ${blocks.map((one) => blocksSection(one, titles))}
    ${
      moved.length > 0 &&
      html`<section>
        <h3>图片与附件</h3>
        <ul class="moved">
          ${moved.map(({ item, was }) => {
            const { title = item, alt = '', isPicture = false } = media.get(item) ?? {};
            return html`<li class="${was}">
              ${was === 'added' ? '增加' : '删去'}：<a href="/items/${item}">${title}</a>
              ${isPicture && html`<img src="/media-of/${item}" alt="${alt}" loading="lazy" />`}
            </li>`;
          })}
        </ul>
      </section>`
    }
    ${texts.map(({ label, lines }, at) => textSection({ label, lines, as, id: `change-${at}-` }))}
  </div>`;
}

const changeNames: Record<BlockChange['was'], string> = {
  added: '增加',
  removed: '删去',
  moved: '移动',
  changed: '改动',
  same: '不变',
};

/** Blocks in their new order, those that went where they stood; by words, so that nothing hangs on colour. */
function blocksSection({ label, changes }: BlocksChange, titles: ReadonlyMap<string, string>): SafeHtml {
  const count = (was: BlockChange['was']): string => {
    const many = changes.filter((one) => one.was === was).length;
    return many === 0 ? '' : `${changeNames[was]} ${many} 块`;
  };
  return html`<section class="block-changes">
    <h3>${label}</h3>
    <p>${(['added', 'removed', 'moved', 'changed'] as const).map(count).filter(Boolean).join('，')}。</p>
    <ul>
      ${changes.map(
        (change) =>
          html`<li class="block-${change.was}">
            <b>${changeNames[change.was]}</b> ${marked(signOf(change.was), withTitles(change.label, titles))}
            ${placeNote(change)}
            ${
              change.fields.length > 0 &&
              html`<dl>
                ${change.fields.map(
                  (field) =>
                    html`<dt>${field.label}</dt>
                      <dd>
                        ${together(field.stretches.map((one) => ({ ...one, text: withTitles(one.text, titles) })))}
                      </dd>`,
                )}
              </dl>`
            }
          </li>`,
      )}
    </ul>
  </section>`;
}

const signOf = (was: BlockChange['was']): Stretch['was'] => (was === 'added' || was === 'removed' ? was : 'same');

function placeNote({ was, from, to }: BlockChange): SafeHtml | undefined {
  if (was === 'removed') return html`<small>原第 ${from} 块</small>`;
  if (from !== undefined) return html`<small>由第 ${from} 块移到第 ${to} 块</small>`;
  return was === 'same' ? undefined : html`<small>第 ${to} 块</small>`;
}

/** A stretch of lines that are the same is folded away, but for one on either side. */
type Folded = { readonly kind: 'folded'; readonly lines: readonly BodyLine[] };
type Row = { readonly change: LineChange; readonly number: number } | Folded;

function textSection({ label, lines, as, id }: TextShown): SafeHtml {
  const rows = folded(lines);
  const count = lines.filter(({ kind }) => kind !== 'same').length;
  return html`<section>
    <h3>${label}</h3>
    ${
      count > 0
        ? html`<p>
            ${count} 处变化。<a href="#${id}1">到第一处 <span lang="en">First change</span></a>
          </p>`
        : html`<p>文字没有变化，只有标记不同。</p>`
    }
    ${
      as === 'side'
        ? html`<table class="sides">
            <thead>
              <tr>
                <th scope="col">原来</th>
                <th scope="col">现在</th>
              </tr>
            </thead>
            <tbody>
              ${rows.map((row) => sideRow(row, { count, id }))}
            </tbody>
          </table>`
        : html`<div class="inline">${rows.map((row) => inlineRow(row, { count, id }))}</div>`
    }
  </section>`;
}

interface TextShown {
  readonly label: string;
  readonly lines: readonly LineChange[];
  readonly as: 'side' | 'inline';
  /** Begins the ids of its changes. */
  readonly id: string;
}

function folded(lines: readonly LineChange[]): Row[] {
  const rows: Row[] = [];
  let number = 0;
  const near = (at: number): boolean =>
    [at - 1, at, at + 1].some((one) => lines[one] !== undefined && lines[one].kind !== 'same');
  let quiet: BodyLine[] = [];
  const flush = (): void => {
    if (quiet.length > 0) rows.push({ kind: 'folded', lines: quiet });
    quiet = [];
  };
  lines.forEach((change, at) => {
    if (change.kind === 'same' && !near(at)) {
      quiet.push(change.line);
      return;
    }
    flush();
    rows.push({ change, number: change.kind === 'same' ? 0 : ++number });
  });
  flush();
  return rows;
}

const lineNames: Partial<Record<BodyLine['name'], string>> = {
  h2: '二级标题',
  h3: '三级标题',
  h4: '四级标题',
  li: '列表项',
  row: '表格行',
  quote: '引文',
  caption: '说明',
  picture: '图片',
};

const named = ({ name }: BodyLine): SafeHtml | undefined => {
  const word = lineNames[name];
  return word === undefined ? undefined : html`<small>${word}</small> `;
};

interface Numbered {
  readonly count: number;
  readonly id: string;
}

function leader(number: number, { count, id }: Numbered): SafeHtml | undefined {
  if (number === 0) return undefined;
  const next = number < count ? html`<a href="#${id}${number + 1}" aria-label="下一处变化">↓</a>` : undefined;
  return html`<span class="leader" id="${id}${number}" tabindex="-1">${number}/${count} ${next}</span>`;
}

const foldedLines = (lines: readonly BodyLine[]): SafeHtml =>
  html`<details>
    <summary>没有变化的 ${lines.length} 段</summary>
    ${lines.map((line) => html`<p>${named(line)}${line.text}</p>`)}
  </details>`;

function inlineRow(row: Row, of: Numbered): SafeHtml {
  if ('lines' in row) return foldedLines(row.lines);
  const { change, number } = row;
  if (change.kind === 'same') return html`<p>${named(change.line)}${change.line.text}</p>`;
  if ('line' in change)
    return html`<p class="${change.kind}">
      ${leader(number, of)}${named(change.line)}${marked(change.kind, change.line.text)}
    </p>`;
  const { before, after } = change;
  return html`<p class="changed">
    ${leader(number, of)}${named(after)}${change.kind === 'words' ? together(change.stretches) : html`${after.text}　${formNote(before, after)}`}
  </p>`;
}

function sideRow(row: Row, of: Numbered): SafeHtml {
  if ('lines' in row)
    return html`<tr>
      <td colspan="2">${foldedLines(row.lines)}</td>
    </tr>`;
  const { change, number } = row;
  const cells = (one: SafeHtml | string, other: SafeHtml | string): SafeHtml =>
    html`<tr>
      <td>${leader(number, of)}${one}</td>
      <td>${other}</td>
    </tr>`;
  switch (change.kind) {
    case 'same':
      return cells(html`${named(change.line)}${change.line.text}`, html`${named(change.line)}${change.line.text}`);
    case 'removed':
      return cells(html`${named(change.line)}${marked('removed', change.line.text)}`, '');
    case 'added':
      return cells('', html`${named(change.line)}${marked('added', change.line.text)}`);
    case 'form':
      return cells(change.before.text, html`${change.after.text}　${formNote(change.before, change.after)}`);
    case 'words':
      return cells(
        html`${named(change.before)}${oneSide(change.stretches, 'removed')}`,
        html`${named(change.after)}${oneSide(change.stretches, 'added')}`,
      );
  }
}

function formNote(before: BodyLine, after: BodyLine): SafeHtml {
  if (before.name !== after.name)
    return html`<small class="form"
      >由${lineNames[before.name] ?? '段落'}改为${lineNames[after.name] ?? '段落'}</small
    >`;
  return html`<small class="form">${after.name === 'picture' ? '换了图片' : '文字没有变，标记或链接变了'}</small>`;
}

/** Colour is not all that tells: lines under and through, and words for those who hear the page. */
function marked(was: Stretch['was'], text: string): SafeHtml | string {
  if (was === 'added')
    return html`<ins><span class="unseen">增加：</span>${text}<span class="unseen">（增加完）</span></ins>`;
  if (was === 'removed')
    return html`<del><span class="unseen">删去：</span>${text}<span class="unseen">（删去完）</span></del>`;
  return text;
}

const together = (stretches: readonly Stretch[]): (SafeHtml | string)[] =>
  stretches.map(({ was, text }) => marked(was, text));

/** The earlier text with what went, or the later with what came. */
const oneSide = (stretches: readonly Stretch[], side: 'added' | 'removed'): (SafeHtml | string)[] =>
  stretches.filter(({ was }) => was === 'same' || was === side).map(({ was, text }) => marked(was, text));
