import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differenceOf } from './difference-of.ts';

const fields = (more: object): { kind: 'article'; fields: never } => ({
  kind: 'article',
  fields: { title: '江堤', channel: 'news', body: '<p>一</p>', ...more } as never,
});

test('differenceOf: fields by their labels, pictures and files wherever they stand, texts line by line', () => {
  const before = fields({ attachments: ['fu-1'], body: '<p>一</p><p><img src="media:tu-1" alt="一"></p>' });
  const after = fields({ title: '江堤加固', image: 'tu-2', attachments: ['fu-1', 'fu-2'] });
  const { fields: changed, media, texts } = differenceOf(before, after);
  assert.deepEqual(
    changed.map(({ label, before: was, after: is }) => [label, was, is]),
    [
      ['标题', '江堤', '江堤加固'],
      ['题图', '', 'tu-2'],
      ['附件', 'fu-1', 'fu-1、fu-2'],
    ],
  );
  assert.deepEqual(media, [
    { item: 'tu-1', was: 'removed' },
    { item: 'tu-2', was: 'added' },
    { item: 'fu-2', was: 'added' },
  ]);
  assert.deepEqual(
    texts.map(({ label, lines }) => [label, lines.length]),
    [['正文', 2]],
  );
  assert.deepEqual(differenceOf(after, after), { texts: [], fields: [], blocks: [], named: [], media: [] });
});
