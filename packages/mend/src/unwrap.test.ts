import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accept } from './accept.ts';
import { mend } from './mend.ts';
import type { OpenPlace } from './propose.ts';
import { simulate } from './simulate.ts';
import type { Sink } from './types.ts';
import { unwrap } from './unwrap.ts';

const paragraphs = [
  '临江市图书馆自本月起延长开放时间，周一至周五的闭馆时间由晚上六点推迟到九点，周末和节假日不变，读者可以凭身份证或者社保卡免费办理借阅手续，也可以在手机上预约座位。',
  '各镇和街道要按照市政府的统一部署，组织力量对辖区内的河道、水库和排涝设施进行一次全面检查，发现隐患及时处理，并把检查的情况和处理的结果报送市防汛办公室，由防汛办公室汇总后向社会公布。',
  '市民政局的工作人员介绍，养老服务补贴的申请条件和发放标准没有变化，老人或者他们的家属可以到社区服务中心提出申请，也可以拨打服务电话请工作人员上门办理，审核通过以后从下一个月起发放。',
];
const lines = (text: string, width: number): string[] => text.match(new RegExp(`.{1,${width}}`, 'gu')) ?? [];
const page = (text: string): string =>
  `<html><head><title>临江市政府公报</title></head><body><h2>近期工作</h2>\n<div>\n${text}\n</div></body></html>`;
const broken = page(paragraphs.map((text) => `　　${lines(text, 26).join('\n')}`).join('\n'));

test('unwrap joins lines that were broken within sentences, and not the paragraphs', () => {
  const { html } = unwrap(broken, []);
  assert.ok(html.includes(`　　${paragraphs[0]?.slice(0, 26)}<wbr>${paragraphs[0]?.slice(26, 40)}`), html);
  assert.equal(html.split('\n　　').length, broken.split('\n　　').length);
});

test('unwrap leaves pages as they are whose lines are paragraphs, headlines or items', () => {
  const headlines = Array.from({ length: 12 }, (_, i) => `<li>第${i}场发布会在临江举行，介绍防汛工作的进展</li>`);
  const stops = page(paragraphs.map((text) => `<p>${text}</p>`).join('\n'));
  for (const html of [stops, page(headlines.join('\n')), page('临江\n'.repeat(20))])
    assert.equal(unwrap(html, []).html, html);
});

test('unwrap moves places with their words, and joins nothing across a place in an attribute', () => {
  const at = broken.indexOf('\n', broken.indexOf('统一部署')) + 1;
  const place = (start: number): OpenPlace => ({
    finding: { at: 0, length: 1, class: 'likely', rule: 'question', prior: 1 },
    start,
    end: start + 1,
  });
  const { html, places } = unwrap(broken, [place(at)]);
  assert.equal(html.slice(places[0]?.start, (places[0]?.start ?? 0) + 6), broken.slice(at, at + 6));
  const named = broken.replaceAll('\n', '<br title="行">');
  const inTag = named.indexOf('行', named.indexOf('统一部署'));
  const moved = unwrap(named, [place(inTag)]);
  assert.notEqual(moved.html, named);
  assert.equal(moved.html[moved.places[0]?.start ?? 0], '行');
});

test('mend puts no full stop where a line was broken within a sentence', () => {
  for (const sink of ['bytes', 'replace', 'drop'] satisfies Sink[]) {
    const { html } = accept(mend({ name: 'page', bytes: simulate(new TextEncoder().encode(broken), { sink }) }), {
      atLeast: 0.9,
    });
    const stops = html.split('。').length - 1;
    assert.ok(stops <= paragraphs.length, `${sink}: ${html}`);
    if (sink === 'bytes') assert.ok(html.includes('统一部署，组织力量'));
  }
});

test('unwrap takes time by the length of a page alone', () => {
  const spaces = `${'　'.repeat(200_000)}${'<br>'.repeat(50_000)}${'\n '.repeat(100_000)}`;
  assert.equal(unwrap(spaces, []).html, spaces);
});

test('unwrap trusts a place at the end of a line less where lines may have been broken within sentences', () => {
  const doubtful = page(
    [
      '各镇和街道要按照市政府的统一部署，组织力〓',
      '对辖区内的河道、水库和排涝设施进行一次全面检〓',
      '发现隐患及时处理，并把检查的情况',
      '和处理的结果，报送市防汛办公室，由防汛办公〓',
      '汇总以后，再向社会公〓',
      '水利站负责日常的巡查和维护，并做好记〓',
    ].join('\n'),
  );
  const at = doubtful.indexOf('〓');
  const finding = { at: 0, length: 1, class: 'likely', rule: 'vanished', prior: 1 } as const;
  const { html, places } = unwrap(doubtful, [{ finding, start: at, end: at + 1 }]);
  assert.equal(html, doubtful);
  assert.ok((places[0]?.finding.trust ?? 1) < 1);
  const sure = page(paragraphs.map((text) => `<p>${text}〓</p>`).join('\n'));
  const end = sure.indexOf('〓');
  assert.equal(unwrap(sure, [{ finding, start: end, end: end + 1 }]).places[0]?.finding.trust, undefined);
});
