import type { Layout } from './layouts.ts';
import { dashed, pad, written } from './layout-parts.ts';
import { brokenAtWill, wrapped } from './wrapped.ts';

const links = (names: readonly string[]): string => names.map((name, i) => `<a href="/w${i}/">${name}</a>`).join(' ');

/** Layouts whose lines were broken by hand; ranking of what stands at the end of lines was set on them. */
export const wrappedLayouts: Readonly<Record<string, Layout>> = {
  preformatted: (f) => {
    const navigation = ['站点首页', '镇务公开', '办事须知', '下载'];
    const paragraphs = f.lines.map(
      (line) => `　　${wrapped(line, { width: 72, indent: 4, hanging: true }).join('\n')}`,
    );
    return {
      navigation,
      source: `<html><head><meta charset="utf-8"><title>${f.title}</title></head><body>\n<p>${links(navigation)}</p>\n<h2>${f.title}</h2>\n<p>发布日期：${dashed(f)} 来源：柳溪镇党政办</p>\n<pre>\n${paragraphs.join('\n')}\n</pre>\n<p>柳溪镇人民政府 电话：0514-8${f.number}120</p>\n</body></html>`,
    };
  },
  broken: (f) => {
    const navigation = ['首页', '动态', '通告', '法规'];
    const paragraphs = f.lines.map(
      (line) => `&nbsp;&nbsp;&nbsp;&nbsp;${wrapped(line, { width: 60, indent: 4 }).join('<br>\r\n')}`,
    );
    return {
      navigation,
      source: `<HTML><HEAD><TITLE>${f.title}</TITLE><META http-equiv=Content-Type content="text/html; charset=utf-8"></HEAD>\r\n<BODY><TABLE><TR><TD>${links(navigation)}</TD></TR>\r\n<TR><TD align=center><B>${f.title}</B></TD></TR><TR><TD>作者：办公室　日期：${written(f)}　阅读：${f.number}次</TD></TR>\r\n<TR><TD>${paragraphs.join('<br>\r\n')}</TD></TR></TABLE>\r\n<P align=center>东岭县粮食局</P></BODY></HTML>`,
    };
  },
  source: (f) => {
    const navigation = ['概况', '新闻', '公开', '服务', '互动'];
    const paragraphs = f.lines.map((line) => `<p>\n${wrapped(line, { width: 80, hanging: true }).join('\n')}\n</p>`);
    return {
      navigation,
      source: `<!DOCTYPE html>\n<html lang="zh">\n<head>\n<meta charset="utf-8">\n<title>${f.title} - 西塘市档案馆</title>\n</head>\n<body>\n<nav>${links(navigation)}</nav>\n<h1>${f.title}</h1>\n<div class="meta">时间：${dashed(f)} 点击：${f.number}</div>\n<div class="text">\n${paragraphs.join('\n')}\n</div>\n<footer>西塘市档案馆 版权所有</footer>\n</body>\n</html>`,
    };
  },
  pasted: (f) => {
    const navigation = ['机构职能', '工作动态', '计划总结'];
    const lines = f.lines.flatMap((line) => wrapped(`　　${line}`, { width: 56, hanging: true }));
    return {
      navigation,
      source: `<html><head><meta charset="utf-8"/><title>${f.title}_南坪区审计局</title></head><body><div class="nav">${links(navigation)}</div>\n<h3>${f.title}</h3>\n<div class="info">发布时间：${dashed(f)}　浏览次数：${f.number}</div>\n<div class="con">\n${lines.map((line) => `<p>${line} </p>`).join('\n')}\n</div>\n<div class="foot">南坪区审计局 渝ICP备0900${f.number}号</div></body></html>`,
    };
  },
  letter: (f) => {
    const navigation = ['写信', '查信', '公开信件'];
    const lines = f.lines.map((line) => brokenAtWill(line, 16, 38, f.number).join(' <br />\n'));
    return {
      navigation,
      source: `<html>\n<head><title>公开信件</title><meta charset="utf-8"></head>\n<body>\n<ul>${navigation.map((name) => `<li>${name}</li>`).join('\n')}</ul>\n<h4>${f.title}</h4>\n<table>\n<tr><td>写信人</td><td>周先生</td></tr>\n<tr><td>日期</td><td>${written(f)}</td></tr>\n</table>\n<div class="letter">\n${lines.join(' <br />\n<br />\n')} <br />\n</div>\n</body>\n</html>`,
    };
  },
  bulletinBoard: (f) => {
    const navigation = ['版块', '精华', '搜索', '帮助'];
    const paragraphs = f.lines.map((line) => brokenAtWill(line, 22, 30, f.day).join('\n'));
    return {
      navigation,
      source: `<html><head><meta charset="utf-8"><title>${f.title} - 河湾论坛</title></head>\n<body>\n${links(navigation)}\n<hr>\n<b>${f.title}</b>\n<br>发信人：管理员 (${dashed(f)} 08:${pad(f.day)})\n<div style="white-space:pre-line">\n${paragraphs.join('\n\n')}\n</div>\n<hr>\n河湾市政务论坛 站务：李工\n</body></html>`,
    };
  },
};
