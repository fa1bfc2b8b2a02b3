import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datesIn, findDate } from './find-date.ts';
import { gapMark } from './marked-page.ts';
import { viewPage } from './page-lines.ts';

test('datesIn: the forms old pages write, and no date that the calendar does not have', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['2020-12-04', '2020-12-04 00:00'],
    ['2020年12月4日 9:05', '2020-12-04 09:05'],
    ['2014/11/17', '2014-11-17 00:00'],
    ['2020.1.2', '2020-01-02 00:00'],
    ['2020-12-04T16:30:22', '2020-12-04 16:30'],
    ['2020-12-04 25:61', '2020-12-04 00:00'],
  ];
  for (const [text, minute] of cases) assert.equal(datesIn(text)[0]?.minute, minute, text);
  for (const text of ['2021-02-29', '2021-13-01', '1020-01-01', '3210-01-01', '0519-85685023', '12041102000483']) {
    assert.deepEqual(datesIn(text), [], text);
  }
});

test('datesIn: a missing digit of the year is filled only when one year fits', () => {
  assert.deepEqual(datesIn(`${gapMark}020-12-04`)[0], { minute: '2020-12-04 00:00', hasTime: false, inferred: true });
  assert.deepEqual(datesIn(`20${gapMark}0-12-04`), []);
  assert.deepEqual(datesIn(`202${gapMark}-12-04`), []);
  assert.deepEqual(datesIn(`2020-${gapMark}2-04`), []);
});

test('datesIn: a missing sign is passed over where no digit can have gone with it', () => {
  assert.equal(datesIn(`2026${gapMark}06月01${gapMark} 09:30`)[0]?.minute, '2026-06-01 09:30');
  assert.equal(datesIn(`2026年06${gapMark}01日`)[0]?.minute, '2026-06-01 00:00');
  assert.deepEqual(datesIn(`2026${gapMark}6月01日`), []);
  assert.deepEqual(datesIn(`2026年06${gapMark}1日`), []);
});

test('findDate: the label of publication goes before others, the head before a bare date', () => {
  const minuteOf = (html: string): string | undefined => findDate(viewPage(html))?.minute;
  const page = (inside: string, head = ''): string =>
    `<html><head>${head}</head><body><div>${inside}</div><p>x</p></body></html>`;
  assert.equal(minuteOf(page('更新时间：2021-02-02</div><div>发布日期：2021-01-01')), '2021-01-01 00:00');
  assert.equal(minuteOf(page('2021-03-03', '<meta name="PubDate" content="2021-01-01 10:00">')), '2021-01-01 10:00');
  assert.equal(minuteOf(page('2021-03-03 来源：甲')), '2021-03-03 00:00');
  assert.equal(minuteOf(page('没有')), undefined);
});
