import type { Facts, Layout } from './layouts.ts';
import { dashed, pad, written } from './layout-parts.ts';

const elsewhere = [
  '全区重点项目建设现场推进会召开',
  '东湖公园免费开放首日迎客三万人',
  '关于调整部分公交线路走向的通告',
  '红十字会走进企业普及急救知识',
  '中小学秋季学期开学时间确定',
];
const another = ({ number }: Facts, i: number): string => elsewhere[(number + i) % elsewhere.length] ?? '';

/** Layouts kept back: written and committed before anything was measured on them; their failures are counted, never read. */
export const sixthLayouts: Readonly<Record<string, Layout>> = {
  account: (f) => {
    const navigation = ['往期推荐', '便民服务', '投稿入口'];
    return {
      navigation,
      source: `<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<meta property="og:title" content="${f.title}" />\n<title></title>\n</head>\n<body id="activity-detail" class="zh_CN mm_appmsg">\n<div id="js_article" class="rich_media">\n<div class="rich_media_inner">\n<div id="page-content" class="rich_media_area_primary">\n<div id="img-content" class="rich_media_wrp">\n<h1 class="rich_media_title" id="activity-name">\n${f.title}\n</h1>\n<div id="meta_content" class="rich_media_meta_list">\n<span class="rich_media_meta rich_media_meta_text">原创</span>\n<span class="rich_media_meta rich_media_meta_nickname" id="profileBt"><a href="javascript:void(0);" id="js_name">青龙湖发布</a></span>\n<em id="publish_time" class="rich_media_meta rich_media_meta_text">${dashed(f)} 18:${pad(f.day)}</em>\n</div>\n<div class="rich_media_content" id="js_content" style="visibility: hidden;">\n${f.lines.map((line) => `<section style="margin: 0px 8px;line-height: 1.75em;"><span style="font-size: 16px;letter-spacing: 1px;">${line}</span></section><section><br></section>`).join('')}\n</div>\n</div>\n<div class="rich_media_tool"><div class="media_tool_meta tips_global">阅读 <span id="readNum3">${f.number}</span></div></div>\n</div>\n<div class="bar">${navigation.map((name) => `<a href="#">${name}</a>`).join('')}</div>\n<div class="qr_code_pc"><p>微信扫一扫<br>关注该公众号</p></div>\n</div>\n</div>\n</body>\n</html>`,
    };
  },
  viewstate: (f) => {
    const navigation = ['网站首页', '走进开发区', '投资环境', '办事服务', '党群工作'];
    return {
      navigation,
      source: `\r\n\r\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\r\n<html xmlns="http://www.w3.org/1999/xhtml">\r\n<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>\r\n\t${f.title}\r\n</title></head>\r\n<body>\r\n    <form name="form1" method="post" action="Show.aspx?id=${f.number}" id="form1">\r\n<div>\r\n<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUKLTY2MDQ2NDI3OWRk" />\r\n</div>\r\n    <div id="top">\r\n        <ul id="menu">\r\n${navigation.map((name, i) => `            <li><a id="ctl00_rpt_ctl0${i}_lnk" href="List.aspx?cid=${i}">${name}</a></li>`).join('\r\n')}\r\n        </ul>\r\n    </div>\r\n    <div id="loc">当前位置： <span id="SiteMapPath1"><span><a href="/">网站首页</a></span><span> &gt; </span><span>新闻动态</span></span></div>\r\n    <div id="main">\r\n        <div class="art_tit"><span id="lblTitle">${f.title}</span></div>\r\n        <div class="art_inf">\r\n            发布部门：<span id="lblDept">办公室</span>\r\n            发布人：<span id="lblUser">李主任</span>\r\n            发布时间：<span id="lblTime">${f.year}/${f.month}/${f.day} 10:${pad(f.day)}:00</span>\r\n            浏览：<span id="lblHits">${f.number}</span>次\r\n        </div>\r\n        <div class="art_con"><span id="lblContent">${f.lines.map((line) => `<p>&nbsp;&nbsp;&nbsp;&nbsp;${line}</p>`).join('\r\n')}</span></div>\r\n        <div class="art_btn"><input type="submit" name="btnPrint" value="打 印" id="btnPrint" /></div>\r\n    </div>\r\n    <div id="bottom">\r\n        滨河经济技术开发区管委会 版权所有<br />\r\n        地址：滨河市创业路${f.day}号 邮编：2612${pad(f.month)} 鲁ICP备0802${f.number}号<br />\r\n        技术支持：<a href="#">滨河软件</a>\r\n    </div>\r\n    </form>\r\n</body>\r\n</html>`,
    };
  },
  forum: (f) => {
    const navigation = ['论坛', '问政直通', '百姓呼声', '生活百事'];
    return {
      navigation,
      source: `<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml">\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />\n<title>${f.title} - 问政直通 - 西岭论坛 - Powered by Discuz!</title>\n</head>\n<body id="nv_forum" class="pg_viewthread">\n<div id="nv"><ul>${navigation.map((name, i) => `<li id="mn_${i}" ><a href="forum-${i}-1.html" hidefocus="true" >${name}</a></li>`).join('')}</ul></div>\n<div id="pt" class="bm cl"><div class="z"><a href="./" class="nvhm" title="首页">西岭论坛</a> <em>&rsaquo;</em> <a href="forum.php">论坛</a> <em>&rsaquo;</em> <a href="forum-2-1.html">问政直通</a></div></div>\n<div id="postlist" class="pl bm">\n<table cellspacing="0" cellpadding="0"><tr><td class="pls ptn pbn"><div class="hm ptn"><span class="xg1">查看:</span> <span class="xi1">${f.number}</span><span class="pipe">|</span><span class="xg1">回复:</span> <span class="xi1">0</span></div></td><td class="plc ptm pbn vwthd"><h1 class="ts"><span id="thread_subject">${f.title}</span></h1></td></tr></table>\n<div id="post_${f.number}"><table class="plhin"><tr><td class="pls" rowspan="2"><div class="pi"><div class="authi"><a href="space-uid-1.html" class="xw1">西岭发布</a></div></div><p><em>管理员</em></p></td>\n<td class="plc"><div class="pi"><strong><a href="#">楼主</a></strong><div class="pti"><div class="authi"><em id="authorposton1">发表于 ${f.year}-${f.month}-${f.day} 09:${pad(f.day)}:22</em><span class="pipe">|</span><a href="#">只看该作者</a></div></div></div>\n<div class="pct"><div class="pcb"><div class="t_fsz"><table cellspacing="0" cellpadding="0"><tr><td class="t_f" id="postmessage_${f.number}">\n${f.lines.join('<br />\n<br />\n')}</td></tr></table></div></div></div></td></tr>\n<tr><td class="plc plm"><div class="po hin"><div class="pob cl"><em><a class="fastre" href="#">回复</a></em><p><a href="javascript:;">使用道具</a> <a href="javascript:;">举报</a></p></div></div></td></tr></table></div>\n</div>\n<div id="f_pst" class="bm"><p>您需要登录后才可以回帖 <a href="#">登录</a> | <a href="#">立即注册</a></p></div>\n<div id="ft" class="wp cl"><p>Powered by <strong><a href="#">Discuz!</a></strong> <em>X3.4</em></p><p><a href="#">手机版</a><span class="pipe">|</span><a href="#">小黑屋</a><span class="pipe">|</span>( 川ICP备1300${f.number}号 )</p></div>\n</body>\n</html>`,
    };
  },
  bulletin: (f) => {
    const navigation = ['警务公开', '办事指南', '警民互动', '平安播报'];
    const tail = ['特此通告。', '金沙市公安局交通警察支队', written(f)];
    return {
      navigation,
      body: [...f.lines, ...tail].join('\n'),
      source: `<!doctype html>\n<html lang="zh">\n<head>\n\t<meta charset="utf-8">\n\t<title>${f.title}-金沙市公安局</title>\n</head>\n<body>\n\t<header>\n\t\t<ul>\n${navigation.map((name) => `\t\t\t<li><a href="/ga/">${name}</a></li>`).join('\n')}\n\t\t</ul>\n\t</header>\n\t<main>\n\t\t<p class="pos"><a href="/">首页</a> / <a href="/ga/">警务公开</a> / 通告</p>\n\t\t<h2>${f.title}</h2>\n\t\t<p class="sub"><i>发布日期：${dashed(f)}</i> <i>信息来源：交警支队</i> <i>打印</i></p>\n\t\t<section>\n${f.lines.map((line) => `\t\t\t<p>　　${line}</p>`).join('\n')}\n\t\t\t<p>　　${tail[0] ?? ''}</p>\n\t\t\t<p class="r">${tail[1] ?? ''}</p>\n\t\t\t<p class="r">${tail[2] ?? ''}</p>\n\t\t</section>\n\t\t<p class="fj">附件：</p>\n\t</main>\n\t<footer>\n\t\t<p>金沙市公安局 版权所有</p>\n\t\t<p>报警电话：110 交通事故报警：122 地址：金沙市解放大道${f.day}号</p>\n\t</footer>\n</body>\n</html>`,
    };
  },
  typewriter: (f) => {
    const navigation = ['返回', '目录', '帮助'];
    return {
      navigation,
      source: `<html>\n<head><title>${f.title}</title></head>\n<body>\n<center>${navigation.map((name) => `[<a href="x.htm">${name}</a>]`).join(' ')}</center>\n<hr>\n<h3 align=center>${f.title}</h3>\n<pre>\n${f.lines.map((line) => (line.match(/.{1,34}/gu) ?? []).map((piece, i) => (i === 0 ? `    ${piece}` : piece)).join('\n')).join('\n')}\n</pre>\n<hr>\n<center>鹿鸣县地方志办公室整理 ${written(f)}</center>\n</body>\n</html>`,
      body: f.lines.join('\n'),
    };
  },
  frontpage: (f) => {
    const navigation = ['主 页', '领导班子', '科室设置', '扶贫动态', '来信来访'];
    return {
      navigation,
      source: `<html>\n\n<head>\n<meta http-equiv="Content-Language" content="zh-cn">\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n<meta name="GENERATOR" content="Microsoft FrontPage 4.0">\n<title>安山县扶贫办</title>\n</head>\n\n<body bgcolor="#FFFFCC">\n\n<p align="center"><font face="隶书" size="6" color="#FF0000">安山县扶贫开发办公室</font></p>\n<p align="center">${navigation.map((name) => `<a href="a.htm"><font size="2">${name}</font></a>`).join('&nbsp;&nbsp; ')}</p>\n<p align="center"><b><font size="5">${f.title}</font></b></p>\n<p align="center"><font size="2" color="#808080">（${written(f)}）</font></p>\n${f.lines.map((line) => `<p style="line-height: 150%"><font face="宋体" size="3">&nbsp;&nbsp;&nbsp; ${line}</font></p>`).join('\n')}\n<p align="center"><font size="2"><a href="index.htm">返回首页</a></font></p>\n<p align="center"><font size="2">电话：0739-4${f.number}36&nbsp; 传真：0739-4${f.number}37</font></p>\n\n</body>\n\n</html>`,
    };
  },
  yearly: (f) => {
    const navigation = ['公开指南', '公开制度', '公开年报', '申请公开'];
    const heads = ['一、总体情况', '二、主动公开情况', '三、存在的主要问题及改进情况'];
    const cut = [Math.ceil(f.lines.length / 3), Math.ceil((f.lines.length * 2) / 3)];
    const parts = [f.lines.slice(0, cut[0]), f.lines.slice(cut[0], cut[1]), f.lines.slice(cut[1])];
    const cells = ['信息内容', '本年制发件数', '现行有效件数', '行政规范性文件', String(f.month), String(f.number)];
    const paragraph = (line: string): string =>
      `<p class="MsoNormal" style="text-indent:32pt"><span style="font-family:仿宋_GB2312;font-size:16pt">${line}</span></p>`;
    return {
      navigation,
      body: parts.flatMap((part, i) => [heads[i] ?? '', ...(i === 1 ? [...part, ...cells] : part)]).join('\n'),
      source: `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${f.title}-银杏市信息公开</title><meta name="ArticleTitle" content="${f.title}"></head><body>\n<div class="zfxxgk_nav"><ul>${navigation.map((name) => `<li><a href="/gk/">${name}</a></li>`).join('')}</ul></div>\n<div class="zfxxgk_con"><div class="bt"><h2>${f.title}</h2></div><div class="xx"><ul><li>发布时间：${dashed(f)} 11:${pad(f.day)}</li><li>来源：市数据局</li><li>浏览量：${f.number}</li><li>分享：</li></ul></div>\n<div class="nr">${parts
        .map(
          (part, i) =>
            `<p class="MsoNormal" style="text-indent:32pt"><b><span style="font-family:黑体;font-size:16pt">${heads[i] ?? ''}</span></b></p>\n${part.map(paragraph).join('\n')}${
              i === 1
                ? `\n<table class="MsoNormalTable" border="1"><tr>${cells
                    .slice(0, 3)
                    .map((cell) => `<td><p>${cell}</p></td>`)
                    .join('')}</tr><tr>${cells
                    .slice(3)
                    .map((cell) => `<td><p>${cell}</p></td>`)
                    .join('')}</tr></table>`
                : ''
            }`,
        )
        .join(
          '\n',
        )}</div></div>\n<div class="zfxxgk_bot">银杏市数据局 主办 | 联系电话：0856-5${f.number}110 | 网站支持IPv6</div></body></html>`,
    };
  },
  answer: (f) => {
    const navigation = ['我要咨询', '我要投诉', '我要建议', '办理统计'];
    const [asked = '', ...answered] = f.lines;
    return {
      navigation,
      body: [asked, ...answered].join('\n'),
      source: `<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>信件详情_互动交流_白鹭洲区人民政府</title>\n</head>\n<body>\n<div class="nav"><ul>${navigation.map((name) => `<li>${name}</li>`).join('\n')}</ul></div>\n<div class="letter">\n<div class="row"><div class="label">信件标题</div><div class="value">${f.title}</div></div>\n<div class="row"><div class="label">信件类型</div><div class="value">咨询</div></div>\n<div class="row"><div class="label">来信时间</div><div class="value">${dashed(f)} 20:${pad(f.day)}</div></div>\n<div class="row"><div class="label">信件内容</div><div class="value">${asked}</div></div>\n<div class="row"><div class="label">答复部门</div><div class="value">区城市管理局</div></div>\n<div class="row"><div class="label">答复时间</div><div class="value">${dashed(f)}</div></div>\n<div class="row"><div class="label">答复内容</div><div class="value">${answered.map((line) => `<p>${line}</p>`).join('\n')}</div></div>\n</div>\n<div class="rate">您对本次答复是否满意？ <label>满意</label> <label>不满意</label></div>\n<div class="foot">白鹭洲区人民政府办公室主办　联系电话：0731-8${f.number}2345</div>\n</body>\n</html>`,
    };
  },
  branch: (f) => {
    const navigation = ['组织工作', '干部工作', '人才工作', '公务员工作', '自身建设'];
    return {
      navigation,
      source: `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${f.title}_组织工作_红枫先锋网</title></head><body>\n<div class="hd"><div class="w">${navigation.map((name) => `<b><a href="/z/">${name}</a></b>`).join('\n')}</div></div>\n<div class="side"><div class="hot"><h4>热门文章</h4><ul>${[0, 1, 2, 3].map((i) => `<li><em>${i + 1}</em><a href="/z/${i}.html">${another(f, i)}</a></li>`).join('\n')}</ul></div><div class="pic"><h4>图片新闻</h4><p>近日，红枫市举办年轻干部培训班开班仪式，来自各单位的六十名学员参加。</p></div></div>\n<div class="con"><div class="path"><a href="/">红枫先锋网</a> » <a href="/z/">组织工作</a></div>\n<div class="biaoti">${f.title}</div>\n<div class="fubiao">作者：组宣 | 来源：红枫市委组织部 | 时间：${dashed(f)} 10:00:${pad(f.day)} | 点击：${f.number}</div>\n<div class="zhengwen">${f.lines.map((line) => `<div style="text-indent:2em">${line}</div>`).join('\n')}</div>\n<div class="bianji">[责任编辑：付蓉]</div>\n<div class="xiangguan"><h4>相关文章</h4><ul>${[2, 3].map((i) => `<li><a href="/z/${i}.html">${another(f, i)}</a> ${dashed(f)}</li>`).join('\n')}</ul></div></div>\n<div class="bq">中共红枫市委组织部 主办 红枫市党员教育中心 承办<br>Copyright ${f.year} 黔ICP备1600${f.number}号-2</div>\n</body></html>`,
    };
  },
  library: (f) => {
    const navigation = ['本馆概况', '读者服务', '数字资源', '展览讲座', '志愿服务'];
    return {
      navigation,
      source: `<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>展览讲座 | 松江口市图书馆</title>\n</head>\n<body>\n<div class="container">\n  <div class="row header">\n    <ul class="nav nav-pills">\n${navigation.map((name) => `      <li role="presentation">\n        <a href="/lib">${name}</a>\n      </li>`).join('\n')}\n    </ul>\n  </div>\n  <ol class="breadcrumb">\n    <li><a href="/">首页</a></li>\n    <li class="active">展览讲座</li>\n  </ol>\n  <div class="panel panel-default">\n    <div class="panel-heading">\n      <h3 class="panel-title">${f.title}</h3>\n      <small class="text-muted">${written(f)} · 阅读 ${f.number} · 字号 A+ A-</small>\n    </div>\n    <div class="panel-body">\n${f.lines.map((line) => `      <p class="lead">\n        ${line}\n      </p>`).join('\n')}\n    </div>\n    <div class="panel-footer">\n      <a class="btn btn-default" href="/lib/list">返回列表</a>\n      <a class="btn btn-default" href="/lib/next">下一篇：${another(f, 1)}</a>\n    </div>\n  </div>\n  <div class="row footer">\n    <div class="col-md-6">开馆时间：周二至周日 8:30-20:30（周一闭馆）</div>\n    <div class="col-md-6">松江口市图书馆 地址：松江口市长青路${f.day}号 电话：0454-8${f.number}110</div>\n  </div>\n</div>\n</body>\n</html>`,
    };
  },
};
