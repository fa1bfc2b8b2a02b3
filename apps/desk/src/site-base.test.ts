import assert from 'node:assert/strict';
import { test } from 'node:test';
import { html, printHtml, raw } from '@chengmen/html';
import { pathWithin, printWithin } from './site-base.ts';

test('printWithin: addresses of the desk are the site’s; assets, other sites, other hosts and what people wrote are left alone', () => {
  const typed = '<a href="/items">';
  const page = html`<a href="/items/${'a'}?x=1">a</a>
    <form action="/"><button formaction="/inbox/approve">b</button></form>
    <img src="/bytes/a.1" /><link href="/desk/x.css" /><a href="/s/linjiang/">c</a
    ><a href="https://www.example.cn/items">d</a><a href="//www.example.cn/">e</a><input value="${typed}" /><textarea>
${typed}</textarea>`;
  const printed = printWithin('/s/liuwan', page);
  assert.deepEqual(
    [...printed.matchAll(/(?:href|action|src)="([^"]*)"/g)].map(([, address]) => address),
    [
      ...['/s/liuwan/items/a?x=1', '/s/liuwan/', '/s/liuwan/inbox/approve', '/s/liuwan/bytes/a.1', '/desk/x.css'],
      ...['/s/linjiang/', 'https://www.example.cn/items', '//www.example.cn/'],
    ],
  );
  assert.equal(printed.split('&lt;a href=&quot;/items&quot;&gt;').length, 3);
  assert.equal(printWithin('', page), printHtml(page));
  assert.equal(printWithin('/s/liuwan', raw('<iframe\nsrc="/preview/a.1">')), '<iframe\nsrc="/s/liuwan/preview/a.1">');
});

test('pathWithin: leads within the site, or where it says', () => {
  const within = (path: string): string => pathWithin('/s/liuwan', path);
  assert.deepEqual(['/', '/items?done=x', '/s/linjiang/', 'https://id.example.cn/', '//x'].map(within), [
    ...['/s/liuwan/', '/s/liuwan/items?done=x', '/s/linjiang/', 'https://id.example.cn/', '//x'],
  ]);
});
