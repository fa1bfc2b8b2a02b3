import type { Facts, Layout } from './layouts.ts';
import { dashed, pad, written } from './layout-parts.ts';

const links = (names: readonly string[], between = ''): string =>
  names.map((name, i) => `<a href="/lm${i}/">${name}</a>`).join(between);

const others = [
  '我县召开秋冬季大气污染防治工作推进会',
  '县图书馆开展“书香伴成长”主题活动',
  '关于开展2019年度住房租赁补贴资格复核的公告',
  '北山风景区完成步道提升改造',
  '县残联为二百余名残疾人适配辅助器具',
  '青年志愿者走进社区开展义诊',
  '多部门联合开展校园周边食品安全检查',
];
const other = ({ number }: Facts, i: number): string => others[(number + i) % others.length] ?? '';

/** Layouts on which margins were set: what is accepted on them was counted and read. */
export const fifthLayouts: Readonly<Record<string, Layout>> = {
  empire: (f) => {
    const navigation = ['网站首页', '新闻动态', '专题报道', '农事农技', '图片展示', '留言板'];
    return {
      navigation,
      source: `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\r\n<html xmlns="http://www.w3.org/1999/xhtml">\r\n<head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />\r\n<title>${f.title} - 绿源农业信息网</title>\r\n<meta name="keywords" content="${f.title.slice(0, 6)}" />\r\n<meta name="description" content="${f.lines[0]?.slice(0, 80) ?? ''}" />\r\n<link href="/skin/default/css/style.css" rel="stylesheet" type="text/css" />\r\n<script type="text/javascript" src="/skin/default/js/tabs.js"></script>\r\n</head>\r\n<body class="showpage news">\r\n<!-- 页头 -->\r\n<table width="100%" border="0" cellspacing="0" cellpadding="0" class="top">\r\n<tr>\r\n<td><div class="login"><script>\r\ndocument.write('<script src="/e/member/login/loginjs.php?t='+Math.random()+'"><'+'/script>');\r\n</script></div></td>\r\n</tr>\r\n</table>\r\n<!-- 导航tab选项卡 -->\r\n<ul class="nav">\r\n${navigation.map((name, i) => `<li${i === 0 ? ' class="now"' : ''}><a href="/c/${i}/"><span>${name}</span></a></li>`).join('\r\n')}\r\n</ul>\r\n<table width="100%" class="position"><tr><td>现在的位置：<a href="/">网站首页</a>&nbsp;>&nbsp;<a href="/news/">新闻动态</a>&nbsp;>&nbsp;正文</td></tr></table>\r\n<table width="100%" class="title_info"><tr><td><h1>${f.title}</h1></td></tr>\r\n<tr><td class="info_text">时间：${dashed(f)} 08:${pad(f.day)}:11&nbsp;&nbsp;来源：<a href="http://www.example.org/">绿源日报</a>&nbsp;&nbsp;作者：<a href="#">田禾</a>&nbsp;&nbsp;点击：<script src=/e/public/ViewClick/?classid=2&id=${f.number}&addclick=1></script>次</td></tr></table>\r\n<table width="100%" class="content_word"><tr><td id="text">\r\n${f.lines.map((line) => `<p>　　${line}</p>`).join('\r\n')}\r\n<p align="center" class="pageLink"></p>\r\n</td></tr></table>\r\n<div class="digg"><span>推荐</span><em>${f.day}</em></div>\r\n<ul class="next"><li>上一篇：<a href='/news/${f.number - 1}.html'>${other(f, 1)}</a></li><li>下一篇：<a href='/news/${f.number + 1}.html'>${other(f, 2)}</a></li></ul>\r\n<div class="box"><h3>网友评论</h3><p>尊敬的网友：评论须遵守国家有关法律、法规，并承担一切因您的行为而导致的法律责任。</p></div>\r\n<table width="100%" class="foot"><tr><td><a href="/">网站首页</a> | <a href="#">关于我们</a> | <a href="#">服务条款</a> | <a href="#">广告服务</a> | <a href="#">联系我们</a> | <a href="#">网站地图</a></td></tr><tr><td>Powered by <strong>EmpireCMS</strong> <em>7.5</em> &nbsp; &copy; 绿源市农业农村局　吉ICP备1100${f.number}号</td></tr></table>\r\n</body>\r\n</html>`,
    };
  },
  stars: (f) => {
    const navigation = ['首页', '学校概况', '校园新闻', '教育教学', '德育天地', '家校互动'];
    return {
      navigation,
      source: `<html><head><title>${f.title}--南塘县第二中学</title>\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n<link href="/Skin/blue/default.css" rel="stylesheet" type="text/css"></head>\n<body leftmargin=0 topmargin=0 onmousemove='HideMenu()'>\n<table width="760" align="center" cellspacing="0" cellpadding="0"><tr><td class="nav_menu">|${navigation.map((name) => `&nbsp;<a class='Channel' href='/${name.length}/Index.asp'>${name}</a>&nbsp;|`).join('')}</td></tr></table>\n<table width="760" align="center"><tr><td>您现在的位置：&nbsp;<a class='LinkPath' href='/'>南塘县第二中学</a>&nbsp;&gt;&gt;&nbsp;<a class='LinkPath' href='/xw/'>校园新闻</a>&nbsp;&gt;&gt;&nbsp;文章正文</td></tr></table>\n<table width="760" align="center"><tr><td class="main_title_760"><font color=blue>[图文]</font>${f.title}&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;★★★</td></tr>\n<tr><td align="center"><b>${f.title}</b></td></tr>\n<tr><td align="center">作者：<a href='#'>佚名</a>&nbsp;&nbsp;&nbsp;&nbsp;文章来源：<a href='#'>本站原创</a>&nbsp;&nbsp;&nbsp;&nbsp;点击数：<script language='javascript' src='/GetHits.asp?ArticleID=${f.number}'></script>&nbsp;&nbsp;&nbsp;&nbsp;更新时间：${f.year}-${f.month}-${f.day}&nbsp;&nbsp;&nbsp;&nbsp;【字体：<a href='javascript:fontZoomA()'>小</a> <a href='javascript:fontZoomB()'>大</a>】</td></tr>\n<tr><td valign="top" id="fontzoom" class="main_tdbg_760">\n${f.lines.map((line) => `<P>&nbsp;&nbsp;&nbsp; ${line}</P>`).join('\n')}\n</td></tr>\n<tr><td align="right">文章录入：南二中&nbsp;&nbsp;&nbsp;&nbsp;责任编辑：admin&nbsp;</td></tr>\n<tr><td><li>上一篇文章： <a class='LinkPrevArticle' href='/xw/${f.number}.html'>${other(f, 1)}</a></li><br><li>下一篇文章： 没有了</li></td></tr>\n<tr><td align="right">【<a href='#'>发表评论</a>】【<a href='#'>加入收藏</a>】【<a href='#'>告诉好友</a>】【<a href='#'>打印此文</a>】【<a href='javascript:window.close();'>关闭窗口</a>】</td></tr></table>\n<table width="760" align="center"><tr><td>最新热点</td><td>最新推荐</td></tr><tr><td>${[3, 4, 5].map((i) => `<a href="/xw/${i}.html" title="文章标题：${other(f, i)}&#13;&#10;更新时间：${dashed(f)}">${other(f, i).slice(0, 12)}…</a><br>`).join('\n')}</td><td>${other(f, 6)}</td></tr></table>\n<table width="760" align="center"><tr><td align="center">| <a href="#">设为首页</a> | <a href="#">加入收藏</a> | <a href="#">联系站长</a> | <a href="#">管理登录</a> |</td></tr><tr><td align="center">Copyright © 2008-${f.year} 南塘县第二中学 站长：<a href='mailto:nt@example.com'>教务处</a><br>地址：南塘县文昌路12号 邮编：3412${pad(f.day)}</td></tr></table>\n</body></html>`,
    };
  },
  webplus: (f) => {
    const navigation = ['学校首页', '部门简介', '规章制度', '办事流程', '资料下载'];
    return {
      navigation,
      source: `<!DOCTYPE html>\n<html >\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />\n<meta name="renderer" content="webkit" />\n<title>${f.title}</title>\n<meta name="description" content="${f.lines[0]?.slice(0, 40) ?? ''}" />\n<link type="text/css" href="/_css/_system/system.css" rel="stylesheet"/>\n</head>\n<body class="">\n<div class="wrapper header" id="header"><div class="inner clearfix"><div class="mod clearfix"><div class="head-left" frag="面板1"><div frag="窗口1"></div></div></div></div></div>\n<div class="wrapper nav wp-navi" id="nav"><div class="inner clearfix"><div class="wp-panel"><div class="wp-window"><ul class="wp_nav" data-nav-config="{drop_v: 'down', dir: 'y'}">\n${navigation.map((name, i) => `<li class="nav-item i${i + 1} "><a href="/${i}/list.htm" title="${name}" target="_self"><span class="item-name">${name}</span></a><i class="mark"></i></li>`).join('\n')}\n</ul></div></div></div></div>\n<div class="wrapper" id="container"><div class="inner"><div class="mod clearfix"><div class="col_menu"><div class="col_menu_head"><h3 class="col_name"><span class="col_name_text">通知公告</span></h3></div></div>\n<div class="infobox"><div class="article" frag="窗口3" portletmode="simpleArticleAttri"><h1 class="arti_title">${f.title}</h1>\n<p class="arti_metas"><span class="arti_publisher">发布者：方芳</span><span class="arti_update">发布时间：${dashed(f)}</span><span class="arti_views">浏览次数：<span class="WP_VisitCount" url="/_visitcountdisplay?siteId=4&type=3&articleId=${f.number}">${f.number}</span></span></p>\n<div class="entry"><div class="read"><div class='wp_articlecontent'>${f.lines.map((line, i) => `<p style="text-indent:2em;line-height:1.75em;" class="p_text_indent_2"><span style="font-family:微软雅黑, 'microsoft yahei';font-size:16px;">${i === 0 ? line : `${line.slice(0, 5)}</span><span style="font-size:16px;font-family:微软雅黑;">${line.slice(5)}`}</span></p>`).join('')}<p style="text-align:right;"><span style="font-size:16px;">人事处</span></p><p style="text-align:right;"><span style="font-size:16px;">${written(f)}</span></p><p><br /></p></div></div></div></div></div></div></div></div>\n<div class="wrapper footer" id="footer"><div class="inner clearfix"><div class="copyright"><p><span>版权所有 © ${f.year}  东屿科技大学人事处  地址：东屿市大学城学林路${f.day}号</span></p></div></div></div>\n</body>\n</html>`,
      body: [...f.lines, '人事处', written(f)].join('\n'),
    };
  },
  newspaper: (f) => {
    const navigation = ['要闻', '综合', '专版', '副刊'];
    return {
      navigation,
      source: `<html><head><meta http-equiv="content-type" content="text/html; charset=UTF-8">\n<title>淮阳新报</title></head>\n<body onload="setpage('${dashed(f)}')">\n<table cellspacing="0" cellpadding="0" width="99%"><tr><td class="default" align="left"><strong>第A${pad((f.day % 8) + 1)}版：${navigation[f.day % 4] ?? ''}</strong></td><td nowrap align="right"><a class="preart" href="c1.htm">上一版</a>　<a class="preart" href="c2.htm">下一版</a></td></tr></table>\n<table>${navigation.map((name, i) => `<tr><td class="default"><a id="pageLink" href="node_${i}.htm">第A${pad(i + 1)}版:${name}</a></td></tr>`).join('\n')}</table>\n<table><tr><td><strong>淮阳新报</strong></td><td>${f.year}年${pad(f.month)}月${pad(f.day)}日 星期${['一', '二', '三', '四', '五', '六', '日'][f.number % 7] ?? ''}</td><td>往期回顾 <a href="#">返回目录</a></td></tr></table>\n<table><tr><td>&nbsp;&nbsp;<a href="#">放大</a> <a href="#">缩小</a> <a href="#">默认</a></td></tr></table>\n<founder-prelink></founder-prelink>\n<table width="95%"><tr><td class="font02" align="center"></td></tr><tr><td class="font01" align="center"><founder-title>${f.title}</founder-title></td></tr><tr><td class="font02" align="center"></td></tr><tr><td align="center"></td></tr></table>\n<div id="ozoom" style="zoom:100%"><founder-content>\n${f.lines.map((line) => `<P>　　${line}</P>`).join('\n')}\n</founder-content></div>\n<table><tr><td><a class="preart" href="content_1.htm">上一篇</a>　<a class="preart" href="content_3.htm">下一篇</a></td></tr></table>\n<table width="100%"><tr><td align="center">淮阳新报社版权所有<br>未经书面许可不得复制或镜像<br>ICP备案编号：豫ICP备0900${f.number}号</td></tr></table>\n</body></html>`,
    };
  },
  order: (f) => {
    const navigation = ['省政府', '要闻', '公开', '服务', '互动', '数据'];
    const number = `江政发〔${f.year}〕${f.day}号`;
    const head = ['各市、县（市、区）人民政府，省政府各部门、各直属单位：'];
    const tail = ['附件：1．任务分工表', '2．指标解释', '江东省人民政府', written(f), '（此件公开发布）'];
    return {
      navigation,
      body: [number, ...head, ...f.lines, ...tail].join('\n'),
      source: `<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<meta name="SiteName" content="江东省人民政府">\n<meta name="ColumnType" content="政策文件">\n<meta name="ArticleTitle" content="${f.title}">\n<meta name="PubDate" content="${dashed(f)} 17:${pad(f.day)}">\n<title>${f.title}_政策文件_江东省人民政府</title>\n</head>\n<body>\n<div class="header"><div class="nav">${links(navigation, '\n')}</div></div>\n<div class="BreadcrumbNav"><a href="/">首页</a> &gt; <a href="/zc/">政策</a> &gt; <a href="/zc/wj/">文件</a></div>\n<table class="policyTable" width="100%" border="0">\n<tbody><tr><td class="lab"><b>索&nbsp;&nbsp;引&nbsp;&nbsp;号：</b></td><td>0140${f.number}/${f.year}-00${f.day}</td><td class="lab"><b>主题分类：</b></td><td>综合政务\\其他</td></tr>\n<tr><td class="lab"><b>发文机关：</b></td><td>江东省人民政府</td><td class="lab"><b>成文日期：</b></td><td>${written(f)}</td></tr>\n<tr><td class="lab"><b>标&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;题：</b></td><td colspan="3">${f.title}</td></tr>\n<tr><td class="lab"><b>发文字号：</b></td><td>${number}</td><td class="lab"><b>发布日期：</b></td><td>${written(f)}</td></tr></tbody></table>\n<div class="article"><h1>${f.title}</h1>\n<div class="view TRS_UEDITOR trs_paper_default trs_web"><p style="text-align: center;">${number}</p>\n<p style="text-align: justify;">${head[0] ?? ''}</p>\n${f.lines.map((line) => `<p style="text-indent: 2em; text-align: justify;">${line}</p>`).join('\n')}\n<p style="text-indent: 2em;"><br/></p>\n<p style="text-indent: 2em;">${tail[0] ?? ''}</p>\n<p style="text-indent: 5em;">${tail[1] ?? ''}</p>\n<p style="text-align: right;">${tail[2] ?? ''}</p>\n<p style="text-align: right;">${tail[3] ?? ''}</p>\n<p style="text-indent: 2em;">${tail[4] ?? ''}</p></div></div>\n<div class="fj"><a href="./P0${f.number}.pdf">附件1：任务分工表.pdf</a></div>\n<div class="share">分享：<a href="#">微博</a> <a href="#">微信</a></div>\n<div class="rel"><div class="tt">解读</div><ul><li><a href="/jd/1.html">${other(f, 2)}</a></li><li><a href="/jd/2.html">${other(f, 4)}</a></li></ul></div>\n<div class="foot"><ul><li>主办单位：江东省人民政府办公厅</li><li>运行维护：江东省大数据管理局</li><li>网站标识码：3700000${f.number}</li></ul></div>\n</body>\n</html>`,
    };
  },
  blog: (f) => {
    const navigation = ['首页', '团队动态', '志愿服务', '关于我们'];
    return {
      navigation,
      source: `<!DOCTYPE html>\n<html lang="zh-Hans">\n<head>\n<meta charset="UTF-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>${f.title} – 朝阳志愿者联合会</title>\n<meta name="generator" content="WordPress 6.4" />\n</head>\n<body class="post-template-default single single-post postid-${f.number}">\n<a class="skip-link screen-reader-text" href="#content">跳至内容</a>\n<header id="masthead" class="site-header"><p class="site-title"><a href="/" rel="home">朝阳志愿者联合会</a></p><p class="site-description">奉献 友爱 互助 进步</p>\n<nav id="site-navigation"><ul>${navigation.map((name, i) => `<li id="menu-item-${i}" class="menu-item"><a href="/p/${i}">${name}</a></li>`).join('\n')}</ul></nav></header>\n<main id="main" class="site-main">\n<article id="post-${f.number}" class="post type-post status-publish hentry">\n<header class="entry-header"><h1 class="entry-title">${f.title}</h1>\n<div class="entry-meta"><span class="posted-on">发布于 <time class="entry-date published" datetime="${dashed(f)}T09:00:00+08:00">${written(f)}</time></span><span class="byline"> 由 <span class="author vcard"><a class="url fn n" href="/author/1">秘书处</a></span></span></div></header>\n<div class="entry-content">\n${f.lines.map((line) => `<p>${line}</p>`).join('\n\n')}\n</div>\n<footer class="entry-footer"><span class="cat-links">分类：<a href="/c/1" rel="category tag">团队动态</a></span><span class="tags-links">标签：<a href="/t/1">志愿</a>、<a href="/t/2">公益</a></span></footer>\n</article>\n<nav class="navigation post-navigation"><h2 class="screen-reader-text">文章导航</h2><div class="nav-previous"><a href="/p/1" rel="prev">${other(f, 1)}</a></div><div class="nav-next"><a href="/p/3" rel="next">${other(f, 5)}</a></div></nav>\n<div id="comments" class="comments-area"><h2 class="comments-title">《${f.title}》有2条评论</h2>\n<ol class="comment-list"><li class="comment"><div class="comment-author vcard"><b class="fn">晨光</b> <span class="says">说道：</span></div><div class="comment-metadata"><time>${written(f)} 上午10:${pad(f.day)}</time></div><div class="comment-content"><p>为志愿者点赞，下次活动请一定叫上我们小区的居民，大家都想出一份力。</p></div></li><li class="comment"><div class="comment-author vcard"><b class="fn">小河</b></div><div class="comment-content"><p>请问怎样报名参加？</p></div></li></ol>\n<div id="respond" class="comment-respond"><h3 id="reply-title">发表回复</h3><p class="comment-notes">您的电子邮箱地址不会被公开。 必填项已用*标注</p></div></div>\n</main>\n<aside id="secondary" class="widget-area"><section class="widget"><h2 class="widget-title">近期文章</h2><ul>${[1, 2, 3, 4].map((i) => `<li><a href="/p/${i}">${other(f, i)}</a></li>`).join('\n')}</ul></section></aside>\n<footer id="colophon" class="site-footer"><div class="site-info"><a href="https://example.org/">自豪地采用WordPress</a></div></footer>\n</body>\n</html>`,
    };
  },
  nuxt: (f) => {
    const navigation = ['推荐', '本地', '政务', '民生', '文旅'];
    return {
      navigation,
      source: `<!doctype html><html data-n-head-ssr lang="zh-CN"><head><title>${f.title} - 江海融媒</title><meta data-n-head="ssr" charset="utf-8"><meta data-n-head="ssr" data-hid="description" name="description" content="${f.lines[0]?.slice(0, 50) ?? ''}"><script>window.__NUXT__={layout:"default",data:[{id:${f.number}}]}</script></head><body><div data-server-rendered="true" id="__nuxt"><div id="__layout"><div data-v-0a1b2c3d class="app"><div data-v-0a1b2c3d class="top-bar"><div class="tabs">${navigation.map((name) => `<span data-v-11 class="tab">${name}</span>`).join('')}</div><button class="btn">打开APP</button></div><div data-v-5f class="detail"><div data-v-5f class="detail-title">${f.title}</div><div data-v-5f class="detail-meta"><span>江海融媒客户端</span><span>${dashed(f)} ${pad(f.day % 24)}:${pad(f.month)}</span><span>${f.number}阅读</span></div><div data-v-5f class="detail-content">${f.lines.map((line) => `<div class="para">${line}</div>`).join('<!---->')}</div><div data-v-5f class="detail-end">— 全文完 —</div><div data-v-5f class="credit"><span>编辑：陶然</span><span>责编：宋雨</span><span>终审：贺军</span></div></div><div data-v-7 class="comment"><div class="hd">热门评论</div><div class="empty">快来抢沙发吧</div></div><div data-v-7 class="more"><div class="hd">相关推荐</div><div class="item"><div class="t">${other(f, 1)}</div><div class="s">江海融媒 2小时前</div></div><div class="item"><div class="t">${other(f, 3)}</div><div class="s">江海发布 昨天</div></div></div></div></div></div></body></html>`,
    };
  },
  tender: (f) => {
    const navigation = ['交易公告', '成交公示', '保证金', '下载中心'];
    const facts = [
      `项目编号：YX${f.year}-${f.number}`,
      `预算金额：${f.number}.5万元`,
      `获取时间：${written(f)}至${f.year}年12月31日，每天9:00至17:00`,
    ];
    const contacts = [
      '采购人：云溪县人民医院',
      `联系方式：0793-7${f.number}886`,
      '代理机构：云溪工程咨询有限公司',
      '联系人：罗女士',
    ];
    const body = [
      '一、项目基本情况',
      ...facts,
      '二、采购需求',
      ...f.lines,
      '三、联系方式',
      ...contacts,
      '云溪工程咨询有限公司',
      written(f),
    ];
    return {
      navigation,
      body: body.join('\n'),
      source: `<html>\n<head>\n<meta charset="UTF-8">\n<title>${f.title}</title>\n</head>\n<body>\n<div class="menu-box">${links(navigation, ' ')}</div>\n<div class="ewb-location">当前位置：<a href="/">首页</a> &gt; <a href="/jy">交易公告</a></div>\n<div class="ewb-article">\n<h3 class="ewb-article-tt">${f.title}</h3>\n<div class="ewb-article-sources">【信息时间： ${dashed(f)} &nbsp;&nbsp;阅读次数：<span id="infohits">${f.number}</span>】<a href="javascript:void(0)">【我要打印】</a><a href="javascript:window.close()">【关闭】</a></div>\n<div class="ewb-article-info">\n<p><strong>${body[0] ?? ''}</strong></p>\n${facts.map((fact) => `<p style="text-indent:28px">${fact}</p>`).join('\n')}\n<p><strong>二、采购需求</strong></p>\n${f.lines.map((line) => `<p style="text-indent:28px"><span style="font-size:14px">${line}</span></p>`).join('\n')}\n<p><strong>三、联系方式</strong></p>\n${contacts.map((fact) => `<p style="text-indent:28px">${fact}</p>`).join('\n')}\n<p style="text-align:right">云溪工程咨询有限公司</p>\n<p style="text-align:right">${written(f)}</p>\n</div>\n<div class="ewb-attach"></div>\n</div>\n<div class="footer">云溪县公共资源交易中心 版权所有&nbsp;&nbsp;建议使用1024*768分辨率&nbsp;&nbsp;服务热线：0793-7${f.number}000</div>\n</body>\n</html>`,
    };
  },
  talk: (f) => {
    const navigation = ['访谈首页', '往期回顾', '网友提问', '嘉宾推荐'];
    const asked = (i: number): boolean => i % 2 === 0;
    const said = f.lines.map((line, i) => `${asked(i) ? '主持人' : '嘉宾'}：${line}`);
    return {
      navigation,
      body: said.join('\n'),
      source: `<!DOCTYPE html><html><head><meta charset="utf-8"/><title>在线访谈-${f.title}</title></head><body><div class="ft_top"><ul>${navigation.map((name) => `<li><a href="#">${name}</a></li>`).join('')}</ul></div>\n<div class="ft_tit">${f.title}</div>\n<div class="ft_info"><p>访谈时间：${written(f)} 15:00</p><p>访谈嘉宾：市水利局副局长</p></div>\n<div class="ft_tab"><span class="cur">文字实录</span><span>图片实录</span></div>\n<div class="ft_con">\n${f.lines.map((line, i) => `<p><font color="${asked(i) ? '#c00' : '#06c'}"><b>${asked(i) ? '主持人' : '嘉宾'}：</b></font>${line}</p>`).join('\n')}\n</div>\n<div class="ft_bot"><a href="#">返回顶部</a></div>\n<div class="link"><select><option>--相关链接--</option><option>省水利厅</option></select></div>\n<div class="foot"><p>漳河市人民政府办公室主办 漳河市信息中心承办</p><p>冀公网安备 1304${f.number}020000${pad(f.month)}号 网站标识码1304${f.number}001</p></div></body></html>`,
    };
  },
  roster: (f) => {
    const navigation = ['局机关', '政策法规', '资金公示', '监督举报'];
    const rows = [
      ['序号', '乡镇', '补助对象', '面积（亩）', '金额（元）'],
      ['1', '柳林镇', '周大勇', String(f.day), String(f.day * 120)],
      ['2', '石桥乡', '吴小妹', String(f.month), String(f.month * 120)],
      ['3', '东坪乡', '郭长顺', '16.5', '1980'],
    ];
    const end = [`公示期：自${written(f)}起7个工作日`, `监督电话：0795-3${f.number}21`, '平安县农业农村局'];
    return {
      navigation,
      body: [...f.lines, ...rows.flat(), ...end].join('\n'),
      source: `<HTML>\n<HEAD><TITLE>平安县农业农村局-${f.title}</TITLE>\n<META http-equiv=Content-Type content="text/html; charset=utf-8"></HEAD>\n<BODY>\n<DIV id=top>${links(navigation, '\n')}</DIV>\n<DIV id=pos>首页 - 资金公示 - 正文</DIV>\n<DIV class=title>${f.title}</DIV>\n<DIV class=info>${dashed(f)} 来源：本站 点击：${f.number}</DIV>\n<DIV class=text>\n${f.lines.map((line) => `<P style="TEXT-INDENT: 2em">${line}</P>`).join('\n')}\n<TABLE border=1 cellSpacing=0>\n${rows.map((row) => `<TR>\n${row.map((cell) => `<TD>${cell}</TD>`).join('\n')}\n</TR>`).join('\n')}\n</TABLE>\n${end.map((line) => `<P>${line}</P>`).join('\n')}\n</DIV>\n<DIV class=print><A href="javascript:print()">打印</A> <A href="javascript:close()">关闭</A></DIV>\n<DIV class=copy>平安县农业农村局 地址：平安县府前街8号 赣ICP备0601${f.number}号</DIV>\n</BODY>\n</HTML>`,
    };
  },
};
