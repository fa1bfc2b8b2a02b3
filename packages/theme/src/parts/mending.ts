import { gapSign, html, type SafeHtml } from '@chengmen/html';
import type { MendingNote } from '@chengmen/model';
import { scrolling } from './body.ts';
import { gapped } from './gap.ts';
import { type Phrase, type Words } from '../words.ts';

type Place = MendingNote['places'][number];

/**
 * Before the text: the reader learns first of all what kind of text this is. The counts are of the whole page as received,
 * its navigation and footer included; the places are those of what is published. `page`: where the details stand, if not here.
 */
export function mendingNotice(t: Words, { counts, places, alarms }: MendingNote, page = ''): SafeHtml {
  const mended = counts.proved + counts.likely + counts.stated;
  const gaps = places.filter((place) => place.class === 'lost').length;
  const named = alarms.length > 0 && t('；发现被篡改的名称 {n} 处，已剔除', { n: alarms.length });
  const told = html`${t('原网页全文修复 {n} 处', { n: mended })}${lostText(t, counts.lost, gaps)}${named}${t('。')}`;
  return html`<aside class="mended" aria-label="${t('修复说明')}">
    <p>
      <strong>${t('本页由一份受损的旧网页修复而成。')}</strong>${told}<a href="${`${page}#mending`}"
        >${t('查看修复说明')}</a
      >
    </p>
  </aside>`;
}

function lostText(t: Words, lost: number, gaps: number): SafeHtml | undefined {
  if (lost === 0) return undefined;
  if (gaps === 0) return html`${t('，另有 {n} 处无法复原，均不在正文中', { n: lost })}`;
  return t.rich('，另有 {n} 处无法复原；其中正文 {gaps} 处，以 {sign} 标出，未作补写', {
    n: lost,
    gaps,
    sign: html`${gapped(gapSign)}`,
  });
}

/** After the text: everything that was done, place by place. */
export function mendingDetails(t: Words, note: MendingNote, original: string | undefined): SafeHtml {
  return html`<section class="part mending" id="mending">
    <h2>${t('修复说明')}</h2>
    <p>
      ${mechanism(t, note.mechanism)}${t('本站对收到的文件只做有依据的修复：能够证明原文唯一的，直接复原；把握很大的，经人工核定后采用；无法确定的，保留缺口，不作补写。')}
    </p>
    ${tally(t, note.counts)} ${note.alarms.length > 0 && alarmList(t, note)}
    ${note.removed.length > 0 && removedList(t, note)} ${note.places.length > 0 && placeTable(t, note.places)}
    <p class="aside">
      ${t('收到的原始文件长期保存，其 SHA-256 摘要为 ')}<span class="code hash">${note.received}</span>${
        original !== undefined && html`${t('；原网址：')}<span class="code hash">${original}</span>`
      }
    </p>
  </section>`;
}

const mechanisms: Readonly<Record<string, Phrase>> = {
  'cp936-round-trip': '旧网页曾被误当作 GBK 编码转换，部分汉字连同相邻的符号受损。',
  'utf-8-read-as-latin1': '旧网页的文字曾被误读为西欧编码，成为乱码。',
  'foreign-stretches': '旧网页中混入了另一种编码的文字。',
  unknown: '旧网页受损的原因不明。',
};

function mechanism(t: Words, name: string): string {
  const phrase = mechanisms[name];
  return phrase === undefined ? '' : t(phrase);
}

function tally(t: Words, { proved, likely, stated, lost }: MendingNote['counts']): SafeHtml {
  const parts: readonly (readonly [string, string, number])[] = [
    ['proved', t('证明复原'), proved],
    ['likely', t('核定采用'), likely],
    ['stated', t('据资料补正'), stated],
    ['lost', t('无法复原'), lost],
  ];
  return html`<ul class="tally">
    ${parts.map(([name, label, count]) => html`<li class="tally-${name}"><b>${count}</b> ${label}</li> `)}
  </ul>`;
}

function alarmList(t: Words, { alarms }: MendingNote): SafeHtml {
  return html`<h3>${t('被篡改的名称')}</h3>
    <p>${t('下列文字不属于原文，系他人植入，没有发布。括注为辨认出的内容，仅供核查。')}</p>
    <ul class="plain-list">
      ${alarms.map(
        ({ evidence, readings }) =>
          html`<li>
            <span class="code">${evidence}</span>${
              readings.length > 0 &&
              html`<span class="aside">${t('（疑似：{what}）', { what: t.list(readings.slice(0, 3)) })}</span>`
            }
          </li>`,
      )}
    </ul>`;
}

function removedList(t: Words, { removed }: MendingNote): SafeHtml {
  return html`<h3>${t('去除的内容')}</h3>
    <ul class="plain-list">
      ${removed.map((text) => html`<li>${text}</li>`)}
    </ul>`;
}

const classes: Readonly<Record<Place['class'], Phrase>> = {
  proved: '证明复原',
  likely: '核定采用',
  stated: '据资料补正',
  lost: '无法复原',
};

function placeTable(t: Words, places: readonly Place[]): SafeHtml {
  const table = html`<table>
    <thead>
      <tr>
        <th scope="col">${t('位置')}</th>
        <th scope="col">${t('修复前')}</th>
        <th scope="col">${t('修复后')}</th>
        <th scope="col">${t('类别与依据')}</th>
      </tr>
    </thead>
    <tbody>
      ${places.map(
        (place) =>
          html`<tr>
            <td>${gapped(place.place)}</td>
            <td class="code">${place.before === '' ? t('（空）') : gapped(place.before)}</td>
            <td>${place.after === '' ? t('（删去）') : gapped(place.after)}</td>
            <td>${t(classes[place.class])}${basis(t, place)}</td>
          </tr> `,
      )}
    </tbody>
  </table>`;
  return html`<details class="fold">
    <summary>${t('逐处列出（{n} 处）', { n: places.length })}</summary>
    ${scrolling(t('修复逐处列表'), table)}
  </details>`;
}

function basis(t: Words, { rule, probability, source }: Place): SafeHtml {
  const named = rules[rule];
  const parts = [
    named && t(named),
    probability !== undefined && t('把握 {percent}', { percent: percent(probability) }),
    source && t('来源：{source}', { source }),
  ];
  return html`<span class="aside">${parts.filter((part) => typeof part === 'string').join(t('；'))}</span>`;
}

/** What the mender's rules mean to a reader. */
const rules: Readonly<Record<string, Phrase>> = {
  'minus-one': '字符与相邻的符号在转换中一同改变，可以逆推',
  'minus-one-sign': '字符与相邻的符号在转换中一同改变，可以逆推',
  question: '字符与其后一个字符在转换中变成问号',
  'question-and-tag': '字符与其后的标签起始符在转换中变成问号',
  'question-and-quote': '字符与其后的引号在转换中变成问号',
  'question-and-entity': '字符与其后的符号在转换中变成问号',
  vanished: '字符在转换中消失，由字节的配对可知',
  'vanished-by-words': '字符在转换中消失，由上下文推断',
  'foreign-name': '他人植入的文字',
  'not-utf-8': '无法解读的字节',
  'byte-dropped': '残缺的字节',
  width: '标点的全角宽度在转存中丢失',
};

/** Rounded down, so that less than certain never reads as certain. */
function percent(probability: number): string {
  return `${Math.floor(probability * 1000) / 10}%`;
}
