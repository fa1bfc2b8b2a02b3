import type { LiveChannel } from '@chengmen/content';
import { html, type SafeHtml } from '@chengmen/html';
import { text, type Form, type Problem } from '../desk-forms.ts';
import { deskScripts } from '../desk-scripts.ts';
import type { AllowedFolder } from '../intake-door.ts';
import { tableColumns } from '../intake-mapping.ts';
import { channelSelect } from './intake.ts';
import { frame, problemBox, tokenField, type DeskPage } from './frame.ts';

export interface NewIntakeState {
  readonly channels: readonly LiveChannel[];
  /** What the allowed folder holds; undefined where there is none. */
  readonly folder: AllowedFolder | undefined;
  readonly nonce: string;
  readonly problem?: Problem | undefined;
  /** As it was typed, when it comes back. */
  readonly form?: Form;
}

const sources = '.html,.htm,.shtml,.xhtml,.txt,.warc,.gz,.csv,.tsv,.xlsx,.jsonl,.ndjson,.rss,.atom,.xml';

/** Old pages are handed in, or pointed to where operators allow it. */
export function newIntakePage(page: DeskPage, state: NewIntakeState): SafeHtml {
  const { problem, folder, nonce } = state;
  return frame(
    page,
    '采集旧页',
    html`<script src="${deskScripts.intake.path}" nonce="${nonce}" defer></script>
      ${problemBox(problem)}
      <p>
        旧网页、网页存档、表格和订阅源都可以；坏字会逐处修复，您看过、定过之后才成为草稿。
        <span lang="en"
          >Old pages, web archives, tables and feeds. Damage is mended place by place; nothing becomes a draft before
          you have looked.</span
        >
      </p>
      <form method="post" action="/intake/upload" enctype="multipart/form-data" class="intake-new">
        <h2>上传 <small lang="en">Upload</small></h2>
        ${tokenField(page)} ${common(state, '')}
        <div class="drop" data-drop>
          <label
            >文件（可多选，也可拖到这里） <input type="file" name="file" multiple required accept="${sources}"
          /></label>
          <p class="hint">
            网页 .html .shtml .txt（每个不超过 4 MB）、存档 .warc .warc.gz（256 MB）、表格 .csv .xlsx .jsonl 和订阅源
            .rss .atom .xml（16 MB）；一次最多 500 个，合计 512
            MB。收到的字节原样保存，其中的脚本、图片、链接一概不会打开。
          </p>
          <ul data-chosen></ul>
        </div>
        <p><button>上传并读入</button></p>
      </form>
      ${
        folder
          ? folderForm(page, state, folder)
          : html`<p class="hint">
              上千页的旧站，请运维把它放到服务器上一个允许采集的文件夹（<code>--intake-folder</code>），这里就能直接指定。
              <span lang="en">For whole old sites an operator can allow a folder of the server.</span>
            </p>`
      } `,
  );
}

/** Fields both forms have; `own` tells their ids apart. */
function common({ channels, form = {} }: NewIntakeState, own: string): SafeHtml {
  const said = (name: string): string => text(form, name);
  const chosen = said('channel') || 'restored';
  return html`<div class="row">
      <label
        >名称（给这一批起个名） <input name="name" value="${said('name')}" maxlength="200" autocomplete="off"
      /></label>
      ${channelSelect(channels, chosen)}
    </div>
    <details ${said('channels') === '' ? undefined : html` open`}>
      <summary>栏目对照 <span lang="en">Channel mapping</span></summary>
      <p>
        <label
          >一行一条：旧地址的开头，或旧网页“当前位置”里的栏目名（表格的“旧栏目”列也算） → 栏目名或编号；先写的先用
          <textarea name="channels" rows="5" class="code" placeholder="/xwzx/tpxw/ → 图片新闻&#10;通知公告 → notices">
${said('channels')}</textarea>
        </label>
      </p>
    </details>
    <details ${said('column-title') === '' ? undefined : html` open`}>
      <summary>表格的列 <span lang="en">Columns of a table</span></summary>
      <p class="hint" id="columns${own}">表格必须填标题和正文两列的列名（第一行里的字；JSONL 是键名）。</p>
      <div class="row" aria-describedby="columns${own}">
        ${Object.entries(tableColumns).map(
          ([name, zh]) =>
            html`<label
              >${zh} <input name="column-${name}" value="${said(`column-${name}`)}" maxlength="200" autocomplete="off"
            /></label>`,
        )}
        <label
          >没有来源列时，来源写 <input name="constant-source" value="${said('constant-source')}" maxlength="200"
        /></label>
        <label>工作表（空：第一张） <input name="sheet" value="${said('sheet')}" maxlength="200" /></label>
        <label
          >正文列里是
          <select name="body">
            <option value="html">网页代码</option>
            <option value="text" ${said('body') === 'text' ? html` selected` : undefined}>纯文字，一行一段</option>
          </select></label
        >
      </div>
    </details>`;
}

function folderForm(page: DeskPage, state: NewIntakeState, { path, folders, files }: AllowedFolder): SafeHtml {
  const address = (to: string): string => `/intake/new?${new URLSearchParams({ folder: to }).toString()}`;
  const parts = path === '' ? [] : path.split('/');
  return html`<form method="post" action="/intake/folder" class="intake-new">
    <h2>服务器上的文件夹 <small lang="en">A folder of the server</small></h2>
    ${tokenField(page)} <input type="hidden" name="folder" value="${path}" />
    <p>
      <a href="/intake/new">采集文件夹</a>${parts.map(
        (part, index) => html` / <a href="${address(parts.slice(0, index + 1).join('/'))}">${part}</a>`,
      )}
    </p>
    ${
      folders.length > 0 &&
      html`<ul class="changed">
        ${folders.map((name) => html`<li><a href="${address(path === '' ? name : `${path}/${name}`)}">${name}/</a></li>`)}
      </ul>`
    }
    <p>
      ${files.length === 0 ? '这一层没有可采集的文件；下面各层的网页也会一起采集。' : `这一层有 ${files.length} 个可采集的文件${files.length <= 5 ? `（${files.join('、')}）` : ''}；下面各层的网页也一起采集。`}
    </p>
    ${common(state, '-folder')}
    <p><button>采集这个文件夹</button></p>
  </form>`;
}
