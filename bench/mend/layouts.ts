import { dashed, pad } from './layout-parts.ts';

/**
 * Pages as the systems behind Chinese public sites make them, written here from their manner: the marks each system leaves,
 * the editors' residue, and what stands round an article and is longer than it.
 */

/** What a layout is filled with. */
export interface Facts {
  readonly title: string;
  readonly lines: readonly string[];
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly number: number;
}

export interface Made {
  readonly source: string;
  /** Names in the navigation, as they stand between tags. */
  readonly navigation: readonly string[];
  /** Text of the body where it is more than the lines. */
  readonly body?: string;
}

export type Layout = (facts: Facts) => Made;

const chinese = ({ year, month, day }: Facts): string => `${year}年${month}月${day}日`;

const headlines = [
  '市政府召开常务会议研究部署当前重点工作',
  '全市防汛抗旱工作视频会议召开并对下阶段工作作出安排',
  '我市举行庆祝教师节座谈会',
  '关于印发老旧小区改造三年行动方案的通知',
  '图解：一图读懂优化营商环境若干措施',
  '市交通运输局开展“两客一危”专项检查',
  '关于公布第三批非物质文化遗产代表性项目名录的通知',
  '城东片区排水防涝工程进入收尾阶段 预计汛期前投入使用',
  '市总工会走访慰问一线环卫工人',
  '关于做好冬春季森林防火工作的紧急通知',
];
/** Headlines, some in two sizes, as lists of links beside and below an article. */
function list(facts: Facts, count: number, how: (headline: string, date: string) => string): string {
  return Array.from({ length: count }, (_, i) =>
    how(headlines[(facts.number + i) % headlines.length] ?? '', `${facts.year}-${pad(1 + (i % 12))}-${pad(1 + i)}`),
  ).join('\n');
}

const linked = (headline: string, date: string): string =>
  `<li><a href="./t${date.replaceAll('-', '')}_1.html" title="${headline}" target="_blank">${headline}</a><span>${date}</span></li>`;
const menu = (names: readonly string[]): string => names.map((name, i) => `<a href="/c${i}/">${name}</a>`).join('');
const items = (names: readonly string[]): string =>
  names.map((name, i) => `<li><a href="/c${i}/" target="_self">${name}</a></li>`).join('');

export const layouts: Readonly<Record<string, Layout>> = {
  trs: (f) => {
    const navigation = ['走进青渡', '要闻动态', '政务公开', '政务服务', '互动交流'];
    return {
      navigation,
      source: `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>${f.title}-青渡区人民政府</title>
<meta name="SiteName" content="青渡区人民政府"/><meta name="SiteDomain" content="www.qingdu.example"/><meta name="ColumnName" content="政务要闻"/>
<meta name="ArticleTitle" content="${f.title}"/><meta name="PubDate" content="${dashed(f)} 10:${pad(f.day)}"/><meta name="ContentSource" content="青渡区融媒体中心"/><meta name="Keywords" content="青渡"/>
<script type="text/javascript" src="../../images/jquery.min.js"></script><link href="../../images/common.css" rel="stylesheet" type="text/css" /></head>
<body><div class="header"><div class="logo"><img src="../../images/logo.png" /></div><ul class="nav">${items(navigation)}</ul></div>
<div class="location">您现在的位置：<a href="../../" title="首页" class="CurrChnlCls">首页</a>&nbsp;&gt;&nbsp;<a href="../" title="要闻动态" class="CurrChnlCls">要闻动态</a>&nbsp;&gt;&nbsp;<a href="./" title="政务要闻" class="CurrChnlCls">政务要闻</a></div>
<div class="main"><div class="xl_title">${f.title}</div>
<div class="xl_info"><span>发布时间：${dashed(f)} 10:${pad(f.day)}</span><span>来源：青渡区融媒体中心</span><span>【字体：<a href="javascript:doZoom(20)">大</a> <a href="javascript:doZoom(16)">中</a> <a href="javascript:doZoom(12)">小</a>】</span><span><a href="javascript:window.print()">打印</a></span></div>
<div class="xl_content" id="zoomcon"><div class=TRS_Editor><style type="text/css">
.TRS_Editor P{line-height:2;font-family:宋体;font-size:12pt;}.TRS_Editor DIV{line-height:2;}</style><div class="Custom_UnionStyle">
${f.lines.map((line) => `<p style="text-align: justify">　　${line}</p>`).join('\n')}</div></div></div>
<div id="appendix" class="xl_fj"><script>var appLinkStr='';if(appLinkStr!=''){document.write("附件：")}</script></div>
<div class="xl_ewm"><img src="../../images/ewm.png"/><p>扫一扫在手机打开当前页</p></div>
<div class="xgxx"><h3>相关信息</h3><ul>${list(f, 6, linked)}</ul></div></div>
<div class="footer"><p>主办：青渡区人民政府办公室　承办：青渡区大数据中心</p><p>网站标识码：3299010001　青公网安备 3299010200${f.number}号　备案序号：苏ICP备0600${f.number}号</p></div>
<script src="/images/pinyin.js"></script></body></html>`,
    };
  },
  hanweb: (f) => {
    const navigation = ['首页', '县情概览', '新闻中心', '信息公开', '公众参与'];
    return {
      navigation,
      source: `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>石湾县人民政府 新闻中心 ${f.title}</title><meta name="author" content="石湾县人民政府"><meta name="Maketime" content="${dashed(f)} 08:00:11"></head>
<body leftmargin="0" topmargin="0"><table width="1000" border="0" align="center" cellpadding="0" cellspacing="0"><tr>${navigation.map((name) => `<td height="35" align="center"><a href='/col/col${f.number}/index.html'>${name}</a></td>`).join('')}</tr></table>
<table width="1000" align="center" background="/picture/0/bg.jpg"><tr><td><table cellpadding="0" cellspacing="0" border="0"><tr><td style="font-size:9pt">当前位置：</td><td><table width="100%" border='0'><tr><td><a href="/index.html">首页</a></td><td>&gt;&gt;</td><td><a href="/col/col2/index.html">新闻中心</a></td></tr></table></td></tr></table>
<table id="article" width="96%" border="0" align="center"><tbody><tr><td align="center" class="title"><!--<$[信息名称]>begin-->${f.title}<!--<$[信息名称]>end--></td></tr>
<tr><td><table width="100%" border="0"><tr><td align="center">发布日期：${dashed(f)}</td><td align="center"> 浏览次数：<script language="javascript" src="/module/visitcount/articlehits.jsp?colid=2&artid=${f.number}"></script>次</td><td>字体：[ <a href='javascript:doZoom(18)'>大</a> <a href='javascript:doZoom(14)'>中</a> <a href='javascript:doZoom(12)'>小</a> ]</td></tr></table></td></tr>
<tr><td class="bt_content"><div id="zoom"><!--<$[信息内容]>begin--><!--ZJEG_RSS.content.begin--><meta name="ContentStart">
${f.lines.map((line) => `<P style="LINE-HEIGHT: 1.75; TEXT-INDENT: 28pt"><SPAN style="FONT-FAMILY: 宋体; FONT-SIZE: 14pt">${line}</SPAN></P>`).join('\n')}
<meta name="ContentEnd"><!--ZJEG_RSS.content.end--><!--<$[信息内容]>end--></div></td></tr>
<tr><td align="right">【<a href="javascript:window.print()">打印本页</a>】　【<a href="javascript:window.close()">关闭窗口</a>】</td></tr></tbody></table></td></tr></table>
<table width="1000" align="center"><tr><td align="center">版权所有：石湾县人民政府　主办：石湾县人民政府办公室<br>地址：石湾县人民路1号　邮编：2133${f.number % 90}　浙ICP备050${f.number}号<br>您是第<img src="/count/1.gif">位访问者</td></tr></table></body></html>`,
    };
  },
  visual: (f) => {
    const navigation = ['学院概况', '机构设置', '招生就业', '教育教学'];
    return {
      navigation,
      source: `<!DOCTYPE html><HTML><HEAD><TITLE>${f.title}-临江职业技术学院</TITLE><META Name="keywords" Content="临江职业技术学院"/><META charset="UTF-8"><LINK href="../style/style.css" type="text/css" rel="stylesheet">
<!--Announced by Visual SiteBuilder 9--><script language="javascript" src="../system/resource/js/dynclicks.js"></script></HEAD><BODY>
<div class="nav"><ul>${items(navigation)}</ul></div><div class="winpos">当前位置: <a href="../index.htm">首页</a>&gt;&gt;<a href="../xwzx.htm">新闻中心</a>&gt;&gt;<a href="xyxw.htm">学院新闻</a>&gt;&gt;正文</div>
<div class="c_left"><h2>栏目导航</h2><ul>${items(['学院新闻', '通知公告', '媒体关注'])}</ul></div>
<form name="_newscontent_fromname"><div class="content-c"><h1 align="center">${f.title}</h1>
<div align="center">${chinese(f)} ${8 + (f.day % 9)}:${pad(f.day)}&nbsp;&nbsp;宣传部&nbsp;&nbsp;点击：[<script>_showDynClicks("wbnews", 1234, ${f.number})</script>]</div>
<div id="vsb_content"><div class="v_news_content">
${f.lines.map((line) => `<p style="text-indent: 32px; line-height: 2em;"><span style="font-family: 仿宋; font-size: 16px;">${line}</span></p>`).join('\n')}
</div></div><div id="div_vote_id"></div>
<p align="right">【<a href="javascript:window.opener=null;window.open('','_self');window.close();">关闭窗口</a>】</p>
<div class="sx"><p>上一条：<a href="1${f.number}.htm">${headlines[f.number % 10] ?? ''}</a></p><p>下一条：<a href="2${f.number}.htm">${headlines[(f.number + 3) % 10] ?? ''}</a></p></div></div></form>
<div class="foot">Copyright &copy; ${f.year} 临江职业技术学院 All Rights Reserved　地址：临江市大学路6号　技术支持：信息中心</div></BODY></HTML>`,
    };
  },
  disclosure: (f) => {
    const navigation = ['政府信息公开指南', '政府信息公开制度', '法定主动公开内容', '政府信息公开年报', '依申请公开'];
    const body = [
      '各镇人民政府、街道办事处，区政府各部门：',
      ...f.lines,
      '云水区人民政府办公室',
      chinese(f),
      '（此件公开发布）',
    ];
    return {
      navigation,
      body: body.join('\n'),
      source: `<!doctype html><html><head><meta charset="utf-8"><title>云水区政府信息公开 ${f.title}</title></head><body>
<div class="gk_nav"><ul>${items(navigation)}</ul></div><div class="gk_wz">当前位置：<a href="/">首页</a> &gt; <a href="/gk/">政府信息公开</a> &gt; <a href="/gk/wj/">规范性文件</a></div>
<table class="xxgk_top" width="100%" border="1"><tbody><tr><th>索 引 号</th><td>K0000${f.number}/${f.year}-00${f.number}</td><th>信息分类</th><td>综合政务、通知</td></tr><tr><th>发布机构</th><td>云水区人民政府办公室</td><th>成文日期</th><td>${dashed(f)}</td></tr><tr><th>文　　号</th><td>云政办发〔${f.year}〕${f.number % 90}号</td><th>发布日期</th><td>${dashed(f)}</td></tr><tr><th>标　　题</th><td colspan="3">${f.title}</td></tr><tr><th>主 题 词</th><td colspan="3">通知</td></tr></tbody></table>
<h1 class="gk_title">${f.title}</h1><div class="gk_sub">【字号：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】 <a href="#">打印</a> <a href="#">下载</a></div>
<div class="gk_con article-content"><p style="text-indent:0">${body[0] ?? ''}</p>
${f.lines.map((line) => `<p>　　${line}</p>`).join('\n')}
<p style="text-align:right">${body.at(-3) ?? ''}</p><p style="text-align:right">${body.at(-2) ?? ''}</p><p>${body.at(-1) ?? ''}</p></div>
<div class="gk_rel"><h4>相关文档</h4><ul>${list(f, 4, linked)}</ul></div>
<footer><p>主办单位：云水区人民政府办公室　网站标识码：3299050002　ICP备案：苏ICP备1300${f.number}号-1</p></footer></body></html>`,
    };
  },
  related: (f) => {
    const navigation = ['要闻', '公告', '解读', '数据'];
    const lines = f.lines.slice(0, 3);
    return {
      navigation,
      body: lines.join('\n'),
      source: `<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"/><title>${f.title}_要闻_东屏市人民政府门户网站</title><meta name="PubDate" content="${dashed(f)}"/></head><body>
<div class="top"><a href="/">东屏市人民政府</a>${menu(navigation)}</div>
<div class="box"><div class="left"><h2 class="tit">${f.title}</h2><p class="msg">${dashed(f)} 16:20　来源： <a href="http://www.example.org.cn/">东屏日报</a>　浏览量：${f.number * 7}</p>
<div class="txt">${lines.map((line) => `<p>${line}</p>`).join('')}</div>
<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a><a href="#">QQ空间</a></div></div>
<div class="right"><div class="tj"><h3>推荐阅读</h3><ul>${list(f, 30, linked)}</ul></div><div class="rd"><h3>热点专题</h3>${list(f, 12, (headline, date) => `<dl><dt><a href="/zt/${date}/">${headline}</a></dt><dd>${headline.slice(0, 12)}，进一步提升群众获得感、幸福感、安全感……<a href="/zt/${date}/">[详细]</a></dd></dl>`)}</div></div></div>
<div class="ft">版权所有 东屏市人民政府办公室　网站地图　联系我们</div></body></html>`,
    };
  },
  sidebar: (f) => {
    const navigation = ['区域概况', '招商引资', '园区动态'];
    return {
      navigation,
      source: `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${f.title}</title></head><body><div id="head"><h1>南屿经济开发区</h1><ul>${items(navigation)}</ul></div>
<div id="left"><div class="blk"><h3>最新动态</h3><ul>${list(f, 10, linked)}</ul></div><div class="blk"><h3>图片新闻</h3><a href="/tp/1.html"><img src="/tp/1.jpg" alt="项目签约"></a><p>日前，开发区举行重点项目集中签约仪式，共签约项目12个，总投资86亿元，涵盖新能源、新材料、高端装备等领域，将为区域经济注入新动能。</p></div><div class="blk"><h3>联系我们</h3><p>电话：0519-8866${f.number}</p></div></div>
<div id="right"><div class="where">您所在的位置：<a href="/">首页</a>&nbsp;-&nbsp;<a href="/yqdt/">园区动态</a>&nbsp;-&nbsp;正文</div><div class="news"><div class="news_title">${f.title}</div><div class="news_time">时间：${dashed(f)}　　编辑：管理员　　点击：${f.number} 次</div>
<div class="news_text">${f.lines.map((line) => `　　${line}`).join('<br/><br/>\n')}</div></div></div>
<div id="bottom">南屿经济开发区管理委员会 版权所有　地址：南屿大道88号　邮编：213${f.number}</div></body></html>`,
    };
  },
  nested: (f) => {
    const navigation = ['首 页', '机关建设', '工作动态', '政策法规', '下载中心'];
    return {
      navigation,
      source: `<HTML><HEAD><TITLE>龙岗镇信息网</TITLE><META http-equiv="Content-Type" content="text/html; charset=utf-8"></HEAD><BODY topMargin=0>
<CENTER><TABLE cellSpacing=0 cellPadding=0 width=776 border=0><TBODY><TR><TD><TABLE width="100%"><TR>${navigation.map((name) => `<TD noWrap><FONT color=#ffffff><A class=w href="index.asp?id=1">${name}</A></FONT></TD>`).join('')}</TR></TABLE></TD></TR>
<TR><TD><MARQUEE scrollAmount=3 onmouseover=this.stop() onmouseout=this.start()>热烈欢迎各界人士访问龙岗镇信息网！</MARQUEE></TD></TR>
<TR><TD><TABLE width="100%"><TBODY><TR><TD vAlign=top width=180><TABLE width="100%"><TR><TD background=images/bt.gif>站内搜索</TD></TR><TR><TD><FORM action=search.asp><INPUT name=key><INPUT type=submit value=搜索></FORM></TD></TR><TR><TD>${list(f, 8, (headline) => `·<A href="show.asp?id=${f.number}">${headline.slice(0, 10)}...</A><BR>`)}</TD></TR></TABLE></TD>
<TD vAlign=top><TABLE width="98%"><TBODY><TR><TD align=middle><FONT size=4><B>${f.title}</B></FONT></TD></TR><TR><TD align=middle><FONT color=#999999>作者：佚名　来源：本站原创　点击数：<SCRIPT src="count.asp?id=${f.number}"></SCRIPT>　更新时间：${dashed(f)}</FONT></TD></TR>
<TR><TD><TABLE width="100%"><TR><TD style="WORD-BREAK: break-all" class=f14>${f.lines.map((line) => `&nbsp;&nbsp;&nbsp; ${line}`).join('<BR>\r\n')}<BR></TD></TR></TABLE></TD></TR>
<TR><TD><TABLE width="100%"><TR><TD>·上一篇：<A href="show.asp?id=1">${headlines[f.number % 10] ?? ''}</A></TD></TR><TR><TD>·下一篇：<A href="show.asp?id=2">${headlines[(f.number + 1) % 10] ?? ''}</A></TD></TR></TABLE></TD></TR></TBODY></TABLE></TD></TR></TBODY></TABLE></TD></TR>
<TR><TD align=middle>| <A href="#">设为首页</A> | <A href="#">加入收藏</A> | <A href="#">联系站长</A> | <A href="#">友情链接</A> | <A href="#">版权申明</A> |<BR>站长：龙岗镇党政办 　页面执行时间：46.88毫秒</TD></TR></TBODY></TABLE></CENTER></BODY></HTML>`,
    };
  },
  office: (f) => {
    const navigation = ['党建工作', '廉政建设', '精神文明'];
    return {
      navigation,
      source: `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta charset="utf-8"><title>${f.title} - 白沙区教育局</title></head><body><div class="menu">${menu(navigation)}</div>
<div class="tit">${f.title}</div><div class="date">[ 发布时间：${dashed(f)} | 阅读次数：${f.number} | 责任编辑：李小明 ]</div>
<div class="content"><!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View><w:Zoom>0</w:Zoom></w:WordDocument></xml><![endif]--><style>
 /* Style Definitions */ p.MsoNormal, li.MsoNormal {mso-style-parent:""; margin:0cm; font-size:10.5pt; font-family:"Times New Roman";} @page Section1 {size:595.3pt 841.9pt;}</style><?xml:namespace prefix = o ns = "urn:schemas-microsoft-com:office:office" />
<div class="Section1">${f.lines.map((line, i) => `<p class="MsoNormal" style="margin: 0cm 0cm 0pt; text-indent: 32pt; mso-char-indent-count: 2.0"><a name="_Toc${i}"></a><span style="font-size: 16pt; font-family: 仿宋_GB2312; mso-hansi-font-family: 宋体">${line.slice(0, 9)}<span style="mso-spacerun:yes"></span></span><span lang="EN-US" style="font-size: 16pt; mso-bidi-font-size: 12.0pt">${line.slice(9)}<o:p></o:p></span></p>`).join('\n')}
<p class="MsoNormal"><span lang="EN-US"><o:p>&nbsp;</o:p></span></p></div></div>
<div class="pn">上一篇：没有了<br>下一篇：<a href="2.html">${headlines[f.number % 10] ?? ''}</a></div><div class="bot">主办：白沙区教育局　备案号：皖ICP备0900${f.number}号</div></body></html>`,
    };
  },
  wps: (f) => {
    const navigation = ['信息动态', '办事大厅', '专题专栏', '数据公开'];
    const pieces = (line: string): string =>
      (line.match(/.{1,7}/gu) ?? [])
        .map(
          (piece) => `<span style="font-family:'仿宋_GB2312';mso-spacerun:'yes';font-size:16.0000pt;">${piece}</span>`,
        )
        .join('');
    return {
      navigation,
      source: `<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8" />\n<title>${f.title}_清泉县财政局</title>\n</head>\n<body>\n<ul class="nav">${items(navigation)}</ul>\n<div class="breadcrumb">当前所在栏目：<a href="/">首页</a> » <a href="/xx/">信息动态</a></div>\n<article>\n<h2>${f.title}</h2>\n<div class="meta"><span>来源：县财政局</span> <span>作者：办公室</span> <span>日期：${f.year}.${pad(f.month)}.${pad(f.day)}</span> <span>阅读：${f.number}</span></div>\n<div class="body">\n<!--StartFragment-->\n${f.lines.map((line) => `<p class="p" style="margin-left:0pt;text-indent:32.0000pt;text-autospace:ideograph-numeric;line-height:28.0000pt;" >${pieces(line)}</p>`).join('\n')}\n<!--EndFragment-->\n</div>\n</article>\n<aside>\n<h3>通知公告</h3>\n<ul>${list(f, 8, linked)}</ul>\n</aside>\n<footer>\n<p>本网站所有内容均由清泉县财政局提供，未经许可不得转载、摘编；如需使用请注明出处。对违反上述规定者，本网将依法追究其法律责任。</p>\n<p>清泉县财政局版权所有</p>\n</footer>\n</body>\n</html>`,
    };
  },
  ueditor: (f) => {
    const navigation = ['政府领导', '政策文件', '财政预决算', '重点领域'];
    const half = Math.ceil(f.lines.length / 2);
    const cells = [
      ['序号', '项目名称', '计划投资（万元）'],
      ['1', '城北污水处理厂提标改造', String(1200 + f.number)],
      ['2', '老旧小区雨污分流', String(860 + f.number)],
    ];
    const paragraph = (line: string): string =>
      `<p style="margin-top: 0px; margin-bottom: 15px; white-space: normal; text-indent: 2em;">${line}</p>`;
    return {
      navigation,
      body: [...f.lines.slice(0, half), ...cells.flat(), ...f.lines.slice(half)].join('\n'),
      source: `<!DOCTYPE html><html><head><meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${f.title}</title><meta property="og:title" content="${f.title}"><meta property="article:published_time" content="${dashed(f)}T09:00:00+08:00"></head><body><header><nav>${menu(navigation)}</nav></header>
<main><section class="detail"><h1>${f.title}</h1><div class="detail-info">发布日期：${dashed(f)} 信息来源：澄湖市发展和改革委员会 浏览次数：<span id="hits">${f.number}</span>次 字号：<span>大</span> <span>中</span> <span>小</span></div><div class="detail-content ueditor">
${f.lines.slice(0, half).map(paragraph).join('')}<p style="text-align:center"><img src="/ueditor/php/upload/image/${f.year}/1.jpg" title="1.jpg" alt="" _src="/ueditor/php/upload/image/1.jpg"/></p>
<table width="600" cellspacing="0" cellpadding="0" class="noBorderTable" data-sort="sortDisabled"><tbody>${cells.map((row, i) => `<tr class="${i === 0 ? 'firstRow' : ''}">${row.map((cell) => `<td width="200" valign="top" style="word-break: break-all;">${cell}</td>`).join('')}</tr>`).join('')}</tbody></table>
${f.lines.slice(half).map(paragraph).join('')}<p><br/></p></div>
<div class="attach"><p>附件下载：</p><p><a href="/upload/${f.number}.docx">${f.title.slice(0, 10)}汇总表.docx</a></p><p><a href="/upload/${f.number}.xlsx">资金分配明细表.xlsx</a></p></div>
<div class="tools"><a href="javascript:window.print()">打印本页</a> <a href="javascript:window.close()">关闭</a></div></section></main>
<footer><div>澄湖市发展和改革委员会主办　澄湖市信息中心承办</div></footer></body></html>`,
    };
  },
  kindeditor: (f) => {
    const navigation = ['走进武阳', '新闻动态', '政府信息公开', '政务服务', '政民互动', '数据发布'];
    return {
      navigation,
      source: `<html><head><meta charset="utf-8" /><title>武阳区人民政府 ${f.title}</title></head><body><a href="#">无障碍浏览</a> <a href="#">登录 个人中心</a><ul>${items(navigation)}</ul>
<div>当前位置：<a href="/">首页</a> >> <a href="/xw/">新闻动态</a> >> 正文</div><h1>${f.title}</h1><div>发布日期:${dashed(f)} 来源:区政府办公室 浏览次数:${f.number} 字号:【大 中 小】</div>
<div class="ke-content"><p>\n\t　　<span style="font-size:16px;font-family:SimSun;">${f.lines.join('</span>\n</p>\n<p>\n\t　　<span style="font-size:16px;font-family:SimSun;">')}</span><span id="__kindeditor_bookmark_start_0__" style="display:none;"></span> \n</p>\n<p>\n\t<br />\n</p></div>
<div>扫一扫在手机打开当前页</div><div>【返回顶部】【打印】【关闭】</div><div><a href="#">联系我们</a> | <a href="#">网站地图</a> | <a href="#">访问统计</a> | <a href="#">网站纠错</a></div>
<div>主办：武阳区人民政府办公室 承办：武阳区信息中心 版权所有 苏公网安备3204110200${f.number}号 网站标识码：3204110001 苏ICP备0500${f.number}号 电话：0519-8512${f.number} 邮箱：wy@example.gov.cn</div></body></html>`,
    };
  },
  headonly: (f) => {
    const navigation = ['首页', '资讯', '专题', '服务'];
    return {
      navigation,
      source: `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${f.title}</title><meta name="publishdate" content="${dashed(f)}"><meta name="author" content="海棠区融媒体中心"><meta name="source" content="海棠区融媒体中心"><script>var _hmt=_hmt||[];(function(){var hm=document.createElement("script");hm.src="https://hm.baidu.com/hm.js?0123456789abcdef";var s=document.getElementsByTagName("script")[0];s.parentNode.insertBefore(hm,s);})();</script></head><body>
<div class="g-hd">${menu(navigation)}</div><div class="g-mn"><div class="m-tit">${f.title}</div><div class="m-cnt">${f.lines.map((line) => `<div>${line}</div>`).join('')}</div></div>
<div class="g-sd"><div class="u-tt">24小时热榜</div><ol>${list(f, 10, (headline) => `<li><a href="/a/${f.number}.html">${headline}</a></li>`)}</ol></div>
<div class="g-ft">海棠区融媒体中心版权所有　互联网新闻信息服务许可证3212018${f.number}　违法和不良信息举报电话：0895-8822${f.number}</div></body></html>`,
    };
  },
  plain: (f) => {
    const navigation = ['通知', '公告', '公示'];
    return {
      navigation,
      source: `<html><head><meta charset="utf-8"><title>${f.title}</title></head><body><p>${menu(navigation)}</p><hr><center><h2>${f.title}</h2><p>（${chinese(f)}）</p></center>\n${f.lines.map((line) => `<p>　　${line}`).join('\n')}\n<hr><p align="center"><a href="/">返回首页</a></p></body></html>`,
    };
  },
  labels: (f) => {
    const navigation = ['公告公示', '工作动态', '政策解读', '下载专区'];
    const about = [
      `【信息来源：区医保局】　【发布人：管理员】　【发布时间：${dashed(f)} 09:15】　【阅读次数：${f.number}次】　【我要打印】　【关闭】`,
      `来源 : 区医保局 | 作者 : 王小平 | 时间 : ${dashed(f)} | 人气 : ${f.number}`,
      `发布单位：区医保局　发布时间：${chinese(f)}　访问量：${f.number}　字号：<a href="#">T</a>|<a href="#">T</a>`,
      `文章来源：区医保局　　更新时间：${dashed(f)} 14:30:25　　阅读：<i>${f.number}</i>　　【<a href="#">大</a>　<a href="#">中</a>　<a href="#">小</a>】`,
      `供稿：区医保局　　审核：张三　　发稿时间：${f.year}/${f.month}/${f.day}　　已浏览 ${f.number} 次`,
    ];
    return {
      navigation,
      source: `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${f.title}-花溪区医疗保障局</title></head><body><div class="h"><ul>${items(navigation)}</ul></div><div class="n"><h3 class="t">${f.title}</h3><div class="s">${about[f.number % about.length] ?? ''}</div><div class="c">${f.lines.map((line) => `<p><span>${line}</span></p>`).join('')}</div><div class="e">（编辑：赵敏　审核：钱进）</div><div class="p"><span>上一篇：</span><a href="1.html">${headlines[f.number % 10] ?? ''}</a></div></div><div class="f"><p>地址：花溪区学府路${f.number}号　联系电话：0851-8362${f.number}　邮编：550025</p><p>花溪区医疗保障局 版权所有</p></div></body></html>`,
    };
  },
};
