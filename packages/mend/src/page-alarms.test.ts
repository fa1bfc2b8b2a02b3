import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { codePageBytes } from './codecs.ts';
import { mend, repair, simulate } from './index.ts';
import { toBytes } from './utf8.ts';

const hidden =
  '<div style="position:absolute;left:-9999px"><a href="http://yabo-888.vip/">亚博体育官网</a><a href="http://kaiyun-app.cc/">开云平台注册</a></div>';
const page = `<html><head><meta charset="utf-8"><title>临江市水务局</title></head><body><h1>关于城北水厂检修的通知</h1><p>城北水厂将于周末检修，请居民提前储水。</p><p>【<a href="#">返回顶部</a>】</p>${hidden}</body></html>`;

describe('mend and the traces of a hijack', () => {
  test('mend tells where in the received bytes a trace stands, damaged or not, in any encoding', () => {
    const inputs = [toBytes(page), simulate(toBytes(page)), codePageBytes('gb18030', page) ?? assert.fail('not GBK')];
    for (const bytes of inputs) {
      const alarm = mend({ name: 'page', bytes }).alarms.find(({ kind }) => kind === 'hidden-link');
      assert.ok(alarm, 'it is told');
      const there = new TextDecoder('latin1').decode(bytes.subarray(alarm.at, alarm.at + 120));
      assert.match(there, /^<(?:div style="position|a href="http:\/\/yabo)/);
    }
  });

  test('mend raises no alarm for the same page without it', () => {
    const { alarms, verdict } = mend({ name: 'page', bytes: toBytes(page.replace(hidden, '')) });
    assert.deepEqual([alarms, verdict], [[], 'clean']);
  });

  test('mend keeps alarms in the order of the page beside those of foreign bytes', () => {
    const bytes = simulate(toBytes(page.replace('<h1>', '<p><a href="/">新闻中心</a></p><h1>')), {
      inject: [{ was: '新闻中心', keyword: '世界杯买球' }],
    });
    const { alarms } = mend({ name: 'page', bytes });
    assert.deepEqual(
      alarms.map(({ at }) => at),
      alarms.map(({ at }) => at).toSorted((a, b) => a - b),
    );
    assert.ok(
      alarms.some(({ kind }) => kind === 'foreign-encoding') && alarms.some(({ kind }) => kind === 'hidden-link'),
    );
  });
});

test('repair gives what mend gives, but for what only the words can tell', () => {
  const sound = toBytes(page.replace(hidden, ''));
  assert.equal(repair({ name: 'page', bytes: sound }).html, mend({ name: 'page', bytes: sound }).html);
  const bytes = simulate(toBytes(page));
  const { html, encoding } = repair({ name: 'page', bytes });
  assert.equal(encoding.mechanism, 'cp936-round-trip');
  assert.equal(html, mend({ name: 'page', bytes }).html);
});
