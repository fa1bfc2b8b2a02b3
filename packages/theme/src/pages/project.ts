import { html, type SafeHtml } from '@chengmen/html';
import type { FieldsOf, LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { bodyOf, scrolling } from '../parts/body.ts';
import { beside, departmentLink, facts, section } from '../parts/blocks.ts';
import { progressBar, stageBadge } from '../parts/rows.ts';
import { timeline } from '../parts/timeline.ts';
import { cardOf } from '../read.ts';
import { documentPage } from './document.ts';
import { type Words, wordsOf } from '../words.ts';

type Project = FieldsOf<'project'>;

/** A major project. A block nothing has happened in yet says so; it is never left blank. */
export function projectPage(source: Source, item: LiveItem<'project'>, path: PagePath): Output {
  const t = wordsOf(source);
  const { fields } = item;
  return documentPage(source, item, path, {
    before: html`<div class="project-state">
      <p class="progress-head">
        ${stageBadge(t, fields.stage)}<span>${t('形象进度')} <b>${fields.progress}%</b></span>
      </p>
      ${progressBar(fields.progress)}
    </div>`,
    after: html`${section(t('项目概况'), overview(source, fields))}
    ${section(t('建设进展'), fields.milestones.length === 0 ? notYet(t) : timeline(t, fields.milestones))}
    ${section(t('参建单位'), parties(t, fields))} ${section(t('批准结果信息'), approvals(t, fields))}`,
    body: html`<div class="prose">${bodyOf(fields.body, source)}</div>`,
    beside: beside(t, t('相关信息'), [
      // What the project itself names; what names the project comes as a card already.
      ...(fields.relatedTo ?? []).flatMap((id) => cardOf(source, id)),
      ...source.related(item.id, 'relatedTo').slice(0, 8),
    ]),
  });
}

function overview(source: Source, fields: Project): SafeHtml {
  const t = wordsOf(source);
  return facts([
    [t('项目统一代码'), html`<span class="code">${fields.code}</span>`],
    [t('责任机关'), departmentLink(source, fields.responsible)],
    [t('建设地点'), fields.place],
    [t('总投资'), fields.investment],
    [t('阶段'), t(fields.stage)],
  ]);
}

const notYet = (t: Words): SafeHtml => html`<p class="aside">${t('尚未发生')}</p>`;

function parties(t: Words, { parties: involved }: Project): SafeHtml {
  return involved.length === 0 ? notYet(t) : facts(involved.map(({ role, name }) => [role, name] as const));
}

function approvals(t: Words, { approvals: given }: Project): SafeHtml {
  if (given.length === 0) return notYet(t);
  return scrolling(
    t('批准结果信息'),
    html`<table>
      <thead>
        <tr>
          <th scope="col">${t('审批事项')}</th>
          <th scope="col">${t('批复文号')}</th>
          <th scope="col">${t('批复时间')}</th>
          <th scope="col">${t('批复单位')}</th>
        </tr>
      </thead>
      <tbody>
        ${given.map(
          ({ name, number, date, body }) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${number}</td>
              <td>${t.day(date)}</td>
              <td>${body}</td>
            </tr> `,
        )}
      </tbody>
    </table>`,
  );
}
