import { gapSign, html, type SafeHtml } from '@chengmen/html';
import type { MendingNote } from '@chengmen/model';
import { scrolling } from './body.ts';
import { gapped } from './gap.ts';

type Place = MendingNote['places'][number];

/**
 * Before the text: the reader learns first of all what kind of text this is. The counts are of the whole page as received,
 * its navigation and footer included; the places are those of what is published. `page`: where the details stand, if not here.
 */
export function mendingNotice({ counts, places, alarms }: MendingNote, page = ''): SafeHtml {
  const mended = counts.proved + counts.likely + counts.stated;
  const gaps = places.filter((place) => place.class === 'lost').length;
  return html`<aside class="mended" aria-label="修复说明">
    <p>
      <strong>本页由一份受损的旧网页修复而成。</strong>原网页全文修复 ${mended}
      处${lostText(counts.lost, gaps)}${alarms.length > 0 && html`；发现被篡改的名称 ${alarms.length} 处，已剔除`}。<a
        href="${`${page}#mending`}"
        >查看修复说明</a
      >
    </p>
  </aside>`;
}

function lostText(lost: number, gaps: number): SafeHtml | undefined {
  if (lost === 0) return undefined;
  if (gaps === 0) return html`，另有 ${lost} 处无法复原，均不在正文中`;
  return html`，另有 ${lost} 处无法复原；其中正文 ${gaps} 处，以 ${gapped(gapSign)} 标出，未作补写`;
}

/** After the text: everything that was done, place by place. */
export function mendingDetails(note: MendingNote, original: string | undefined): SafeHtml {
  return html`<section class="part mending" id="mending">
    <h2>修复说明</h2>
    <p>
      ${mechanism(note.mechanism)}本站对收到的文件只做有依据的修复：能够证明原文唯一的，直接复原；把握很大的，经人工核定后采用；无法确定的，保留缺口，不作补写。
    </p>
    ${tally(note.counts)} ${note.alarms.length > 0 && alarmList(note)} ${note.removed.length > 0 && removedList(note)}
    ${note.places.length > 0 && placeTable(note.places)}
    <p class="aside">
      收到的原始文件长期保存，其 SHA-256 摘要为 <span class="code hash">${note.received}</span>${
        original !== undefined && html`；原网址：<span class="code hash">${original}</span>`
      }
    </p>
  </section>`;
}

const mechanisms: Readonly<Record<string, string>> = {
  'cp936-round-trip': '旧网页曾被误当作 GBK 编码转换，部分汉字连同相邻的符号受损。',
  'utf-8-read-as-latin1': '旧网页的文字曾被误读为西欧编码，成为乱码。',
  'foreign-stretches': '旧网页中混入了另一种编码的文字。',
  unknown: '旧网页受损的原因不明。',
};

function mechanism(name: string): string {
  return mechanisms[name] ?? '';
}

function tally({ proved, likely, stated, lost }: MendingNote['counts']): SafeHtml {
  const parts: readonly (readonly [string, string, number])[] = [
    ['proved', '证明复原', proved],
    ['likely', '核定采用', likely],
    ['stated', '据资料补正', stated],
    ['lost', '无法复原', lost],
  ];
  return html`<ul class="tally">
    ${parts.map(([name, label, count]) => html`<li class="tally-${name}"><b>${count}</b> ${label}</li> `)}
  </ul>`;
}

function alarmList({ alarms }: MendingNote): SafeHtml {
  return html`<h3>被篡改的名称</h3>
    <p>下列文字不属于原文，系他人植入，没有发布。括注为辨认出的内容，仅供核查。</p>
    <ul class="plain-list">
      ${alarms.map(
        ({ evidence, readings }) =>
          html`<li>
            <span class="code">${evidence}</span>${
              readings.length > 0 && html`<span class="aside">（疑似：${readings.slice(0, 3).join('、')}）</span>`
            }
          </li>`,
      )}
    </ul>`;
}

function removedList({ removed }: MendingNote): SafeHtml {
  return html`<h3>去除的内容</h3>
    <ul class="plain-list">
      ${removed.map((text) => html`<li>${text}</li>`)}
    </ul>`;
}

const classes: Readonly<Record<Place['class'], string>> = {
  proved: '证明复原',
  likely: '核定采用',
  stated: '据资料补正',
  lost: '无法复原',
};

function placeTable(places: readonly Place[]): SafeHtml {
  const table = html`<table>
    <thead>
      <tr>
        <th scope="col">位置</th>
        <th scope="col">修复前</th>
        <th scope="col">修复后</th>
        <th scope="col">类别与依据</th>
      </tr>
    </thead>
    <tbody>
      ${places.map(
        (place) =>
          html`<tr>
            <td>${gapped(place.place)}</td>
            <td class="code">${place.before === '' ? '（空）' : gapped(place.before)}</td>
            <td>${place.after === '' ? '（删去）' : gapped(place.after)}</td>
            <td>${classes[place.class]}${basis(place)}</td>
          </tr> `,
      )}
    </tbody>
  </table>`;
  return html`<details class="fold">
    <summary>逐处列出（${places.length} 处）</summary>
    ${scrolling('修复逐处列表', table)}
  </details>`;
}

function basis({ rule, probability, source }: Place): SafeHtml {
  const parts = [rules[rule], probability !== undefined && `把握 ${percent(probability)}`, source && `来源：${source}`];
  return html`<span class="aside">${parts.filter((part) => typeof part === 'string').join('；')}</span>`;
}

/** What the mender's rules mean to a reader. */
const rules: Readonly<Record<string, string>> = {
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
