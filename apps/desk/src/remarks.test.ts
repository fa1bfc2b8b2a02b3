import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PassageComment } from '@chengmen/revision';
import { markedLines, placed, wordsOf } from './remarks.ts';

const remark = (id: number, quote: string, place: number, field = 'body'): PassageComment => ({
  id,
  revision: 'a.1',
  field,
  quote,
  place,
  remark: '',
  account: '',
  name: '',
  at: '',
});
const body = (html: string): { fields: never } => ({ fields: { title: '江堤', body: html } as never });

test('placed: a passage is found by its words, the nearest where they stand more than once; else it is detached', () => {
  const text = body('<p>江堤一期。</p><p>江堤二期。</p>');
  assert.equal(wordsOf(text).get('body'), '江堤一期。\n江堤二期。');
  const places = (all: PassageComment[]) => placed(all, text).map(({ found }) => found);
  assert.deepEqual(places([remark(1, '江堤', 0), remark(2, '江堤', 5), remark(3, '大坝', 0)]), [0, 6, undefined]);
  assert.deepEqual(places([remark(1, '江堤', 9, 'title'), remark(2, '江堤', 0, 'nowhere')]), [0, undefined]);
});

test('markedLines: passages that overlap and that run over paragraphs; the words are all there', () => {
  const text = '江堤一期。\n二期明年。';
  const all = placed(
    [remark(1, '堤一期', 1), remark(2, '期。\n二期', 3), remark(3, '没有', 0)],
    body('<p>江堤一期。</p><p>二期明年。</p>'),
  );
  const lines = markedLines(text, all);
  assert.deepEqual(
    lines.map(({ place, parts }) => [place, parts.map((part) => `${part.text}${part.remarks.join('+')}`)]),
    [
      [0, ['江', '堤一1', '期1+2', '。2']],
      [6, ['二期2', '明年。']],
    ],
  );
  assert.equal(lines.map(({ parts }) => parts.map((part) => part.text).join('')).join('\n'), text);
});
