import { html, type SafeHtml } from '@chengmen/html';
import { devices, origins, viewEditions } from '@chengmen/model';
import type { StandingOrder } from '@chengmen/revision';
import { statisticsAddress, statisticsBy, type StatisticsQuery } from '../statistics-query.ts';
import { frame, type DeskPage } from './frame.ts';
import { standingLine } from './schedule.ts';

export interface StatisticsShown {
  readonly query: StatisticsQuery;
  /** Every day of the span, in order. */
  readonly days: readonly {
    readonly day: string;
    readonly views: number;
    readonly visits: number;
    readonly visitors: number;
  }[];
  /** The largest first. */
  readonly values: readonly { readonly value: string; readonly count: number }[];
}

export function statisticsPage(
  page: DeskPage,
  shown: StatisticsShown & { readonly standing: StandingOrder | undefined },
): SafeHtml {
  const { query, days, values } = shown;
  const sum = (of: 'views' | 'visits' | 'visitors'): number => days.reduce((all, day) => all + day[of], 0);
  return frame(
    page,
    '访问统计',
    html`${filters(query)} ${standingLine(page, shown.standing)}
      <p>
        ${query.from} 至 ${query.to}：浏览 <b>${sum('views')}</b> 次，访问 <b>${sum('visits')}</b> 次${
          query.basis === 'counted' && html`，每天的独立访客之和 <b>${sum('visitors')}</b>`
        }。<a href="${statisticsAddress(query, '.csv')}">下载 CSV</a>
      </p>
      ${query.basis === 'log' && html`<p class="notice">这是由访问日志重算的，含停用脚本的读者和重复打开，不能区分访客。</p>`}
      ${dayChart(days)}
      <div class="screen" tabindex="0" role="region" aria-label="每天的数字">
        <table>
          <caption>
            每天
          </caption>
          <thead>
            <tr>
              <th scope="col">日期</th>
              <th scope="col">浏览</th>
              <th scope="col">访问</th>
              <th scope="col">访客</th>
            </tr>
          </thead>
          <tbody>
            ${days.toReversed().map(
              ({ day, views, visits, visitors }) =>
                html`<tr>
                  <th scope="row">${day}</th>
                  <td>${views}</td>
                  <td>${visits}</td>
                  <td>${visitors}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${byValue(page, query, values)}`,
  );
}

function filters(query: StatisticsQuery): SafeHtml {
  const option = (value: string, name: string, chosen: string): SafeHtml =>
    html`<option value="${value}" ${value === chosen ? html`selected` : ''}>${name}</option>`;
  return html`<form class="filter" method="get" action="/statistics">
    <label>从 <input type="date" name="from" value="${query.from}" /></label>
    <label>至 <input type="date" name="to" value="${query.to}" /></label>
    <label
      >分类
      <select name="by">
        ${Object.entries(statisticsBy).map(([value, name]) => option(value, name, query.by))}
      </select></label
    >
    <label>地址开头 <input name="below" value="${query.below}" placeholder="/news/" maxlength="300" /></label>
    <label
      >依据
      <select name="basis">
        ${option('counted', '浏览计数', query.basis)}${option('log', '访问日志', query.basis)}
      </select></label
    >
    <button>查看</button>
  </form>`;
}

const width = 600;
const height = 120;

/** One bar a day. The same numbers follow as a table. */
function dayChart(days: StatisticsShown['days']): SafeHtml | string {
  const top = Math.max(...days.map(({ views }) => views));
  if (top === 0) return '';
  const step = width / days.length;
  const most = days.find(({ views }) => views === top);
  return html`<svg
    viewBox="0 0 ${width} ${height}"
    width="100%"
    height="${height}"
    preserveAspectRatio="none"
    role="img"
    aria-labelledby="days-title days-text"
  >
    <title id="days-title">每天的浏览次数</title>
    <desc id="days-text">${days.length} 天的柱形图；最多的一天是 ${most?.day ?? ''}，${top} 次。数字见下表。</desc>
    ${days.map(
      ({ views }, at) =>
        html`<rect
          x="${round(at * step)}"
          y="${round(height - (views / top) * height)}"
          width="${round(step * 0.8)}"
          height="${round((views / top) * height)}"
          fill="currentColor"
        />`,
    )}
  </svg>`;
}

function byValue(page: DeskPage, query: StatisticsQuery, values: StatisticsShown['values']): SafeHtml {
  const total = values.reduce((all, { count }) => all + count, 0);
  if (values.length === 0)
    return html`<p class="empty">这段时间没有数字。<span lang="en">Nothing was counted.</span></p>`;
  return html`<table>
    <caption>
      按${statisticsBy[query.by as keyof typeof statisticsBy]}
    </caption>
    <thead>
      <tr>
        <th scope="col">${statisticsBy[query.by as keyof typeof statisticsBy]}</th>
        <th scope="col">次数</th>
        <th scope="col">占比</th>
      </tr>
    </thead>
    <tbody>
      ${values.map(
        ({ value, count }) =>
          html`<tr>
            <th scope="row">${nameOf(page, query, value)}</th>
            <td>${count}</td>
            <td>${((count / total) * 100).toFixed(1)}%</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

const reasons = { robot: '自报身份的程序', reload: '三十秒内的重复打开', 'too-many': '同一地址过于频繁' };

function nameOf(page: DeskPage, query: StatisticsQuery, value: string): SafeHtml | string {
  if (query.by === 'page') return html`<a href="${page.portal + value}" rel="noreferrer">${value}</a>`;
  if (query.by === 'section')
    return html`<a href="${statisticsAddress({ ...query, by: 'page', below: value })}">${value}</a>`;
  const names: Readonly<Record<string, { readonly zh: string } | undefined>> =
    query.by === 'device' ? devices : query.by === 'origin' ? origins : query.by === 'edition' ? viewEditions : {};
  return names[value]?.zh ?? (reasons as Readonly<Record<string, string | undefined>>)[value] ?? value;
}

const round = (value: number): number => Math.round(value * 100) / 100;
