import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hijackAlarms } from './hijack-alarms.ts';
import { cleanPages } from './testing/clean-pages.ts';
import { hijackedPages } from './testing/hijacked-pages.ts';
import { pageOf } from './testing/page-of.ts';

for (const { name, html, kinds } of hijackedPages) {
  test(`hijackAlarms raises ${kinds.join(', ')}: ${name}`, () => {
    const found = hijackAlarms(html).map(({ kind }) => kind);
    for (const kind of kinds) assert.ok(found.includes(kind), `${kind} not among ${found.join(', ')}`);
  });
}

for (const [name, html] of Object.entries(cleanPages)) {
  test(`hijackAlarms is silent: ${name}`, () => {
    assert.deepEqual(hijackAlarms(html), []);
  });
}

test('hijackAlarms gives the place of a phrase in the source and reads what is encoded', () => {
  const plain = pageOf({ title: '亚博体育官网入口_植树活动公告' });
  const [first] = hijackAlarms(plain);
  assert.equal(plain.slice(first?.start, (first?.start ?? 0) + 4), '亚博体育');
  const encoded = hijackAlarms(pageOf({ title: '&#30334;&#23478;&#20048;&#24179;&#21488;' })).find(
    ({ kind }) => kind === 'gambling-phrase',
  );
  assert.deepEqual(encoded?.readings, ['百家乐平台']);
  assert.match(encoded?.evidence ?? '', /^<title>&#30334;/);
});

test('hijackAlarms counts hosts of the known site as its own', () => {
  const html = pageOf({ head: '<script src="https://js.city-portal.com/a.js"></script>' });
  assert.deepEqual(
    hijackAlarms(html).map(({ kind }) => kind),
    ['foreign-script'],
  );
  assert.deepEqual(hijackAlarms(html, { host: 'www.city-portal.com' }), []);
});

test('hijackAlarms names what the page states elsewhere for a swapped name', () => {
  const swap = hijackAlarms(pageOf({ footer: '主办单位：临江市人民政府办公室 版权所有：开云体育有限公司' })).find(
    ({ kind }) => kind === 'brand-swap',
  );
  assert.equal(swap?.evidence, '开云体育有限公司');
  assert.ok(swap.readings.includes('临江市人民政府'));
});

test('hijackAlarms takes any string and keeps evidence within 200 characters and its place within the source', () => {
  const parts = fc.constantFrom(
    ...hijackedPages.map(({ html }) => html),
    ...Object.values(cleanPages),
    '<div style="display:none">',
    '<a href="http://a.top/',
    '<script>eval(function(p,a,c,k,e',
    '<marquee height=1>',
    '&#20122;',
    '\ud800',
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(parts, fc.nat(2000), fc.nat(400)), { maxLength: 6 }), fc.string(), (pieces, tail) => {
      const html = pieces.map(([text, from, length]) => text.slice(from, from + length)).join('') + tail;
      for (const { start, evidence } of hijackAlarms(html)) {
        assert.ok(start >= 0 && start <= html.length);
        assert.ok(evidence.length <= 200);
      }
    }),
    { numRuns: 400 },
  );
});

test('hijackAlarms raises no more than 20 of a kind on a page of a thousand injected links', () => {
  const html = pageOf({
    body: '<div style="display:none"><a href="http://x.top/">亚博体育官网</a></div>'.repeat(1000),
  });
  assert.ok(hijackAlarms(html).length <= 60);
});
