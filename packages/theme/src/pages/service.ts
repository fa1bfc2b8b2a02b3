import { html, type SafeHtml } from '@chengmen/html';
import type { FieldsOf, LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { bodyOf, scrolling } from '../parts/body.ts';
import { bullets, departmentLink, facts, section } from '../parts/blocks.ts';
import { publisher } from '../parts/json-ld.ts';
import { documentPage } from './document.ts';
import { type Words, wordsOf } from '../words.ts';

type Service = FieldsOf<'service'>;

/** A service guide: the eight elements inspectors look for (VETO-09), what to bring first. */
export function servicePage(source: Source, item: LiveItem<'service'>, path: PagePath): Output {
  const { fields } = item;
  const site = source.site().fields;
  return documentPage(source, item, path, {
    body: serviceBody(source, fields),
    data: {
      '@type': 'GovernmentService',
      name: fields.title,
      serviceType: fields.lifeEvent,
      audience: { '@type': 'Audience', audienceType: fields.audience },
      serviceOperator: publisher(site),
      url: site.origin + path,
      ...(fields.summary === undefined ? {} : { description: fields.summary }),
    },
  });
}

/** What decides first, then the eight elements. */
export function serviceBody(source: Source, fields: Service): SafeHtml {
  const t = wordsOf(source);
  return html`${keyFacts(t, fields)}
  ${fields.body !== '' && html`<div class="prose">${bodyOf(fields.body, source)}</div>`}
  ${section(t('申请条件'), bullets(fields.conditions))} ${section(t('办理材料'), materials(t, fields))}
  ${section(t('办理流程'), steps(fields))}
  ${section(
    t('办理地点与时间'),
    facts([
      [t('办理部门'), departmentLink(source, fields.department)],
      [t('办理地点'), fields.place],
      [t('办理时间'), fields.hours],
      [t('联系电话'), fields.phone],
    ]),
  )}
  ${section(t('设定依据'), html`<p class="prose">${fields.basis}</p>`)}`;
}

function keyFacts(t: Words, fields: Service): SafeHtml {
  const cells: readonly (readonly [string, string, string?])[] = [
    [t('服务对象'), t(fields.audience)],
    [
      t('承诺时限'),
      fields.promisedDays === 0 ? t('当场办结') : t('{n} 个工作日', { n: fields.promisedDays }),
      t('法定 {n} 个工作日', { n: fields.legalDays }),
    ],
    [t('收费'), fields.fee],
    [t('需要材料'), t('{n} 项', { n: fields.materials.length })],
  ];
  return html`<dl class="key-facts">
    ${cells.map(
      ([name, value, small]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}${small !== undefined && html`<small>${small}</small>`}</dd>
        </div> `,
    )}
  </dl>`;
}

function materials(t: Words, { materials: needed }: Service): SafeHtml {
  return scrolling(
    t('办理材料'),
    html`<table>
      <thead>
        <tr>
          <th scope="col">${t('材料')}</th>
          <th scope="col">${t('形式')}</th>
          <th scope="col" class="number">${t('份数')}</th>
        </tr>
      </thead>
      <tbody>
        ${needed.map(
          ({ name, form, copies }) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${form}</td>
              <td class="number">${copies === 0 ? '—' : copies}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  );
}

function steps({ steps: path }: Service): SafeHtml {
  return html`<ol class="steps">
    ${path.map(
      ({ name, text }) =>
        html`<li>
          <p class="step-name">${name}</p>
          <p>${text}</p>
        </li> `,
    )}
  </ol>`;
}
