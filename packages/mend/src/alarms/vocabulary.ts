/**
 * Words by which pages taken over for betting and pornography give themselves away.
 *
 * Written by hand for this package. Where the words come from: names of betting sites as they stand in injected titles
 * and anchors of hijacked pages, kinds of betting as public warnings of police and regulators name them, and the words
 * by which such pages call visitors. Certainty: a word of a `certain` list has hardly another use than betting or
 * pornography (or the report about them); a word of an `ambiguous` list is also a company, a place, a cup or a legal
 * lottery and counts only right before a word that calls (`callingWords`, `bettingWords`). Neither counts in a report.
 */
export type Subject = 'gambling' | 'porn';

export interface Term {
  readonly word: string;
  readonly subject: Subject;
  readonly certain: boolean;
  /** How it is meant, when the word is a disguise (another character of the same sound). */
  readonly meant: string;
  /** Text right before or after that makes it another word. */
  readonly notAfter?: RegExp;
  readonly notBefore?: RegExp;
}

const words = (list: string): string[] => list.trim().split(/\s+/);

const certainBrands = words(`
亚博 亚搏 开云体育 云开体育 乐鱼体育 华体会 爱游戏体育 必威体育 必威betway betway bet365 188bet 1xbet 12bet 10bet dafabet betvictor
伟德国际 伟德体育 伟德亚洲 威廉希尔 金宝博 新利体育 新利18 18luck 18新利 明升体育 明升m88 m88明升 大发体育 大发娱乐 大发888 沙巴体育 皇冠现金
澳门皇冠 皇冠足球 皇冠篮球 皇冠娱乐 皇冠体育 新葡京 葡京娱乐 葡京赌场 金沙娱乐 金沙国际 金沙赌场 永利娱乐 永利赌场 永利国际 太阳城娱乐 太阳城集团
申博太阳城 申博娱乐 sunbet 银河娱乐城 银河国际 美高梅娱乐 威尼斯人娱乐 威尼斯人赌场 威尼斯人官网 凯发k8 k8凯发 凯发娱乐 凯发国际 凯发天生赢家
尊龙凯时 凯时娱乐 利来国际 w66利来 龙8国际 long8 优德88 优德体育 w88优德 通博娱乐 千亿国际 乐虎国际 博天堂 乐天堂 环亚娱乐 环亚ag ag环亚 亚游集团 ag亚游 ag真人
九游会 j9九游 南宫28 南宫ng 南宫娱乐 星空体育 米兰体育 半岛体育 爱博体育 天博体育 博鱼体育 博鱼官网 火狐体育 竞博体育 雷火电竞 泛亚电竞
完美体育 金年会 金莎国际 凤凰彩票 欧宝体育 米乐m6 m6米乐 亿濠扑克 亿博体育 亿博娱乐 亚星娱乐 亚星国际 澳博国际 开元棋牌 ky棋牌 大富豪棋牌
乐橙国际 优发国际 优发娱乐 齐发国际 腾博会 腾博国际 鸿运国际 天天彩票 大发快三 大发快3 新濠天地娱乐 宝盈娱乐 多彩奇利 bti体育
开心飞鹰 kok体育 bob体育 od体育 jbo竞博 ob体育 bg视讯 pg电子 pp电子 mg电子 cq9电子 ag旗舰厅 麻将胡了 万博体育 万博manbetx manbetx 韦德体育 韦德国际 立博体育
天博官网 乐动体育 ldsports 七星彩票平台 财神娱乐 恒大娱乐平台 易发游戏 必赢亚洲 必赢国际 bwin 大赢家彩票
杏彩体育 杏彩娱乐 摩登娱乐 恒耀娱乐 天辰娱乐 菲娱国际 傲世皇朝 杏耀娱乐 富贵赌场 澳门银河 澳门新濠天地 澳门威尼斯人 澳门太阳城 新葡萄京 新葡萄新京 葡萄京官网 太阳成集团 太阳集团tyc 太阳城tyc 拉斯维加斯娱乐 维加斯娱乐 赢咖
`);

const certainGames = words(`
百家乐 老虎机 云顶国际 云顶娱乐 赌场平台 开云kaiyun kaiyun开云 kaiyun·开云 开云·kaiyun 亚博yabo 乐鱼leyu leyu乐鱼 爱游戏ayx 澳门六合 新澳资料 新澳免费资料 澳门资料大全 澳门正版资料 管家婆一肖 一肖一码 澳门天天好彩 时时彩 分分彩 北京赛车 北京pk10 北京pk拾 pk10 六合彩 一肖中特 一码中特 平特一肖 幸运飞艇 幸运28 pc蛋蛋 骰宝 抢庄牛牛 百人牛牛 炸金花
水果机 网赌 赌球 赌博网站 赌博网址 赌博平台 赌博游戏 赌博app 赌场网站 赌场网址 网上赌场 线上赌场 在线赌场 赌足球 赌篮球 真人娱乐 真人视讯 真人现金 真人百家乐
真人在线 真人棋牌 现金棋牌 真钱棋牌 真钱游戏 现金网 外围投注 足球外围 外围足球 博彩 菠菜平台 菠菜网 菠菜论坛 买球网 买球app 买球平台 滚球盘 足球盘口 在线娱乐平台 国际娱乐城 性感荷官 美女荷官 真人荷官 在线发牌 首存送 注册送彩金 送彩金 洗码 开户送 计划app 赛车计划 彩票计划 香港马会 马会资料 马会开奖 管家婆特码
新澳门资料 新澳门开奖 澳门开奖 电竞竞猜 电竞投注 体育投注 足球投注 篮球投注 世界杯投注 世界杯买球 世界杯下注 欧洲杯投注 欧洲杯买球 亚洲杯买球 网投平台 `);

const certainPorn = words(`
成人电影 成人视频 成人小说 成人影院 成人网站 成人直播 成人av 成人动漫 av在线 在线av 无码av 无码视频 无码在线 无码高清 无码专区 中文字幕无码 三级片 毛片 激情视频 激情小说
约炮 一夜情 楼凤 援交 裸聊 草榴 麻豆传媒 麻豆视频 91porn 91视频在线 91视频 黄色视频 黄色电影 黄色小说 黄色网站 色情视频 色情直播 色情网站 乱伦 久久精品 久久热 久久综合
国产精品视频 国产精品一区 国产一区二区 亚洲一区二区 欧美一区二区 日韩一区二区 国产自拍 国产无码 国产偷拍 日韩无码 日韩av 欧美av 亚洲av 日韩欧美在线 情色电影 色色网
春药 催情药 迷奸药 高端外围女 外围女 小姐上门 上门小姐 美女上门 包夜 莞式服务 全套按摩 同城约炮 裸体直播 黄色直播 色播 午夜福利 福利姬 porn pornhub xvideos 香蕉视频 亚洲色图 欧美色图 av天堂 成人网址 国产麻豆 黑料吃瓜 吃瓜黑料 免费看黄 黄色软件 草莓视频app 91短视频 国产av 自拍偷拍 `);

const ambiguousBrands = words(`
开云 云开 乐鱼 爱游戏 必威 伟德 立博 韦德 万博 明升 大发 必发 金沙 永利 太阳城 申博 银河 美高梅 威尼斯人 威尼斯 凯发 凯时 尊龙 优德 通博 乐虎 环亚 亚游 九游 南宫 星空 米兰 半岛 江南 爱博
天博 博鱼 火狐 竞博 雷火 泛亚 完美 欧宝 米乐 亿博 亚星 澳博 开元 乐橙 优发 腾博 新濠 新濠天地 皇冠 金莎 凤凰 葡京 维加斯 拉斯维加斯 贵宾会 华体 亚洲集团 永乐 恒大 杏彩 杏耀 万象城
kaiyun yabo leyu huatihui manbet w88 m88 hth ayx k8 jiuyou xingkong milan bandao yaxin
澳门 新澳门 国际 世界杯 欧洲杯 亚洲杯 欧冠 英超 西甲 意甲 德甲 足球 篮球 足球赛事 篮球赛事 电竞 体育 龙虎 牛牛 赛车 夜场 德州扑克 捕鱼 轮盘 斗地主 棋牌 扑克 飞艇 快三 快3 返水 电子游艺 网投 亚盘 娱乐城 吉祥坊 至尊国际 体验金 特码 信誉平台 国际娱乐 在线娱乐 赛事预测 马会 北京pk
彩票 竞彩 体彩 福彩 双色球 大乐透 购彩 好彩 开奖 赌博 赌场 网赚 真人 真人游戏
`);

const ambiguousPorn = words(`人妻 伦理片 成人 黄色 色情 同城 外围 按摩 美女 激情 午夜 无码 情色`);

/** The same sound or nearly the same shape, chosen to pass filters. */
const disguises: Readonly<Record<string, string>> = {
  雅博体育: '亚博体育',
  亚愽: '亚博',
  亚傅体育: '亚博体育',
  压博体育: '亚博体育',
  凯云体育: '开云体育',
  开运体育: '开云体育',
  开芸体育: '开云体育',
  kai云: '开云',
  开yun: '开云',
  乐渔体育: '乐鱼体育',
  le鱼: '乐鱼',
  华体汇: '华体会',
  华体绘: '华体会',
  百家楽: '百家乐',
  百佳乐: '百家乐',
  百加乐: '百家乐',
  老唬机: '老虎机',
  老虎叽: '老虎机',
  时时采: '时时彩',
  吋吋彩: '时时彩',
  六和彩: '六合彩',
  六合采: '六合彩',
  六盒彩: '六合彩',
  六会彩: '六合彩',
  '6合彩': '六合彩',
  新莆京: '新葡京',
  莆京: '葡京',
  葡亰: '葡京',
  新蒲京: '新葡京',
  蒲京: '葡京',
  威尼斯仁: '威尼斯人',
  皇寇体育: '皇冠体育',
  皇管体育: '皇冠体育',
  博菜: '博彩',
  愽彩: '博彩',
  搏彩: '博彩',
  赌愽: '赌博',
  堵博: '赌博',
  堵球: '赌球',
  菠菜: '博彩',
  北京塞车: '北京赛车',
  九游汇: '九游会',
  金年汇: '金年会',
  必葳: '必威',
  约泡: '约炮',
  裸撩: '裸聊',
};
/** Disguises that are also words of their own. */
const disguisesAlsoWords = new Set(['菠菜', '堵球']);

/** By word: what right before or after it makes it another word. */
const guards: Readonly<Record<string, { readonly notAfter?: RegExp; readonly notBefore?: RegExp }>> = {
  // South Asia Expo, museums of East Asia, a blog of Maria's, foreign names.
  亚博: { notAfter: /[东西南中北美欧非大利里尼维比洛基迪莉托吉鲁索]$/, notBefore: /^[览物士会客弈学导后罗尔文]/ },
  亚搏: { notBefore: /^击/ },
  华体会: { notAfter: /[中精才升年]$/ },
  金年会: { notAfter: /[基资黄现税贷白合奖]$/ },
  乐天堂: { notAfter: /[快音欢极]$/ },
  时时彩: { notBefore: /^[虹色排练]/ },
  时时采: { notBefore: /^[集取样访购用摘纳]/ },
  特码: { notAfter: /模$/, notBefore: /^头/ },
  洗码: { notAfter: /[清冲]$/, notBefore: /^头/ },
  毛片: { notAfter: /[羽绒]$/ },
  约炮: { notAfter: /[北条]$/, notBefore: /^[兵击火阵弹]/ },
  包夜: { notBefore: /^[班间市景]/ },
  现金网: { notBefore: /^[点络]/ },
  网投: { notBefore: /^[资入诉递稿运产]/ },
  开户送: { notBefore: /^达/ },
  // The lawful trade of Macao and its supervision.
  博彩: { notAfter: /[广赛]$/, notBefore: /^(?:[业监税法旅经收企毛]|股)/ },
  信誉平台: { notAfter: /[用业]$/ },
  彩票: { notAfter: /(?:福利|体育|公益)$/ },
  澳门银河: { notBefore: /^(?:综艺馆|度假|国际会议|酒店)/ },
  澳门新濠天地: { notBefore: /^(?:度假|水舞|酒店)/ },
  澳门威尼斯人: { notBefore: /^(?:度假|综合|酒店)/ },
  体育: { notAfter: /[一-鿿]$/ },
  国际: { notAfter: /[一-鿿]$/ },
  真人: { notAfter: /[一-鿿]$/ },
};

const term = (word: string, subject: Subject, certain: boolean, meant = word): Term => ({
  word,
  subject,
  certain,
  meant,
  ...guards[word],
});

export const terms: readonly Term[] = [
  ...certainBrands.map((word) => term(word, 'gambling', true)),
  ...certainGames.map((word) => term(word, 'gambling', true)),
  ...certainPorn.map((word) => term(word, 'porn', true)),
  ...ambiguousBrands.map((word) => term(word, 'gambling', false)),
  ...ambiguousPorn.map((word) => term(word, 'porn', false)),
  ...Object.entries(disguises).map(([word, meant]) =>
    term(word, certainPorn.includes(meant) ? 'porn' : 'gambling', !disguisesAlsoWords.has(word), meant),
  ),
];

/** Right after a word of the lists: what only a page that wants visitors adds. */
export const callingWords =
  /^(?:官网(?!宣布|公布|发布|报道|消息|显示|称|公告|获悉|刊|撰|列|更新|为|的|等|和|与|截图|上|发文|介绍)|官方(?:网|版|平台|app|入口|下载|$|[^一-鿿])|平台(?:官网|官方|登|注册|app|下载|入口|网址)|登录|登陆|登入|注册|入口|app|下载|手机版|网页版|电脑版|客户端|网址|备用网|链接入口|全站|最新版|安卓|ios|苹果版|投注|下注|押注|竞猜平台|开户|充值|提现|体验金|送彩金|首页登)/;
/** The trades of betting, which make a company's name a betting site's. */
export const bettingWords =
  /^(?:体育|娱乐|棋牌|电竞|真人|彩票|现金|国际娱乐|娱乐城|电子|赌场|赌城|博彩|视讯|扑克|游戏|外围|买球|盘口|赔率|滚球|串关|竞猜|百家乐|老虎机|老虎|牛牛)/;
/** After `bettingWords` these make it a real institution, company or subject. */
export const institutions =
  /^(?:中心|馆|局|公园|学院|学校|广场|场[馆地所]?|产业|用品|协会|器材|大学|文化|总会|运动|教[育学师练研]|课|活动|健身|设施|赛事?|节|报|频道|新闻|周|部|旅游|休闲|公司|有限|锻炼|事业|工作|强国|小镇|生活|城市|委|系|特长|考|职业|科|竞赛|街|综合|基地|联盟|俱乐部|队|服务|信息|商务|政务|技术|工程|元件|产品|科技|图书|监察|监控|设备|地图|证照|证书|票|账|围栏|签|发票|商会|邮|场所|行业|项目|消费|票据|管理|厂|会所|会馆|酒店|大厦|社区|小区|花园|公寓|度假|城|港|苑|府|楼|村|小学|幼儿)/;
/**
 * Alone in a link of a public body's page these are no channel of it, though other sites may have such a channel. Words of
 * the lawful lotteries are left out: offices in charge of them have such pages.
 */
export const noPublicChannel: ReadonlySet<string> = new Set(
  words(`
彩票平台 彩票走势图 彩票计划 开奖直播 足球比分 足球直播 足球竞猜 足球赛事 篮球赛事 足球赛事预测 赛事预测 比分直播 足球比分直播 篮球比分 篮球比分直播 篮球直播 世界杯竞猜 世界杯直播 世界杯比分 欧洲杯竞猜
欧洲杯直播 亚洲杯直播 电竞竞猜 棋牌 棋牌游戏 捕鱼游戏 龙虎斗 牛牛游戏 德州扑克 在线娱乐 国际娱乐 娱乐国际 娱乐平台 娱乐城 游戏官网 体育官网 国际官网 体育在线 体育首页 体育直播 真人游戏 真人在线 网赚 网赚平台
购彩 购彩平台 购彩大厅 贵宾会 马会 快3 快三 一肖 投注 在线开户 北京pk 新澳门 夜场 同城交友 万博 亚洲集团 威尼斯人 维加斯 拉斯维加斯 环亚 葡京 乐鱼 必威 伟德 立博 申博 凯发 凯时 优德 博鱼 天博 爱博 竞博 亚游 九游 爱游戏
`),
);
/** After ambiguous words about sex. */
export const pornWords =
  /^(?:交友|约|视频|电影|小说|直播|网站|影院|影片|图片|在线|av|上门|女|福利|专区|聊天|服务app|裸)/;

/**
 * A text that reports, warns or forbids. In the same clause as a word of the lists it makes the word a subject of the
 * report.
 */
export const reporting =
  /打击|严打|查处|查获|破获|捣毁|侦破|侦办|抓获|打掉|整治|治理|禁止|严禁|取缔|惩治|防范|警惕|警方|公安|民警|通告|诈骗|反诈|防骗|被骗|涉赌|涉黄|扫黄|赌博罪|赌场罪|赌博案|判[处刑决]|获刑|嫌疑人|违法|犯罪|宣传|拒绝|远离|抵制|杜绝|危害|条例|规定|办法|处罚|举报|曝光|揭[秘露]|骗局|专项行动|提醒|涉嫌|涉案|受审|落网|特大|团伙|一案|窝点|端掉|被抓|参赌|戒赌|禁赌|反赌|防赌|起诉|检察|法院|监管|净网|清朗|赌资|跨境赌博|谨防|预防|不得|风险|套路|治安|拘留|罚款|批复|论文|研究|税|立法|打假|倾家荡产|典型案例|赌博机/;
