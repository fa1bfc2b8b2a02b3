import type { FieldsOf } from '@chengmen/model';
import { demo, type DemoItem } from './types.ts';

type Letter = FieldsOf<'letter'>;

/** A published letter: names masked, the answer signed by its department, both as plain paragraphs. */
function reply(
  id: string,
  fields: Omit<Letter, 'channel' | 'date' | 'body' | 'answer'> & {
    asks: readonly string[];
    answers: readonly string[];
  },
): DemoItem {
  const { asks, answers, ...rest } = fields;
  return demo('letter', id, {
    ...rest,
    channel: 'letters',
    date: `${fields.answeredOn} 16:30`,
    body: asks.map((line) => `<p>${line}</p>`).join(''),
    answer: answers.map((line) => `<p>${line}</p>`).join(''),
  });
}

export const letters: readonly DemoItem[] = [
  reply('letter-streetlight', {
    title: '望江路南段路灯不亮，晚上走路看不清',
    source: '临江市住房和城乡建设局',
    trackingCode: '2026-000187',
    topic: '咨询求助 · 城市照明',
    sender: '何**',
    askedOn: '2026-03-09',
    answeredOn: '2026-03-12',
    department: 'dept-construction',
    satisfaction: '满意',
    asks: [
      '望江路南段从菜场到桥头大约有十一盏路灯不亮，已经一个多星期。那一段没有人行道，老人晚上买完菜回家只能贴着墙走。请问归哪里管，什么时候能修？',
    ],
    answers: [
      '何先生：您好。您说的路段共有路灯26盏，3月10日夜间我们到现场数了一遍，不亮的是13盏，比您数的还多两盏，原因是地下电缆接头进水。',
      '当晚已拉临时线恢复照明，3月12日更换电缆接头，现在全部亮着。那段路没有人行道的问题，已列入<a href="item:policy-09">城市更新三年行动</a>2026年第二批，计划10月开工。',
      '以后路灯不亮，也可以拨打12345，或者看灯杆上的编号，报编号修得最快。',
    ],
  }),
  reply('letter-bus', {
    title: '青渡区到市二院新院区有没有直达公交',
    source: '临江市交通运输局',
    trackingCode: '2026-000231',
    topic: '咨询求助 · 公共交通',
    sender: '孙**',
    askedOn: '2026-04-02',
    answeredOn: '2026-04-08',
    department: 'dept-transport',
    satisfaction: '基本满意',
    asks: [
      '我母亲在青渡区住，每周要去市区复查。听说市第二人民医院要搬到新院区，到时候有没有直达的公交车？现在要换两趟。',
    ],
    answers: [
      '孙女士：您好。<a href="item:project-hospital">市第二人民医院新院区</a>计划2027年3月启用，公交场站与医院同步建成。',
      '届时开通3条线路，其中青渡快线从青渡港东门发车，经青渡老街、澜水二桥直达新院区，全程约48分钟，不用换乘。目前院区还没有启用，您母亲复查仍在老院区，建议乘17路在望江路站下车后步行200米，只需一次上车。',
    ],
  }),
  reply('letter-noise', {
    title: '三桥工地夜间施工噪声大',
    source: '临江市生态环境局',
    trackingCode: '2026-000305',
    topic: '投诉 · 环境噪声',
    sender: '钱**',
    askedOn: '2026-05-18',
    answeredOn: '2026-05-22',
    department: 'dept-ecology',
    satisfaction: '满意',
    asks: ['我家住在城南区听澜苑，对面就是澜水三桥工地。最近连着几天夜里一点多还在打桩，孩子马上中考，能不能管一管？'],
    answers: [
      '钱女士：您好。5月19日夜间我们到听澜苑3幢楼顶监测，夜间噪声62分贝，超过标准7分贝，您反映的情况属实。',
      '经查，施工单位的夜间施工许可只到每晚十点，超时作业已立案查处。中考、高考期间（6月5日至18日）该标段夜间一律停工，打桩改在白天八点以后。工程进展见<a href="item:project-bridge">澜水三桥</a>项目页，施工噪声监测数据每周公布一次。',
    ],
  }),
  reply('letter-card', {
    title: '外地户籍孩子能不能在本市参加医保',
    source: '临江市人力资源和社会保障局',
    trackingCode: '2026-000362',
    topic: '咨询 · 社会保障',
    sender: '李**',
    askedOn: '2026-06-08',
    answeredOn: '2026-06-11',
    department: 'dept-hrss',
    satisfaction: '满意',
    asks: ['我和爱人在青渡区上班，办了居住证，孩子户口在老家，今年三岁。孩子能在临江参加居民医保吗？需要什么材料？'],
    answers: [
      '李先生：您好。可以。父母一方持有本市居住证，孩子就可以在本市参加城乡居民医保，个人缴费和本市孩子一样。',
      '不用交纸质材料，登录后填孩子的身份证号即可，系统会核对您的居住证。不会用手机的，带身份证到居住地社区，工作人员帮您办，十分钟左右。',
    ],
  }),
  reply('letter-tree', {
    title: '城北老街的法国梧桐能不能不砍',
    source: '临江市住房和城乡建设局',
    trackingCode: '2026-000418',
    topic: '建议 · 城市更新',
    sender: '吴**',
    askedOn: '2026-07-06',
    answeredOn: '2026-07-15',
    department: 'dept-construction',
    satisfaction: '满意',
    asks: ['听说城北老街要拓宽，街上三十六棵梧桐是我父亲那一辈种的。路可以慢慢走，树砍了就没有了。能不能改一改方案？'],
    answers: [
      '吴老师：您好。您的信在方案讨论会上一字不差地读了一遍。',
      '原方案需要移走其中9棵。设计单位重新算过之后，把非机动车道改到树的内侧，36棵全部原地保留，车行道由9米改为7米，按单行组织交通。修改后的方案在<a href="item:consultation-street">意见征集</a>里公开，征集期30天，欢迎您和街坊继续提意见。',
    ],
  }),
  reply('letter-correction', {
    title: '网站上“白鹭县”的电话区号写错了',
    source: '临江市数据局',
    trackingCode: '2026-000455',
    topic: '网站纠错',
    sender: '郑**',
    askedOn: '2026-08-03',
    answeredOn: '2026-08-04',
    department: 'dept-data',
    satisfaction: '满意',
    asks: ['“政府机构”栏目里市水务局的电话少了一位数字，我照着打了三次都是空号。'],
    answers: [
      '郑先生：您好。核对属实，录入时漏了末位数字。8月4日上午10时12分已更正，更正记录可以在页面上查到。给您添麻烦了，也谢谢您打到第三次还愿意告诉我们。',
    ],
  }),
  reply('letter-charging', {
    title: '小区地下车库能不能装充电桩，物业不同意',
    source: '临江市住房和城乡建设局',
    trackingCode: '2026-000503',
    topic: '咨询求助 · 物业管理',
    sender: '冯**',
    askedOn: '2026-08-24',
    answeredOn: '2026-08-31',
    department: 'dept-construction',
    satisfaction: '基本满意',
    asks: ['我有产权车位，想装一个充电桩，物业说电容量不够，要业委会盖章才行。请问有没有规定？'],
    answers: [
      '冯先生：您好。在自有产权车位安装充电桩，物业应当配合，不得以未经业委会同意为由拒绝。',
      '我们和供电公司到您小区看过，现有变压器还可以接入42个7千瓦的桩。物业已签署配合书，供电公司9月5日上门勘察。消防上请注意：不要装在疏散门旁边，电缆要穿管。',
    ],
  }),
  reply('letter-library', {
    title: '图书馆新馆什么时候开，老馆会不会关',
    source: '临江市文化广电和旅游局',
    trackingCode: '2026-000541',
    topic: '咨询 · 公共文化',
    sender: '周**',
    askedOn: '2026-09-10',
    answeredOn: '2026-09-14',
    department: 'dept-culture',
    satisfaction: '满意',
    asks: ['我退休后每天去老图书馆看报，离家走路八分钟。听说要建新馆，老馆会关掉吗？'],
    answers: [
      '周老先生：您好。<a href="item:project-library">新馆</a>目前正在施工，老馆在新馆开放之前照常开放。',
      '新馆开放以后，老馆一楼的报刊阅览室保留，您的座位还在。为方便老读者，二楼改成大字书和有声书阅览室。',
    ],
  }),
  reply('letter-fishing', {
    title: '白鹭湖边能不能钓鱼',
    source: '临江市农业农村局',
    trackingCode: '2026-000577',
    topic: '咨询 · 渔政管理',
    sender: '褚**',
    askedOn: '2026-09-29',
    answeredOn: '2026-10-09',
    department: 'dept-agri',
    satisfaction: '基本满意',
    asks: ['周末想去白鹭湖钓鱼，有人说可以，有人说罚款，到底能不能钓？'],
    answers: [
      '褚先生：您好。分地方，也分时间。湖心保护区和饮用水取水口一公里以内，全年不能钓。东岸、南岸的开放岸线，每年3月1日至6月30日禁渔期以外，可以一人一竿一线一钩。',
      '岸边的绿色牌子能钓，红色牌子不能钓，牌子上有地图。中间隔着一个长假，让您久等了。',
    ],
  }),
  reply('letter-proof', {
    title: '办事还要开“没有犯罪记录证明”，能不能不跑派出所',
    source: '临江市数据局',
    trackingCode: '2026-000612',
    topic: '建议 · 政务服务',
    sender: '卫**',
    askedOn: '2026-10-19',
    answeredOn: '2026-10-23',
    department: 'dept-data',
    satisfaction: '满意',
    asks: ['应聘托管班老师要开无犯罪记录证明，来回跑了两趟。数据不是都打通了吗？'],
    answers: [
      '卫女士：您好。您说得对。从11月1日起，本市校外托管、家政、护理三类岗位的从业查询改为机构在线发起、本人手机确认、系统直接反馈，不再要求个人开具纸质证明。',
      '这一项已经加进<a href="item:policy-11">《临江市校外托管机构管理办法》</a>的配套流程。您已经开好的证明仍然有效。',
    ],
  }),
  reply('letter-pension', {
    title: '父亲不会用智能手机，养老认证怎么办',
    source: '临江市民政局',
    trackingCode: '2026-000648',
    topic: '咨询求助 · 养老服务',
    sender: '蒋**',
    askedOn: '2026-11-09',
    answeredOn: '2026-11-12',
    department: 'dept-civil',
    satisfaction: '满意',
    asks: ['父亲82岁，住在白鹭县乡下，只会接打电话。每年的认证让他很着急，怕停发。'],
    answers: [
      '蒋先生：您好。请让老人家放心：不认证，也不会直接停发。系统每月用就医、乘车等信息自动核对，核对上的不用做任何事；核对不上的，村里工作人员上门看望一次就算认证。',
      '您父亲今年已经在9月的体检中自动核对通过。<a href="item:service-elder">高龄津贴</a>也是同样的办法。',
    ],
  }),
];
