import {
  builtInPhrases,
  builtInWords,
  overrulerOf,
  overrulers,
  ruleNames,
  ruleTable,
  severities,
  type CheckSettings,
} from '@chengmen/checks';
import { html, type SafeHtml } from '@chengmen/html';
import { may } from '@chengmen/model';
import type { KeptSettings } from '@chengmen/proofreading';
import { printSettings } from '../settings-lines.ts';
import { severityNames } from './findings.ts';
import { at, frame, problemBox, tokenField, type DeskPage } from './frame.ts';

export interface CheckSettingsState {
  readonly kept: KeptSettings;
  /** As typed: nothing is lost when saving is refused. */
  readonly typed?: Readonly<Record<string, string>>;
  readonly problem?: { readonly zh: string; readonly en: string } | undefined;
}

const whoNames: Record<(typeof overrulers)[number], string> = {
  writer: '撰写或审核人',
  reviewer: '未参与撰写的审核人',
  nobody: '谁也不能',
};

const boxes: readonly (readonly [name: string, label: string, hint: string])[] = [
  ['words', '错词', '每行一个：错词|正词|级别（必须改、应当改、提示）|例外、例外|说明。只有错词也可以。'],
  ['phrases', '固定表述', '每行一个：表述|例外、例外。只差一字就会提示。'],
  ['leaders', '领导姓名和职务', '每行一人：姓名|职务、职务。网站上“领导”条目里的已经算在内，这里补充上级领导等。'],
  ['hosts', '视为政府网站的域名', '每行一个，连同下级域名：people.com.cn。*.gov.cn、*.政务 已经算在内。'],
  ['without', '不用的内置错词、表述', '每行一个，照内置清单的写法。'],
];

/** What this site checks by: a small screen, a line for each word. */
export function checkSettingsPage(page: DeskPage, { kept, typed, problem }: CheckSettingsState): SafeHtml {
  const mayChange = may(page.actor, 'checks.change');
  const value = typed ?? printSettings(kept.settings);
  return frame(
    page,
    '写稿检查',
    html`${problemBox(problem)}
      <p>
        送审前自动检查的规则。“必须改”的不改或不放行就不能送审。<span lang="en"
          >What texts are checked by before they are submitted.</span
        >${kept.changed && html` ${kept.changed.by} 改于 ${at(kept.changed.at)}。`}
      </p>
      <p>
        <a href="/accessibility">无障碍声明</a>：检验的结果、签署和签署之后的变化。<span lang="en"
          >Accessibility statement</span
        >
      </p>
      <p>
        <a href="/checks/traditional">繁体存疑</a>：线上内容里繁体写法要由人定的地方。<span lang="en"
          >Doubtful Traditional forms</span
        >
      </p>
      <form class="editor" method="post" action="/checks">
        ${tokenField(page)}<input type="hidden" name="was" value="${kept.hash}" />
        ${ruleRows(kept.settings, value, mayChange)}
        ${boxes.map(
          ([name, label, hint]) =>
            html`<p>
              <label for="${name}">${label}</label><span id="${name}-hint">　${hint}</span
              ><textarea
                id="${name}"
                name="${name}"
                rows="6"
                spellcheck="false"
                aria-describedby="${name}-hint"
                ${mayChange ? undefined : html` readonly`}
              >
${value[name] ?? ''}</textarea>
            </p>`,
        )}
        ${mayChange && html`<p><button>保存</button></p>`}
      </form>
      <details>
        <summary>内置清单：${builtInWords.length} 个错词，${builtInPhrases.length} 个固定表述</summary>
        <p>${builtInWords.map(({ wrong, right }) => `${wrong}→${right ?? ''}`).join('，')}</p>
        <p>${builtInPhrases.map(({ phrase }) => phrase).join('，')}</p>
      </details>`,
  );
}

function ruleRows(settings: CheckSettings, value: Readonly<Record<string, string>>, mayChange: boolean): SafeHtml {
  const choose = (
    name: string,
    label: string,
    options: readonly (readonly [string, string])[],
    chosen: string,
  ): SafeHtml =>
    html`<select name="${name}" aria-label="${label}" ${mayChange ? undefined : html` disabled`}>
      ${options.map(([option, text]) => html`<option value="${option}" ${option === chosen ? html` selected` : undefined}>${text}</option>`)}
    </select>`;
  return html`<table class="list">
    <thead>
      <tr>
        <th scope="col">规则</th>
        <th scope="col">级别</th>
        <th scope="col">谁可以放行</th>
        <th scope="col">依据</th>
      </tr>
    </thead>
    <tbody>
      ${ruleNames.map((rule) => {
        const { zh, en, severity, source } = ruleTable[rule];
        const levels = [
          ...severities.map((each) => [each, severityNames[each].zh] as const),
          ['off', '不检查'] as const,
        ];
        return html`<tr>
          <th scope="row">${zh} <span lang="en">${en}</span></th>
          <td>
            ${choose(`severity-${rule}`, `${zh}的级别`, levels, value[`severity-${rule}`] ?? settings.rules[rule]?.severity ?? severity)}
          </td>
          <td>
            ${choose(
              `overrule-${rule}`,
              `${zh}谁可以放行`,
              overrulers.map((each) => [each, whoNames[each]]),
              value[`overrule-${rule}`] ?? overrulerOf(rule, { settings }),
            )}
          </td>
          <td>${source}</td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}
