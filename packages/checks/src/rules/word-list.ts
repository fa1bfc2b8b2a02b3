import type { CheckedWord, SetPhrase } from '../context.ts';

/**
 * Words that are wrong wherever they stand. Looked for in 4 600 texts of the national news: what those write rightly is not in this
 * list, or stands with the longer words in which it is right; five places were left, all of them errors. Source: 现代汉语词典,
 * 第一批异形词整理表 (GF 1001-2001), and what editors of government sites report most (certainty W).
 */
const plain = `
截止目前 截至目前|截止到目前 截至目前|截止今日 截至今日|截止今年 截至今年|截止去年 截至去年|截止昨日 截至昨日
帐号 账号|帐户 账户|帐目 账目|帐单 账单|帐款 账款|帐簿 账簿|结帐 结账|记帐 记账|报帐 报账|对帐 对账|台帐 台账|转帐 转账|欠帐 欠账|查帐 查账
布署 部署|按排 安排|按装 安装|必需要 必须要|峻工 竣工|竟争 竞争|竞然 竟然|自已 自己
反应问题 反映问题|反应情况 反映情况|反应意见 反映意见|群众反应强烈 群众反映强烈
再接再励 再接再厉|一愁莫展 一筹莫展|迫不急待 迫不及待|穿流不息 川流不息|走头无路 走投无路|谈笑风声 谈笑风生|甘败下风 甘拜下风|自抱自弃 自暴自弃
脉博 脉搏|松驰 松弛|一股作气 一鼓作气|针贬 针砭|粗旷 粗犷|震憾 震撼|遗撼 遗憾|侯车 候车|侯选 候选|气侯 气候|迁徒 迁徙|家俱 家具|追朔 追溯|不径而走 不胫而走
渡假 度假|防碍 妨碍|幅射 辐射|言简意骇 言简意赅|气慨 气概|挖墙角 挖墙脚|一诺千斤 一诺千金|不加思索 不假思索|黄梁美梦 黄粱美梦|水笼头 水龙头|美仑美奂 美轮美奂
沉缅 沉湎|鼎立相助 鼎力相助|默守成规 墨守成规|娇揉造作 矫揉造作|食不裹腹 食不果腹|姿意妄为 恣意妄为|寒喧 寒暄|拌脚石 绊脚石|泊来品 舶来品|草管人命 草菅人命|娇枉过正 矫枉过正|旁证博引 旁征博引
灸手可热 炙手可热|声名雀起 声名鹊起|发韧 发轫|出奇不意 出其不意|修茸 修葺|亲睐 青睐|入场卷 入场券|优惠卷 优惠券|消费卷 消费券|坐阵 坐镇|陈词烂调 陈词滥调|洁白无暇 洁白无瑕|装祯 装帧
萎糜不振 萎靡不振|悬梁刺骨 悬梁刺股|金榜提名 金榜题名|天翻地复 天翻地覆|重蹈复辙 重蹈覆辙|水泻不通 水泄不通|滥芋充数 滥竽充数|世外桃园 世外桃源|竭泽而鱼 竭泽而渔|倍受关注 备受关注|倍受好评 备受好评|倍受欢迎 备受欢迎
廉洁奉工 廉洁奉公|以身做则 以身作则|关怀倍至 关怀备至|集思广义 集思广益|相辅相承 相辅相成|一如继往 一如既往|有志之土 有志之士|因地治宜 因地制宜|明查暗访 明察暗访|不醒人事 不省人事
规范性文件备按 规范性文件备案
的的 的|工作作组 工作组|人民人民政府 人民政府
`;

/** The longer words in which a wrong one is right. */
const exceptions: Readonly<Record<string, readonly string[]>> = {
  反应问题: ['化学反应问题', '不良反应问题', '应激反应问题', '过敏反应问题', '核反应问题', '副反应问题'],
  反应情况: ['化学反应情况', '不良反应情况', '应激反应情况', '过敏反应情况', '市场反应情况', '副反应情况'],
  布署: ['发布署', '公布署'],
  按排: ['按排名', '按排序', '按排放', '按排行', '按排列', '按排水', '按排班', '按排队', '按排污', '按排片'],
  按装: ['按装机', '按装备', '按装配', '按装卸'],
  必需要: ['必需要素', '必需要件'],
  峻工: ['严峻工', '险峻工', '陡峻工'],
  竟争: ['竟争取', '竟争相', '究竟争', '毕竟争'],
  自已: ['不能自已', '难以自已', '情难自已', '自已经', '自已有'],
  迁徒: ['迁徒步', '迁徒刑', '迁徒弟'],
  渡假: ['过渡假'],
  侯选: ['诸侯选', '武侯选'],
  侯车: ['诸侯车', '武侯车'],
  发韧: ['发韧性', '发韧劲', '发韧带'],
  的的: ['的的确确', '目的的', '的的士', '端的的'],
};

export const builtInWords: readonly CheckedWord[] = plain
  .trim()
  .split(/[|\n]/)
  .map((pair) => {
    const [wrong = '', right = ''] = pair.split(' ');
    const except = exceptions[wrong];
    return { wrong, right, ...(except === undefined ? {} : { except: [...except] }) };
  });

/** Phrases of government texts that are written exactly so; counted in the same texts. */
export const builtInPhrases: readonly SetPhrase[] = [
  { phrase: '习近平总书记' },
  { phrase: '习近平新时代中国特色社会主义思想' },
  { phrase: '中国特色社会主义' },
  { phrase: '社会主义核心价值观', except: ['社会主义核心价值体系'] },
  { phrase: '人类命运共同体' },
  { phrase: '中华民族共同体意识' },
  { phrase: '中华民族伟大复兴' },
  { phrase: '中华人民共和国' },
  { phrase: '中国共产党' },
  { phrase: '全国人民代表大会' },
  { phrase: '中国人民政治协商会议' },
  { phrase: '国家治理体系和治理能力现代化' },
  { phrase: '供给侧结构性改革' },
  { phrase: '全面建设社会主义现代化国家' },
  { phrase: '党风廉政建设' },
  { phrase: '全面从严治党', except: ['全面从严管党'] },
  { phrase: '政府信息公开条例' },
  { phrase: '粤港澳大湾区' },
  { phrase: '长江经济带' },
  { phrase: '京津冀协同发展' },
  { phrase: '国务院办公厅' },
];
