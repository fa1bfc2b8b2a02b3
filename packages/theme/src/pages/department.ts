import { html, type SafeHtml } from '@chengmen/html';
import type { FieldsOf, ItemCard, LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { bodyOf, scrolling } from '../parts/body.ts';
import { bullets, facts, section } from '../parts/blocks.ts';
import { mailTo, phoneLink } from '../parts/footer.ts';
import { publisher } from '../parts/json-ld.ts';
import { datasetCards, letterCards, peopleCards, serviceList } from '../parts/kind-cards.ts';
import { lines } from '../parts/rows.ts';
import { documentPage } from './document.ts';
import { wordsOf, type Words } from '../words.ts';

/** Of each list; guides are looked for by name, so all of them stand here, as on the page of services. */
const shown = { services: 200, others: 10 } as const;

/** A department: how to reach it, who leads it, what it does, and what of its work stands on the site. */
export function departmentPage(source: Source, item: LiveItem<'department'>, path: PagePath): Output {
  const t = wordsOf(source);
  const { id, fields } = item;
  const { others } = shown;
  return documentPage(source, item, path, {
    before: contact(source, fields),
    body: html`${fields.body !== '' && html`<div class="prose">${bodyOf(fields.body, source)}</div>`}
    ${section(t('主要职责'), bullets(fields.duties))} ${divisions(t, fields)}
    ${block(t('分管领导'), source.related(id, 'leads'), (cards) => peopleCards(cards, source))}
    ${block(t('办事指南'), source.related(id, 'department', shown.services, 'service'), (cards) => serviceList(t, cards), 'services')}
    ${block(t('最新发布'), source.related(id, 'publishedBy', others), (cards) => lines(t, cards), 'news')}
    ${block(t('负责的重大项目'), source.related(id, 'responsible', others), (cards) => lines(t, cards))}
    ${block(t('答复的来信'), source.related(id, 'department', others, 'letter'), (cards) => letterCards(t, cards))}
    ${block(t('提供的数据'), source.related(id, 'department', others, 'dataset'), (cards) => datasetCards(t, cards))}`,
    data: {
      '@type': 'GovernmentOrganization',
      name: fields.title,
      telephone: fields.phone,
      address: fields.address,
      ...(fields.email === undefined ? {} : { email: fields.email }),
      parentOrganization: publisher(source.site().fields),
    },
  });
}

function contact(source: Source, fields: FieldsOf<'department'>): SafeHtml {
  const t = wordsOf(source);
  return facts(
    [
      [t('负责人'), fields.head],
      [t('办公地址'), fields.address],
      [t('联系电话'), phoneLink(source.site().fields, fields.phone)],
      [t('办公时间'), fields.hours],
      [t('电子邮箱'), fields.email && mailTo(fields.email)],
    ],
    t('联系方式'),
  );
}

function divisions(t: Words, { divisions: all = [] }: FieldsOf<'department'>): SafeHtml | undefined {
  if (all.length === 0) return undefined;
  const table = html`<table>
    <thead>
      <tr>
        <th scope="col">${t('机构')}</th>
        <th scope="col">${t('职责')}</th>
        <th scope="col" class="number">${t('电话')}</th>
      </tr>
    </thead>
    <tbody>
      ${all.map(
        ({ name, duty, phone }) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td>${duty}</td>
            <td class="number">${phone}</td>
          </tr> `,
      )}
    </tbody>
  </table>`;
  return section(t('内设机构'), scrolling(t('内设机构'), table));
}

function block(
  title: string,
  cards: readonly ItemCard[],
  show: (cards: readonly ItemCard[]) => SafeHtml,
  id?: string,
): SafeHtml | undefined {
  return cards.length === 0 ? undefined : section(title, show(cards), id);
}
