import { html, type SafeHtml } from '@chengmen/html';
import type { ItemCard, Kind, LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { bodyOf } from '../parts/body.ts';
import { bullets, facts, section } from '../parts/blocks.ts';
import { publisher } from '../parts/json-ld.ts';
import { datasetCards, letterCards, serviceList } from '../parts/kind-cards.ts';
import { lines } from '../parts/rows.ts';
import { documentPage } from './document.ts';
import { wordsOf, type Words } from '../words.ts';

const shown = 10;

/** A department: how to reach it, what it does, and what of its work stands on the site. */
export function departmentPage(source: Source, item: LiveItem<'department'>, path: PagePath): Output {
  const t = wordsOf(source);
  const { fields } = item;
  const work = source.related(item.id, 'department');
  return documentPage(source, item, path, {
    before: facts(
      [
        [t('负责人'), fields.head],
        [t('办公地址'), fields.address],
        [t('联系电话'), fields.phone],
        [t('办公时间'), fields.hours],
      ],
      t('联系方式'),
    ),
    body: html`${fields.body !== '' && html`<div class="prose">${bodyOf(fields.body, source)}</div>`}
    ${section(t('主要职责'), bullets(fields.duties))} ${block(t, t('办事指南'), ofKind(work, 'service'), serviceList)}
    ${block(t, t('负责的重大项目'), source.related(item.id, 'responsible').slice(0, shown), lines)}
    ${block(t, t('答复的来信'), ofKind(work, 'letter'), letterCards)}
    ${block(t, t('提供的数据'), ofKind(work, 'dataset'), datasetCards)}`,
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
  t: Words,
  title: string,
  cards: readonly ItemCard[],
  show: (t: Words, cards: readonly ItemCard[]) => SafeHtml,
): SafeHtml | undefined {
  return cards.length === 0 ? undefined : section(title, show(t, cards));
}
