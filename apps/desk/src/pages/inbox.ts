import { html, type SafeHtml } from '@chengmen/html';
import { kindNames } from '@chengmen/model';
import type { Waiting } from '@chengmen/revision';
import { at, frame, type DeskPage } from './frame.ts';

const tasks: Record<Waiting['task'], string> = {
  first: '请初审',
  second: '请复审',
  final: '请终审',
  finish: '未写完',
  rewrite: '被退回，请修改',
};

/** What waits for this person, oldest first. */
export function inboxPage(page: DeskPage, waiting: readonly Waiting[]): SafeHtml {
  if (waiting.length === 0)
    return frame(
      page,
      '待我处理',
      html`<p class="empty">没有等着您的稿件。<span lang="en">Nothing is waiting for you.</span></p>`,
    );
  return frame(
    page,
    '待我处理',
    html`<table class="list">
      <thead>
        <tr>
          <th scope="col">要做的</th>
          <th scope="col">标题</th>
          <th scope="col">类别</th>
          <th scope="col">作者</th>
          <th scope="col">时间</th>
        </tr>
      </thead>
      <tbody>
        ${waiting.map(
          (each) =>
            html`<tr>
              <td><span class="task ${each.task}">${tasks[each.task]}</span></td>
              <td><a href="/items/${each.item}?revision=${each.revision}">${each.title}</a></td>
              <td>${kindNames[each.kind].zh}</td>
              <td>${each.authorName}</td>
              <td>${at(each.createdAt)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  );
}
