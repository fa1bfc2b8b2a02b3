import { dashed, pad, some, written } from './layout-parts.ts';
import type { Layout } from './layouts.ts';
import { wrapped } from './wrapped.ts';

const outages = [
  ['槐荫里、竹器巷', '阀门更换', '晚十点至次日凌晨四点'],
  ['北仓门以东沿河一带', '管道冲洗', '上午九点到中午'],
  ['铁塔新村十四幢至二十二幢', '水表井改造', '全天，恢复时间另行通知'],
  ['渔业大队宿舍', '漏点抢修', '修好为止'],
];
const donors = [
  '献血前一天不要熬夜，早饭吃点馒头稀饭，别碰油条和肥肉。',
  '护士会先扎一下您的耳垂或者手指，看看血色素够不够。',
  '整个过程也就一刻钟，抽完请坐满十分钟再走，喝一杯糖水。',
  '当天胳膊上不要提重东西，针眼处贴的棉球四个小时以后才可以揭掉。',
  '如果第二天还发晕，请直接拨打站里的值班电话，我们的医生会上门看您。',
];
const tides = [
  ['初三', '04:12', '3.8米', '顺风，可开'],
  ['初四', '04:55', '4.1米', '浪大，视情况'],
  ['初五', '05:31', '4.3米', '停航一班'],
  ['初六', '06:07', '4.2米', '照常'],
];
const memories = [
  '我是一九五一年冬天走的，娘在灶头塞给我两个煮鸡蛋，到了江边还是热的。',
  '那时候哪懂得怕呢？只晓得跟着班长跑，鞋跑掉了一只也不敢停。',
  '“小鬼，把头低下去！”这句话我记了七十年。',
  '回来以后分在农机厂看大门，一看就是三十一年，从来没有跟孩子们讲过这些事。',
  '去年社区的同志来给我照相，我才把那枚章翻出来，别在胸口上，还是亮的。',
];
const prices = [
  ['青菜', '一斤', '2.5', '比上周落了三角'],
  ['鸭蛋（散装）', '十只', '13', '持平'],
  ['黑鱼', '一斤', '16.8', '节前略涨'],
  ['老豆腐', '一板', '9', '摊主自报'],
  ['带骨前腿', '一斤', '14.6', '持平'],
];
const patrol = [
  ['七点四十', '从瞭望台下山，沿防火道走到二号水池，水位正常；'],
  ['九点一刻', '劝返上坟的一家四口，收下打火机两只，给人家写了条子；'],
  ['十一点', '岩口有松枯死，疑似线虫，已挂红绳，待林业站来人；'],
  ['下午两点', '暴晒，风三到四级，和邻村护林员对讲机联络一次；'],
  ['傍晚', '回棚，喂狗，记账。'],
];
const holdings = [
  '民国二十三年县城略图，绢本，有虫蛀',
  '供销社布票存根，共六册，末册缺页',
  '水文站手抄雨量记录，自建站起，未曾间断',
  '县中毕业合影，背面有全体姓名',
];

/** Layouts that are held back: nothing is set on them, and nobody reads what fails. */
export const unseenLayouts: Readonly<Record<string, Layout>> = {
  outages: (f) => {
    const navigation = ['停水公告', '水质', '缴费网点', '户表报装'];
    const rows = some(outages, f, 4);
    const closing = '请提前储水，给您带来的不便敬请谅解！';
    return {
      navigation,
      body: [...f.lines, closing].join('\n'),
      source: `<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<title>${f.title} | 柘桥自来水</title>\n</head>\n<body>\n<header>柘桥自来水有限责任公司 <small>抢修热线 96${f.number}</small></header>\n<nav>${navigation.map((name) => `<a href="/${name.length}/">${name}</a>`).join('\n')}</nav>\n<h2>计划停水</h2>\n<dl>\n${rows.map(([where = '', why = '', when = '']) => `<dt>${where}</dt>\n<dd>原因：${why}</dd>\n<dd>时段：${when}</dd>`).join('\n')}\n</dl>\n<h2>${f.title}</h2>\n<p class="when">${written(f)} 编发 供水调度科</p>\n${f.lines.map((line) => `<p>${line}</p>`).join('\n')}\n<p>${closing}</p>\n</body>\n</html>`,
    };
  },
  donors: (f) => {
    const navigation = ['我要献血', '用血报销', '采血点', '荣誉榜'];
    return {
      navigation,
      source: `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>红枣树献血屋</title></head>\n<body>\n<table class="m"><tr>${navigation.map((name) => `<td>${name}</td>`).join('')}</tr></table>\n<h3>第一次来，您要知道</h3>\n<ol>\n${donors.map((line) => `<li>\n${line}\n</li>`).join('\n')}\n</ol>\n<div class="t">${f.title}</div>\n<div class="d">发稿：${dashed(f)}　　阅读 ${f.number} 次</div>\n${f.lines.map((line) => `<div>　　${line}</div>`).join('\n')}\n<div class="b">地址：人民医院门诊楼西侧 周一全天休息<br>预约可加微信 hz${f.number}，备注血型</div>\n</body></html>`,
    };
  },
  ferry: (f) => {
    const navigation = ['班次', '潮水', '包船', '规矩'];
    const rows = some(tides, f, 4);
    return {
      navigation,
      source: `<!doctype html>\n<html>\n<head><meta charset="utf-8"/><title>东门渡口 ${f.month}月潮水与渡船</title></head>\n<body>\n<ul>${navigation.map((name) => `<li><a href="#${name.length}">${name}</a></li>`).join('')}</ul>\n<table border="0" cellpadding="4">\n<tr>\n<th>农历</th>\n<th>高潮</th>\n<th>潮高</th>\n<th>渡船</th>\n</tr>\n${rows.map((row) => `<tr>\n${row.map((cell) => `<td>${cell}</td>`).join('\n')}\n</tr>`).join('\n')}\n</table>\n<h4>${f.title}</h4>\n${f.lines.map((line) => `<p>\n　　${line}\n</p>`).join('\n')}\n<p>船老大 阿炳 电话 139${f.number}0042 风大浪大不勉强</p>\n</body>\n</html>`,
    };
  },
  veterans: (f) => {
    const navigation = ['光荣榜', '口述史', '优待证', '求职'];
    const told = some(memories, f, 5);
    return {
      navigation,
      body: [...told, ...f.lines].join('\n'),
      source: `<!DOCTYPE html>\n<html>\n<head>\n<title>老兵讲述 - 横塘街道退役军人服务站</title>\n<meta charset="utf-8" />\n<meta name="description" content="${f.lines[0]?.slice(0, 40) ?? ''}" />\n</head>\n<body>\n<div class="site"><b>横塘街道退役军人服务站</b></div>\n<div class="menu">${navigation.map((name) => `<span><a href="/t/${name.length}">${name}</a></span>`).join('')}</div>\n<h1>${f.title}</h1>\n<div class="by">讲述人：陆根生（九十三岁） 记录：小田 ${f.year}年冬</div>\n<blockquote>\n${told.map((line) => `<p>${line}</p>`).join('\n')}\n</blockquote>\n<hr />\n${f.lines.map((line) => `<p style="text-indent:2em;">${line}</p>`).join('\n')}\n<div class="end">来稿请寄横塘桥堍7号 邮编 21${f.number} 信封上写“老兵”二字</div>\n</body>\n</html>`,
    };
  },
  market: (f) => {
    const navigation = ['今日菜价', '公平秤', '摊位', '曝光台'];
    const rows = some(prices, f, 5);
    return {
      navigation,
      source: `<HTML>\n<HEAD>\n<TITLE>螺蛳桥农贸市场</TITLE>\n<META http-equiv=Content-Type content="text/html; charset=utf-8">\n</HEAD>\n<BODY>\n<TABLE width="100%">\n<TR>${navigation.map((name) => `<TD align=center><FONT color=white>${name}</FONT></TD>`).join('\n')}</TR>\n</TABLE>\n<CENTER>\n<TABLE border=1>\n<CAPTION>${written(f)}　参考价（元）</CAPTION>\n${rows.map((row) => `<TR><TD>${row.join('</TD><TD>')}</TD></TR>`).join('\n')}\n</TABLE>\n</CENTER>\n<B>${f.title}</B><BR>\n${f.lines.map((line) => `　　${line}<BR>`).join('\n')}\n<P>缺斤少两请找市场办公室，短少一两赔十斤。 值班 老费 ${f.number}分机</P>\n</BODY>\n</HTML>`,
    };
  },
  patrol: (f) => {
    const navigation = ['日志', '火险', '认树', '公约'];
    return {
      navigation,
      source: `<!doctype html>\n<html lang="zh">\n  <head>\n    <meta charset="utf-8" />\n    <title>白茅岭护林日志 第${f.number}天</title>\n  </head>\n  <body>\n    <nav>\n${navigation.map((name) => `      <a href="./${name.length}.html">${name}</a>`).join('\n')}\n    </nav>\n    <section>\n      <h2>${f.year}.${pad(f.month)}.${pad(f.day)} 晴转阴</h2>\n${patrol.map(([when = '', what = '']) => `      <p>\n        <strong>${when}</strong> ${what}\n      </p>`).join('\n')}\n    </section>\n    <section>\n      <h2>${f.title}</h2>\n${f.lines.map((line) => `      <p>\n        ${line}\n      </p>`).join('\n')}\n    </section>\n    <footer>护林员 岳长庚 火警请打 12119 本页由村里文书代录</footer>\n  </body>\n</html>`,
    };
  },
  archive: (f) => {
    const navigation = ['查档', '征集', '编研', '开放目录'];
    const list = some(holdings, f, 4).map((line, i) => `（${i + 1}）${line}`);
    return {
      navigation,
      body: [...f.lines, '新近入藏', ...list].join('\n'),
      source: `<html>\n<head><meta charset="utf-8"><title>汶水县档案馆--${f.title}</title></head>\n<body>\n<div id="nav">${navigation.map((name) => `<a href="${name.length}.asp">${name}</a>`).join('　')}</div>\n<div class="pos">首页 → 编研 → 正文</div>\n<h1>${f.title}</h1>\n<div>${dashed(f)} 【打印】 【纠错】 浏览：${f.number}</div>\n<pre>\n${f.lines.map((line) => wrapped(line, { width: 56, indent: 4, hanging: true }).join('\n')).join('\n\n')}\n</pre>\n<h5>新近入藏</h5>\n${list.map((line) => `${line}<br />`).join('\n')}\n<div class="foot">查档须带身份证 周三下午闭馆学习 县府大院6号楼</div>\n</body>\n</html>`,
    };
  },
};
