import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convertMarkup, createConverter } from './index.ts';

const convert = createConverter({ variant: 'hk' });

test('convertMarkup: texts and values of attributes, and nothing else', () => {
  assert.equal(
    convertMarkup(
      '<p class="a" title="发展 &amp; 干部">头发<b>以后</b> &lt;里&gt;</p><img alt="台风" src="/media/x.png">',
      convert,
    ),
    '<p class="a" title="發展 &amp; 幹部">頭髮<b>以後</b> &lt;裏&gt;</p><img alt="颱風" src="/media/x.png">',
  );
  assert.equal(
    convertMarkup('<script type="application/ld+json">{"name":"发展"}</script>', convert),
    '<script type="application/ld+json">{"name":"發展"}</script>',
  );
});

test('convertMarkup: names by which parts of a page find one another stay as they are', () => {
  const markup = '<a href="#养老" class="里">里</a><h2 id="养老" aria-labelledby="里">养老</h2>';
  assert.equal(
    convertMarkup(markup, convert),
    '<a href="#养老" class="里">裏</a><h2 id="养老" aria-labelledby="里">養老</h2>',
  );
});

test('convertMarkup: what its author does not want translated stays untouched', () => {
  assert.equal(
    convertMarkup('<p>头发<span translate="no" lang="zh">头发<i>里</i></span>头发</p>', convert),
    '<p>頭髮<span translate="no" lang="zh">头发<i>里</i></span>頭髮</p>',
  );
  // Templates break lines inside end tags.
  assert.equal(
    convertMarkup('<a translate="no">头发</a\n><a translate="no">里</a\n><a>头发</a>', convert),
    '<a translate="no">头发</a\n><a translate="no">里</a\n><a>頭髮</a>',
  );
});
