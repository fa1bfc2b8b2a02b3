import type { Layout } from './layouts.ts';
import { dashed, pad, written } from './layout-parts.ts';

/** Layouts that were held back until their figures were known. */
export const fourthLayouts: Readonly<Record<string, Layout>> = {
  jsp: (f) => {
    const navigation = ['网站首页', '走进兰河', '新闻资讯', '信息公开', '办事大厅', '公众互动'];
    return {
      navigation,
      source: `\r\n\r\n\r\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\r\n<html>\r\n    <head>\r\n        <meta http-equiv="Content-Type" content="text/html; charset=utf-8" />\r\n        <title>\r\n            ${f.title}-兰河县人民政府网\r\n        </title>\r\n    </head>\r\n    <body>\r\n        <div id="menu">\r\n            <ul>\r\n${navigation.map((name) => `                <li><a href="/jsp/list.jsp?c=${name.length}">${name}</a></li>`).join('\r\n')}\r\n            </ul>\r\n        </div>\r\n        <div class="pos">您的当前位置：<a href="/">网站首页</a> >> <a href="/xw">新闻资讯</a> >> 今日兰河</div>\r\n        <div class="content">\r\n            <h1>${f.title}</h1>\r\n            <h5>\r\n                <span>日期：${dashed(f)} ${pad(f.day % 24)}:12:0${f.month % 10}</span>\r\n                <span>稿件来源：兰河融媒</span>\r\n                <span>访问量：[${f.number}]</span>\r\n            </h5>\r\n            <div id="txt">\r\n${f.lines.map((line) => `                <p>\r\n                    &nbsp;&nbsp;&nbsp;&nbsp;${line}\r\n                </p>`).join('\r\n')}\r\n            </div>\r\n            <div class="ed">审核：刘洋 编辑：马丽 校对：何静</div>\r\n        </div>\r\n        <div class="bottom">\r\n            兰河县人民政府主办\r\n            兰河县政务服务管理局承办\r\n            蒙ICP备1400${f.number}号\r\n            蒙公网安备 15062102000${f.number}号\r\n            联系我们：0477-4${f.number}211\r\n        </div>\r\n    </body>\r\n</html>`,
    };
  },
  guide: (f) => {
    const navigation = ['个人服务', '企业服务', '部门窗口', '我的办件', '好差评'];
    const rows: readonly (readonly [string, string])[] = [
      ['事项名称', '城镇居民基本养老保险参保登记'],
      ['实施主体', '芦江市人力资源和社会保障局'],
      ['办理对象', '具有本市户籍的城乡居民'],
      ['承诺时限', `${(f.day % 9) + 1}个工作日`],
      ['收费标准', '不收费'],
      ['受理条件', f.lines[0] ?? ''],
    ];
    return {
      navigation,
      body: f.lines.join('\n'),
      source: `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>${f.title}_政务服务网_芦江市</title></head><body><header><nav>${navigation.map((name) => `<a href="/g/">${name}</a>`).join('\n')}</nav></header><section class="info"><h2>基本信息</h2>\n<dl>\n${rows.map(([name, value]) => `<dt>${name}</dt>\n<dd>${value}</dd>`).join('\n')}\n</dl></section>\n<article><h1>${f.title}</h1><p class="t">发布机构：芦江市行政审批局 发布时间：${written(f)} 来访人次：${f.number}</p>\n<div class="art">${f.lines.map((line) => `<p>${line}</p>`).join('')}</div></article>\n<footer>芦江市人民政府办公室主办 芦江市数据资源管理局技术支持<br>咨询电话 0553-38${f.number}0 投诉电话 0553-38${f.number}1<br>皖公网安备 34020${f.number}000${pad(f.day)}号</footer></body></html>`,
    };
  },
  dede: (f) => {
    const navigation = ['主页', '本局简介', '业务工作', '行业新闻', '表格下载', '联系我们'];
    return {
      navigation,
      source: `<html>\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />\n<title>${f.title}_行业新闻_榆林庄市气象局</title>\n<meta name="description" content="${f.lines[0]?.slice(0, 70) ?? ''}" />\n</head>\n<body class="articleview">\n<div class="pleft"><strong>当前位置:</strong> <a href='/'>主页</a> > <a href='/hy/'>行业新闻</a> > </div>\n<ul>\n${navigation.map((name) => `<li><a href='/${name.length}/'><span>${name}</span></a></li>`).join('\n')}\n</ul>\n<div class="title"><h2>${f.title}</h2></div>\n<div class="info"> <small>时间:</small>${dashed(f)} 09:${pad(f.day)}<small>来源:</small>未知 <small>作者:</small>admin <small>点击:</small>${f.number}次</div>\n<div class="content">\n<table width='100%'><tr><td>${f.lines.map((line) => `<div>\n\t　　${line}</div>`).join('\n')}\n(责任编辑：admin)</td></tr></table>\n</div>\n<div class="handle"><ul class="con"><li>上一篇：<a href='/1.html'>我市发布大风蓝色预警信号</a> </li><li>下一篇：没有了 </li></ul></div>\n<p class="powered">榆林庄市气象局 版权所有 站务管理：市气象信息中心</p>\n</body>\n</html>`,
    };
  },
  letterbox: (f) => {
    const navigation = ['书记信箱', '市长信箱', '部门信箱', '来信公开'];
    const greeting = '市民您好，您反映的问题收悉，现答复如下：';
    const office = '楚泽市住房公积金管理中心';
    return {
      navigation,
      body: [greeting, ...f.lines, office, written(f)].join('\n'),
      source: `<html><head><title>来信公开-楚泽市问政平台</title><meta charset="utf-8"></head><body>\n${navigation.map((name) => `<a href="#">${name}</a>`).join('&nbsp;|&nbsp;')}\n<h3>${f.title}</h3>\n<table>\n<tr>\n<td>\n信件编号\n</td>\n<td>\nCZ${f.year}${pad(f.month)}${f.number}\n</td>\n</tr>\n<tr>\n<td>\n写信时间\n</td>\n<td>\n${written(f)}\n</td>\n</tr>\n<tr>\n<td>\n办理状态\n</td>\n<td>\n已办结\n</td>\n</tr>\n</table>\n<div class="q">${greeting}</div>\n<div class="a">\n${f.lines.join('<br />\n')}\n</div>\n<div class="s">${office}<br />\n${written(f)}</div>\n<div class="m">满意 一般 不满意</div>\n</body></html>`,
    };
  },
  court: (f) => {
    const navigation = ['法院概况', '审务公开', '裁判文书', '诉讼指南'];
    const signed = ['审 判 长 吴 国 强', '审 判 员 郑 小 燕', '人民陪审员 孙 立 新', written(f), '书 记 员 李 文 静'];
    return {
      navigation,
      body: [`（${f.year}）石法${f.number}号`, ...f.lines, ...signed].join('\n'),
      source: `<!doctype html>\n<html>\n<head><meta charset="utf-8">\n<title>石泉区人民法院</title></head>\n<body>\n<p>${navigation.map((name) => `[${name}]`).join(' ')}</p>\n<center>\n<font size="5">石泉区人民法院</font>\n<br>\n<font size="4">${f.title}</font>\n<br>\n（${f.year}）石法${f.number}号\n</center>\n${f.lines.map((line) => `<p style="text-indent:2em">\n${line}\n</p>`).join('\n')}\n<p align="right">\n${signed.join('\n<br>\n')}\n</p>\n<hr>\n<p>本院地址： 石泉区环城南路${f.day}号 邮政编码： 7252${pad(f.day)}</p>\n</body>\n</html>`,
    };
  },
  mobile: (f) => {
    const navigation = ['推荐', '要闻', '民生', '问政', '视频'];
    return {
      navigation,
      source: `<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${f.title}</title></head><body><div class="bar">${navigation.map((name) => `<em>${name}</em>`).join('')}</div><h1>${f.title}</h1><div class="by">赤水湾发布 ${f.month}月${f.day}日 ${pad(f.day % 24)}:05 发布于${['湖北', '广西', '辽宁'][f.number % 3] ?? ''}</div><section>${f.lines.map((line) => `<p><span>${line}</span></p><p><br></p>`).join('')}</section><div class="end">来源｜赤水湾日报　记者｜邓超 黄蕾　图片｜受访单位提供</div><div class="ops">点赞 ${f.number}　收藏　转发　举报</div><div class="rec"><h4>大家都在看</h4><p>今年中考时间定了！这些变化要注意</p><p>好消息！又一批公园即将免费开放</p></div></body></html>`,
    };
  },
  bulletin: (f) => {
    const navigation = ['政府公报', '历史公报', '公报介绍', '投稿须知'];
    const numbers = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    const to = '各区县人民政府，市政府各委办局、各直属单位：';
    const copies = '抄送：市委各部门，市人大常委会办公室，市政协办公室，市法院，市检察院。';
    const lines = f.lines.map((line, i) => `${numbers[i] === undefined ? '' : `${numbers[i]}、`}${line}`);
    return {
      navigation,
      body: [`桐政发〔${f.year}〕${f.day}号`, to, ...lines, '桐庐岭市人民政府', written(f), copies].join('\n'),
      source: `<html>\n<head>\n<title>${f.title}</title>\n</head>\n<body>\n<div>${navigation.map((name) => `<a href="x">${name}</a> `).join('')}</div>\n<div class="gb">桐庐岭市人民政府公报 ${f.year}年第${f.month}期（总第${f.number}期）</div>\n<h2>${f.title}</h2>\n<div>桐政发〔${f.year}〕${f.day}号</div>\n<div>${to}</div>\n${lines.map((line) => `<div>　　${line}</div>`).join('\n')}\n<div align="right">桐庐岭市人民政府　　</div>\n<div align="right">${written(f)}　　</div>\n<div>${copies}</div>\n</body>\n</html>`,
    };
  },
};
