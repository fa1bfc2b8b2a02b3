import type { Layout } from './layouts.ts';
import { dashed, pad, some, written } from './layout-parts.ts';
import { wrapped } from './wrapped.ts';

const menu = [
  ['周一', '番茄炒蛋、清炒豆芽', '紫菜虾皮汤'],
  ['周二', '土豆烧牛腩、蒜蓉油麦菜', '冬瓜汤'],
  ['周三', '香菇滑鸡、麻婆豆腐（微辣）', '玉米面糊'],
  ['周四', '红烧带鱼、手撕包菜', '萝卜排骨汤'],
  ['周五', '肉末茄子、凉拌黄瓜', '绿豆沙'],
];
const parents = [
  '亲爱的家长朋友：',
  '孩子们又长高了一截，书包也该换大一号的了。',
  '请不要让孩子带贵重的玩具和零钱来园，也不要把感冒药塞在书包里，要吃药请交给校医并写明时间。',
  '早上八点一刻以后大门就关了，迟到的小朋友由保安叔叔领进教室。',
  '接送孩子的卡丢了，当天就要来补，五块钱一张。',
  '谢谢您的体谅！',
];
const postHead = ['岗位', '人数', '条件'];
const posts = [
  ['护士', '3名', '大专及以上学历，持有护士执业证，能上夜班'],
  ['管网巡查员', '2名', '熟悉老城街巷，会骑电动车，年龄不超过50周岁'],
  ['窗口导办员', '1名', '普通话流利，懂一点手语者优先'],
  ['水上救生员', '4名', '持初级救生员证，汛期须住宿'],
];
const steps = [
  '苗床选背风向阳的地块，翻耕两遍，拣净石头和草根；',
  '种子用温水泡六个小时，捞出来拌上草木灰；',
  '盖一指厚的细土，再铺一层稻草保湿；',
  '出苗七成时揭去稻草，傍晚揭，别在大中午揭；',
  '两片真叶时间苗，留壮去弱，株距三寸。',
];
const reading = [
  '作者写外婆的那一章最耐读：“她把盐罐子捂在怀里，好像捂着一只刚出壳的小鸡。”',
  '我读到这里停了好久，窗外正下着雨。',
  '全书没有一句喊口号的话，却让人明白什么叫做“把日子过下去”。',
  '要说不足，后三章略嫌匆忙，人物一多，线头就散了；尤其是哑巴裁缝的结局，交代得太轻。',
  '推荐给喜欢《城南旧事》的朋友。',
];
const question = [
  '我家住在油坊弄十二号，楼下烧烤摊从傍晚吵到后半夜，油烟直往窗户里灌，老人咳得睡不着。',
  '打过两回电话，来人看一看就走，第二天照旧。',
  '到底归谁管？能不能给个准话？',
];
const answer = {
  greeting: '佟女士您好！您反映的问题收悉，现答复如下：',
  thanks: '感谢您的监督。',
  signature: '鼓楼区城管局',
};
const tickets = [
  ['成人 Adult', '45元', '凭身份证入园'],
  ['学生 Student', '22元', '全日制在校生，不含研究生'],
  ['老人 Senior', '免费', '年满六十周岁，须带证件'],
];
const appeal = '当事人不服的，可以自收到决定书之日起六十日内申请行政复议，也可以在六个月内依法提起诉讼。';
const offenceHead = ['当事人', '案由', '处理结果'];
const offences = [
  ['刘*军', '占道堆放沙石', '责令改正，罚款二百元'],
  ['临溪顺发建材经营部', '未采取防尘措施', '罚款伍仟元整'],
];

/** Layouts that were held back once; what failed on them was read. */
export const tenthLayouts: Readonly<Record<string, Layout>> = {
  kindergarten: (f) => {
    const navigation = ['园所简介', '一周食谱', '亲子园地', '招生'];
    const week = some(menu, f, 5);
    return {
      navigation,
      body: [...f.lines, '本周食谱', ...week.flat()].join('\n'),
      source: `<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8" />\n<title>小白鹭幼儿园</title>\n</head>\n<body>\n<ul class="menu">${navigation.map((name) => `<li><a href="/${name.length}/">${name}</a></li>`).join('')}</ul>\n<div class="letter">\n${parents.map((line) => `<p>${line}</p>`).join('\n')}\n</div>\n<h3>${f.title}</h3>\n${f.lines.map((line) => `<p>　　${line}</p>`).join('\n')}\n<table class="food">\n<caption>本周食谱</caption>\n${week.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')}\n</table>\n<p class="foot">园长信箱：bailu${f.number}@example.org 门房电话：8${f.number}06</p>\n</body>\n</html>`,
    };
  },
  vacancies: (f) => {
    const navigation = ['人才引进', '事业单位', '公益岗位', '结果公示'];
    const terms = f.lines.map(
      (line, i) => `（${['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'][i] ?? '其他'}）${line}`,
    );
    const rows = some(posts, f, 4);
    const where = `报名地点：县人力资源市场二楼三号窗口 咨询：0571-6${f.number}33（上班时间）`;
    return {
      navigation,
      body: [...terms, '附：岗位一览', ...postHead, ...rows.flat(), where].join('\n'),
      source: `<html>\n<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"/><title>${f.title}_临溪人才网</title></head>\n<body>\n<div class="top">${navigation.map((name) => `<a href="#">${name}</a>`).join(' | ')}</div>\n<h1>${f.title}</h1>\n<div class="sub">发布单位：临溪县人社局<span>发布时间：${written(f)}</span></div>\n<div class="text">\n${terms.map((line) => `<p style="margin:0">${line}</p>`).join('\n')}\n<p>　　附：岗位一览</p>\n</div>\n<table>\n<tr>${postHead.map((cell) => `<th>${cell}</th>`).join('')}</tr>\n${rows.map((row) => `<tr>\n${row.map((cell) => `<td>${cell}</td>`).join('\n')}\n</tr>`).join('\n')}\n</table>\n<p>${where}</p>\n</body>\n</html>`,
    };
  },
  farming: (f) => {
    const navigation = ['农时', '植保', '畜牧', '行情', '问专家'];
    const signature = `乡农技站　老曲　${dashed(f)}`;
    return {
      navigation,
      body: [...f.lines, signature].join('\n'),
      source: `<HTML><HEAD><META charset=utf-8><TITLE>农技一点通 ${f.title}</TITLE></HEAD>\n<BODY>\n<P>${navigation.map((name) => `<A href="${name.length}.html">${name}</A>`).join('&nbsp;&nbsp;')}</P>\n<H2>芦笋育苗五步</H2>\n<OL>\n${steps.map((line) => `<LI>${line}`).join('\n')}\n</OL>\n<H2>${f.title}</H2>\n<DIV>${f.lines.map((line) => `&nbsp;&nbsp;${line}<BR>`).join('\n')}</DIV>\n<HR>\n<P align=right>${signature}</P>\n</BODY></HTML>`,
    };
  },
  bookshelf: (f) => {
    const navigation = ['新书架', '读者来信', '活动预告', '馆藏查询'];
    return {
      navigation,
      body: [...reading, ...f.lines].join('\n'),
      source: `<!doctype html>\n<html><head><meta charset="utf-8"><title>枕河图书馆 · 读书笔记</title><meta name="keywords" content="读书,书评,枕河"></head>\n<body>\n<header><h2>枕河图书馆</h2><nav>${navigation.map((name) => `<a href="?p=${name.length}">${name}</a>`).join('\n')}</nav></header>\n<article>\n<h1>${f.title}</h1>\n<p class="m">读者 柏舟 ${f.month}月${f.day}日 来稿 约${f.number}字</p>\n${reading.map((line) => `<p>${line}</p>`).join('\n')}\n<section>\n${f.lines.map((line) => `<p>\n${wrapped(line, { width: 64, hanging: true }).join('\n')}\n</p>`).join('\n')}\n</section>\n</article>\n<footer>借阅时间 8:30 至 20:00（周一闭馆） 还书箱在北门左手边</footer>\n</body></html>`,
    };
  },
  mailbox: (f) => {
    const navigation = ['我要写信', '信件选登', '办理统计'];
    return {
      navigation,
      body: [...question, answer.greeting, ...f.lines, answer.thanks, answer.signature].join('\n'),
      source: `<html>\n<head>\n<title>信件选登-区长信箱</title>\n<meta charset="utf-8">\n</head>\n<body>\n<div id="nav"><ul>\n${navigation.map((name) => `<li>${name}</li>`).join('\n')}\n</ul></div>\n<table class="xj">\n<tr><td>编 号</td><td>QZ${f.year}${f.number}</td></tr>\n<tr><td>来信人</td><td>佟女士</td></tr>\n<tr><td>标 题</td><td>${f.title}</td></tr>\n<tr><td>来信时间</td><td>${written(f)}</td></tr>\n<tr><td valign="top">内 容</td><td>${question.join('<br>')}</td></tr>\n</table>\n<div class="hf">\n<b>回复：</b>\n<p>${answer.greeting}</p>\n${f.lines.map((line) => `<p>　　${line}</p>`).join('\n')}\n<p>　　${answer.thanks}</p>\n<p align="right">${answer.signature}</p>\n</div>\n<div class="pj">满意 <b>${f.day}</b> 一般 <b>${f.month}</b> 不满意 <b>0</b></div>\n</body>\n</html>`,
    };
  },
  wetland: (f) => {
    const navigation = ['看鸟', '坐船', '吃饭', '怎么来'];
    const hints = [
      `停车场：东门 ${f.number} 个车位，小车每小时4元`,
      '船票另购：手摇船60元/条，限坐6人',
      '风力六级以上停航，请提前看公告',
    ];
    return {
      navigation,
      body: [...f.lines, ...tickets.flat(), ...hints].join('\n'),
      source: `<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>沙鸥湿地 Sha'ou Wetland - ${f.title}</title></head><body><div class="hero"><h1>沙鸥湿地</h1><p>一年四季都有鸟，九月最多。</p></div><nav>${navigation.map((name) => `<a href="#${name.length}">${name}</a>`).join('')}</nav><main><h2>${f.title}</h2>${f.lines.map((line) => `<p>${line}</p>`).join('')}<table>${tickets.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table><ul>${hints.map((hint) => `<li>${hint}</li>`).join('')}</ul></main><footer>售票处 0513-6${f.number}80<br>更新于 ${dashed(f)}</footer></body></html>`,
    };
  },
  penalties: (f) => {
    const navigation = ['执法公示', '权责清单', '法规库'];
    return {
      navigation,
      body: [...f.lines, ...offenceHead, ...offences.flat(), appeal].join('\n'),
      source: `<!doctype html>\n<html>\n  <head>\n    <meta charset="utf-8">\n    <title>行政处罚公示（${f.year}年第${f.number}号）</title>\n  </head>\n  <body>\n    <div class="crumb">您所在的位置：首页&gt;&gt;执法公示&gt;&gt;正文</div>\n    <div class="left">\n${navigation.map((name) => `      <a href="/zf/${name.length}">${name}</a>`).join('\n')}\n    </div>\n    <h2>${f.title}</h2>\n    <div class="info">索引号：LX-${f.number}-${pad(f.day)}　　主题分类：综合执法　　公开日期：${dashed(f)}</div>\n${f.lines.map((line) => `    <p>\n      ${line}\n    </p>`).join('\n')}\n    <table>\n      <tr>${offenceHead.map((cell) => `<th>${cell}</th>`).join('')}</tr>\n${offences.map((row) => `      <tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')}\n    </table>\n    <p>${appeal}</p>\n    <div class="copy">临溪县综合行政执法局 承办科室：法制科 复核：简宁</div>\n  </body>\n</html>`,
    };
  },
};
