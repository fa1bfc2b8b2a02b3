import { html, type SafeHtml } from '@chengmen/html';
import { letterKinds, type DeskLetter } from '@chengmen/interaction';
import { may } from '@chengmen/model';
import { frame, problemBox, tokenField, type DeskPage } from './frame.ts';

export function letterListPage(page: DeskPage, letters: readonly DeskLetter[], today: string): SafeHtml {
  return frame(
    page,
    '来信',
    html`<table class="list">
        <thead>
          <tr>
            <th scope="col">编号</th>
            <th scope="col">类别</th>
            <th scope="col">标题</th>
            <th scope="col">收到</th>
            <th scope="col">期限</th>
            <th scope="col">状态</th>
          </tr>
        </thead>
        <tbody>
          ${letters.map(
            (letter) =>
              html`<tr>
                <td>${letter.reference}</td>
                <td>${letterKinds[letter.kind].zh}</td>
                <td><a href="/letters/${letter.reference}">${letter.subject}</a></td>
                <td>${letter.receivedOn}</td>
                <td>${letter.dueOn ?? '待定'}</td>
                <td>
                  ${letter.state === 'answered' ? '已答复' : letter.dueOn !== null && letter.dueOn < today ? html`<strong class="late">已超期</strong>` : '办理中'}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
      ${letters.length === 0 && html`<p class="empty">还没有来信。门户“我要写信”收到的会出现在这里。<span lang="en">No letter yet: what people write at the portal appears here.</span></p>`}`,
  );
}

export function letterPage(page: DeskPage, letter: DeskLetter, problem?: { zh: string; en: string }): SafeHtml {
  const paragraphs = (text: string): SafeHtml[] => text.split(/\n+/).map((line) => html`<p>${line}</p>`);
  return frame(
    page,
    letter.subject,
    html`${problemBox(problem)}
      <p class="facts">
        ${letter.reference}　${letterKinds[letter.kind].zh}　${letter.receivedOn} 收到，${letter.dueOn ?? '期限待定'}
        前答复　${letter.sender}${letter.phone && html` 　${letter.phone}`}
      </p>
      ${paragraphs(letter.body)}${letter.page && html`<p>页面：<a href="${page.portal}${letter.page}" rel="noreferrer">${letter.page}</a></p>`}${letter.passage && html`<blockquote>${letter.passage}</blockquote>`}
      ${
        letter.answer &&
        html`<section>
          <h2>答复</h2>
          <p>${letter.department}，${letter.answeredOn}</p>
          ${paragraphs(letter.answer)}
        </section>`
      }
      ${
        letter.state === 'received' &&
        may(page.actor, 'letter.answer') &&
        html`<form method="post" action="/letters/${letter.reference}/answer">
          ${tokenField(page)}
          <p>
            <label for="department">答复单位</label><input id="department" name="department" required maxlength="100" />
          </p>
          <p>
            <label for="answer">答复</label
            ><textarea id="answer" name="answer" rows="8" required maxlength="10000"></textarea>
          </p>
          <p><button>答复</button></p>
        </form>`
      }`,
  );
}
