import { html, type SafeHtml } from '@chengmen/html';
import type { ItemCard, Kind, LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { bodyOf } from '../parts/body.ts';
import { bullets, facts, section } from '../parts/blocks.ts';
import { publisher } from '../parts/json-ld.ts';
import { datasetCards, letterCards, serviceList } from '../parts/kind-cards.ts';
import { lines } from '../parts/rows.ts';
import { documentPage } from './document.ts';

const shown = 10;

/** A department: how to reach it, what it does, and what of its work stands on the site. */
export function departmentPage(source: Source, item: LiveItem<'department'>, path: PagePath): Output {
  const { fields } = item;
  const work = source.related(item.id, 'department');
  return documentPage(source, item, path, {
    before: facts(
      [
        ['负责人', fields.head],
        ['办公地址', fields.address],
        ['联系电话', fields.phone],
        ['办公时间', fields.hours],
      ],
      '联系方式',
    ),
    body: html`${fields.body !== '' && html`<div class="prose">${bodyOf(fields.body, source)}</div>`}
    ${section('主要职责', bullets(fields.duties))} ${block('办事指南', ofKind(work, 'service'), serviceList)}
    ${block('负责的重大项目', source.related(item.id, 'responsible').slice(0, shown), lines)}
    ${block('答复的来信', ofKind(work, 'letter'), letterCards)}
    ${block('提供的数据', ofKind(work, 'dataset'), datasetCards)}`,
    data: {
      '@type': 'GovernmentOrganization',
      name: fields.title,
      telephone: fields.phone,
      address: fields.address,
      parentOrganization: publisher(source.site().fields),
    },
  });
}

function ofKind(cards: readonly ItemCard[], kind: Kind): readonly ItemCard[] {
  return cards.filter((card) => card.kind === kind).slice(0, shown);
}

function block(
  title: string,
  cards: readonly ItemCard[],
  show: (cards: readonly ItemCard[]) => SafeHtml,
): SafeHtml | undefined {
  return cards.length === 0 ? undefined : section(title, show(cards));
}
