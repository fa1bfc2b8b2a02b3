import { html, type SafeHtml } from '@chengmen/html';
import type { FieldsOf, LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { beside, facts } from '../parts/blocks.ts';
import { validityBadge } from '../parts/rows.ts';
import { documentPage } from './document.ts';
import { type Words, wordsOf } from '../words.ts';

/** A policy document with its header block (POL-01 … POL-05) and its interpretations (POL-06). */
export function policyPage(source: Source, item: LiveItem<'policy'>, path: PagePath): Output {
  const t = wordsOf(source);
  return documentPage(source, item, path, {
    before: headerBlock(t, item.fields),
    beside: beside(t, t('政策解读'), source.related(item.id, 'interprets')),
  });
}

function headerBlock(t: Words, fields: FieldsOf<'policy'>): SafeHtml {
  return html`<div class="doc-block">
    ${facts(
      [
        [t('索引号'), html`<span class="code">${fields.indexNumber}</span>`],
        [t('主题分类'), fields.topic],
        [t('发文机关'), fields.issuer],
        [t('发文字号'), fields.documentNumber],
        [t('成文日期'), t.day(fields.madeOn)],
        [t('发布日期'), t.day(fields.date)],
        [t('标题'), fields.title],
        [t('主题词'), fields.keywords?.join(t.foreign ? ', ' : '　')],
        [t('有效性'), html`${validityBadge(t, fields.validity)}${term(t, fields)}`],
      ],
      t('文件信息'),
    )}
  </div>`;
}

function term(t: Words, { inForceFrom, inForceTo }: FieldsOf<'policy'>): SafeHtml | undefined {
  if (inForceFrom === undefined && inForceTo === undefined) return undefined;
  const from = inForceFrom !== undefined && t('{day} 起施行', { day: t.day(inForceFrom) });
  const to = inForceTo !== undefined && t('{day} 止', { day: t.day(inForceTo) });
  return html` <span class="aside">${from}${from && to && t('，')}${to}</span>`;
}
