import { html, type SafeHtml } from '@chengmen/html';
import type { FieldsOf, LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { bodyOf, scrolling } from '../parts/body.ts';
import { departmentLink, facts, section } from '../parts/blocks.ts';
import { chart } from '../parts/chart.ts';
import { publisher } from '../parts/json-ld.ts';
import { documentPage } from './document.ts';
import { redirects } from './redirect.ts';
import { wordsOf, type Words } from '../words.ts';

type Dataset = FieldsOf<'dataset'>;

/** The files of a data set stand beside its page. */
export function datasetPaths(path: PagePath): readonly [csv: PagePath, json: PagePath] {
  const stem = path.replace(/\.html$/, '');
  return [`${stem}.csv`, `${stem}.json`];
}

export function datasetPage(source: Source, item: LiveItem<'dataset'>, path: PagePath): Output {
  const t = wordsOf(source);
  const { fields } = item;
  const site = source.site().fields;
  const [csv, json] = datasetPaths(path);
  const drawing = chart(t, fields);
  return documentPage(source, item, path, {
    body: html`${fields.body !== '' && html`<div class="prose">${bodyOf(fields.body, source)}</div>`}
    ${drawing && section(t('图示'), drawing)} ${section(t('数据表'), scrolling(t('数据表'), dataTable(fields)))}
    ${section(
      t('下载'),
      html`<p class="tools">
        <a class="button" href="${csv}" download>${t('下载 CSV')}</a>
        <a class="button button-quiet" href="${json}" download>${t('下载 JSON')}</a>
      </p>`,
    )}
    ${section(
      t('数据说明'),
      facts([
        [t('提供单位'), departmentLink(source, fields.department) ?? fields.source],
        [t('时间范围'), fields.period],
        [t('更新周期'), fields.updateCycle],
        [t('计量单位'), fields.unit],
        [t('使用许可'), fields.licence],
        [t('数据量'), t('{rows} 行 × {columns} 列', { rows: fields.rows.length, columns: fields.columns.length })],
      ]),
    )}`,
    data: {
      '@type': 'Dataset',
      name: fields.title,
      description: fields.summary ?? fields.title,
      license: fields.licence,
      temporalCoverage: fields.period,
      creator: publisher(site),
      distribution: [
        { '@type': 'DataDownload', encodingFormat: 'text/csv', contentUrl: site.origin + csv },
        { '@type': 'DataDownload', encodingFormat: 'application/json', contentUrl: site.origin + json },
      ],
    },
  });
}

export function dataTable({ columns, rows }: Dataset): SafeHtml {
  return html`<table>
    <thead>
      <tr>
        ${columns.map(
          ({ name, unit, type }) =>
            html`<th scope="col" ${type === 'number' && html`class="number"`}>
              ${name}${unit !== undefined && html`<small>${unit}</small>`}
            </th> `,
        )}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map((cell, index) => dataCell(cell, index, columns[index]?.type === 'number'))}
          </tr> `,
      )}
    </tbody>
  </table>`;
}

function dataCell(cell: string | number | null, index: number, numeric: boolean): SafeHtml {
  const text = cell ?? '—';
  if (index === 0) return html`<th scope="row">${text}</th>`;
  return numeric ? html`<td class="number">${text}</td>` : html`<td>${text}</td>`;
}

/** The same table as CSV (RFC 4180) and JSON. */
export function datasetFiles(source: Source, { fields }: LiveItem<'dataset'>, path: PagePath): readonly Output[] {
  const [csv, json] = datasetPaths(path);
  return [
    { path: csv, status: 200, type: 'text/csv; charset=utf-8', body: csvOf(wordsOf(source), fields) },
    { path: json, status: 200, type: 'application/json; charset=utf-8', body: jsonOf(source, fields, path) },
  ];
}

/** Addresses of the files from before the page moved. */
export function formerDatasetFiles(source: Source, { kind, formerPaths }: LiveItem, path: PagePath): readonly Output[] {
  if (kind !== 'dataset') return [];
  const [csv, json] = datasetPaths(path);
  return formerPaths.flatMap((former) => {
    const [oldCsv, oldJson] = datasetPaths(former);
    return [...redirects(source, [oldCsv], csv), ...redirects(source, [oldJson], json)];
  });
}

/** Begins with a byte order mark: without it the spreadsheet most offices use reads UTF-8 as GBK. */
function csvOf(t: Words, { columns, rows }: Dataset): string {
  const head = columns.map(({ name, unit }) => (unit === undefined ? name : `${name}${t('（{unit}）', { unit })}`));
  return `\uFEFF${[head, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`;
}

function csvCell(cell: string | number | null): string {
  const text = String(cell ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function jsonOf(source: Source, fields: Dataset, path: PagePath): string {
  const { title, period, unit, licence, updateCycle, source: from, date, columns, rows } = fields;
  const page = source.site().fields.origin + path;
  return `${JSON.stringify({ title, source: from, published: date, period, updateCycle, unit, licence, page, columns, rows }, null, 1)}\n`;
}
