import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCleanBody } from '@chengmen/html';
import type { Fields } from '@chengmen/model';
import { replacedMedia } from './replace-media.ts';

const replacement = { from: 'tu-1', to: 'tu-2', alt: '新桥 <"a&b">' };
const replaced = (fields: object): object | undefined => replacedMedia(fields as Fields, replacement);

test('replacedMedia: wherever one stands the other does, once, and a text says what the new one shows', () => {
  const body =
    '<p>旧图 media:tu-1 和<a href="media:tu-1">下载</a>、<a href="media:tu-10">别的</a></p><p><img src="media:tu-1" alt="旧桥"></p>';
  const after = replaced({
    ...{ title: 'tu-1', image: 'tu-1', attachments: ['tu-1', 'fujian', 'tu-2'], body },
    pictures: [{ picture: 'tu-1', caption: '旧桥' }, { picture: 'tu-3' }],
    blocks: [{ show: 'pictures', pictures: [{ picture: 'tu-1' }] }],
  });
  const shown =
    '<p>旧图 media:tu-1 和<a href="media:tu-2">下载</a>、<a href="media:tu-10">别的</a></p><p><img src="media:tu-2" alt="新桥 &lt;&quot;a&amp;b&quot;&gt;"></p>';
  assert.deepEqual(after, {
    ...{ title: 'tu-1', image: 'tu-2', attachments: ['tu-2', 'fujian'], body: shown },
    pictures: [{ picture: 'tu-2', caption: '旧桥' }, { picture: 'tu-3' }],
    blocks: [{ show: 'pictures', pictures: [{ picture: 'tu-2' }] }],
  });
  assert.ok(isCleanBody(shown));
});

test('replacedMedia: nothing where it stands nowhere', () => {
  assert.equal(replaced({ title: 'tu-1', image: 'tu-10', body: '<p>media:tu-1</p>', attachments: ['a'] }), undefined);
});
