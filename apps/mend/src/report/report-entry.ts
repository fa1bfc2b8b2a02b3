import { html, printHtml, type SafeHtml } from '@chengmen/html';
import {
  alarmTexts,
  mechanismTexts,
  receivedText as readAs,
  ruleText,
  type Alarm,
  type MendResult,
  type Place,
} from '@chengmen/mend';

/** Places nearer than this, in bytes, are shown together. */
const near = 120;
/** A ruined page has thousands of places; a person judges the first of them. */
const mostGroups = 300;
const mostWhole = 700;

/** One page's part of the report. */
export interface ReportEntry {
  /** One row of the table of pages: cells that stand for themselves. */
  readonly row: {
    readonly name: string;
    readonly verdict: MendResult['verdict'];
    readonly counts: readonly number[];
    readonly alarms: number;
  };
  /** Markup of the part, without its place among others. */
  readonly markup: string;
}

/** `bytes` are the ones the result was made from. */
export function reportEntry(result: MendResult, bytes: Uint8Array): ReportEntry {
  const { input, encoding, verdict, plan, alarms } = result;
  const groups = groupsOf(plan);
  const mechanism = mechanismTexts[encoding.mechanism];
  const section = html`<h2>${input.name}</h2>
    <dl>
      <dt>结论 Verdict</dt>
      <dd>${verdicts[verdict].zh} <span class="en">${verdicts[verdict].en}</span></dd>
      <dt>编码 Encoding</dt>
      <dd>${encoding.used}（声明 declared：${encoding.declared ?? '无 none'}）</dd>
      <dt>受损方式 Mechanism</dt>
      <dd>
        ${mechanism.zh} <span class="en">${mechanism.en}</span> <code>${encoding.mechanism}</code>，
        ${Math.round(encoding.confidence * 100)} %
      </dd>
      <dt>各处 Places</dt>
      <dd>${countsOf(plan)}</dd>
      <dt>大小 Size</dt>
      <dd>${input.bytes} B，SHA-256 <code>${input.sha256}</code></dd>
    </dl>
    ${alarms.length > 0 && html`<h3>告警 <span class="en">Alarms</span></h3>`} ${alarms.map(alarmOf)}
    ${plan.length === 0 && encoding.steps.length > 1 && wholeOf(result, bytes)}
    ${groups.length > 0 && html`<h3>逐处对照 <span class="en">Place by place</span></h3>`}
    ${groups.slice(0, mostGroups).map((group) => groupOf(group, result, bytes))}
    ${
      groups.length > mostGroups &&
      html`<p>另有 ${groups.length - mostGroups} 组未列出。 <span class="en">More groups are not shown.</span></p>`
    }`;
  const counts = shadeNames.map((shade) => plan.filter((place) => shadeOf(place) === shade).length);
  return {
    row: { name: input.name, verdict, counts, alarms: alarms.length },
    markup: printHtml(section),
  };
}

export const verdicts = {
  clean: { zh: '完好，未作改动', en: 'clean, nothing was changed' },
  mended: { zh: '已修复，没有缺字', en: 'mended, no gap is left' },
  gaps: { zh: '已修复，留有缺字', en: 'mended, gaps are left' },
} as const;

type Shade = 'proved' | 'likely' | 'accepted' | 'lost' | 'stated';

const shadeOf = (place: Place): Shade => (place.accepted === undefined ? place.class : 'accepted');

/** In the order of the legend. */
export const shadeNames = ['proved', 'accepted', 'likely', 'lost', 'stated'] as const satisfies readonly Shade[];

const shades: Readonly<Record<Shade, string>> = {
  proved: '必然 proved',
  accepted: '采纳 accepted',
  likely: '可能 likely',
  lost: '已失 lost',
  stated: '有据 stated',
};

function countsOf(plan: readonly Place[]): string {
  const counts = (Object.keys(shades) as Shade[]).map(
    (shade) => [shade, plan.filter((place) => shadeOf(place) === shade).length] as const,
  );
  const told = counts.filter(([, count]) => count > 0).map(([shade, count]) => `${shades[shade]} ${count}`);
  return told.length > 0 ? told.join('，') : '无 none';
}

const alarmOf = ({ kind, at, evidence, readings }: Alarm): SafeHtml =>
  html`<div class="alarm">
    <p>
      <strong>${alarmTexts[kind].zh}</strong> <span class="en">${alarmTexts[kind].en}</span>，第 ${at} 字节
      <span class="en">byte ${at}</span>：<code>${evidence.slice(0, 300)}</code>
    </p>
    ${readings.length > 0 && html`<p>读作 <span class="en">reads</span>：${readings.slice(0, 8).join('；')}</p>`}
  </div>`;

function groupsOf(plan: readonly Place[]): Place[][] {
  const groups: Place[][] = [];
  for (const place of plan) {
    const last = groups.at(-1)?.at(-1);
    if (last && place.at - (last.at + last.length) < near) groups.at(-1)?.push(place);
    else groups.push([place]);
  }
  return groups;
}

const utf8 = new TextDecoder();

function groupOf(places: readonly Place[], result: MendResult, bytes: Uint8Array): SafeHtml {
  return html`<div class="pair">
    <div>
      <h4>收到的 As received</h4>
      <p class="text">${side(places, result, (place) => receivedText(place, result, bytes))}</p>
    </div>
    <div>
      <h4>修复后 Mended</h4>
      <p class="text">${side(places, result, ({ after }) => after)}</p>
    </div>
    <ul class="why">
      ${places.map(whyOf)}
    </ul>
  </div>`;
}

function receivedText({ at, length }: Place, { encoding }: MendResult, bytes: Uint8Array): string {
  const text = readAs(bytes.subarray(at, at + length), encoding);
  return text === '' ? '‸' : text;
}

/** Characters of the page shown on either side. */
const aroundCharacters = 40;

/** What was not touched is the same on both sides. */
function side(places: readonly Place[], { html: source }: MendResult, shown: (place: Place) => string): SafeHtml[] {
  const points = pointsOf(source);
  const parts: SafeHtml[] = [];
  let point = Math.max(0, (places[0]?.out ?? 0) - aroundCharacters);
  for (const place of places) {
    parts.push(html`${points.slice(point, place.out).join('')}`);
    parts.push(html`<mark class="${shadeOf(place)}" title="${shades[shadeOf(place)]}">${shown(place)}</mark>`);
    point = place.out + [...place.after].length;
  }
  return [...parts, html`${points.slice(point, point + aroundCharacters).join('')}`];
}

const split = new Map<string, readonly string[]>();

/** The characters of a page; kept while its groups are printed. */
function pointsOf(source: string): readonly string[] {
  const known = split.get(source);
  if (known) return known;
  split.clear();
  const points = [...source];
  split.set(source, points);
  return points;
}

function whyOf(place: Place): SafeHtml {
  const { zh, en } = ruleText(place.rule);
  const candidates = place.candidates.slice(0, 5).map(({ text, probability }) => `${text} ${percent(probability)}`);
  return html`<li>
    <mark class="${shadeOf(place)}">${shades[shadeOf(place)]}</mark> 第 ${place.at} 字节
    <code>${place.before || '—'}</code> → <code>${place.after}</code>：${zh} <span class="en">${en}</span>
    ${place.class === 'likely' && candidates.length > 0 && html`候选 <span class="en">candidates</span>：${candidates.join('，')}。`}
    ${place.evidence !== undefined && html`依据 <span class="en">evidence</span>：${place.evidence}。`}
  </li>`;
}

const percent = (probability: number): string => `${Math.round(probability * 1000) / 10} %`;

/** A page that was read wrongly as a whole has no places: its beginning is shown on both sides. */
/** The next offset at which a UTF-8 character begins, so that none is cut by the edge of what is shown. */
function wholeFrom(bytes: Uint8Array, at: number): number {
  let start = at;
  while (start < bytes.length && ((bytes[start] ?? 0) & 0xc0) === 0x80) start++;
  return start;
}

function wholeOf({ html: source }: MendResult, bytes: Uint8Array): SafeHtml {
  return html`<div class="pair">
    <div>
      <h4>收到的 As received</h4>
      <p class="text">${utf8.decode(bytes.subarray(0, wholeFrom(bytes, mostWhole * 3))).slice(0, mostWhole)}</p>
    </div>
    <div>
      <h4>修复后 Mended</h4>
      <p class="text">${source.slice(0, mostWhole)}</p>
    </div>
  </div>`;
}
