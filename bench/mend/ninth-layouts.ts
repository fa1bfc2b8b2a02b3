import type { Facts, Layout } from './layouts.ts';
import { pad, some, written } from './layout-parts.ts';
import { brokenAtWill, wrapped } from './wrapped.ts';

const date = ({ year, month, day }: Facts): string => `${year}.${pad(month)}.${pad(day)}`;

const asked = [
  '问：您当初为什么会想到回村里开这家豆腐坊？',
  '问：头一年亏了多少钱，家里人没有拦着您吗？',
  '问：听说您每天凌晨三点就起床，现在还是这样？',
  '问：年轻徒弟肯不肯学，留得住吗？',
  '问：往后有什么打算？',
];
const answered = [
  '答：哪有什么想不想的，老人做了一辈子，我不接手，这门手艺就断了。',
  '答：亏！锅烧穿了两口，豆子泡酸了七八缸，媳妇气得回了娘家……后来总算摸着了门道。',
  '答：改不了啦，点卤要赶在天亮前，晚了就老。',
  '答：来过十一个，剩下两个，一个还是我外甥呢！',
  '答：先把后院那间屋子翻修一下，让娃娃们能进来看看豆子怎么变成豆腐，别的慢慢再说。',
];
const recipe = [
  '莲子提前一晚用凉水泡上，去芯；',
  '冰糖别放早了，莲子不烂先放糖，怎么煮都是硬的；',
  '小火慢炖四十分钟左右，汤面起一层薄皮就差不多了；',
  '关火后焖一刻钟，撒几粒枸杞；',
  '血糖高的街坊，糖减半或者干脆不放。',
];
const verses = [
  '槐花落满井台边，',
  '阿婆摇扇数流年。',
  '谁家小犬吠新客，',
  '原是外孙放学还。',
  '灶上粥香三两碗，',
  '墙头月白一弯船。',
];
const lessons = [
  ['星期一', '木工（刨花板认识）', '活动室乙'],
  ['星期二', '太极扇入门', '天台'],
  ['星期三', '手机拍照与修图', '二楼东侧'],
  ['星期四', '古琴小班（限八人）', '听雨轩'],
  ['星期五', '合唱排练：《渔光曲》', '礼堂'],
];
const stops = ['汽车东站', '梧桐里', '纺织厂宿舍', '柳荫桥北', '二十三中', '鱼市口', '轮渡码头'];
const advice = [
  '孩子发热三十八度五以下、精神还好的，先不急着用药，多喝水，穿少一点。',
  '退烧药两次之间至少隔六小时，一天别超过四回，两种药更不要轮着吃。',
  '出现抽搐、嗜睡、嘴唇发紫、尿明显减少，哪一样都别等天亮，马上来急诊。',
  '捂汗退烧是老办法，也是错办法。',
  '疫苗打完当天可以洗澡，针眼别使劲搓就行。',
];
const auctionHead = ['品名', '数量', '瑕疵说明'];
const auctions = [
  ['旧课桌椅', '一百二十套', '八成新，少数抽屉缺把手'],
  ['柴油发电机', '壹台', '闲置三年，须自行拆运'],
  ['废旧图书', '约两吨', '不拆零，不议价'],
];

/** Layouts that were held back once; what failed on them was read, and ranking was set on them among others. */
export const ninthLayouts: Readonly<Record<string, Layout>> = {
  interview: (f) => {
    const navigation = ['匠人', '老街', '味道', '影集'];
    const talk = asked.flatMap((question, i) => [question, answered[i] ?? '']);
    return {
      navigation,
      body: [...talk, ...f.lines, '（未完待续）'].join('\n'),
      source: `<!doctype html>\n<html>\n<head>\n<meta charset="utf-8"/>\n<title>${f.title}｜青石巷口述</title>\n</head>\n<body>\n<div class="masthead">青石巷口述 <i>第${f.number}期</i></div>\n<div class="tags">${navigation.map((name) => `#${name}`).join(' ')}</div>\n<h1>${f.title}</h1>\n<p class="by">口述／邱满仓 整理／阿宽 ${date(f)}</p>\n${talk.map((line) => `<p><b>${line.slice(0, 2)}</b>${line.slice(2)}</p>`).join('\n')}\n<hr/>\n<blockquote>\n${f.lines.map((line) => `<p>${line}</p>`).join('\n\n')}\n</blockquote>\n<p class="end">（未完待续）</p>\n<p class="cp">转载请先打声招呼 ／ 投稿 ${f.number}@example.org</p>\n</body>\n</html>`,
    };
  },
  clinic: (f) => {
    const navigation = ['挂号', '专家', '科普', '医保', '地图'];
    const tips = some(advice, f, 4);
    return {
      navigation,
      source: `<html>\n<head><title>儿科夜门诊小贴士</title><meta http-equiv="content-type" content="text/html;charset=utf-8"></head>\n<body style="margin:0">\n<table width="100%"><tr>${navigation.map((name) => `<td align=center><a href=?m=${name.length}>${name}</a>`).join('\n')}\n</table>\n<font color=red>夜门诊 17:30 起放号</font><br>\n<dl>\n${tips.map((line, i) => `<dt>贴士${i + 1}\n<dd>${line}`).join('\n')}\n</dl>\n<h4>${f.title}</h4>\n<ol>\n${f.lines.map((line) => `<li>${line}\n`).join('')}</ol>\n<center>河埠街社区卫生服务中心 值班电话 ${f.number}-120 审稿：儿科 葛红 ${written(f)}</center>\n</body>\n</html>`,
    };
  },
  timetable: (f) => {
    const navigation = ['线路', '换乘', '失物', '投诉'];
    const cells = stops.map((stop, i) => [stop, `6:${pad(10 + i * 3)}`, `21:${pad(5 + i * 3)}`]);
    return {
      navigation,
      source: `<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>${f.number}路 ${f.title}</title></head><body><aside><ul>${navigation.map((name) => `<li><button>${name}</button></li>`).join('')}</ul></aside><section><h2>${f.number}路（${stops[0] ?? ''} → ${stops.at(-1) ?? ''}）</h2><table><thead><tr><th>站名</th><th>首班</th><th>末班</th></tr></thead><tbody>${cells.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')}</tbody></table><p class="warn">逢墟日（初三、初八）鱼市口不停靠，请改在柳荫桥北下车！</p></section><section><h2>${f.title}</h2><div>${f.lines.map((line) => `${line}<br/><br/>`).join('\n')}</div></section><footer><span>客服 ${f.number}0</span><span>${date(f)} 起执行</span><span>公交二公司调度室</span></footer></body></html>`,
    };
  },
  almanac: (f) => {
    const navigation = ['封面', '卷首', '正编', '跋'];
    const text = f.lines.map((line) => wrapped(line, { width: 48, indent: 4, hanging: true }).join('\n'));
    return {
      navigation,
      body: [...f.lines, ...verses].join('\n'),
      source: `<html><head><meta charset=utf-8><title>《柳溪旧事》卷${f.month}</title></head><body bgcolor=#fffef0>\n${navigation.map((name) => `<a href=${name.length}.htm>${name}</a>`).join('　')}\n<h3>${f.title}</h3>\n<pre>\n${text.map((piece) => `　　${piece}`).join('\n\n')}\n</pre>\n<p align=center>\n${verses.map((verse) => `${verse}<br>`).join('\n')}\n</p>\n<p align=right>里人 潘守拙 校<br>\n${f.year}年岁次重刊\n</p></body></html>`,
    };
  },
  evening: (f) => {
    const navigation = ['课表', '名师', '作品墙', '报名'];
    const rows = some(
      lessons.map((row) => row.join('｜')),
      f,
      5,
    ).map((row) => row.split('｜'));
    return {
      navigation,
      source: `<!DOCTYPE html>\n<html>\n\t<head>\n\t\t<meta charset="utf-8">\n\t\t<title>老年大学夜校</title>\n\t</head>\n\t<body>\n\t\t<div id="app">\n\t\t\t<div class="tab">\n${navigation.map((name) => `\t\t\t\t<span class="t">${name}</span>`).join('\n')}\n\t\t\t</div>\n\t\t\t<table>\n${rows.map((row) => `\t\t\t\t<tr>\n${row.map((cell) => `\t\t\t\t\t<td>\n\t\t\t\t\t\t${cell}\n\t\t\t\t\t</td>`).join('\n')}\n\t\t\t\t</tr>`).join('\n')}\n\t\t\t</table>\n\t\t\t<div class="say">\n\t\t\t\t<strong>${f.title}</strong>\n${f.lines.map((line) => `\t\t\t\t<p>\n\t\t\t\t\t${line}\n\t\t\t\t</p>`).join('\n')}\n\t\t\t</div>\n\t\t\t<div class="foot">\n\t\t\t\t教务：小蒋（微信同号） 余额 ${f.day} 位\n\t\t\t</div>\n\t\t</div>\n\t</body>\n</html>`,
    };
  },
  auction: (f) => {
    const navigation = ['标的', '竞价', '成交', '保证金'];
    const terms = f.lines.map((line, i) => `${i + 1}) ${line}`);
    const viewing = `看样时间：${written(f)}上午九时整，过时不候；看样人：老秦。`;
    return {
      navigation,
      body: [...auctionHead, ...auctions.flat(), ...terms, viewing].join('\n'),
      source: `<!doctype html><html><head><meta charset="utf-8"><title>处置闲置资产 - ${f.title}</title></head>\n<body>\n<div class="b">${navigation.map((name) => `<em>${name}</em>`).join('<i>/</i>')}</div>\n<div class="no">编号　XZ-${f.number}-${pad(f.day)}　状态　竞价中　围观　${f.number}人</div>\n<table border=1>\n<tr>${auctionHead.map((cell) => `<th>${cell}`).join('')}</tr>\n${auctions.map((row) => `<tr>${row.map((cell) => `<td>${cell}`).join('')}</tr>`).join('\n')}\n</table>\n<div class="xz">\n${terms.map((line) => `<div>${line}</div>`).join('\n')}\n</div>\n<div class="bz">${viewing}</div>\n</body></html>`,
    };
  },
  noticeboard: (f) => {
    const navigation = ['邻里', '二手', '拼车', '寻物'];
    const posts = f.lines.map((line, i) => brokenAtWill(line, 18, 34, f.number + i).join('<br />\n'));
    return {
      navigation,
      source: `<html>\n<head>\n<meta charset="utf-8">\n<title>望湖小区留言板</title>\n</head>\n<body>\n<p>${navigation.map((name) => `【${name}】`).join('')}</p>\n<div class="post">\n<p>3栋李姐： 莲子羹这么煮</p>\n${some(
        recipe,
        f,
        5,
      )
        .map((line) => `<p>${line}</p>`)
        .join(
          '\n',
        )}\n</div>\n<div class="post">\n<p>物业小魏： ${f.title}</p>\n${posts.map((post) => `<p>\n${post}</p>`).join('\n')}\n</div>\n<p class="tip">文明留言 ｜ 置顶 ${f.day} 条 ｜ ${date(f)} 更新</p>\n</body>\n</html>`,
    };
  },
};
