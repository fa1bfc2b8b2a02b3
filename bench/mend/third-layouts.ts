import type { Facts, Layout } from './layouts.ts';
import { dashed, pad } from './layout-parts.ts';

const chinese = ({ year, month, day }: Facts): string => `${year}年${month}月${day}日`;

/** Layouts that were held back until their figures were known. */
export const thirdLayouts: Readonly<Record<string, Layout>> = {
  ministry: (f) => {
    const navigation = ['机构', '新闻', '公开', '服务', '互动', '数据'];
    return {
      navigation,
      source: `<!DOCTYPE html>\n<html>\n<head>\n\t<meta charset="utf-8" />\n\t<title>${f.title} - 中华人民共和国某某部</title>\n\t<meta name="Keywords" content="${f.title}" />\n</head>\n<body>\n\t<div class="header">\n\t\t<ul class="nav">\n${navigation.map((name) => `\t\t\t<li>\n\t\t\t\t<a href="/${name.length}/" target="_self">${name}</a>\n\t\t\t</li>`).join('\n')}\n\t\t</ul>\n\t</div>\n\t<div class="path">\n\t\t您当前的位置 ： 首页 > 新闻 > 正文\n\t</div>\n\t<h1 id="ti">\n\t\t${f.title}\n\t</h1>\n\t<div class="pages-date">\n\t\t${dashed(f)} 10:${pad(f.day)}\n\t\t<span class="font">来源： 新华社</span>\n\t\t<span class="font">字体： 大 中 小</span>\n\t</div>\n\t<div class="pages_content">\n${f.lines.map((line) => `\t\t<p>\n\t\t\t　　${line}\n\t\t</p>`).join('\n')}\n\t</div>\n\t<div class="editor">\n\t\t责任编辑： 周晓明\n\t</div>\n\t<div class="footer">\n\t\t<p>\n\t\t\t主办单位：某某部办公厅　运行维护单位：某某部信息中心\n\t\t</p>\n\t\t<p>\n\t\t\t版权所有：某某部　网站标识码bm0500${f.number % 10}　京ICP备0502${f.number}号\n\t\t</p>\n\t</div>\n</body>\n</html>`,
    };
  },
  bureau: (f) => {
    const navigation = ['局长信箱', '通知公告', '执法监督', '学习园地'];
    return {
      navigation,
      source: `<HTML>\n<HEAD>\n<META http-equiv="Content-Type" content="text/html; charset=utf-8">\n<TITLE>长陵市林业局 ${f.title}</TITLE>\n</HEAD>\n<BODY>\n<TABLE>\n<TR>\n${navigation.map((name) => `<TD>\n${name}\n</TD>`).join('\n')}\n</TR>\n</TABLE>\n<TABLE>\n<TR>\n<TD align="center" class="bt">\n${f.title}\n</TD>\n</TR>\n<TR>\n<TD>\n日 期： ${chinese(f)}　 作 者： 办公室　 点 击： ${f.number} 次\n</TD>\n</TR>\n<TR>\n<TD>\n${f.lines.map((line) => `    ${line}\n<BR>`).join('\n')}\n</TD>\n</TR>\n</TABLE>\n<P align=center>\n长陵市林业局 版权所有 豫ICP备1100${f.number}号\n</P>\n</BODY>\n</HTML>`,
    };
  },
  town: (f) => {
    const navigation = ['首页', '镇情简介', '党建引领', '乡村振兴', '村务公开'];
    return {
      navigation,
      body: [...f.lines, '（通讯员 林小芳 报道）'].join('\n'),
      source: `<!doctype html><html><head><meta charset="utf-8"><title>${f.title}|青溪镇</title></head><body><nav>${navigation.map((name) => `<a href="#">${name}</a>`).join(' ')}</nav><article><h2>${f.title}</h2><p class="by">发布时间：${f.year}-${f.month}-${f.day} 发布机构：青溪镇人民政府 阅读量：${f.number}</p>${f.lines.map((line) => `<p>&nbsp; &nbsp; &nbsp; &nbsp;${line}</p>`).join('\n')}<p>（通讯员 林小芳 报道）</p></article><footer>青溪镇人民政府 主办 | 联系电话：0577-6${f.number}5566 | 地址：青溪镇人民路${f.day}号</footer></body></html>`,
    };
  },
  congress: (f) => {
    const navigation = ['人大概况', '要闻播报', '立法工作', '监督工作', '代表之家'];
    return {
      navigation,
      source: `<html lang="zh"><head><meta charset="UTF-8"><title>${f.title}_岚州人大</title><meta name="description" content="${f.lines[0]?.slice(0, 60) ?? ''}"></head>\n<body>\n<div class="menu">\n${navigation.map((name) => `<span><a href="/rd/">${name}</a></span>`).join('\n')}\n</div>\n<div class="title">${f.title}</div>\n<div class="subtitle">（${chinese(f)}通过）</div>\n<div class="text">\n${f.lines.map((line) => `<p style="text-indent:2em">${line}\n</p>`).join('\n')}\n</div>\n<div class="bar">【字体：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】 【<a href="#">打印</a>】 【<a href="#">关闭</a>】</div>\n<div class="foot">岚州市人民代表大会常务委员会办公室 主办　岚州市人大常委会信息中心 维护</div>\n</body></html>`,
    };
  },
  hospital: (f) => {
    const navigation = ['医院概况', '科室介绍', '专家门诊', '健康科普'];
    return {
      navigation,
      source: `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${f.title}——云川县人民医院</title></head><body><div id="nav">${navigation.map((name) => `<div class="item">${name}</div>`).join('')}</div><div class="crumbs">首页 &raquo; 健康科普 &raquo; 正文</div><div class="art"><h3>${f.title}</h3><h6>作者：宣传科　|　时间：${dashed(f)}　|　浏览：<b>${f.number}</b> 次</h6>\r\n${f.lines.map((line) => `<div>${line} </div>`).join('\r\n')}\r\n<div class="next">上一篇： 没有了<br>下一篇： <a href="/n2.html">门诊时间调整的通知</a></div></div><div class="copyright">云川县人民医院 地址： 云川县健康大道${f.day}号 急救电话： 120 预约电话： 0856-5${f.number}120</div></body></html>`,
    };
  },
  tender: (f) => {
    const navigation = ['交易信息', '政策法规', '办事指南', '信用信息', '下载专区'];
    const lines = f.lines.map((line, i) => `${i + 1}、${line}`);
    return {
      navigation,
      body: [...lines, '平岗县公共资源交易中心', chinese(f)].join('\n'),
      source: `<html><head><meta charset="utf-8"/><title>${f.title}</title></head><body><div class="top"><ul>${navigation.map((name) => `<li><a href="/jy/">${name}</a></li>`).join('\n')}</ul></div><table border="1"><tr><td>项 目 编 号</td><td>HZ${f.year}-${f.number}</td></tr><tr><td>公 告 日 期</td><td>${chinese(f)}</td></tr><tr><td>采 购 人</td><td>平岗县教育体育局</td></tr><tr><td>联 系 人</td><td>王 伟</td></tr></table><h2>${f.title}</h2>\n${lines.map((line) => `<p>${line}</p>`).join('\n')}\n<p align="right">平岗县公共资源交易中心 </p><p align="right">${chinese(f)} </p><div>版权所有：平岗县公共资源交易中心 技术支持：平岗数据</div></body></html>`,
    };
  },
};
