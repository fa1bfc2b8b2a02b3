import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mend } from '../mend.ts';
import { simulate } from '../simulate.ts';
import { toBytes } from '../utf8.ts';
import { structureOf } from './structure-of.ts';

const paragraphs = [
  '为做好荷花节期间的交通安排，市交通运输局会同有关部门制定了本方案，现予公布。',
  '6月18日至20日，环湖路全线禁止机动车通行，公交12路、15路延长至南门码头。',
  '市民可拨打<strong>12345</strong>热线咨询，也可到各街道便民服务点领取纸质地图。',
];

const labelled = `<html><head><meta charset="utf-8"><title>荷花节期间交通安排的通告 - 临江市人民政府</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/xw/">新闻中心</a> <a href="/gk/">信息公开</a></div>
<div class="pos">当前位置：<a href="/">首页</a>&gt;&gt;<a href="/gk/">信息公开</a>&gt;&gt;<a href="/gk/tz/">通知公告</a>&gt;&gt;正文</div>
<h1>荷花节期间交通安排的通告</h1>
<div class="info">发布日期：2026-06-01 09:30　来源：市交通运输局　作者：周启明　浏览次数：1024</div>
<div class="zw" style="font-size:16px">${paragraphs.map((words) => `<p class="MsoNormal" style="text-indent:2em">${words}</p>`).join('\n')}
<table><caption>停车场</caption><tr><th>名称</th><th>车位</th></tr><tr><td>南门</td><td>300</td></tr></table>
<p><img src="/images/map.png" alt="环湖路示意图"></p><p>附件：<a href="/files/map.pdf">交通组织图.pdf</a></p></div>
<div class="foot">【打印本页】【关闭窗口】</div><div>主办：临江市人民政府办公室　网站标识码：3299000001</div></body></html>`;

const structured = (html: string) => structureOf(mend({ name: 'page.html', bytes: toBytes(html) }));

describe('structureOf', () => {
  test('structureOf reads metadata by the page’s own labels', () => {
    assert.deepEqual(structured(labelled).metadata, {
      title: '荷花节期间交通安排的通告',
      date: '2026-06-01',
      time: '09:30',
      source: '市交通运输局',
      author: '周启明',
      hits: 1024,
      breadcrumb: ['首页', '信息公开', '通知公告', '正文'],
      channel: '通知公告',
    });
  });

  test('structureOf gives the body clean, with what was taken away told', () => {
    const { body, text, removed } = structured(labelled);
    assert.match(body ?? '', /^<p>为做好荷花节期间的交通安排/);
    assert.match(body ?? '', /<strong>12345<\/strong>/);
    assert.doesNotMatch(body ?? '', /style|class|MsoNormal|打印本页|主办/);
    assert.ok(text.startsWith('为做好荷花节期间的交通安排'));
    assert.ok(removed.length > 0);
  });

  test('structureOf lists files, pictures and tables of the body', () => {
    const { attachments, pictures, tables } = structured(labelled);
    assert.deepEqual(attachments, [{ name: '交通组织图.pdf', address: '/files/map.pdf' }]);
    assert.deepEqual(pictures, [{ address: '/images/map.png', alt: '环湖路示意图' }]);
    assert.deepEqual(tables, [
      {
        caption: '停车场',
        rows: [
          ['名称', '车位'],
          ['南门', '300'],
        ],
      },
    ]);
  });

  test('structureOf finds the same of a damaged page, gaps as 〓', () => {
    const whole = structured(labelled);
    const hurt = structureOf(mend({ name: 'page.html', bytes: simulate(toBytes(labelled)) }));
    assert.equal(hurt.metadata.date, whole.metadata.date);
    const pattern = (hurt.metadata.title ?? '').replaceAll('〓', '..?');
    assert.match(whole.metadata.title ?? '', new RegExp(`^${pattern}$`));
    assert.equal(hurt.text.split('\n').length, whole.text.split('\n').length);
    assert.doesNotMatch(hurt.text, /\/p>|br \/>/);
  });

  test('structureOf says null for what a page does not state, and gives all its words where it has no body', () => {
    const { metadata, body, text } = structured('<p>临江</p>');
    assert.deepEqual([metadata.date, metadata.hits, metadata.channel], [null, null, null]);
    assert.ok(body === null || body.includes('临江'));
    assert.match(text, /临江/);
  });

  test('structureOf leaves a bare date under the title out of the body', () => {
    const page = `<article><h1>关于开展绿道巡查的通知</h1><time>2026-05-02</time>${paragraphs.map((words) => `<p>${words}</p>`).join('')}</article>`;
    assert.ok(structured(page).text.startsWith('为做好'));
  });

  test('structureOf survives elements sixty thousand deep', () => {
    const deep = '<div>'.repeat(60_000) + paragraphs[0] + '</div>'.repeat(60_000);
    assert.match(structured(deep).text, /荷花节/);
  });
});
