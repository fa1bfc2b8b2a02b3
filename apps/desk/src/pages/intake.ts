import type { ListedPage, ListedRun, LiveChannel } from '@chengmen/content';
import { html, type SafeHtml } from '@chengmen/html';
import { alarmTexts } from '@chengmen/mend';
import { may } from '@chengmen/model';
import { text, type Form, type Problem } from '../desk-forms.ts';
import { deskScripts } from '../desk-scripts.ts';
import { intakeAddress, pagesAtOnce, pageStates, verdictNames, type IntakeQuery } from '../intake-query.ts';
import { typedRules } from '../intake-mapping.ts';
import { at, frame, problemBox, tokenField, type DeskPage } from './frame.ts';

export interface IntakeListState {
  /** The run that is looked at alone, or the newest. */
  readonly runs: readonly ListedRun[];
  readonly pages: readonly ListedPage[];
  readonly count: number;
  readonly query: IntakeQuery;
  readonly channels: readonly LiveChannel[];
  readonly nonce: string;
  readonly problem?: Problem | undefined;
  /** Channels as they were typed, when they come back. */
  readonly typed?: Form | undefined;
}

/** Runs of intake and the pages they found. */
export function intakeListPage(page: DeskPage, state: IntakeListState): SafeHtml {
  const { runs, query, pages, problem, nonce } = state;
  const [run] = query.run === '' ? [] : runs;
  const receives = may(page.actor, 'intake.receive');
  return frame(
    page,
    run ? `采集：${run.name}` : '采集',
    html`<script src="${deskScripts.intake.path}" nonce="${nonce}" defer></script>
      ${problemBox(problem)}
      <p class="buttons">
        ${receives && html`<a class="button" href="/intake/new">采集旧页</a>`}
        ${run && html`<a class="button quiet" href="/intake">全部批次</a>`}
      </p>
      ${run ? runBox(page, run, state, receives) : runs.length > 0 && runList(runs)}
      ${runs.length === 0 ? empty(receives) : filterForm(state)}
      ${runs.length > 0 && (pages.length === 0 ? nothing(query, run) : pageTable(page, state, run, receives))}
      ${pager(state)}`,
  );
}

function empty(receives: boolean): SafeHtml {
  return html`<p class="empty">
    还没有采集过旧页。${receives ? html`<a href="/intake/new">上传一页</a>，或指定服务器上的文件夹：坏字逐处修复，看过再交付。` : '采编和运维可以采集。'}
    <span lang="en">No old pages have been taken in yet.</span>
  </p>`;
}

function nothing(query: IntakeQuery, run: ListedRun | undefined): SafeHtml {
  if (run && isBusy(run) && intakeAddress(query) === intakeAddress({ run: query.run }))
    return html`<p class="empty">正在读第一页……<span lang="en">Reading the first page.</span></p>`;
  return html`<p class="empty">
    没有符合的网页。<a href="${intakeAddress({ run: query.run })}">清除筛选</a><span lang="en">No page matches.</span>
  </p>`;
}

const isBusy = ({ state, stale }: ListedRun): boolean => state === 'reading' || state === 'handing' || stale > 0;
const done = ({ pages }: ListedRun): number => Object.values(pages).reduce((sum, count) => sum + count, 0);

function stateOf(run: ListedRun): string {
  if (run.state === 'reading') return run.entries === null ? '正在编目' : `正在读 ${done(run)} / ${run.entries}`;
  if (run.state === 'handing') return `正在交付，还有 ${run.pages.handing} 页`;
  if (run.state === 'failed') return '中断';
  if (run.state === 'ended') return '已结束';
  return run.stale > 0 ? `正在按新的决定重读，还有 ${run.stale} 页` : '已读完';
}

function runList(runs: readonly ListedRun[]): SafeHtml {
  return html`<section id="runs" data-live="${runs.some(isBusy) ? 'yes' : 'no'}">
    <h2>批次 <small lang="en">Runs</small></h2>
    <table class="list">
      <thead>
        <tr>
          <th scope="col">名称</th>
          <th scope="col">进度</th>
          <th scope="col">待交付</th>
          <th scope="col">已成草稿</th>
          <th scope="col">早已采集</th>
          <th scope="col">未收</th>
          <th scope="col">留有缺字</th>
          <th scope="col">有告警</th>
          <th scope="col">谁，何时</th>
        </tr>
      </thead>
      <tbody>
        ${runs.map(
          (run) =>
            html`<tr>
              <td><a href="${intakeAddress({ run: String(run.run) })}">${run.name}</a></td>
              <td>${stateOf(run)}</td>
              ${counted('待交付', run.pages.read + run.pages.handing)} ${counted('已成草稿', run.pages.taken)}
              ${counted('早已采集', run.pages.known)} ${counted('未收', run.pages.refused)}
              ${counted('留有缺字', run.gaps)} ${counted('有告警', run.alarmed)}
              <td>${run.by} ${at(run.at)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

/** On a phone the heading is not there, so each number says what it counts. */
const counted = (zh: string, count: number): SafeHtml =>
  html`<td class="figure${count === 0 ? ' none' : ''}"><span class="narrow-only">${zh} </span>${count}</td>`;

function runBox(page: DeskPage, run: ListedRun, state: IntakeListState, receives: boolean): SafeHtml {
  const { pages } = run;
  const total = run.entries ?? 0;
  const from =
    'folder' in run.place
      ? `服务器文件夹 ${run.place.folder || '（顶层）'}`
      : `上传的 ${run.place.files.length} 个文件`;
  const link = (count: number, zh: string, query: Partial<IntakeQuery>): SafeHtml | false =>
    count > 0 && html`<li><a href="${intakeAddress({ run: String(run.run), ...query })}">${zh} ${count}</a></li>`;
  return html`<section id="runs" class="run" data-live="${isBusy(run) ? 'yes' : 'no'}">
    ${problemBox(run.problem)}
    <p>
      ${from}，${run.by}
      ${at(run.at)}。<strong>${stateOf(run)}</strong>${run.state === 'reading' && total > 0 && html` <progress max="${total}" value="${Math.min(done(run), total)}">${done(run)}</progress>`}
      ${isBusy(run) && html`<span class="hint">可以离开，读完为止；服务器重启也会接着做。</span>`}
    </p>
    <ul class="lights">
      ${link(pages.read, run.state === 'ended' ? '没有交付' : '待交付', { state: 'read' })}
      ${link(pages.handing, '正在交付', { state: 'handing' })} ${link(pages.taken, '已成草稿', { state: 'taken' })}
      ${link(pages.known, '早已采集', { state: 'known' })} ${link(pages.refused, '未收', { state: 'refused' })}
      ${link(run.gaps, '留有缺字', { verdict: 'gaps' })} ${link(run.alarmed, '有告警', { alarm: 'any' })}
      <li><a href="/intake/${run.run}/pages.csv" download>清单（CSV）</a></li>
    </ul>
    ${
      receives &&
      run.state === 'failed' &&
      html`<form method="post" action="/intake/${run.run}/resume">${tokenField(page)}<button>再读一次</button></form>`
    }
    ${receives && run.state === 'read' && pages.read > 0 && channelsForm(page, run, state)}
    ${receives && (run.state === 'read' || run.state === 'failed') && endForm(page, run)}
  </section>`;
}

function channelsForm(page: DeskPage, run: ListedRun, { channels, typed }: IntakeListState): SafeHtml {
  const chosen = typed ? text(typed, 'channel') : run.channel;
  return html`<details ${typed && html` open`}>
    <summary>改栏目对照 <span lang="en">Other channels</span></summary>
    <form method="post" action="/intake/${run.run}/channels">
      ${tokenField(page)}
      <p>
        <label
          >一行一条：旧地址的开头，或旧网页“当前位置”里的栏目名 → 栏目名或编号；先写的先用
          <textarea name="channels" rows="5" class="code">
${typed ? text(typed, 'channels') : typedRules(run.mapping)}</textarea>
        </label>
      </p>
      <p>${channelSelect(channels, chosen)}</p>
      <p class="hint">还没有交付的 ${run.pages.read} 页会重读，已定的修复照旧；已成草稿的不动。</p>
      <p><button class="quiet">按新的对照放</button></p>
    </form>
  </details>`;
}

/** Where pages stand that no rule fits. */
export const channelSelect = (channels: readonly LiveChannel[], chosen: string): SafeHtml =>
  html`<label
    >没有对上栏目的放在
    <select name="channel">
      ${channels.map(
        ({ id, name, depth }) =>
          html`<option value="${id}" ${id === chosen ? html` selected` : undefined}>
            ${'　'.repeat(depth)}${name}
          </option>`,
      )}
    </select></label
  >`;

function endForm(page: DeskPage, { run, pages, place }: ListedRun): SafeHtml {
  return html`<details>
    <summary>结束这一批 <span lang="en">End this run</span></summary>
    <form method="post" action="/intake/${run}/end">
      ${tokenField(page)}
      <p class="hint">
        ${pages.read > 0 ? `还有 ${pages.read} 页没有交付，结束后不能再交付。` : '都已交付。'}${'tray' in place && '上传的文件会从服务器上删去；'}已成草稿的、逐页清单和所作的决定都留着。
      </p>
      <p><button class="danger">结束这一批</button></p>
    </form>
  </details>`;
}

function filterForm({ query, runs }: IntakeListState): SafeHtml {
  const option = (value: string, zh: string, chosen: string): SafeHtml =>
    html`<option value="${value}" ${value === chosen ? html` selected` : undefined}>${zh}</option>`;
  const select = (name: keyof IntakeQuery, label: string, options: readonly (readonly [string, string])[]): SafeHtml =>
    html`<label
      >${label}
      <select name="${name}">
        ${options.map(([value, zh]) => option(value, zh, query[name]))}
      </select></label
    >`;
  const all = ['', '全部'] as const;
  const filtered = [query.words, query.verdict, query.state, query.alarm].some((value) => value !== '');
  return html`<form class="filter" method="get" action="/intake" role="search" aria-label="筛选网页">
    ${
      query.run === ''
        ? select('run', '批次', [all, ...runs.map(({ run, name }) => [String(run), name] as const)])
        : html`<input type="hidden" name="run" value="${query.run}" />`
    }
    <label
      >标题、文件名、旧地址里的字<input
        type="search"
        name="words"
        value="${query.words}"
        maxlength="200"
        autocomplete="off"
    /></label>
    ${select('verdict', '修得怎样', [all, ...Object.entries(verdictNames)])}
    ${select('state', '办到哪一步', [all, ...Object.entries(pageStates)])}
    ${select('alarm', '告警', [all, ['any', '有告警'], ...Object.entries(alarmTexts).map(([kind, { zh }]) => [kind, zh] as const)])}
    ${select('sort', '排序', orders)}
    <button class="quiet">筛选</button>
    ${filtered && html`<a class="clear" href="${intakeAddress({ run: query.run, sort: query.sort })}">清除筛选</a>`}
  </form>`;
}

const orders = [
  ['', '按来源里的次序'],
  ['-undecided', '待定的多的在前'],
  ['-lost', '缺字多的在前'],
  ['-alarms', '告警多的在前'],
  ['title', '按标题'],
] as const;

function pageTable(page: DeskPage, state: IntakeListState, run: ListedRun | undefined, receives: boolean): SafeHtml {
  const { pages, channels, query } = state;
  const choosable =
    receives &&
    run !== undefined &&
    (run.state === 'read' || run.state === 'handing') &&
    pages.some((one) => one.state === 'read');
  const names = new Map(channels.map(({ id, name }) => [id, name]));
  const table = html`<table class="list intake">
    <thead>
      <tr>
        ${choosable && html`<th scope="col"><span class="unseen">选</span></th>`}
        <th scope="col">网页</th>
        <th scope="col">修得怎样</th>
        <th scope="col">必然</th>
        <th scope="col">采用</th>
        <th scope="col">待定</th>
        <th scope="col">已失</th>
        <th scope="col">有据</th>
        <th scope="col">告警</th>
        <th scope="col">办到哪一步</th>
      </tr>
    </thead>
    <tbody>
      ${pages.map((one) => row(one, { choosable, names, ended: run?.state === 'ended' }))}
    </tbody>
  </table>`;
  if (!choosable) return table;
  return html`<form method="post" action="/intake/${run.run}/hand">
    ${tokenField(page)}
    ${(['verdict', 'state', 'alarm', 'words', 'sort'] as const).map((name) => html`<input type="hidden" name="${name}" value="${query[name]}" />`)}
    <input type="hidden" name="at" value="${query.page}" />
    ${table}
    <div class="actions">
      <p class="buttons">
        <button name="action" value="draft" class="quiet">所选的存为草稿</button>
        <button name="action" value="submit">所选的交付送审</button>
      </p>
      <p class="buttons">
        <button name="action" value="whole-draft" class="quiet">没有缺字和告警的，全部存为草稿</button>
        <button name="action" value="whole-submit" class="quiet">没有缺字和告警的，全部交付送审</button>
        <button name="action" value="all-draft" class="quiet">待交付的 ${run.pages.read} 页，全部存为草稿</button>
      </p>
      <p class="hint">草稿归您所有；图片附件一起交，旧地址上线后跳转过来，重复的不会采集两次。</p>
    </div>
  </form>`;
}

function row(
  one: ListedPage,
  { choosable, names, ended }: { choosable: boolean; names: ReadonlyMap<string, string>; ended: boolean },
): SafeHtml {
  const { counts, state } = one;
  return html`<tr>
    ${
      choosable &&
      html`<td>
        ${state === 'read' && html`<label class="tick"><input type="checkbox" name="page" value="${one.number}" /><span class="unseen">${one.title}</span></label>`}
      </td>`
    }
    <td>
      <a href="/intake/${one.run}/${one.number}">${one.title}</a>
      <small class="detail"
        >${whereFrom(one)}${one.channel !== null && html`，${names.get(one.channel) ?? one.channel}`}</small
      >
      ${one.problem && html`<small class="detail late">${one.problem.zh}</small>`}
      ${one.nearly !== null && html`<small class="detail">与 ${one.nearly} 相近，请核对</small>`}
      ${one.missing.length > 0 && html`<small class="detail late">缺${one.missing.map((name) => missingNames[name] ?? name).join('、')}</small>`}
    </td>
    <td><span class="verdict ${one.verdict}">${verdictNames[one.verdict]}</span></td>
    ${counted('必然', counts.proved)} ${counted('采用', counts.accepted)} ${counted('待定', counts.undecided)}
    ${counted('已失', counts.lost)} ${counted('有据', counts.stated)}
    <td>
      ${one.alarmKinds.length === 0 ? html`<span class="narrow-only">无告警</span>` : html`<span class="late">${one.alarmKinds.map((kind) => alarmName(kind)).join('、')}</span>`}
    </td>
    <td>
      ${ended && state === 'read' ? '没有交付' : pageStates[state]}${one.item !== null && html` <a href="/items/${one.item}">${state === 'known' ? '看已有的' : '看草稿'}</a>`}
    </td>
  </tr>`;
}

export const missingNames: Readonly<Record<string, string>> = { title: '标题', date: '日期', source: '来源' };

/** Its old address, where that says more than the name of a file handed in. */
export const whereFrom = ({ address, name }: ListedPage): string =>
  address === null || address === `/${name}` ? name : address;

export const alarmName = (kind: string): string =>
  Object.entries(alarmTexts).find(([name]) => name === kind)?.[1].zh ?? kind;

function pager({ query, count }: IntakeListState): SafeHtml {
  const now = Number(query.page || 1);
  const last = Math.max(1, Math.ceil(count / pagesAtOnce));
  const to = (page: number): string => intakeAddress({ ...query, page: page === 1 ? '' : String(page) });
  return html`<nav class="pages" aria-label="翻页">
    ${now > 1 && html`<a rel="prev" href="${to(now - 1)}">上一页</a>`}
    ${last > 1 && html`<span>第 ${now} / ${last} 页，共 ${count} 页旧页</span>`}
    ${now < last && html`<a rel="next" href="${to(now + 1)}">下一页</a>`}
  </nav>`;
}
