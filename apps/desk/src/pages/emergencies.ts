import { html, type SafeHtml } from '@chengmen/html';
import { isOverdue, type Emergency } from '@chengmen/revision';
import { at, frame, type DeskPage } from './frame.ts';

export const emergencyStates: Record<Emergency['state'], string> = {
  waiting: '待补审',
  refused: '补审未通过，仍在线',
  approved: '已补审',
  replaced: '已被新修订取代',
  withdrawn: '已撤回',
};

/** Every publication before its reviews there ever was: counted, with its reason and what became of it. */
export function emergenciesPage(page: DeskPage, all: readonly Emergency[]): SafeHtml {
  const { waiting, late, refused, ever } = page.emergencies;
  const overdue = all.filter((one) => isOverdue(one, page.now)).length;
  return frame(
    page,
    '紧急上线',
    html`<p>
        共 ${ever} 次，待补审 ${waiting} 件（超时 ${late} 件），补审未通过 ${refused} 件，没有按时补审的 ${overdue} 次。
        <span lang="en"
          >${ever} in all; ${waiting} wait for their reviews (${late} overdue), ${refused} refused, ${overdue} not
          reviewed in time.</span
        >
      </p>
      ${all.length > 0 && emergencyTable(page, all)}`,
  );
}

export function emergencyTable(page: DeskPage, all: readonly Emergency[]): SafeHtml {
  return html`<table class="list">
    <caption>
      紧急上线（北京时间）
    </caption>
    <thead>
      <tr>
        <th scope="col">上线</th>
        <th scope="col">条目</th>
        <th scope="col">由谁</th>
        <th scope="col">理由</th>
        <th scope="col">补审期限</th>
        <th scope="col">结果</th>
      </tr>
    </thead>
    <tbody>
      ${all.map(
        (one) =>
          html`<tr>
            <td>${at(one.at)}</td>
            <td><a href="/items/${one.item}?revision=${one.revision}">${one.title}</a> ${one.revision}</td>
            <td>${one.by}</td>
            <td>${one.reason}</td>
            <td>${at(one.dueAt)}</td>
            <td class="${isOverdue(one, page.now) || one.state === 'refused' ? 'late' : ''}">
              ${emergencyStates[one.state]}${one.endedAt !== null && html` ${at(one.endedAt)}`}${isOverdue(one, page.now) && '，超时'}
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
