import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sanitise } from '@chengmen/html';
import { cleanPaste } from './clean-paste.ts';

const cleaned = (markup: string): string => cleanPaste(markup).html;
const lost = (markup: string): string[] =>
  cleanPaste(markup).losses.map(({ english, count, sample }) => `${english} ${count} ${sample}`);

const item = (level: number, marker: string, text: string): string =>
  `<p class=MsoListParagraph style='margin-left:21.0pt;mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='mso-list:Ignore'>${marker}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>${text}<o:p></o:p></p>\n`;

test('cleanPaste: lists of Word become lists, nested as they were', () => {
  assert.equal(
    cleaned(item(1, '1.', '甲') + item(2, '·', '乙') + item(2, '·', '丙') + item(1, '2.', '丁') + '<p>文</p>'),
    '<ol><li>甲<ul><li>乙</li><li>丙</li></ul></li><li>丁</li></ol><p>文</p>',
  );
  // WPS closes its comments.
  const wps =
    "<p class=MsoNormal style='mso-list:l0 level1 lfo1'><!--[if !supportLists]--><span>Ø </span><!--[endif]-->甲</p>";
  assert.equal(cleaned(wps), '<ul><li>甲</li></ul>');
});

test('cleanPaste: a number that a list would not give again stays text, and that is told', () => {
  const markup = item(1, '一、', '总则') + item(1, '（一）', '目的') + item(1, '3.', '第三条');
  assert.equal(cleaned(markup), '<p>一、总则</p><p>（一）目的</p><p>3.第三条</p>');
  assert.ok(lost(markup).includes('automatic numbers made text 3 一、'));
});

test('cleanPaste: footnotes stand behind their words, their list goes', () => {
  const markup =
    '<p class=MsoNormal>全长4.8公里<a style=\'mso-footnote-id:ftn1\' href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>。</p>' +
    "<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href=\"#_ftnref1\"><span>[1]</span></a> 含引桥。</p></div></div>";
  assert.equal(cleaned(markup), '<p>全长4.8公里<span class="note">含引桥。</span>。</p>');
});

test('cleanPaste: footnotes of an imported document too', () => {
  const markup =
    '<p>甲<sup><a href="#footnote-2" id="footnote-ref-2">[1]</a></sup>。</p><ol><li id="footnote-2"><p> 注文。 <a href="#footnote-ref-2">↑</a></p></li></ol>';
  assert.equal(cleaned(markup), '<p>甲<span class="note">注文。</span>。</p>');
});

test('cleanPaste: what a style tells of is kept where a body has it, and told where it has not', () => {
  assert.equal(
    cleaned(
      '<p><span style="font-weight:700">甲</span><span style="font-style:italic">乙</span>m<span style="vertical-align:super">2</span></p>',
    ),
    '<p><strong>甲</strong><em>乙</em>m<sup>2</sup></p>',
  );
  assert.equal(cleaned('<b style="font-weight:normal"><p>甲</p><p>乙</p></b>'), '<p>甲</p><p>乙</p>');
  const told = lost(
    '<p style="text-align:center"><u>甲</u><s>乙</s><span style="color:red">丙</span><span style="color:black;font-size:12pt">丁</span></p>',
  );
  for (const each of [
    'underline 1 甲',
    'strike-through 1 乙',
    'colours 1 丙',
    'alignment 1 甲乙丙丁',
    'fonts and sizes 1 丁',
  ])
    assert.ok(told.includes(each), `${each} in ${told.join('; ')}`);
});

test('cleanPaste: a number that looks like a tag stays as text', () => {
  const marker = "<![if !supportLists]><span style='mso-list:Ignore'>&lt;a&gt;</span><![endif]>";
  assert.equal(cleaned(`<p style='mso-list:l0 level1 lfo1'>${marker}甲</p>`), '<p>&lt;a&gt;甲</p>');
});

test('cleanPaste: what was deleted or remarked under tracking does not come back as text', () => {
  const markup =
    '<p>准予<del cite="mailto:x">不准</del>通过<a class=msocomanchor href="#_msocom_1">[A1]</a></p><div style=\'mso-element:comment-list\'><p class=MsoCommentText>领导批注</p></div>';
  assert.equal(cleaned(markup), '<p>准予通过</p>');
  assert.ok(lost(markup).includes('text marked as deleted (left out) 1 不准'));
  assert.ok(lost(markup).some((each) => each.startsWith('comments of reviewers')));
});

test('cleanPaste: pictures that came along are taken out to be handed in, those that did not are named', () => {
  const { html, pictures, losses } = cleanPaste(
    '<p><img src="data:image/png;base64,AAAA" alt="C:\\图\\1.png"><img src="file:///C:/Users/li/image001.jpg"><img src="https://example.org/a.png" alt="外"></p>',
  );
  assert.equal(html, '<p><img src="media:pasted-0" alt=""><img src="https://example.org/a.png" alt="外"></p>');
  assert.deepEqual(pictures, [{ source: 'media:pasted-0', data: 'data:image/png;base64,AAAA', alt: '' }]);
  assert.deepEqual(
    losses.slice(0, 2).map(({ english, sample }) => [english, sample]),
    [
      ['pictures that did not come along', 'image001.jpg'],
      ['pictures from elsewhere (not shown to the public)', 'https://example.org/a.png'],
    ],
  );
});

test('cleanPaste: whatever comes, a clean body goes in and nothing executes', () => {
  const hostile = [
    '<img src=x onerror=alert(1)>',
    '<svg><script>alert(1)</script></svg><p>甲',
    '<p><a href="javascript:alert(1)">甲</a><a href="data:text/html,x">乙</a></p>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<p style="mso-list:l0 level1 lfo1"><script>alert(1)</script><img src=x onerror=alert(1)></p>',
    '<div id=ftn1><img src=x onerror=alert(1)></div><a href="#_ftn1"><script>alert(1)</script></a>',
    '<p foo"bar=x onload=alert(1) <b>甲</p>',
    `${'<div>'.repeat(30_000)}甲`,
    '<img src="data:image/svg+xml;base64,AAAA"><img src="data:text/html;base64,AAAA">',
    '<span class="note"><span class="note">a</span><img src=x onerror=1></span>',
  ];
  for (const markup of hostile) {
    const { html, pictures } = cleanPaste(markup);
    assert.equal(sanitise(html).html, html, markup.slice(0, 80));
    assert.doesNotMatch(html, /script|onerror|javascript:|data:/);
    assert.deepEqual(pictures, []);
  }
});
