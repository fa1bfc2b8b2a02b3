import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTree, type TreeNode } from './parse-tree.ts';

const outline = (node: TreeNode): string =>
  node.kind === 'text'
    ? node.text
    : node.kind === 'comment'
      ? '#'
      : `${node.name}(${node.children.map(outline).join('')})`;
const outlineOf = (html: string): string => parseTree(html).children.map(outline).join('');

test('parseTree: implied end tags as browsers have them', () => {
  assert.equal(outlineOf('<p>a<p>b<div>c'), 'p(a)p(b)div(c)');
  assert.equal(outlineOf('<ul><li>a<ul><li>b</ul><li>c</ul>d'), 'ul(li(aul(li(b)))li(c))d');
  assert.equal(outlineOf('<table><tr><td>a<td>b<tr><td>c</table>d'), 'table(tr(td(a)td(b))tr(td(c)))d');
  assert.equal(outlineOf('<dl><dt>a<dd>b<dt>c</dl>'), 'dl(dt(a)dd(b)dt(c))');
});

test('parseTree: a stray end tag ends nothing; one in a cell does not leave it', () => {
  assert.equal(outlineOf('<div>a</p></b></td>b</div>c'), 'div(ab)c');
  assert.equal(outlineOf('<div><table><tr><td>a</div>b</table>c</div>d'), 'div(table(tr(td(ab)))c)d');
});

test('parseTree: bold closed inside a paragraph that it opened before ends with the paragraph', () => {
  assert.equal(outlineOf('<b>a<p>b</b>c</p>d'), 'b(ap(bc))d');
});

test('parseTree: a title that never closes does not swallow the page', () => {
  assert.equal(outlineOf('<title>甲<p>乙</p>'), 'title(甲p(乙))');
  assert.equal(outlineOf('<title>甲<p>乙</title><p>丙'), 'title(甲<p>乙)p(丙)');
  assert.equal(outlineOf('<script>if (a<b) "</p>"</script>x'), 'script(if (a<b) "</p>")x');
});

test('parseTree: every node knows its place in the source', () => {
  const source = '<div>甲<b>乙&amp;丙</b>\r\n<!--丁--></div>戊';
  const walk = (node: TreeNode): void => {
    const cut = source.slice(node.start, node.end);
    if (node.kind === 'text') assert.equal(cut.replace('&amp;', '&').replace('\r\n', '\n'), node.text);
    if (node.kind === 'comment') assert.equal(cut, '<!--丁-->');
    if (node.kind === 'element') {
      assert.ok(cut.startsWith(`<${node.name}`) && cut.endsWith(`</${node.name}>`), cut);
      node.children.forEach(walk);
    }
  };
  const root = parseTree(source);
  assert.equal(root.end, source.length);
  root.children.forEach(walk);
});

test('parseTree: nesting of any depth is cut at 256, with what follows still in place', () => {
  const deep = parseTree(`${'<div>'.repeat(60_000)}x${'</div>'.repeat(60_000)}<p>y</p>`);
  let depth = 0;
  for (let node: TreeNode | undefined = deep; node?.kind === 'element'; node = node.children[0]) depth++;
  assert.ok(depth <= 258, String(depth));
  assert.equal(deep.children.map(outline).at(-1), 'p(y)');
});
