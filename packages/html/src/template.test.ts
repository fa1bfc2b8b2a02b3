import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseFragment } from 'parse5';
import { escapeText, html, printHtml, raw } from './template.ts';

test('html: escapes text and attribute values; what html made stays as it is', () => {
  const name = `<b>"'&`;
  assert.equal(
    printHtml(html`<p title="${name}">${name}${html`<i>${1}</i>`}</p>`),
    '<p title="&lt;b&gt;&quot;&#39;&amp;">&lt;b&gt;&quot;&#39;&amp;<i>1</i></p>',
  );
  assert.equal(printHtml(html`${raw('<hr>')}`), '<hr>');
});

test('html: null, undefined and false print nothing; arrays are joined; zero is a number', () => {
  assert.equal(printHtml(html`a${null}${undefined}${false}${[html`<i></i>`, 'x', ['<']]}${0}`), 'a<i></i>x&lt;0');
});

test('html: an object that only looks like markup is refused', () => {
  assert.throws(() => html`${{ text: '<script>' } as never}`, TypeError);
});

test('html: in href, src and action only http, https, mailto, tel, relative and # stand', () => {
  const refused = [
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'java\tscript:alert(1)',
    '\u0001javascript:alert(1)',
    'vbscript:x',
    'data:text/html,<script>',
    'data:image/svg+xml,<svg onload=alert(1)>',
    'file:///etc/passwd',
  ];
  for (const address of refused) {
    assert.equal(printHtml(html`<a href="${address}"></a>`), '<a href="#"></a>', address);
    // prettier-ignore
    assert.equal(printHtml(html`<img src='${address}'>`), `<img src='#'>`, address);
    // prettier-ignore
    assert.equal(printHtml(html`<form action = "${address}"></form>`), '<form action = "#"></form>', address);
  }
  const good = [
    '/a/b.html',
    './a',
    '#top',
    '?q=a:b',
    'a/b:c',
    'https://x.example/',
    'http://x.example',
    'mailto:a@b.c',
    'tel:12345',
    '',
  ];
  for (const address of good) {
    assert.equal(printHtml(html`<a href="${address}"></a>`), `<a href="${escapeText(address)}"></a>`, address);
  }
  assert.equal(
    printHtml(html`<a title="${'javascript:1'}"></a>`),
    '<a title="javascript:1"></a>',
    'only address places are checked',
  );
});

test('html: whatever the value, it comes back as exactly that text and that attribute', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const sent = value.toWellFormed().replace(/[\r\0]/g, '');
      const { childNodes } = parseFragment(printHtml(html`<p title="${sent}">x${sent}</p>`));
      const [p] = childNodes;
      assert.ok(p && 'attrs' in p && childNodes.length === 1);
      assert.equal(p.attrs[0]?.value, sent);
      const [text] = p.childNodes;
      assert.ok(text && 'value' in text && p.childNodes.length === 1);
      assert.equal(text.value, `x${sent}`);
    }),
  );
});
