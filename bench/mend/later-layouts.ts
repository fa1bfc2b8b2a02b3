import type { Layout } from './layouts.ts';
import { dashed, pad } from './layout-parts.ts';

const links = (names: readonly string[]): string => names.map((name, i) => `<a href="/c${i}/">${name}</a>`).join('');

/** Layouts made after the method, of pages it was not built against. */
export const laterLayouts: Readonly<Record<string, Layout>> = {
  catalogue: (f) => {
    const navigation = ['网站首页', '领导之窗', '信息公开目录', '网上信访'];
    return {
      navigation,
      source: `<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>${f.title}_信息公开_丹霞市</title>\n</head>\n<body>\n<ul id="nav">${navigation.map((name) => `<li><a href="/x/">${name}</a></li>`).join('\n')}</ul>\n<table class="xxgk"><tr><td>索 引 号：</td><td>DX${f.number}-2/${f.year}-00${pad(f.day)}</td><td>发文机关：</td><td>丹霞市人民政府</td></tr>\n<tr><td>名　　称：</td><td colspan="3">${f.title}</td></tr>\n<tr><td>文　　号：</td><td>丹府发〔${f.year}〕${f.day}号</td><td>有 效 性：</td><td>有效</td></tr></table>\n<div id="content">\n${f.lines.map((line) => `<p align="justify">　　${line}</p>`).join('\n')}\n</div>\n<div id="foot"><p>丹霞市人民政府主办　丹霞市行政审批和政务信息管理局承办</p><p>粤公网安备 440200${f.number}000${pad(f.month)}号</p></div>\n</body>\n</html>`,
    };
  },
  narrow: (f) => {
    const navigation = ['首页', '交通要闻', '执法公示', '路况查询'];
    return {
      navigation,
      source: `<html>\n<head><title>${f.title}</title></head>\n<body>\n<div class=menu>${links(navigation)}</div>\n<h2>${f.title}</h2>\n<div class=meta>发布人:市交通局 审核人:办公室 点击数:${f.number} 更新时间:${dashed(f)}</div>\n${f.lines.map((line) => `<div>&emsp;&emsp;${line}</div>`).join('\n')}\n<p>上一篇:<a href="/1.html">关于做好春运工作的通知</a></p>\n<p>下一篇:<a href="/2.html">已经没有了</a></p>\n<div class=copy>Copyright &copy; ${f.year} 市交通运输局 All Rights Reserved 电话:0791-8${f.number}4321</div>\n</body>\n</html>`,
    };
  },
  tabs: (f) => {
    const navigation = ['政务', '服务', '互动', '数据', '走进海州'];
    return {
      navigation,
      source: `<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"/><title>${f.title}-海州区政府网</title><meta name="keywords" content="海州区,政务公开,${f.title}"/><meta name="SiteName" content="海州区政府网"/></head><body><header><div class="tabs">${navigation.map((name, i) => `<a class="tab${i}" href="/${i}/" title="${name}">${name}</a>`).join('')}</div><p class="crumb">您的位置：<a href="/">首页</a>&gt;<a href="/zw/">政务</a>&gt;正文</p></header><main><h1>${f.title}</h1><p class="info"><span>时间：${f.year}年${pad(f.month)}月${pad(f.day)}日 ${pad(f.day % 24)}:30</span><span>来源：海州日报</span><span>编辑：李青</span></p><div class="TRS_Editor">${f.lines.map((line) => `<p style="text-align: justify;">　　<span style="font-family: 宋体;">${line}</span></p>`).join('')}</div></main><footer>主办单位：海州区人民政府　网站标识码：320706${f.number}1<br/>苏ICP备1900${f.number}号-1　苏公网安备32070602010${f.number}号</footer></body></html>`,
    };
  },
  mail: (f) => {
    const navigation = ['写信须知', '我要写信', '信件查询', '统计分析'];
    return {
      navigation,
      source: `<html>\r\n<body>\r\n<table width="100%" border="0" cellspacing="0">\r\n<tr>${navigation.map((name) => `<td nowrap><a href="#">${name}</a></td>`).join('')}</tr>\r\n</table>\r\n<table class="letter">\r\n<tr><th>来信主题</th><td>${f.title}</td></tr>\r\n<tr><th>来信日期</th><td>${dashed(f)} 1${f.day % 10}:4${f.month % 10}</td></tr>\r\n<tr><th>来信内容</th><td>${f.lines[0] ?? ''}</td></tr>\r\n<tr><th>答复单位</th><td>县住房和城乡建设局</td></tr>\r\n<tr><th>答复内容</th><td>\r\n${f.lines
        .slice(1)
        .map((line) => `<p>${line}</p>`)
        .join(
          '\r\n',
        )}\r\n</td></tr>\r\n</table>\r\n<div align="center">嘉禾县人民政府信访局 版权所有<br>\r\n投诉电话：12345</div>\r\n</body>\r\n</html>`,
    };
  },
  weekly: (f) => {
    const navigation = ['要闻', '时评', '文化周刊', '图片'];
    return {
      navigation,
      source: `<html><head><title>${f.title}——桃源新闻网</title></head>\n<body>\n<p>${navigation.map((name) => `<a href='/${name.length}/'>${name}</a>`).join('　|　')}</p>\n<h1>${f.title}</h1>\n<h4>（${f.year}年${f.month}月${f.day}日）</h4>\n<div class='txt'>\n    ${f.lines.map((line) => `${line}`).join('<br /><br />\n    ')}<br />\n</div>\n<p class='zz'>（记者 王建国 通讯员 陈小燕）</p>\n<p>【打印】【关闭】【收藏】</p>\n<p>桃源新闻网版权与免责声明：凡本网注明“来源：桃源新闻网”的作品，均为本网合法拥有版权的作品。</p>\n</body></html>`,
    };
  },
  dl: (f) => {
    const navigation = ['办事大厅', '个人办事', '法人办事', '办件公示'];
    return {
      navigation,
      source: `<!doctype html>\n<html><head><meta charset=utf-8><title>${f.title}</title></head><body>\n<dl>\n${navigation.map((name) => `<dt>${name}</dt><dd><a href="#">更多</a></dd>`).join('\n')}\n</dl>\n<article>\n<h3>${f.title}</h3>\n<small>发文日期 ${f.year}年${f.month}月${f.day}日</small>\n<ol>\n${f.lines.map((line) => `<li>${line}</li>`).join('\n')}\n</ol>\n</article>\n<blockquote>咨询方式：大厅${f.day}号窗口，工作日9:00—17:00</blockquote>\n</body></html>`,
    };
  },
};
