import type { DecidedChoice, LiveChannel } from '@chengmen/content';
import { html, type SafeHtml } from '@chengmen/html';
import { alarmTexts, gapSign, mechanismTexts, ruleText, type Alarm, type Place } from '@chengmen/mend';
import { may } from '@chengmen/model';
import { text, type Form, type Problem } from '../desk-forms.ts';
import { deskScripts } from '../desk-scripts.ts';
import type { PageReport, ShownPlace } from '../intake-door.ts';
import { intakeAddress, pageStates, verdictNames } from '../intake-query.ts';
import { at, frame, problemBox, shortHash, tokenField, type DeskPage } from './frame.ts';
import { missingNames, whereFrom } from './intake.ts';

/** Which places are shown, as it stands in the address. */
export interface ReportQuery {
  readonly show: keyof typeof shownPlaces;
  /** From which of them on. */
  readonly from: number;
}

export interface ReportState {
  readonly report: PageReport;
  readonly query: ReportQuery;
  readonly channels: readonly LiveChannel[];
  readonly nonce: string;
  readonly problem?: Problem | undefined;
  /** What was typed about a place, when it comes back. */
  readonly typed?: Form | undefined;
}

const width = 'width';
const placesAtOnce = 100;
const mostCandidates = 5;

type Shade = 'proved' | 'accepted' | 'likely' | 'lost' | 'stated';
const shadeOf = (place: Place): Shade => (place.accepted === undefined ? place.class : 'accepted');
const shades: Readonly<Record<Shade, { readonly zh: string; readonly en: string }>> = {
  proved: { zh: '必然', en: 'proved' },
  accepted: { zh: '采用', en: 'accepted' },
  likely: { zh: '待定', en: 'likely' },
  lost: { zh: '已失', en: 'lost' },
  stated: { zh: '有据', en: 'stated' },
};

const isWidth = ({ rule }: Place): boolean => rule === width;
const isShade = (...wanted: readonly Shade[]) => ({
  fits: (place: Place): boolean => !isWidth(place) && wanted.includes(shadeOf(place)),
});

export const shownPlaces = {
  all: { zh: '全部', fits: (place: Place): boolean => !isWidth(place) },
  open: { zh: '要人定的', ...isShade('likely', 'lost') },
  accepted: { zh: '已采用', ...isShade('accepted') },
  stated: { zh: '有据', ...isShade('stated') },
  proved: { zh: '必然', ...isShade('proved') },
  width: { zh: '标点宽窄', fits: isWidth },
} as const;

/** The id of a place on the page. */
export const placeId = ({ at: offset, length }: Place): string => `p${offset}-${length}`;

/** A page's report: before, after, why; and what a person decides of each place. */
export function intakeReportPage(page: DeskPage, state: ReportState): SafeHtml {
  const { report, nonce, problem } = state;
  const { read, run } = report;
  const open = report.page.state === 'read' && report.run.state !== 'ended';
  const decides = may(page.actor, 'intake.receive') && open && read !== undefined;
  return frame(
    page,
    report.page.title,
    html`<script src="${deskScripts.intake.path}" nonce="${nonce}" defer></script>
      <nav class="trail" aria-label="所在批次">
        <a href="/intake">采集</a> / <a href="${intakeAddress({ run: String(run.run) })}">${run.name}</a> / 第
        ${report.page.number} 页
      </nav>
      ${problemBox(problem)} ${problemBox(report.page.problem)} ${summary(state)} ${decides && handBar(page, state)}
      ${read && alarmsOf(read.alarms)} ${read && placesOf(page, state, decides)} ${read && outcome(report)}`,
  );
}

function summary({ report, channels }: ReportState): SafeHtml {
  const { page, read } = report;
  const channel = channels.find(({ id }) => id === page.channel)?.name ?? page.channel;
  const mechanism = read && mechanismTexts[read.encoding.mechanism];
  return html`<dl class="summary">
    <div>
      <dt>修得怎样</dt>
      <dd>
        <span class="verdict ${page.verdict}">${verdictNames[page.verdict]}</span
        >，${pageStates[page.state]}${page.item !== null && html`，<a href="/items/${page.item}">看${page.state === 'known' ? '已有的条目' : '草稿'}</a>`}
      </dd>
    </div>
    ${
      mechanism &&
      html`<div>
        <dt>怎样坏的</dt>
        <dd>
          ${mechanism.zh}（把握 ${Math.round((read?.encoding.confidence ?? 0) * 100)}%，按 ${read?.encoding.used} 读）
        </dd>
      </div>`
    }
    <div>
      <dt>原件</dt>
      <dd>
        ${whereFrom(page)}${page.received !== null && html`，${shortHash(page.received)}，<a href="/intake/${page.run}/${page.number}/bytes" download>取收到的字节</a>`}
      </dd>
    </div>
    ${
      read &&
      html`<div>
        <dt>重放</dt>
        <dd>
          ${read.replays ? html`<span class="good">✓ 由收到的字节和各处修复，逐字得出现在的样子</span>` : html`<span class="late">✗ 重放不一致，请告知运维</span>`}
        </dd>
      </div>`
    }
    ${
      channel !== null &&
      html`<div>
        <dt>栏目</dt>
        <dd>${channel}</dd>
      </div>`
    }
    ${
      page.missing.length > 0 &&
      html`<div>
        <dt>页面没有写</dt>
        <dd class="late">
          ${page.missing.map((name) => missingNames[name] ?? name).join('、')}：交付后留作草稿，补上才能送审。
        </dd>
      </div>`
    }
  </dl>`;
}

function handBar(page: DeskPage, { report, query }: ReportState): SafeHtml {
  const { counts, run, number } = report.page;
  const left = counts.undecided + counts.lost;
  return html`<form method="post" action="/intake/${run}/${number}/hand" class="actions">
    ${hidden(page, query)}
    <p>
      ${left === 0 ? '没有要人定的了。' : html`还有 <strong>${counts.undecided}</strong> 处待定、<strong>${counts.lost}</strong> 处已失；交付时照样留 ${gapSign}，审校的检查会指出来。`}
    </p>
    <p class="buttons">
      <button name="action" value="draft" class="quiet">存为我的草稿</button>
      <button name="action" value="submit">交付送审</button>
    </p>
  </form>`;
}

const hidden = (page: DeskPage, { show, from }: ReportQuery): SafeHtml =>
  html`${tokenField(page)}<input type="hidden" name="show" value="${show}" /><input
      type="hidden"
      name="from"
      value="${from}"
    />`;

function alarmsOf(alarms: readonly Alarm[]): SafeHtml | undefined {
  if (alarms.length === 0) return undefined;
  return html`<section class="problem alarms" aria-labelledby="alarms">
    <h2 id="alarms">告警 <small lang="en">Alarms</small></h2>
    <p>这一页可能被人动过手脚。下面这些没有采用；读法只供您判断。</p>
    <ul>
      ${alarms.slice(0, 100).map(
        ({ kind, at: offset, evidence, readings }) =>
          html`<li>
            <strong>${alarmTexts[kind].zh}</strong> <span lang="en">${alarmTexts[kind].en}</span>，第 ${offset}
            字节：<code>${shownText(evidence.slice(0, 300))}</code>
            ${readings.length > 0 && html`<span class="detail">可读作 ${readings.slice(0, 8).join('；')}</span>`}
          </li>`,
      )}
    </ul>
    ${alarms.length > 100 && html`<p>另有 ${alarms.length - 100} 处。</p>`}
  </section>`;
}

function placesOf(page: DeskPage, state: ReportState, decides: boolean): SafeHtml {
  const { report, query } = state;
  const all = report.read?.places ?? [];
  const shown = all.filter(shownPlaces[query.show].fits);
  const some = shown.slice(query.from, query.from + placesAtOnce);
  const address = (show: ReportQuery['show'], from = 0): string => {
    const asked = new URLSearchParams([
      ...(show === 'all' ? [] : [['show', show] as [string, string]]),
      ...(from === 0 ? [] : [['from', String(from)] as [string, string]]),
    ]).toString();
    return `/intake/${report.page.run}/${report.page.number}${asked === '' ? '' : `?${asked}`}`;
  };
  if (all.length === 0) return wholly(report);
  return html`<section aria-labelledby="places">
    <h2 id="places">逐处对照 <small lang="en">Before, after, why</small></h2>
    <nav class="tabs" aria-label="看哪些处">
      <ul>
        ${(Object.keys(shownPlaces) as ReportQuery['show'][]).map((show) => {
          const count = all.filter(shownPlaces[show].fits).length;
          return (
            (count > 0 || show === 'all') &&
            html`<li>
              <a href="${address(show)}" ${show === query.show ? html` aria-current="page"` : undefined}
                >${shownPlaces[show].zh} ${count}</a
              >
            </li>`
          );
        })}
      </ul>
    </nav>
    ${decides && ruleForm(page, state)}
    <p class="keys" data-keys hidden>
      键盘：点中任一处后，<kbd>J</kbd>
      <kbd>K</kbd>
      下一处、上一处，${decides && html`<kbd>1</kbd>–<kbd>5</kbd> 采用第几个候选，<kbd>0</kbd> 不采用，<kbd>F</kbd> 填字，<kbd>U</kbd> 收回。`}
    </p>
    ${some.length === 0 && html`<p class="empty">这一类没有。</p>`}
    <ol class="places" start="${query.from + 1}">
      ${some.map((place) => placeOf(page, state, place, decides))}
    </ol>
    <nav class="pages" aria-label="翻页">
      ${query.from > 0 && html`<a rel="prev" href="${address(query.show, Math.max(0, query.from - placesAtOnce))}">前 ${placesAtOnce} 处</a>`}
      ${query.from + placesAtOnce < shown.length && html`<a rel="next" href="${address(query.show, query.from + placesAtOnce)}">后面还有 ${shown.length - query.from - placesAtOnce} 处</a>`}
    </nav>
  </section>`;
}

/** A page that has no places: sound, or read wrongly as a whole. */
function wholly({ read }: PageReport): SafeHtml {
  const opening = read?.opening;
  if (!opening)
    return html`<p class="empty">
      这一页完好，没有要修的地方。<span lang="en">The page is sound; nothing was changed.</span>
    </p>`;
  return html`<section aria-labelledby="places">
    <h2 id="places">整页重读 <small lang="en">Read again as a whole</small></h2>
    <div class="sides-of">
      <div>
        <h3>收到</h3>
        <p class="source">${shownText(opening.received)}</p>
      </div>
      <div>
        <h3>修复后</h3>
        <p class="source">${shownText(opening.mended)}</p>
      </div>
    </div>
  </section>`;
}

function ruleForm(page: DeskPage, { report, query }: ReportState): SafeHtml | undefined {
  const likely = (report.read?.places ?? []).filter((place) => place.class === 'likely');
  if (likely.length === 0) return undefined;
  const rules = [...new Set(likely.map(({ rule }) => rule))];
  const standing = report.choices.filter(({ choice }) => !('at' in choice));
  return html`<details class="by-rule">
    <summary>按规则一起定 <span lang="en">Decide by rule</span></summary>
    ${
      standing.length > 0 &&
      html`<ul>
        ${standing.map(({ choice, wide, by, at: when }) => html`<li>${ruleWords(choice)}（${wide ? '这一批' : '这一页'}，${by} ${at(when)}）</li>`)}
      </ul>`
    }
    <form method="post" action="/intake/${report.page.run}/${report.page.number}/rule" class="filter">
      ${hidden(page, query)}
      <label
        >规则
        <select name="rule">
          <option value="">不论规则</option>
          ${rules.map((rule) => html`<option value="${rule}">${ruleText(rule).zh.slice(0, 30)}（${likely.filter((place) => place.rule === rule).length} 处）</option>`)}
        </select></label
      >
      <label
        >首选的概率（%） <input name="percent" value="90" inputmode="decimal" maxlength="6" autocomplete="off"
      /></label>
      <label
        >范围
        <select name="scope">
          <option value="page">这一页</option>
          <option value="run">这一批的每一页</option>
        </select></label
      >
      <button name="action" value="accept" class="quiet">达到的都采用</button>
      <button name="action" value="refuse" class="quiet">不超过的都不采用</button>
    </form>
    <p class="hint">逐处定过的不受影响。起初采用的是概率 98% 及以上的。</p>
  </details>`;
}

function ruleWords(choice: DecidedChoice['choice']): string {
  if ('at' in choice) return '';
  const rule = choice.rule === undefined ? '不论规则' : `“${ruleText(choice.rule).zh}”`;
  return 'from' in choice
    ? `${rule}，${percent(choice.from)} 及以上的都采用`
    : `${rule}，不超过 ${percent(choice.upTo)} 的都不采用`;
}

function placeOf(page: DeskPage, state: ReportState, place: ShownPlace, decides: boolean): SafeHtml {
  const shade = shadeOf(place);
  const decided = decidedAbout(state.report, place);
  const { zh, en } = ruleText(place.rule);
  const [leading, trailing] = [shownText(place.leading), shownText(place.trailing)];
  return html`<li id="${placeId(place)}" class="place ${shade}" tabindex="-1">
    <p class="was">
      <span class="unseen">收到：</span>${leading}<del title="${place.before || '什么也没有留下'}"
        >${place.received === '' ? '‸' : shownText(place.received)}</del
      >${trailing}
    </p>
    <p class="now"><span class="unseen">修复后：</span>${leading}<ins>${shownText(place.after)}</ins>${trailing}</p>
    <div class="why">
      <p>
        <span class="shade ${shade}">${shades[shade].zh} <span lang="en">${shades[shade].en}</span></span
        >${place.accepted !== undefined && html` ${percent(place.accepted)}`}
        <small>第 ${place.at} 字节 <code>${place.before || '—'}</code></small>
      </p>
      <p class="rule">${zh}<span lang="en">${en}</span></p>
      ${place.evidence !== undefined && html`<p>依据：${shownText(place.evidence)}</p>`}
      ${decided && html`<p class="decided">${decidedWords(decided)}，${decided.by}，${at(decided.at)}</p>`}
      ${decides ? forms(page, state, place, decided) : candidateList(place)}
    </div>
  </li>`;
}

const decidedAbout = ({ choices }: PageReport, place: Place): DecidedChoice | undefined => {
  const last = choices.findLast(
    ({ choice }) => 'at' in choice && choice.at === place.at && choice.length === place.length,
  );
  return last && 'undo' in last.choice ? undefined : last;
};

function decidedWords({ choice }: DecidedChoice): string {
  if ('take' in choice) return `人工采用“${choice.take}”`;
  if ('fill' in choice) return `人工填“${choice.fill}”，出处：${choice.source}`;
  return '人工定为不采用';
}

function candidateList({ candidates }: Place): SafeHtml | undefined {
  if (candidates.length === 0) return undefined;
  return html`<p>
    候选：${candidates.slice(0, mostCandidates).map(({ text: words, probability }, index) => html`${index > 0 && '，'}${shownText(words)} ${percent(probability)}`)}
  </p>`;
}

/** The candidates in one form and what is typed in another: Enter in a field must not take a candidate. */
function forms(
  page: DeskPage,
  { report, query, typed }: ReportState,
  place: ShownPlace,
  decided: DecidedChoice | undefined,
): SafeHtml {
  const action = `/intake/${report.page.run}/${report.page.number}/decide`;
  const named = html`${hidden(page, query)}<input type="hidden" name="place" value="${place.at}" /><input
      type="hidden"
      name="length"
      value="${place.length}"
    />`;
  const candidates = place.class === 'likely' ? place.candidates.slice(0, mostCandidates) : [];
  const isGap = place.open.startsWith(gapSign) && place.class !== 'proved';
  const mine = text(typed, 'place') === String(place.at) && text(typed, 'length') === String(place.length);
  const refused = decided !== undefined && 'refuse' in decided.choice;
  return html`${
    (candidates.length > 0 || decided) &&
    html`<form method="post" action="${action}" class="candidates">
      ${named}
      ${candidates.map(
        ({ text: words, probability }, index) =>
          html`<button
            class="quiet"
            name="take"
            value="${words}"
            data-key="${index + 1}"
            aria-pressed="${place.accepted !== undefined && place.after === words ? 'true' : 'false'}"
          >
            ${shownText(words)} <small>${percent(probability)}</small>
          </button>`,
      )}
      ${place.class === 'likely' && html`<button class="quiet" name="act" value="refuse" data-key="0" aria-pressed="${refused ? 'true' : 'false'}">${isGap ? `不采用，留 ${gapSign}` : '照收到的'}</button>`}
      ${decided && html`<button class="quiet" name="act" value="undo" data-key="u">收回</button>`}
    </form>`
  }
  ${
    isGap &&
    html`<details ${mine ? html` open` : undefined}>
      <summary data-key="f">我知道这里是什么 <span lang="en">Fill in</span></summary>
      <form method="post" action="${action}" class="fill">
        ${named}
        <label
          >填什么
          <input name="fill" value="${mine ? text(typed, 'fill') : ''}" maxlength="50" required autocomplete="off"
        /></label>
        <label
          >出处（必填：从哪里知道的）
          <input name="source" value="${mine ? text(typed, 'source') : ''}" maxlength="500" required autocomplete="off"
        /></label>
        <button name="act" value="fill" class="quiet">填入</button>
      </form>
    </details>`
  }`;
}

/** What comes of it all, as words: no mark-up of a damaged page is ever put into this one. */
function outcome({ read, page }: PageReport): SafeHtml | undefined {
  if (!read) return undefined;
  return html`<section aria-labelledby="outcome">
    <h2 id="outcome">成稿 <small lang="en">What it becomes</small></h2>
    <table class="fields">
      <tbody>
        ${line('标题', read.title)} ${line('日期', read.date)} ${line('来源', read.source)}
        ${line('作者', read.author ?? '')}
        ${line('当前位置', read.breadcrumb.map(({ text: words, hijacked }) => (hijacked ? `${words}（被篡改，不采用）` : words)).join(' > '))}
        <tr>
          <th scope="row">正文</th>
          <td class="prose">${read.text.split('\n').map((paragraph) => html`<p>${shownText(paragraph)}</p>`)}</td>
        </tr>
        ${line('清理掉的', read.removed.map(({ what, count }) => `${what} ${count} 处`).join('；'))}
        ${line('说明', page.notes.join('\n'))}
      </tbody>
    </table>
  </section>`;
}

const line = (name: string, value: string): SafeHtml | false =>
  value !== '' &&
  html`<tr>
    <th scope="row">${name}</th>
    <td>${shownText(value)}</td>
  </tr>`;

/** Text with its gaps to be seen, and no sign in it that turns or hides what stands round it. */
function shownText(words: string): SafeHtml {
  const plain = words.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (sign) => (sign === '\n' ? sign : '\ufffd'));
  const parts = plain.split(gapSign);
  return html`${parts.map((part, index) => html`${index > 0 && html`<b class="gap" title="缺字">${gapSign}</b>`}${part}`)}`;
}

const percent = (probability: number): string => `${Math.round(probability * 1000) / 10}%`;
