import { html, type SafeHtml } from '@chengmen/html';
import { may, mayAnywhere } from '@chengmen/model';
import { isFiguresLate, isLate, nextDue, openFigures, type Scheduled, type StandingOrder } from '@chengmen/revision';
import { at, frame, problemBox, tokenField, type DeskPage } from './frame.ts';

const states: Record<Scheduled['state'], string> = {
  waiting: '等待',
  done: '已执行',
  cancelled: '已取消',
  failed: '失败',
};
const acts: Record<Scheduled['action'], string> = { publish: '上线', withdraw: '撤回' };

export function schedulePage(
  page: DeskPage,
  {
    scheduled,
    standing,
    problem,
  }: {
    readonly scheduled: readonly Scheduled[];
    readonly standing?: StandingOrder | undefined;
    readonly problem?: Parameters<typeof problemBox>[0];
  },
): SafeHtml {
  return frame(
    page,
    '定时',
    html`${problemBox(problem)} ${standingLine(page, standing)}
    ${scheduled.length === 0 ? html`<p class="empty">没有定时的上线或撤回。<span lang="en">Nothing is scheduled.</span></p>` : scheduleTable(page, scheduled)}`,
  );
}

/** What is published each day by itself, or where that could be ordered: it begins with nobody's silence. */
export function standingLine(page: DeskPage, order: StandingOrder | undefined): SafeHtml {
  if (!order)
    return html`<p class="notice">
      访问统计的数字没有每天自动公布：网站设置的“${may(page.actor, 'channel.write') ? html`<a href="/site/statistics">访问统计每天公布</a>` : '访问统计每天公布'}”还没有填好并通过三审${!may(page.actor, 'channel.write') && '，由全站的栏目编辑提出'}。<span
        lang="en"
        >The figures are not published by themselves: no order for that has been approved in the site settings.</span
      >
    </p>`;
  const due = openFigures(order, page.now);
  const late = due !== undefined && isFiguresLate(due, order, page);
  return html`<p class="${late ? 'late' : ''}">
    访问统计每天 ${order.at} 自动公布（依<a href="/items/site?revision=${order.revision}">网站信息 ${order.revision}</a
    >）：${order.upTo === null ? '还没有公布过' : html`已公布至 ${order.upTo}`}，${
      due === undefined
        ? html`下一次 ${at(nextDue(order, page.now).toISOString())}`
        : html`截至 ${due.upTo} 的${late ? '迟到' : '正在等待'}，应在 ${at(due.at)}`
    }。<span lang="en">The visit statistics are published each day.</span>
  </p>`;
}

/** What waits for its time, could not be done, or has ended; with forms for who may change it. */
export function scheduleTable(page: DeskPage, scheduled: readonly Scheduled[]): SafeHtml | undefined {
  if (scheduled.length === 0) return undefined;
  return html`<table class="list">
    <caption>
      定时（北京时间）
    </caption>
    <thead>
      <tr>
        <th scope="col">时间</th>
        <th scope="col">做什么</th>
        <th scope="col">条目</th>
        <th scope="col">状态</th>
        <th scope="col">由谁定</th>
        <th scope="col">改动</th>
      </tr>
    </thead>
    <tbody>
      ${scheduled.map(
        (one) =>
          html`<tr>
            <td>${at(one.at)}</td>
            <td>${acts[one.action]}${one.reason !== null && `：${one.reason}`}</td>
            <td><a href="/items/${one.item}">${one.title}</a> ${one.revision}</td>
            <td class="${one.state === 'failed' || isLate(one, page) ? 'late' : ''}">
              ${states[one.state]}${isLate(one, page) && '，迟到'}${one.endedAt !== null && html` ${at(one.endedAt)}`}
              ${one.note}
            </td>
            <td>${one.setBy}</td>
            <td>
              ${mayAnywhere(page.actor, 'schedule.set') && (one.state === 'waiting' || one.state === 'failed') && changeForms(page, one)}
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function changeForms(page: DeskPage, { id }: Scheduled): SafeHtml {
  return html`<details>
    <summary>改时间、取消</summary>
    <form method="post" action="/schedule/${id}/change">
      ${tokenField(page)}
      <p><label for="at-${id}">新时间（不填即刻执行）</label><input id="at-${id}" name="at" type="datetime-local" /></p>
      <p><button class="quiet">改时间</button></p>
    </form>
    <form method="post" action="/schedule/${id}/cancel">
      ${tokenField(page)}
      <p>
        <label for="why-${id}">取消的理由（定时上线的修订退回作者）</label
        ><input id="why-${id}" name="reason" required maxlength="500" />
      </p>
      <p><button class="danger">取消定时</button></p>
    </form>
  </details>`;
}
