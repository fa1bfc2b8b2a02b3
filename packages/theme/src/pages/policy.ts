import { html, type SafeHtml } from '@chengmen/html';
import type { FieldsOf, LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { beside, facts } from '../parts/blocks.ts';
import { validityBadge } from '../parts/rows.ts';
import { documentPage } from './document.ts';

/** A policy document with its header block (POL-01 … POL-05) and its interpretations (POL-06). */
export function policyPage(source: Source, item: LiveItem<'policy'>, path: PagePath): Output {
  return documentPage(source, item, path, {
    before: headerBlock(item.fields),
    beside: beside('政策解读', source.related(item.id, 'interprets')),
  });
}

function headerBlock(fields: FieldsOf<'policy'>): SafeHtml {
  return html`<div class="doc-block">
    ${facts(
      [
        ['索引号', html`<span class="code">${fields.indexNumber}</span>`],
        ['主题分类', fields.topic],
        ['发文机关', fields.issuer],
        ['发文字号', fields.documentNumber],
        ['成文日期', fields.madeOn],
        ['发布日期', fields.date.slice(0, 10)],
        ['标题', fields.title],
        ['主题词', fields.keywords?.join('　')],
        ['有效性', html`${validityBadge(fields.validity)}${term(fields)}`],
      ],
      '文件信息',
    )}
  </div>`;
}

function term({ inForceFrom, inForceTo }: FieldsOf<'policy'>): SafeHtml | undefined {
  if (inForceFrom === undefined && inForceTo === undefined) return undefined;
  const from = inForceFrom !== undefined && html`${inForceFrom} 起施行`;
  const to = inForceTo !== undefined && html`${inForceTo} 止`;
  return html` <span class="aside">${from}${from && to && '，'}${to}</span>`;
}
