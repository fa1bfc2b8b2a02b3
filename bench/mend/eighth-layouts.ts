import type { Facts, Layout } from './layouts.ts';
import { pad, written } from './layout-parts.ts';
import { wrapped } from './wrapped.ts';

const date = ({ year, month, day }: Facts): string => `${year}/${pad(month)}/${pad(day)}`;
const list = (names: readonly string[]): string => names.map((name) => `<li><a href="#">${name}</a></li>`).join('\n');
const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** Layouts that were held back once, a few with lines broken by hand; calibration was fitted on them among others. */
export const eighthLayouts: Readonly<Record<string, Layout>> = {
  dispatch: (f) => {
    const navigation = ['本社简介', '时政', '经济', '社会', '图片库'];
    const paragraphs = f.lines.map((line) => wrapped(line, { width: 66, indent: 4, hanging: true }));
    return {
      navigation,
      source: `<html>\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n<title>${f.title}--云台通讯社</title>\n</head>\n<body>\n<table width="760"><tr>${navigation.map((name) => `<td><a href="/${name.length}.htm">${name}</a></td>`).join('\n')}</tr></table>\n<div align="center"><font size="5"><b>${f.title}</b></font></div>\n<div align="center">云台通讯社 ${written(f)} 第${f.number}号稿</div>\n<div class="zw">\n${paragraphs.map((lines) => `　　${lines.join('\n<br>')}`).join('\n<br>\n')}\n<br>（完）\n</div>\n<div align="center">云台通讯社 地址：云台市东街${f.day}号</div>\n</body>\n</html>`,
      body: [...f.lines, '（完）'].join('\n'),
    };
  },
  minutes: (f) => {
    const navigation = ['局务会议', '政策文件', '人事任免', '联系方式'];
    const lines = f.lines.map((line, i) => `${numerals[i] ?? ''}${numerals[i] ? '、' : ''}${line}`);
    const present = ['主 持：局长 冯建新', '出 席：局领导班子成员', '记 录：杨晓'];
    return {
      navigation,
      body: [...present, ...lines].join('\n'),
      source: `<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>会议纪要 ${f.title}</title>\n</head>\n<body>\n<ul class="m">\n${list(navigation)}\n</ul>\n<div class="tt">${f.title}</div>\n<div class="tm">时 间：${written(f)} 地 点：局三楼会议室</div>\n<div class="txt">\n${[...present, ...lines].map((line) => `<p style="text-indent:2em">${line}</p>`).join('\n')}\n</div>\n<div class="bt">昌河市交通运输局 | 0756-6${f.number}330 | 昌河市滨江路${f.day}号</div>\n</body>\n</html>`,
    };
  },
  memo: (f) => {
    const navigation = ['学院主页', '教务通知', '学生工作', '招生就业'];
    const paragraphs = f.lines.map((line) => wrapped(line, { width: 76 }).join('\n'));
    return {
      navigation,
      source: `<HTML>\n<HEAD><TITLE>${f.title}</TITLE>\n<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=utf-8">\n</HEAD>\n<BODY BGCOLOR="#FFFFFF">\n<P>${navigation.map((name) => `[<A HREF="#">${name}</A>]`).join(' ')}\n<HR>\n<H3>${f.title}</H3>\n<P>发布人: 教务处 发布日期: ${date(f)}\n<P>\n${paragraphs.join('\n<P>\n')}\n<HR>\n<ADDRESS>东湖学院教务处 电话 0278-6${f.number}</ADDRESS>\n</BODY>\n</HTML>`,
    };
  },
  faq: (f) => {
    const navigation = ['热线首页', '知识库', '诉求公开', '数据分析'];
    const [question = '', ...answer] = f.lines;
    return {
      navigation,
      body: [question, ...answer].join('\n'),
      source: `<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>${f.title}_知识库_12345热线</title></head>\n<body>\n<header><ul>${list(navigation)}</ul></header>\n<div class="crumb">热线首页 &gt; 知识库 &gt; 正文</div>\n<h1>${f.title}</h1>\n<div class="q"><i>问</i>\n<div>${question}</div>\n</div>\n<div class="a"><i>答</i>\n${answer.map((line) => `<div>${line}\n</div>`).join('\n')}\n</div>\n<div class="meta"><span>更新：${date(f)}</span> <span>浏览：${f.number}</span> <span>答复单位：市医疗保障局</span></div>\n<div class="vote">这条回答对您有帮助吗？ <a href="#">有帮助</a> <a href="#">没帮助</a></div>\n<footer>海安市12345政务服务便民热线 版权所有</footer>\n</body></html>`,
    };
  },
  museum: (f) => {
    const navigation = ['参观', '展览', '藏品', '教育', '关于我们'];
    return {
      navigation,
      source: `<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${f.title} | 琴川博物馆 Qinchuan Museum</title></head><body><header><div class="brand">琴川博物馆 <small>Qinchuan Museum</small></div><nav>${navigation.map((name) => `<a href="/x">${name}</a>`).join(' / ')}</nav></header><main><article><header><p class="kicker">馆讯 News</p><h1>${f.title}</h1><p class="date"><time>${date(f)}</time> · 阅读 ${f.number}</p></header>${f.lines.map((line) => `\n  <p>\n    ${line}\n  </p>`).join('')}\n</article></main><footer><p>开放时间：周二至周日 9:00—17:00（16:30停止入馆）</p><p>地址：琴川市书台路${f.day}号 预约电话：0512-5${f.number}77</p></footer></body></html>`,
    };
  },
  village: (f) => {
    const navigation = ['村情', '党务', '村务', '财务', '便民'];
    const spent = [
      ['项目', '金额', '经手人'],
      ['道路养护', `${f.number}元`, '邓国强'],
      ['路灯电费', `${f.day * 31}元`, '何秀兰'],
    ];
    return {
      navigation,
      body: [...f.lines, ...spent.flat()].join('\n'),
      source: `<html>\n<head>\n<title>${f.title}-清水塘村</title>\n<meta charset="utf-8">\n</head>\n<body>\n<div id="menu">\n${navigation.map((name) => `<span>${name}</span>`).join('\n')}\n</div>\n<h2>${f.title}</h2>\n<p class="s">公开时间 ${written(f)}  监督电话 0731-8${f.number}22</p>\n<div class="c">\n${f.lines.map((line) => `　　${line}<br/>`).join('\n')}\n<table border="1">\n${spent.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')}\n</table>\n</div>\n<p>清水塘村村民委员会\n<br>${written(f)}</p>\n</body>\n</html>`,
    };
  },
  warning: (f) => {
    const navigation = ['天气预报', '预警信号', '气候公报', '科普园地'];
    const facts = [`预警编号：QX${f.year}${pad(f.month)}${f.number}`, '预警级别：蓝色', '影响区域：沿江各乡镇'];
    return {
      navigation,
      body: [...facts, ...f.lines].join('\n'),
      source: `<!DOCTYPE html>\n<html><head><meta charset="UTF-8"/><title>${f.title}</title><meta name="description" content="${f.lines[0]?.slice(0, 45) ?? ''}"/></head>\n<body class="warn">\n<div class="nav">${navigation.map((name) => `<a href="#" title="${name}">${name}</a>`).join('|')}</div>\n<div class="title">${f.title}</div>\n<div class="info">${written(f)} ${pad(f.day % 24)}时${pad(f.month)}分 澜江县气象台</div>\n<div class="detail">\n<ul>\n${facts.map((fact) => `<li>${fact}</li>`).join('\n')}\n</ul>\n${f.lines.map((line) => `<div class="para"><span>${line}</span></div>`).join('\n')}\n</div>\n<div class="sign">签发：许志明 值班：罗敏 </div>\n<div class="foot">澜江县气象局 主办<br>技术支持：澜江县信息中心 滇ICP备1200${f.number}号</div>\n</body></html>`,
    };
  },
};
