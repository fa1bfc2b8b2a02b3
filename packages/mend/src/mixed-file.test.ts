import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { codePageBytes } from './codecs.ts';
import { mend, replay } from './index.ts';
import { toBytes } from './utf8.ts';

const head =
  '<html><head><title>临江市水务局门户网站</title></head><body><div class="top">首页　新闻中心　信息公开</div>\n';
const body = '<p>城北水厂将于周末检修，请居民提前储水，恢复供水的时间另行通知。</p>\n<p>咨询电话由各街道公布。</p>\n';
const foot = '<div>主办单位：临江市水务局，版权所有，未经许可不得转载。</div></body></html>';

const gbk = (text: string): Uint8Array => codePageBytes('gb18030', text) ?? assert.fail('not GBK');
const joined = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

describe('mend on files of two encodings', () => {
  const files: readonly [string, Uint8Array][] = [
    ['a UTF-8 page with an included GBK foot', joined(toBytes(head + body), gbk(foot))],
    ['a GBK page with an included UTF-8 foot', joined(gbk(head + body), toBytes(foot))],
    ['a GBK page with a UTF-8 head', joined(toBytes(head), gbk(body + foot))],
  ];
  for (const [name, bytes] of files) {
    test(`mend reads ${name} exactly, and tells it`, () => {
      const result = mend({ name, bytes });
      assert.equal(result.html, head + body + foot);
      assert.deepEqual([result.encoding.mechanism, result.verdict], ['mixed-encodings', 'mended']);
      assert.ok(result.plan.every(({ class: kind, rule }) => kind === 'proved' && rule === 'other-encoding'));
      assert.ok(result.alarms.length > 0);
      assert.equal(replay(result, bytes), result.html);
    });
  }

  test('mend takes a GBK name in a UTF-8 page for a hijack, not for a mixture', () => {
    const bytes = joined(toBytes(`${head}<a href="/">`), gbk('世界杯买球'), toBytes(`</a>${body}${foot}`));
    const result = mend({ name: 'page', bytes });
    assert.equal(result.encoding.mechanism, 'foreign-stretches');
    assert.deepEqual(
      result.plan.map(({ class: kind }) => kind),
      ['lost'],
    );
    assert.equal(result.alarms[0]?.readings[0], '世界杯买球');
  });
});
