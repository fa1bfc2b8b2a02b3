import { html, type SafeHtml } from '@chengmen/html';
import type { FieldsOf, LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { bodyOf, scrolling } from '../parts/body.ts';
import { bullets, departmentLink, facts, section } from '../parts/blocks.ts';
import { publisher } from '../parts/json-ld.ts';
import { documentPage } from './document.ts';

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
  return html`${keyFacts(fields)} ${fields.body !== '' && html`<div class="prose">${bodyOf(fields.body, source)}</div>`}
  ${section('申请条件', bullets(fields.conditions))} ${section('办理材料', materials(fields))}
  ${section('办理流程', steps(fields))}
  ${section(
    '办理地点与时间',
    facts([
      ['办理部门', departmentLink(source, fields.department)],
      ['办理地点', fields.place],
      ['办理时间', fields.hours],
      ['联系电话', fields.phone],
    ]),
  )}
  ${section('设定依据', html`<p class="prose">${fields.basis}</p>`)}`;
}

function keyFacts(fields: Service): SafeHtml {
  const cells: readonly (readonly [string, string, string?])[] = [
    ['服务对象', fields.audience],
    [
      '承诺时限',
      fields.promisedDays === 0 ? '当场办结' : `${fields.promisedDays} 个工作日`,
      `法定 ${fields.legalDays} 个工作日`,
    ],
    ['收费', fields.fee],
    ['需要材料', `${fields.materials.length} 项`],
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

function materials({ materials: needed }: Service): SafeHtml {
  return scrolling(
    '办理材料',
    html`<table>
      <thead>
        <tr>
          <th scope="col">材料</th>
          <th scope="col">形式</th>
          <th scope="col" class="number">份数</th>
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
