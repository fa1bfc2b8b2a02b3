import { excerpt, html } from '@chengmen/html';
import type { LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { bodyOf } from '../parts/body.ts';
import { departmentLink, facts } from '../parts/blocks.ts';
import { workingDays } from '../parts/working-days.ts';
import { liveItem } from '../read.ts';
import { documentPage } from './document.ts';
import { wordsOf } from '../words.ts';

/** A citizen's letter and its answer, both with their days. */
export function letterPage(source: Source, item: LiveItem<'letter'>, path: PagePath): Output {
  const t = wordsOf(source);
  const { fields } = item;
  const department = liveItem(source, fields.department, 'department')?.fields.title ?? fields.source;
  const taken = workingDays(fields.askedOn, fields.answeredOn);
  return documentPage(source, item, path, {
    data: {
      '@type': 'QAPage',
      mainEntity: {
        '@type': 'Question',
        name: fields.title,
        text: excerpt(fields.body, 500),
        dateCreated: fields.askedOn,
        answerCount: 1,
        acceptedAnswer: {
          '@type': 'Answer',
          text: excerpt(fields.answer, 500),
          dateCreated: fields.answeredOn,
          author: { '@type': 'GovernmentOrganization', name: department },
        },
      },
    },
    body: html`<section class="letter" aria-labelledby="question">
        <h2 id="question">${t('来信')}</h2>
        <p class="meta">
          <span>${fields.sender}</span><time datetime="${fields.askedOn}">${t.day(fields.askedOn)}</time>
        </p>
        <div class="prose">${bodyOf(fields.body, source)}</div>
      </section>
      <section class="letter letter-answer" aria-labelledby="answer">
        <h2 id="answer">${t('答复')}</h2>
        <p class="meta">
          <span>${department}</span><time datetime="${fields.answeredOn}">${t.day(fields.answeredOn)}</time>${
            taken !== undefined && html`<span>${t('用时 {n} 个工作日', { n: taken })}</span>`
          }
        </p>
        <div class="prose">${bodyOf(fields.answer, source, 'answer-note')}</div>
      </section>`,
    after: facts(
      [
        [t('信件编号'), html`<span class="code">${fields.trackingCode}</span>`],
        [t('类别'), fields.topic],
        [t('答复单位'), departmentLink(source, fields.department)],
        [t('来信人评价'), fields.satisfaction && t(fields.satisfaction)],
      ],
      t('信件信息'),
    ),
  });
}
