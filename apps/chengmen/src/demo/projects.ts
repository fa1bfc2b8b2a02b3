import type { FieldsOf } from '@chengmen/model';
import { p, to } from './markup.ts';
import { demo, type DemoItem } from './types.ts';

type Project = FieldsOf<'project'>;

interface Plan {
  readonly title: string;
  readonly date: string;
  readonly source: string;
  readonly summary: string;
  readonly image?: string;
  readonly body: string;
  readonly code: string;
  readonly responsible: string;
  readonly place: string;
  readonly investment: string;
  readonly stage: Project['stage'];
  readonly progress: number;
  readonly parties: readonly (readonly [role: string, name: string])[];
  readonly approvals: readonly (readonly [name: string, number: string, date: string, body: string])[];
  /** Done up to `date`, planned after it. */
  readonly milestones: readonly (readonly [date: string, text: string])[];
  readonly relatedTo?: readonly string[];
}

function project(id: string, { parties, approvals, milestones, relatedTo, image, ...plan }: Plan): DemoItem {
  return demo('project', id, {
    ...plan,
    channel: 'projects',
    keywords: ['重大项目', plan.title],
    ...(image === undefined ? {} : { image }),
    parties: parties.map(([role, name]) => ({ role, name })),
    approvals: approvals.map(([name, number, date, body]) => ({ name, number, date, body })),
    milestones: milestones.map(([date, text]) => ({ date, text, done: date <= plan.date.slice(0, 10) })),
    ...(relatedTo === undefined ? {} : { relatedTo: [...relatedTo] }),
  });
}

const ndrc = '临江市发展和改革委员会';
const provincialNdrc = '省发展和改革委员会';
const resources = '临江市自然资源和规划局';
const construction = '临江市住房和城乡建设局';
const ecology = '临江市生态环境局';
const transport = '临江市交通运输局';

export const projects: readonly DemoItem[] = [
  project('project-bridge', {
    title: '澜水三桥工程',
    date: '2026-11-19 10:00',
    source: transport,
    summary: '连接青渡区与城南区的双塔斜拉桥，全长4.8公里，总投资42.6亿元，计划2028年6月通车。',
    image: 'picture-bridge',
    body: p(
      '澜水三桥是继澜水一桥、二桥之后的第三条公路过江通道，全长4.8公里，其中主桥1.26公里，为主跨460米的双塔斜拉桥，双向六车道，两侧各设3.5米宽的慢行道。建成后，青渡老街到城南南湖的车程由42分钟缩短到11分钟。',
      '桥面慢行道每隔300米设一处观江平台，备有座椅。这是沿线居民在线位听证会上提出的，他们的原话是：“过桥的人不都是赶路的。”',
      `南岸引桥桩基施工期间的夜间噪声问题，见${to('letter-noise', '来信与答复')}；主塔封顶情况，见${to('headline-bridge-tower', '要闻动态')}。`,
    ),
    code: '2303-990100-48-01-000318',
    responsible: 'dept-transport',
    place: '青渡区滨江路至城南区南湖大道',
    investment: '42.6亿元',
    stage: '在建',
    progress: 48,
    parties: [
      ['项目法人', '临江市交通建设投资集团有限公司'],
      ['勘察设计', '江岳桥梁设计研究院有限公司'],
      ['施工总承包', '澜江路桥工程有限公司'],
      ['监理', '正衡工程监理有限公司'],
      ['质量监督', '临江市交通工程质量监督站'],
    ],
    approvals: [
      ['工程可行性研究报告批复', '省发改基础〔2023〕318号', '2023-06-20', provincialNdrc],
      ['用地预审与选址意见', '用字第990100202300041号', '2023-05-16', resources],
      ['环境影响报告书批复', '临环审〔2023〕57号', '2023-09-12', ecology],
      ['河道管理范围内建设项目许可', '临水许〔2023〕29号', '2023-11-03', '临江市水务局'],
      ['初步设计批复', '省交建〔2024〕46号', '2024-03-28', '省交通运输厅'],
      ['公路工程施工许可', '临交施许〔2024〕17号', '2024-12-19', transport],
    ],
    milestones: [
      ['2020-11-18', '列入全省综合交通运输规划'],
      ['2023-06-20', '工程可行性研究报告获批'],
      ['2025-03-18', '正式开工'],
      ['2025-12-10', '主塔桩基全部完成'],
      ['2026-11-18', '北主塔封顶，塔高168米'],
      ['2027-01-20', '南主塔封顶'],
      ['2027-10-30', '主桥合龙'],
      ['2028-06-30', '建成通车'],
    ],
    relatedTo: ['headline-bridge-tower', 'headline-bridge-start', 'notice-navigation', 'letter-noise'],
  }),
  project('project-metro', {
    title: '临江市轨道交通1号线一期工程',
    date: '2026-11-06 10:00',
    source: transport,
    summary: '城北站至芦荡口，全长24.7公里，设站18座，2026年5月开工，计划2030年12月初期运营。',
    image: 'picture-line',
    body: p(
      '1号线一期起自城北站，经鼓楼巷、小码头，下穿澜水后进入城南区，终点为白鹭县芦荡口，全长24.7公里，设站18座，其中地下站17座、高架站1座。线路串起三个区县、两家三级医院和四所高校，建成后城北站到芦荡口运行36分钟。',
      `过江段隧道长2.1公里，最深处在江底以下31米，采用一台直径6.9米的盾构机自北向南掘进。站名方案正在${to('consultation-metro-names', '公开征集意见')}。`,
      '沿线保留古树41株，鼓楼巷站的一个出入口为一棵三百岁的银杏向东让了十四米。',
    ),
    code: '2309-990100-54-01-000207',
    responsible: 'dept-transport',
    place: '城北区、城南区、白鹭县',
    investment: '162.8亿元',
    stage: '在建',
    progress: 9,
    parties: [
      ['项目法人', '临江市轨道交通集团有限公司'],
      ['勘察设计', '江岳轨道交通设计院有限公司'],
      ['土建施工', '澜江隧道工程有限公司等四家单位'],
      ['监理', '正衡工程监理有限公司'],
      ['质量安全监督', '临江市建设工程质量安全监督站'],
    ],
    approvals: [
      ['工程可行性研究报告批复', '省发改基础〔2024〕502号', '2024-11-15', provincialNdrc],
      ['环境影响报告书批复', '临环审〔2025〕33号', '2025-04-22', ecology],
      ['初步设计批复', '省建设〔2025〕118号', '2025-09-19', '省住房和城乡建设厅'],
      ['建设工程规划许可', '建字第990100202500126号', '2025-12-05', resources],
      ['建筑工程施工许可', '990100202604280101', '2026-04-28', construction],
    ],
    milestones: [
      ['2024-11-15', '工程可行性研究报告获批'],
      ['2026-05-12', '正式开工'],
      ['2026-10-28', '小码头站主体围护结构完成'],
      ['2027-03-31', '过江段盾构始发'],
      ['2028-12-31', '全线洞通'],
      ['2029-09-30', '全线轨通'],
      ['2030-12-28', '初期运营'],
    ],
    relatedTo: ['headline-metro-start', 'headline-metro-names', 'consultation-metro-names'],
  }),
  project('project-hospital', {
    title: '市第二人民医院新院区工程',
    date: '2026-11-10 10:00',
    source: '临江市卫生健康委员会',
    summary: '城南区新建三级综合医院，床位1200张，总投资18.3亿元，计划2027年3月启用。',
    image: 'picture-hospital',
    body: p(
      '新院区位于城南区仁济路，占地152亩，总建筑面积21.6万平方米，设床位1200张，包括门诊楼、住院楼、妇儿中心和一座独立的感染楼。地下停车位1850个，公交场站与医院大门之间有带顶连廊，下雨天换乘不用撑伞。',
      '门诊楼一层没有台阶。各楼层的导向牌由三十位不识字或视力不好的志愿者走过一遍，走错的地方都改了。',
      `公交配套见${to('letter-bus', '关于直达公交的答复')}。`,
    ),
    code: '2402-990102-84-01-000156',
    responsible: 'dept-health',
    place: '城南区仁济路66号',
    investment: '18.3亿元',
    stage: '在建',
    progress: 86,
    parties: [
      ['项目法人', '临江市第二人民医院'],
      ['代建', '临江市城市建设集团有限公司'],
      ['设计', '望江建筑设计研究院有限公司'],
      ['施工总承包', '临江第一建筑工程有限公司'],
      ['监理', '同度建设监理有限公司'],
    ],
    approvals: [
      ['可行性研究报告批复', '临发改社会〔2024〕21号', '2024-02-27', ndrc],
      ['环境影响报告书批复', '临环审〔2024〕18号', '2024-05-14', ecology],
      ['初步设计批复', '临发改社会〔2024〕63号', '2024-06-26', ndrc],
      ['建设工程规划许可', '建字第990102202400071号', '2024-08-09', resources],
      ['建筑工程施工许可', '990102202409120101', '2024-09-12', construction],
    ],
    milestones: [
      ['2024-09-26', '正式开工'],
      ['2025-12-18', '全部单体主体结构封顶'],
      ['2026-09-30', '机电安装完成，进入内部装饰和设备调试'],
      ['2027-01-31', '竣工验收'],
      ['2027-03-31', '竣工备案并启用'],
    ],
    relatedTo: ['headline-hospital', 'letter-bus', 'picture-news-bus'],
  }),
  project('project-port', {
    title: '青渡港智能化改造工程',
    date: '2026-08-20 16:00',
    source: transport,
    summary: '改造四个集装箱泊位，总投资9.7亿元，2026年8月竣工，单船作业时间缩短四分之一。',
    image: 'picture-port',
    body: p(
      '工程对青渡港四个5000吨级集装箱泊位实施智能化改造：岸边桥吊8台改为远程操控，新增无人集卡36台，闸口全部自助通行，并建设岸电设施，靠港船舶一律接岸电。',
      '竣工后单船平均作业时间由16小时缩短到12小时。原有桥吊司机64人全部留用，其中51人转为远程操作员——他们仍在看同样的集装箱，只是不必每天爬四十米高的梯子。',
      `每月吞吐量见${to('dataset-port', '数据开放')}。`,
    ),
    code: '2407-990103-55-02-000342',
    responsible: 'dept-transport',
    place: '青渡区船厂路青渡港作业区',
    investment: '9.7亿元',
    stage: '竣工',
    progress: 100,
    parties: [
      ['项目法人', '临江港务集团有限公司'],
      ['设计', '澜江水运工程设计院有限公司'],
      ['施工总承包', '青渡港航工程有限公司'],
      ['监理', '正衡工程监理有限公司'],
    ],
    approvals: [
      ['企业投资项目备案', '青渡备〔2024〕142号', '2024-07-18', '青渡区发展和改革局'],
      ['环境影响报告表批复', '临环审〔2024〕41号', '2024-09-20', ecology],
      ['港口工程施工图设计批复', '临交港〔2024〕22号', '2024-10-25', transport],
      ['竣工验收意见', '临交港验〔2026〕3号', '2026-08-14', transport],
    ],
    milestones: [
      ['2024-11-08', '正式开工'],
      ['2025-10-16', '首批两个泊位完成改造并恢复生产'],
      ['2026-05-20', '四个泊位设备联调'],
      ['2026-08-14', '通过竣工验收'],
      ['2026-08-20', '全面投用'],
    ],
    relatedTo: ['headline-port', 'picture-news-port', 'dataset-port'],
  }),
  project('project-library', {
    title: '市图书馆新馆工程',
    date: '2026-10-30 10:00',
    source: '临江市文化广电和旅游局',
    summary: '建筑面积4.2万平方米，设计藏书260万册，总投资5.2亿元，计划2027年12月开放。',
    image: 'picture-library',
    body: p(
      '新馆位于城北区望江路东段、小码头旧址旁，建筑面积4.2万平方米，地上五层，设计藏书260万册，阅览座位2800个。外形取“几本叠放的书”，评审会上有专家问是不是放歪了，设计师答：有人在读，书才会歪。',
      '馆内设少年馆、方志馆、视障阅览室和通宵自习区。通宵自习区单独出入，门口有热水和一盏不关的灯。',
      `老馆的安排见${to('letter-library', '来信答复')}。`,
    ),
    code: '2411-990101-88-01-000074',
    responsible: 'dept-culture',
    place: '城北区望江路东段',
    investment: '5.2亿元',
    stage: '在建',
    progress: 55,
    parties: [
      ['项目法人', '临江市图书馆'],
      ['代建', '临江市城市建设集团有限公司'],
      ['设计', '望江建筑设计研究院有限公司'],
      ['施工总承包', '临江第一建筑工程有限公司'],
      ['监理', '同度建设监理有限公司'],
    ],
    approvals: [
      ['可行性研究报告批复', '临发改社会〔2024〕97号', '2024-11-29', ndrc],
      ['初步设计批复', '临发改社会〔2025〕28号', '2025-04-11', ndrc],
      ['建设工程规划许可', '建字第990101202500052号', '2025-06-20', resources],
      ['建筑工程施工许可', '990101202508280101', '2025-08-28', construction],
    ],
    milestones: [
      ['2025-09-10', '正式开工'],
      ['2026-10-22', '主体结构封顶'],
      ['2027-06-30', '外立面和机电安装完成'],
      ['2027-09-30', '竣工验收，图书陆续搬迁'],
      ['2027-12-28', '试开放'],
    ],
    relatedTo: ['headline-library', 'letter-library'],
  }),
  project('project-water', {
    title: '白鹭湖水环境综合整治工程',
    date: '2026-10-16 10:00',
    source: '临江市水务局',
    summary: '截污、清淤、修复湿地，总投资11.5亿元，一期2026年6月完工，全部工程计划2028年3月完成。',
    image: 'picture-lake',
    body: p(
      '白鹭湖水面38.6平方公里。工程分两期：一期完成环湖截污管网64公里、生态清淤186万立方米；二期修复湖滨湿地3200亩，整治入湖河道9条。',
      '清淤避开每年3月至6月的鱼类产卵和鹭鸟繁殖期，工期因此多用了五个月。2026年第三季度，湖心断面水质由Ⅳ类改善为Ⅲ类；同年春季，环湖记录到鹭鸟1.2万只，比动工前多出三成。',
      `水质数据见${to('dataset-water', '数据开放')}，开放钓区见${to('letter-fishing', '来信答复')}。`,
    ),
    code: '2410-990124-77-01-000411',
    responsible: 'dept-water',
    place: '白鹭县白鹭湖及环湖地区',
    investment: '11.5亿元',
    stage: '在建',
    progress: 62,
    parties: [
      ['项目法人', '临江市白鹭湖综合治理有限公司'],
      ['勘察设计', '澜江水利水电勘测设计院有限公司'],
      ['施工（一期）', '白鹭湖疏浚工程有限公司'],
      ['施工（二期）', '青芦生态修复有限公司'],
      ['监理', '正衡工程监理有限公司'],
    ],
    approvals: [
      ['可行性研究报告批复', '临发改农经〔2024〕85号', '2024-10-18', ndrc],
      ['环境影响报告书批复', '临环审〔2024〕62号', '2024-11-26', ecology],
      ['初步设计批复', '临水建〔2024〕36号', '2024-12-24', '临江市水务局'],
      ['湿地修复方案审查意见', '临水审〔2026〕11号', '2026-07-10', '临江市水务局'],
    ],
    milestones: [
      ['2025-02-18', '一期开工'],
      ['2026-06-25', '一期完工验收'],
      ['2026-08-03', '二期开工'],
      ['2027-06-30', '九条入湖河道整治完成'],
      ['2028-03-31', '全部工程完工'],
    ],
    relatedTo: ['headline-lake-phase', 'headline-lake-water', 'notice-lakeshore', 'dataset-water'],
  }),
  project('project-park', {
    title: '青渡新材料产业园二期',
    date: '2026-11-03 10:00',
    source: ndrc,
    summary: '规划用地2800亩，总投资26亿元，处于前期工作阶段，计划2027年3月开工。',
    image: 'picture-park',
    body: p(
      '二期位于一期东侧，规划用地2800亩，建设标准厂房48万平方米、中试基地一座、日处理2万吨的工业污水处理厂一座，以及配套道路和管廊，重点承接膜材料、电池材料和高性能纤维项目。',
      '园区坚持“管网先行”：污水处理厂和管廊先于厂房建成。一期曾因管线迁改耽误企业投产，这次把教训写进了可行性研究报告第三章。',
      `支持政策见${to('policy-01', '《临江市促进新材料产业发展若干措施》')}，环评信息见${to('notice-park', '环境影响评价信息公示')}。`,
    ),
    code: '2603-990103-41-01-000095',
    responsible: 'dept-ndrc',
    place: '青渡区纬九路以东',
    investment: '26亿元',
    stage: '前期',
    progress: 0,
    parties: [
      ['项目法人', '青渡新材料产业园开发有限公司'],
      ['前期咨询', '临江市工程咨询院有限公司'],
    ],
    approvals: [
      ['项目建议书批复', '临发改工业〔2026〕19号', '2026-03-27', ndrc],
      ['用地预审与选址意见', '用字第990103202600022号', '2026-07-15', resources],
      ['可行性研究报告批复', '临发改工业〔2026〕74号', '2026-10-30', ndrc],
    ],
    milestones: [
      ['2026-03-27', '项目建议书获批'],
      ['2026-08-06', '环境影响评价第一次信息公示'],
      ['2026-10-30', '可行性研究报告获批'],
      ['2026-12-31', '环境影响报告书报批'],
      ['2027-03-31', '管廊和污水处理厂开工'],
      ['2029-06-30', '首批标准厂房交付'],
    ],
    relatedTo: ['policy-01', 'headline-materials', 'notice-park'],
  }),
  project('project-school', {
    title: '城北实验学校工程',
    date: '2026-09-01 15:00',
    source: '临江市教育局',
    summary: '九年一贯制学校，48个班、2160个学位，总投资3.1亿元，2026年8月竣工，9月1日开学。',
    image: 'picture-school',
    body: p(
      '学校位于城北区书院路北段，占地78亩，建筑面积5.3万平方米，按九年一贯制48个班设计，可提供学位2160个。设有300米跑道运动场、体育馆、图书馆和能让全校同时吃上热饭的食堂。',
      '教室采光按冬至日复核，靠墙的座位也不用白天开灯。校园北侧留了一条四米宽的接送巷，家长的车不再堵在书院路上。',
      `入学报名办法见${to('service-school', '办事指南')}，开学情况见${to('headline-school', '要闻动态')}。`,
    ),
    code: '2405-990101-82-01-000233',
    responsible: 'dept-education',
    place: '城北区书院路北段',
    investment: '3.1亿元',
    stage: '竣工',
    progress: 100,
    parties: [
      ['项目法人', '临江市城北区教育局'],
      ['代建', '临江市城市建设集团有限公司'],
      ['设计', '望江建筑设计研究院有限公司'],
      ['施工总承包', '澜江建设工程有限公司'],
      ['监理', '同度建设监理有限公司'],
    ],
    approvals: [
      ['可行性研究报告批复', '临发改社会〔2024〕45号', '2024-05-24', ndrc],
      ['初步设计批复', '临发改社会〔2024〕78号', '2024-09-06', ndrc],
      ['建筑工程施工许可', '990101202411220101', '2024-11-22', construction],
      ['竣工验收备案', '城北竣备2026-037号', '2026-08-10', construction],
    ],
    milestones: [
      ['2024-12-06', '正式开工'],
      ['2025-11-14', '主体结构封顶'],
      ['2026-08-10', '竣工验收备案'],
      ['2026-09-01', '首批新生入学'],
    ],
    relatedTo: ['headline-school', 'service-school'],
  }),
];
