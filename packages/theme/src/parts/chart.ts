import { html, type SafeHtml } from '@chengmen/html';
import type { FieldsOf } from '@chengmen/model';
import { type Words } from '../words.ts';

type Dataset = FieldsOf<'dataset'>;
interface Series {
  readonly name: string;
  readonly values: readonly number[];
}

const most = 24;

/**
 * A drawing of the data, made on the server: bars for named things, a line for time. Nothing where the table has no
 * column of names and column of numbers, or is too long to be read as a drawing. The table itself always follows.
 */
export function chart(t: Words, fields: Dataset): SafeHtml | undefined {
  const nameColumn = fields.columns.findIndex(({ type }) => type === 'text');
  const numberColumn = fields.columns.findIndex(({ type }) => type === 'number');
  if (nameColumn < 0 || numberColumn < 0) return undefined;
  const rows = fields.rows.filter((row) => typeof row[numberColumn] === 'number');
  if (rows.length < 2 || rows.length > most) return undefined;
  const labels = rows.map((row) => String(row[nameColumn] ?? ''));
  if (!isTime(labels)) return bars(t, labels, seriesOf(fields, rows, numberColumn), unitOf(fields, numberColumn));
  const sameUnit = fields.columns.flatMap(({ type }, index) =>
    type === 'number' && unitOf(fields, index) === unitOf(fields, numberColumn) ? [seriesOf(fields, rows, index)] : [],
  );
  return lineChart(
    t,
    labels,
    sameUnit.filter(({ values }) => values.every(Number.isFinite)).slice(0, 3),
    unitOf(fields, numberColumn),
  );
}

function seriesOf(fields: Dataset, rows: Dataset['rows'], column: number): Series {
  const numbers = rows.map((row) => row[column]);
  return {
    name: fields.columns[column]?.name ?? '',
    values: numbers.map((value) => (typeof value === 'number' ? value : Number.NaN)),
  };
}

function unitOf({ columns, unit }: Dataset, column: number): string {
  return columns[column]?.unit ?? unit ?? '';
}

/** Years, quarters, months: what has an order of its own. */
function isTime(labels: readonly string[]): boolean {
  return labels.every((label) => /^\d{4}(?:年|-|\b)|^\d{1,2}月|^(?:第?[一二三四]季度|Q[1-4])/.test(label));
}

/** One bar each. Names and numbers are text of the page, so they grow with it and wrap on a phone. */
function bars(t: Words, labels: readonly string[], { name, values }: Series, unit: string): SafeHtml | undefined {
  const top = Math.max(...values);
  if (top <= 0 || Math.min(...values) < 0) return undefined;
  return html`<figure class="chart">
    <figcaption>${name}${unit !== '' && t('（{unit}）', { unit })}</figcaption>
    <ul class="bars">
      ${values.map(
        (value, index) =>
          html`<li>
            <span class="bars-name">${labels[index]}</span>
            <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
              <rect class="bar-fill" width="${round((value / top) * 100)}" height="4" />
            </svg>
            <span class="bars-value">${value}</span>
          </li> `,
      )}
    </ul>
  </figure>`;
}

const width = 300;
const height = 120;

function lineChart(t: Words, labels: readonly string[], series: readonly Series[], unit: string): SafeHtml | undefined {
  const all = series.flatMap(({ values }) => values);
  if (series.length === 0) return undefined;
  const scale = niceScale(Math.min(...all), Math.max(...all));
  const y = (value: number): number => round(height - ((value - scale.low) / (scale.high - scale.low)) * height);
  const x = (index: number): number => round((index / (labels.length - 1)) * width);
  return html`<figure class="chart">
    <figcaption>
      ${series.map(({ name }, index) => html`<span class="key key-${index + 1}">${name}</span>`)}${unit !== '' && t('（{unit}）', { unit })}
    </figcaption>
    <div class="plot">
      <ul class="plot-scale" aria-hidden="true">
        ${scale.ticks.toReversed().map((tick) => html`<li>${tick}</li>`)}
      </ul>
      <svg
        class="plot-area"
        viewBox="0 0 ${width} ${height}"
        preserveAspectRatio="none"
        role="img"
        aria-label="${sentence(t, labels, series, unit)}"
      >
        ${scale.ticks.map((tick) => html`<path class="plot-grid" d="M0 ${y(tick)}H${width}" />`)}
        ${series.map(
          ({ values }, index) =>
            html`<path
              class="plot-line plot-line-${index + 1}"
              d="${values.map((value, at) => `${at === 0 ? 'M' : 'L'}${x(at)} ${y(value)}`).join('')}"
            />`,
        )}
      </svg>
      <ul class="plot-labels" aria-hidden="true">
        ${axisLabels(labels)}
      </ul>
    </div>
  </figure>`;
}

/** What the line says, for those who do not see it. */
function sentence(t: Words, labels: readonly string[], series: readonly Series[], unit: string): string {
  const parts = series.map(({ name, values }) =>
    t('{name}从{first}的{start}{unit}到{last}的{end}{unit}', {
      name,
      unit,
      first: labels[0] ?? '',
      start: values[0] ?? '',
      last: labels.at(-1) ?? '',
      end: values.at(-1) ?? '',
    }),
  );
  return t('折线图：{parts}。数字见下表。', { parts: parts.join(t('；')) });
}

interface Scale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/** Round numbers that hold all values; from zero unless the values are far from it. */
function niceScale(least: number, most: number): Scale {
  const from = least >= 0 && least < most * 0.6 ? 0 : least;
  const step = niceStep((most - from || Math.abs(most) || 1) / 4);
  const low = Math.floor(from / step) * step;
  const count = Math.max(1, Math.ceil((most - low) / step - 1e-9));
  const ticks = Array.from({ length: count + 1 }, (_, index) => trim(low + index * step));
  return { low: trim(low), high: trim(low + count * step), ticks };
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= rough - 1e-12) ?? 10;
  return factor * power;
}

/** At most seven labels, evenly, counted from the last, each at its own place; the second of two gives way where there is little room. */
function axisLabels(labels: readonly string[]): SafeHtml[] {
  const step = Math.ceil(labels.length / 7);
  return labels.map((label, index) => {
    const fromLast = labels.length - 1 - index;
    if (fromLast % step !== 0) return html`<li></li>`;
    return (fromLast / step) % 2 === 0 ? html`<li>${label}</li>` : html`<li class="second">${label}</li>`;
  });
}

function trim(value: number): number {
  return Number(value.toPrecision(12));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
