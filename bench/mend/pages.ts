import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { eighthLayouts } from './eighth-layouts.ts';
import { fifthLayouts } from './fifth-layouts.ts';
import { fourthLayouts } from './fourth-layouts.ts';
import { laterLayouts } from './later-layouts.ts';
import { dashed, pad } from './layout-parts.ts';
import { layouts, type Layout } from './layouts.ts';
import { ninthLayouts } from './ninth-layouts.ts';
import { sixthLayouts } from './sixth-layouts.ts';
import { tenthLayouts } from './tenth-layouts.ts';
import { thirdLayouts } from './third-layouts.ts';
import { unseenLayouts } from './unseen-layouts.ts';
import { wrappedLayouts } from './wrapped-layouts.ts';

/** A page and what of it is the article. */
export interface Page {
  readonly set: PageSet;
  readonly template: string;
  readonly title: string;
  readonly source: string;
  /** Text of the body, a line for each paragraph. */
  readonly body: string;
  /** Names in the navigation, as they stand between tags. */
  readonly names: readonly string[];
}

interface Article {
  readonly title: string;
  readonly text: string;
}

export const corpusFolder = (): string | undefined => {
  const folder = process.env['CHENGMEN_CORPUS'];
  return folder !== undefined && existsSync(join(folder, 'articles')) ? folder : undefined;
};

export function readLines(folder: string, path: string): unknown[] {
  const text = gunzipSync(readFileSync(join(folder, path))).toString('utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

/** Paragraphs of an article or a law, some 900 characters of them. */
function paragraphs({ text }: Article): string[] {
  const lines = text
    .replace(/[#*|]/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length > 12 && !line.includes('<'));
  let length = 0;
  return lines.filter((line) => (length += line.length) < 900);
}

/** Like the articles of the damaged cases, not learned from: `packages/mend/tools/learn.ts` leaves the same laws out. */
const isHeldOut = (title: string): boolean => (createHash('sha256').update(title).digest()[0] ?? 0) % 10 === 0;

/**
 * Pages of a fictional region round articles and laws of the corpus, the same ones at every run and as many of each set: in
 * the templates that the method was built against; with other articles in templates made later, by which it was calibrated;
 * and in templates that were measured once and whose failures nobody has looked at.
 */
export const makePages = (folder: string, count: number): Page[] =>
  pageSets.flatMap((set) => makeSet(folder, Math.floor(count / pageSets.length), set));

export type PageSet =
  'first' | 'second' | 'third' | 'fourth' | 'fifth' | 'sixth' | 'wrapped' | 'eighth' | 'ninth' | 'tenth' | 'unseen';

export const pageSets: readonly PageSet[] = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'wrapped',
  'eighth',
  'ninth',
  'tenth',
  'unseen',
];

/** The first article of each set; no article is in two of them. */
const firstOf: Readonly<Record<PageSet, number>> = {
  first: 0,
  second: 150,
  third: 210,
  fourth: 90,
  fifth: 300,
  sixth: 400,
  wrapped: 500,
  eighth: 700,
  ninth: 800,
  tenth: 1060,
  unseen: 1352,
};

export function makeSet(folder: string, count: number, set: PageSet): Page[] {
  const measured = new Set(
    (readLines(folder, 'damaged/cases.jsonl.gz') as { original: string }[]).map(
      ({ original }) => /<h1>(.*?)<\/h1>/.exec(original)?.[1],
    ),
  );
  const articles = (readLines(folder, 'articles/articles.jsonl.gz') as Article[]).filter(({ title }) =>
    measured.has(title),
  );
  const laws = (readLines(folder, 'laws/laws.jsonl.gz') as Article[]).filter(({ title }) => isHeldOut(title));
  const templates = {
    first: firstTemplates,
    second: laterLayouts,
    third: thirdLayouts,
    fourth: fourthLayouts,
    fifth: fifthLayouts,
    sixth: sixthLayouts,
    wrapped: wrappedLayouts,
    eighth: eighthLayouts,
    ninth: ninthLayouts,
    tenth: tenthLayouts,
    unseen: unseenLayouts,
  }[set];
  const names = Object.keys(templates);
  const pages: Page[] = [];
  for (let i = firstOf[set]; pages.length < count; i++) {
    const from = i % 3 === 2 ? laws : articles;
    const article = from[(i * 7919) % from.length];
    const lines = article ? paragraphs(article) : [];
    const template = names[i % names.length] ?? 'table';
    if (article === undefined || lines.length < 3) continue;
    const facts = {
      title: article.title.replace(/[<>&\s]/g, ''),
      lines,
      day: 1 + (i % 28),
      month: 1 + (i % 12),
      year: 2012 + (i % 14),
      number: 100 + (i % 900),
    };
    const {
      source,
      navigation,
      body = lines.join('\n'),
    } = templates[template]?.(facts) ?? { source: '', navigation: [] };
    pages.push({ set, template, title: facts.title, source, body, names: navigation });
  }
  return pages;
}

const links = (names: readonly string[]): string => names.map((name, i) => `<a href="/c${i}/">${name}</a>`).join('');

const firstTemplates: Readonly<Record<string, Layout>> = {
  ...layouts,
  table: (f) => {
    const navigation = ['区情概览', '政务动态', '办事指南', '公众参与'];
    return {
      navigation,
      source: `<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=utf-8">\r\n<TITLE>${f.title}-清江区人民政府门户网站</TITLE></HEAD>\r\n<BODY bgColor=#ffffff><TABLE width=980><TR>${navigation.map((name) => `<TD class=nav><A href="#">${name}</A></TD>`).join('')}</TR></TABLE>\r\n<TABLE width=980 border=0><TR><TD align=center class=tit>${f.title}</TD></TR><TR><TD>发布时间：${dashed(f)}　　点击数：${f.number}　　来源：区政府办</TD></TR>\r\n<TR><TD class=nr>${f.lines.map((line) => `<P style="TEXT-INDENT: 2em"><FONT face=宋体 size=3>${line}</FONT></P>`).join('\r\n')}</TD></TR></TABLE>\r\n<CENTER>版权所有：清江区人民政府办公室　地址：清江区解放路18号<BR>赣ICP备0500${f.number}号　联系电话：0792－6625${f.number}</CENTER></BODY></HTML>`,
    };
  },
  modern: (f) => {
    const navigation = ['首页', '政务公开', '互动交流', '走进滨湖'];
    return {
      navigation,
      source: `<!doctype html>\n<html lang="zh-CN">\n<head>\n  <meta charset="utf-8">\n  <title>${f.title}</title>\n  <meta name="ArticleTitle" content="${f.title}">\n  <meta name="PubDate" content="${dashed(f)} 09:30">\n  <meta name="ContentSource" content="滨湖县融媒体中心">\n</head>\n<body>\n<nav><ul>${navigation.map((name) => `<li><a href="#">${name}</a></li>`).join('')}</ul></nav>\n<article>\n<h1>${f.title}</h1>\n<time datetime="${dashed(f)}">${dashed(f)}</time>\n${f.lines.map((line) => `<p>${line}</p>`).join('\n')}\n</article>\n<footer><p>主办：滨湖县人民政府　承办：滨湖县政务服务和数据局</p><p>网站标识码：34012300${f.number % 90}</p></footer>\n</body>\n</html>`,
    };
  },
  breaks: (f) => {
    const navigation = ['机构概况', '工作动态', '法律法规'];
    return {
      navigation,
      source: `<html><head><meta charset="utf-8"><title>${f.title}_云岭市水务局</title></head><body><div class="menu">${links(navigation)}</div><div class="bt">${f.title}</div><div class="ly">信息来源：云岭市水务局　日期：${f.year}年${f.month}月${f.day}日　浏览次数：${f.number}次</div><div id="zoom" style="font-size:14px">${f.lines.map((line) => `&nbsp;&nbsp;&nbsp;&nbsp;${line}`).join('<br>\n')}<br></div><div class="fj">附件：<a href="/upload/1.doc">${f.title.slice(0, 12)}.doc</a></div><div class="foot">主办单位：云岭市水务局　技术支持：云岭市信息中心</div></body></html>`,
    };
  },
  word: (f) => {
    const navigation = ['本站首页', '通知公告', '规划计划'];
    return {
      navigation,
      source: `<html><head><title>${f.title}</title></head><body><p class="dh">${navigation.map((name) => `<a href="#">${name}</a>|`).join('')}</p><h2 class="t">${f.title}</h2><div class="info"><span>日期:${dashed(f)}</span> <span>字体:[<a href="javascript:doZoom(16)">大</a> <a href="javascript:doZoom(14)">中</a> <a href="javascript:doZoom(12)">小</a>]</span></div><div class="con">${f.lines.map((line) => `<p class="MsoNormal" style="line-height: 28pt; text-indent: 32pt"><span lang="EN-US" style="font-size: 16pt; font-family: 仿宋_GB2312">${line}<o:p></o:p></span></p>`).join('\n')}</div><div class="bottom">中共石门县委宣传部　版权所有</div></body></html>`,
    };
  },
  editor: (f) => {
    const navigation = ['今日要闻', '部门动态', '政策解读'];
    return {
      navigation,
      source: `<!DOCTYPE html>\n<html>\n<head>\n<meta charset="UTF-8" />\n<title>${f.title} - 望江新区</title>\n</head>\n<body>\n<div class="wz">当前位置：${links(navigation)}</div>\n<h1 class="title">${f.title}</h1>\n<div class="xx"><em>发布日期：${f.year}-${f.month}-${f.day} 1${f.day % 10}:05</em><em>作者：新区管委会</em></div>\n<div class="content" id="content">\n${f.lines.map((line) => `<p>\n\t　　${line}\n</p>`).join('\n')}\n</div>\n<div class="page">【<a href="#">打印本页</a>】【<a href="#">关闭窗口</a>】</div>\n</body>\n</html>`,
    };
  },
  spans: (f) => {
    const navigation = ['信息公开', '网上办事', '便民服务'];
    return {
      navigation,
      source: `<html><body><div class='top'><ul>${navigation.map((name) => `<li>\n<a href='#'>${name}</a>\n</li>`).join('')}</ul></div>\n<div class='article'><h3><span class='x'>${f.title}</span></h3><div class='sj'>时间：${f.year}/${pad(f.month)}/${pad(f.day)} 来源：白沙镇党政办</div>\n${f.lines.map((line) => `<section>\n\t<p>\n\t\t<span>${line}</span>\n\t</p>\n</section>`).join('\n')}\n</div><div class='b'>白沙镇人民政府主办 电话：0832-${f.number}0118</div></body></html>`,
    };
  },
};
