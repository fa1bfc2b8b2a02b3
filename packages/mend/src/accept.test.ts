import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChengmenError } from '@chengmen/model';
import { accept, type Choice } from './accept.ts';
import { replay } from './assemble.ts';
import { mend } from './mend.ts';
import { simulate } from './simulate.ts';
import type { Place } from './types.ts';
import { toBytes } from './utf8.ts';

const bytes = simulate(
  toBytes('<div>无障碍浏览</div><p>今年荷花节第9届8月开幕，去年的23家参展。</p><p>市长12月1日到会。</p>'),
);
const result = mend({ name: 'flowers.html', bytes });
const likely = result.plan.filter((place) => place.class === 'likely' && place.candidates.length > 1);
const [one] = likely;
const chosen = (...choices: Choice[]) => accept(result, { atLeast: 1.1, choices });
const at = ({ at: offset, length }: Place): Pick<Place, 'at' | 'length'> => ({ at: offset, length });

test('accept: of a place a person chooses the candidate, and another one, and none; each replays', () => {
  assert.ok(one && one.candidates.length > 1);
  for (const text of [one.candidates[1]?.text ?? '', one.candidates[0]?.text ?? '']) {
    const accepted = chosen({ ...at(one), text });
    const place: Place | undefined = accepted.plan.find((each) => each.at === one.at);
    assert.equal(place?.after, text);
    assert.equal(place?.accepted, one.candidates.find((each) => each.text === text)?.probability);
    assert.equal(replay(accepted, bytes), accepted.html);
  }
  const left = accept(result, { atLeast: 0, choices: [{ ...at(one), text: null }] });
  const place: Place | undefined = left.plan.find((each) => each.at === one.at);
  assert.deepEqual([place?.after, place?.accepted], [one.open, undefined]);
});

test('accept: rules go by probability, the last that fits counts, and a place that was chosen stays', () => {
  assert.ok(one);
  const open = (...choices: Choice[]): number =>
    chosen(...choices).plan.filter((place) => place.class === 'likely' && place.accepted === undefined).length;
  assert.equal(open(), open({ upTo: 1 }));
  assert.equal(open({ from: 0 }), 0);
  assert.equal(open({ from: 0 }, { upTo: 1 }), open());
  assert.equal(open({ from: 0 }, { rule: 'no-such-rule', upTo: 1 }), 0);
  assert.equal(open({ from: 0 }, { ...at(one), text: null }, { from: 0 }), 1);
});

test('accept: what is no likely place, and what is no candidate of it, is refused', () => {
  assert.ok(one);
  for (const choice of [
    { at: 1, length: 1, text: '甲' },
    { ...at(one), text: '绝无此字' },
  ])
    assert.throws(
      () => chosen(choice),
      (error) => error instanceof ChengmenError && error.code === 'decisions-invalid',
    );
});

test('accept: a bracket round buttons is closed by the mark that opened it, also where that is itself a guess', () => {
  for (const [open, close] of ['〖〗', '【】'] as const) {
    const sizes = ['大', '中', '小'].map((size, i) => `<a href="javascript:fontZoom(${18 - 2 * i})">${size}</a>`);
    const page = `<html><body><table><tr><td>发布日期：2024-12-29 <span>浏览次数：<span>6233</span></span>字号：${open}${sizes.join(' ')}${close}</td></tr></table><p>临江市水务局今天公布水质。</p><p>各街道要抓紧清淤。</p></body></html>`;
    for (const sink of ['bytes', 'replace'] as const) {
      const received = simulate(new TextEncoder().encode(page), { filter: 'php8', sink });
      const { html } = accept(mend({ name: 'page', bytes: received }), { atLeast: 0.9 });
      const [, opened, closed] = /字号：(.).*?小<\/a>(.)/su.exec(html) ?? [];
      assert.ok(
        closed === '〓' || (opened === '〖' && closed === '〗') || (opened === '【' && closed === '】'),
        `${sink}: ${opened} ${closed}`,
      );
    }
  }
});
