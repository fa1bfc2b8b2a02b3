import { html, printHtml, type SafeHtml } from '@chengmen/html';
import { endingOf, isPictureType, mediaTypes, type FieldsOf } from '@chengmen/model';
import type { Choice } from '../desk-forms.ts';
import type { Uploaded } from '../take-uploads.ts';
import { frame, problemBox, shortHash, tokenField, type DeskPage } from './frame.ts';

/** Files one form takes. */
export const filesAtOnce = 6;

/** Endings a chooser of files offers. */
export const accepted = [...Object.values(mediaTypes).flatMap(({ endings }) => endings), 'gif']
  .filter((ending) => ending !== 'svg')
  .map((ending) => `.${ending}`)
  .join(',');

export interface UploadState {
  readonly done: readonly Uploaded[];
  readonly limit: number;
  /** The channels this person may write in, and whether for the whole site. */
  readonly owners: readonly Choice[];
  readonly site: boolean;
}

/** Upload of several files, and what became of those just handed in. */
export function uploadPage(page: DeskPage, state: UploadState): SafeHtml {
  const { done, limit, owners, site } = state;
  return frame(
    page,
    '上传图片和附件',
    html`${done.length > 0 && results(done)}
      <p>
        每个文件不超过 ${Math.floor(limit / 1024 / 1024)}
        MB。图片会去掉拍摄地点等信息并缩放成网页用的几种大小；文档按原样保存。通过三审后可在稿件中使用。
        <span lang="en"
          >Pictures are freed of places and names their camera wrote and made in the sizes pages need; documents are
          kept as they are.</span
        >
      </p>
      <form class="editor" method="post" action="/upload" enctype="multipart/form-data">
        ${tokenField(page)}
        <p>
          <label for="owner">归属（谁可以改它）</label
          ><select id="owner" name="owner">
            ${site && html`<option value="">全站</option>`}
            ${owners.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}
          </select>
        </p>
        <p class="check">
          <label><input type="checkbox" name="submit" value="yes" /> 保存后直接送审</label>
        </p>
        ${Array.from({ length: filesAtOnce }, (_, at) => fileRow(at + 1))}
        <p><button>上传</button></p>
      </form>`,
  );
}

/** The words stand before the file: they are needed when its first byte arrives. */
function fileRow(number: number): SafeHtml {
  return html`<fieldset>
    <legend>文件 ${number}</legend>
    <div class="row">
      <p>
        <label for="${`alt-${number}`}">图中是什么（图片必填）</label
        ><input id="${`alt-${number}`}" name="alt" maxlength="500" />
      </p>
      <p>
        <label for="${`title-${number}`}">名称（不填则用文件名）</label
        ><input id="${`title-${number}`}" name="title" maxlength="200" />
      </p>
      <p>
        <label for="${`file-${number}`}">选择文件</label
        ><input id="${`file-${number}`}" type="file" name="file" accept="${accepted}" />
      </p>
    </div>
  </fieldset>`;
}

function results(done: readonly Uploaded[]): SafeHtml {
  return html`${done.map((each) =>
    'refused' in each
      ? problemBox({
          zh: `${each.refused.zh}${each.refused.todo.zh}`,
          en: `${each.refused.en} ${each.refused.todo.en}`,
        })
      : html`<div class="notice" role="status">
          <p>
            已保存 <a href="/items/${each.item}">${each.fields.title}</a>，条目编号 <code>${each.item}</code>，${facts(
              each.fields,
            )}
          </p>
          <p>在正文中：<code>${quotation(each.item, each.fields)}</code></p>
        </div>`,
  )}`;
}

/** Type, size and hash of what is kept. */
export function facts({ type, size, width, height, hash }: FieldsOf<'media'>): SafeHtml {
  return html`${mediaTypes[type].zh}，${Math.ceil(size / 1024)}
  KB${width !== undefined && height !== undefined && `，${width} × ${height}`}，SHA-256 ${shortHash(hash)}`;
}

/** As it is written in a body. */
function quotation(item: string, { type, title, alt }: FieldsOf<'media'>): string {
  const markup = isPictureType(type)
    ? html`<img src="media:${item}" alt="${alt}" />`
    : html`<a href="media:${item}">${title}</a>`;
  return printHtml(markup);
}

/** The picture itself, or a way to open the file, for those who review it. */
export function shownFile(revision: string, fields: FieldsOf<'media'>): SafeHtml {
  const address = `/bytes/${revision}`;
  return isPictureType(fields.type)
    ? html`<figure>
        <img src="${address}" alt="${fields.alt}" width="${fields.width ?? ''}" height="${fields.height ?? ''}" />
      </figure>`
    : html`<p>
        <a href="${address}" download="${fields.name ?? `${fields.title}.${endingOf(fields.type)}`}">打开附件</a
        >：${facts(fields)}
      </p>`;
}
