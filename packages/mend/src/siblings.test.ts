import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accept, learnSiblings, mend, simulate } from './index.ts';
import { toBytes } from './utf8.ts';

const page = (title: string, words: string): string => `<html><head><title>${title}</title></head><body>
<ul><li><a href="/">首页</a></li><li><a href="/xw/">云岭要闻</a></li><li><a href="/gk/">云岭公开栏</a></li><li><a href="/bs/">办事大厅</a></li></ul>
<h1>${title}</h1><p>${words}</p>
<div>主办：云岭市水务局　地址：云岭市滨河路26号　邮编：332199</div></body></html>`;
const words = [
  '城北水厂将于周末检修，请居民提前储水，恢复时间另行通知。',
  '新的节水补贴申请已经开始，符合条件的家庭可在社区窗口办理。',
  '河道清淤工程进入第二阶段，沿岸步道暂时封闭，请绕行。',
];
const site = words.map((text, i) => ({ name: `${i}.html`, bytes: toBytes(page(`通知之${'一二三'[i]}`, text)) }));
const source = page('关于水质检测结果的公示', '本月水质检测全部合格。');

test('learnSiblings keeps what pages share and nothing of one page alone', () => {
  const { nodes } = learnSiblings(site);
  const texts = nodes.map(({ text }) => text);
  assert.ok(texts.includes('云岭公开栏') && texts.some((text) => text.startsWith('主办：云岭市水务局')));
  assert.ok(!texts.some((text) => text.includes('城北水厂')));
  assert.deepEqual(JSON.parse(JSON.stringify({ nodes })), { nodes });
});

test('mend fills gaps of the furniture from siblings and says from which', () => {
  const bytes = simulate(toBytes(source), { sink: 'drop' });
  const alone = accept(mend({ name: 'x', bytes }), { atLeast: 0.9 });
  const helped = accept(mend({ name: 'x', bytes, siblings: learnSiblings(site) }), { atLeast: 0.9 });
  const gaps = (html: string): number => html.split('〓').length - 1;
  assert.ok(gaps(helped.html) < gaps(alone.html), `${gaps(helped.html)} of ${gaps(alone.html)} gaps left`);
  assert.match(helped.html, /滨河路26号　邮编：332199/);
  const filled = helped.plan.filter(({ evidence }) => evidence?.startsWith('siblings: ') === true);
  assert.ok(filled.length > 0 && filled.every(({ class: kind }) => kind === 'likely'));
});

test('mend names the channel that a hijacked name was put over', () => {
  const bytes = simulate(toBytes(source), { inject: [{ was: '云岭公开栏', keyword: '世界杯买球' }] });
  const result = mend({ name: 'x', bytes, siblings: learnSiblings(site) });
  const place = result.plan.find(({ rule }) => rule === 'foreign-name');
  assert.equal(place?.candidates[0]?.text, '云岭公开栏');
  assert.match(accept(result, { atLeast: 0.9 }).html, />云岭公开栏</);
  assert.ok(result.alarms.some(({ readings }) => readings[0] === '世界杯买球'));
});

test('mend with siblings of another site changes nothing', () => {
  const bytes = simulate(toBytes(source), { sink: 'drop' });
  const foreign = learnSiblings(
    [1, 2].map((n) => ({ name: `${n}`, bytes: toBytes('<p>白沙镇人民政府</p><p>电话：0832</p>') })),
  );
  assert.deepEqual(mend({ name: 'x', bytes, siblings: foreign }).plan, mend({ name: 'x', bytes }).plan);
});
