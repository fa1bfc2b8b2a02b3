import { demo, type DemoItem } from './types.ts';

export const consultations: readonly DemoItem[] = [
  demo('article', 'consultation-street', {
    title: '关于城北老街改造方案（修改稿）公开征集意见的公告',
    channel: 'consultations',
    date: '2026-07-16 09:00',
    source: '临江市住房和城乡建设局',
    summary: '三十六棵梧桐全部保留，车行道改为单行；征集时间7月16日至8月14日。',
    keywords: ['意见征集', '城市更新'],
    body: '<p>城北老街改造列入<a href="item:policy-09">城市更新三年行动方案</a>。根据前期<a href="item:letter-tree">市民来信</a>和街道座谈会意见，方案作了较大修改，现再次公开征集意见。</p><h2>修改了什么</h2><ul><li>36棵梧桐全部原地保留，非机动车道改到树的内侧。</li><li>车行道由9米改为7米，由北向南单行，公交车双向通行。</li><li>沿街138家店铺的门头由店主自选样式，不搞“一刀切”。</li></ul><h2>怎么提意见</h2><p>征集时间2026年7月16日至8月14日，共30天。可以写信、打电话，或到城北街道办事处一楼的方案模型前留言。所有意见和采纳情况将在本栏目公布。</p>',
  }),
  demo('article', 'consultation-street-result', {
    title: '城北老街改造方案意见征集结果',
    channel: 'consultations',
    date: '2026-08-28 15:00',
    source: '临江市住房和城乡建设局',
    summary: '收到意见412条，采纳267条，部分采纳88条，未采纳57条并逐条说明。',
    keywords: ['意见征集', '结果反馈'],
    body: '<p><a href="item:consultation-street">征集</a>期间收到意见412条。采纳267条，部分采纳88条，未采纳57条。</p><table><caption>意见与处理</caption><thead><tr><th scope="col">意见</th><th scope="col">条数</th><th scope="col">处理</th></tr></thead><tbody><tr><th scope="row">增设座椅和公共厕所</th><td>96</td><td>采纳，座椅48处，公厕2座</td></tr><tr><th scope="row">保留老邮筒和井台</th><td>81</td><td>采纳</td></tr><tr><th scope="row">夜间限制货车</th><td>90</td><td>采纳，22时至次日6时</td></tr><tr><th scope="row">增加停车位</th><td>88</td><td>部分采纳，改用街后空地，增加60个</td></tr><tr><th scope="row">全街改为步行街</th><td>57</td><td>未采纳：沿街有小学和急救通道</td></tr></tbody></table><p>以上合计412条。方案将按程序报批后实施。</p>',
  }),
  demo('article', 'consultation-elder', {
    title: '《临江市养老服务补贴办法（征求意见稿）》公开征集意见',
    channel: 'consultations',
    date: '2026-08-18 09:00',
    source: '临江市民政局',
    summary: '征集时间8月18日至9月17日，重点听取老年人和家属意见。',
    keywords: ['意见征集', '养老服务'],
    body: '<p>为规范养老服务补贴，市民政局起草了征求意见稿，现公开征集意见，期限30天。主要内容：居家照护补贴按失能等级分三档；补贴跟着人走，不跟着机构走；申请由社区代办。</p><p>写字不方便的老人可以拨打0999-8812110，由工作人员记录并复述确认。结果已体现在<a href="item:policy-14">正式印发的办法</a>中。</p>',
  }),
  demo('article', 'consultation-metro-names', {
    title: '轨道交通1号线站名方案公开征集意见',
    channel: 'consultations',
    date: '2026-11-02 09:00',
    source: '临江市交通运输局',
    summary: '18座车站站名方案，征集时间11月2日至12月1日。',
    keywords: ['意见征集', '轨道交通'],
    body: '<p><a href="item:project-metro">轨道交通1号线一期</a>设车站18座，站名按“用老地名、不用楼盘名、念得顺、听得清”的原则拟定，其中“小码头”“鼓楼巷”“芦荡口”三个地名已经在地图上消失多年，这次请它们回来。</p><p>对站名有不同意见，或者知道更老、更准的地名，请在12月1日前告诉我们。</p>',
  }),
];
