import { html, type SafeHtml } from '@chengmen/html';
import {
  accessibilityResults,
  accessibilityStatement,
  changedFacts,
  type AccessibilityFact,
  type AccessibilityRecord,
  type AccessibilityResult,
  type FieldsOf,
  type Output,
  type Source,
} from '@chengmen/model';
import { accessibilityRecord } from '../generated/accessibility-record.ts';
import { facts as terms, section } from '../parts/blocks.ts';
import { scrolling } from '../parts/body.ts';
import { email, mailTo, phone, phoneLink } from '../parts/footer.ts';
import { liveItem } from '../read.ts';
import { type Phrase, type Words, wordsOf } from '../words.ts';
import { plainPage } from './about-site.ts';

type Signed = FieldsOf<'statement'>;

const resultNames: Readonly<Record<AccessibilityResult, Phrase>> = {
  passed: '程序检验通过',
  failed: '程序检验未通过',
  'by-design': '由设计保证',
  absent: '本站没有此类内容',
  person: '只能由人判断',
};

/** 无障碍声明: what a person signed for, and what the tests have found otherwise since. Without a signature, that there is none. */
export function statementPage(source: Source, record: AccessibilityRecord = accessibilityRecord): Output {
  const t = wordsOf(source);
  const signed = liveItem(source, accessibilityStatement, 'statement')?.fields;
  const told = signed ?? record;
  return plainPage(source, {
    path: '/accessibility-statement.html',
    title: t('无障碍声明'),
    lede: t('本站按 WCAG 2.2 的 A 级和 AA 级建设，参照 GB/T 37668。下面是检验的结果、已知的不足和联系办法。'),
    content: html`${signature(t, signed)} ${signed && sinceThen(t, signed, record)}
    ${section(
      t('检验结果'),
      html`${tally(t, told.facts)}
        <p class="aside">${t('程序检验的日期：{day}', { day: t.day(told.checkedOn) })}</p>`,
    )}
    ${signed && section(t('已知的不足'), limits(t, signed.limits))}
    ${section(
      t('联系办法'),
      html`<p>${t('使用本站遇到困难，或发现这里没有写到的问题，请告诉我们。')}</p>
        ${signed ? contact(source, signed.contact) : siteContact(source)}`,
    )}
    ${section(t('逐条结果'), table(t, told.facts))}`,
  });
}

function signature(t: Words, signed: Signed | undefined): SafeHtml {
  if (!signed) return html`<p class="archived">${t('本声明由程序检验的结果生成，尚未由人签署。')}</p>`;
  return terms(
    [
      [t('签署人'), signed.signedBy],
      [t('签署日期'), html`<time datetime="${signed.signedOn}">${t.day(signed.signedOn)}</time>`],
    ],
    t('签署'),
  );
}

/** The tests may have been run again since somebody signed: what they found otherwise nobody has looked at yet. */
function sinceThen(t: Words, signed: Signed, record: AccessibilityRecord): SafeHtml | undefined {
  const changed = changedFacts(signed.facts, record.facts);
  if (changed.length === 0) return undefined;
  return html`<section class="archived">
    <h2>${t('签署之后又有变化')}</h2>
    <p>
      ${t('{day} 的检验有 {n} 条与签署的不同，尚未由人核对：', { day: t.day(record.checkedOn), n: changed.length })}
    </p>
    <ul class="plain-list">
      ${changed.map(({ before, after }) => html`<li>${nameOf(t, after ?? before)}${t('：')}${was(t, before)} → ${was(t, after)}</li> `)}
    </ul>
  </section>`;
}

const was = (t: Words, fact: AccessibilityFact | undefined): string => (fact ? t(resultNames[fact.result]) : '—');

const nameOf = (t: Words, fact: AccessibilityFact | undefined): string =>
  fact ? `${fact.criterion} ${t.foreign ? fact.en : fact.zh}` : '';

function tally(t: Words, facts: readonly AccessibilityFact[]): SafeHtml {
  const count = (result: AccessibilityResult): number => facts.filter((fact) => fact.result === result).length;
  return html`<ul class="tally">
    ${accessibilityResults
      .filter((result) => count(result) > 0)
      .map(
        (result) =>
          html`<li ${result === 'failed' && html`class="tally-lost"`}>
            ${t(resultNames[result])} <b>${count(result)}</b>
          </li> `,
      )}
  </ul>`;
}

function limits(t: Words, known: Signed['limits']): SafeHtml {
  if (known.length === 0) return html`<p>${t('没有已知而尚未解决的问题。')}</p>`;
  return html`<ul class="plain-list">
    ${known.map(
      ({ what, until }) =>
        html`<li>
          ${what}${until !== undefined && html`<span class="aside">${t('（预计 {day} 前解决）', { day: t.day(until) })}</span>`}
        </li> `,
    )}
  </ul>`;
}

function contact(source: Source, { name, phone: number, email: address }: Signed['contact']): SafeHtml {
  const t = wordsOf(source);
  return terms([
    [t('联系人'), name],
    [t('联系电话'), number && phoneLink(source.site().fields, number)],
    [t('电子邮箱'), address && mailTo(address)],
  ]);
}

function siteContact(source: Source): SafeHtml {
  const t = wordsOf(source);
  const site = source.site().fields;
  return terms([
    [t('联系电话'), phone(site)],
    [t('电子邮箱'), email(site)],
  ]);
}

function table(t: Words, facts: readonly AccessibilityFact[]): SafeHtml {
  return scrolling(
    t('逐条结果'),
    html`<table>
      <thead>
        <tr>
          <th scope="col">${t('条款')}</th>
          <th scope="col">${t('级别')}</th>
          <th scope="col">${t('结果')}</th>
        </tr>
      </thead>
      <tbody>
        ${facts.map(
          (fact) =>
            html`<tr>
              <th scope="row">${nameOf(t, fact)}</th>
              <td>${fact.level}</td>
              <td>
                ${t(resultNames[fact.result])}${fact.left !== undefined && html`<span class="aside">${t('；另有须由人判断的')}</span>`}
              </td>
            </tr> `,
        )}
      </tbody>
    </table>`,
  );
}
