import { h2, p, table, to, ul } from './markup.ts';
import { demo, type DemoItem } from './types.ts';

const source = '临江市人民政府办公室';

/** What applications came to, by kind of applicant: persons, companies, research, charities, legal services, others. */
interface Handling {
  readonly received: readonly number[];
  readonly carriedIn: readonly number[];
  readonly outcomes: readonly (readonly [name: string, counts: readonly number[]])[];
}

const applicants = ['自然人', '商业企业', '科研机构', '公益组织', '法律服务', '其他'];

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const add = (one: readonly number[], two: readonly number[]): number[] =>
  one.map((number, index) => number + (two[index] ?? 0));

/** The balance a report must keep: received + carried in = handled + carried over, in every column. */
function balance({ received, carriedIn, outcomes }: Handling): { readonly handled: number[]; readonly left: number[] } {
  const handled = outcomes.reduce<number[]>((so, [, counts]) => add(so, counts), [0, 0, 0, 0, 0, 0]);
  const left = add(received, carriedIn).map((number, index) => number - (handled[index] ?? 0));
  return { handled, left };
}

function handlingTable(handling: Handling): string {
  const { handled, left } = balance(handling);
  const rows: readonly (readonly [string, readonly number[]])[] = [
    ['一、本年新收', handling.received],
    ['二、上年结转', handling.carriedIn],
    ...handling.outcomes.map(([name, counts]) => [name, counts] as const),
    ['（七）总计', handled],
    ['四、结转下年度', left],
  ];
  return table(
    '收到和处理政府信息公开申请情况（件）',
    ['项目', ...applicants, '总计'],
    rows.map(([name, counts]) => [name, ...counts, sum(counts)]),
  );
}

const handling2024: Handling = {
  received: [186, 31, 4, 2, 9, 3],
  carriedIn: [7, 2, 0, 0, 1, 0],
  outcomes: [
    ['（一）予以公开', [98, 19, 3, 1, 6, 2]],
    ['（二）部分公开', [21, 4, 0, 1, 1, 0]],
    ['（三）不予公开', [12, 3, 0, 0, 1, 0]],
    ['（四）无法提供', [39, 5, 1, 0, 2, 1]],
    ['（五）不予处理', [10, 0, 0, 0, 0, 0]],
    ['（六）其他处理', [4, 1, 0, 0, 0, 0]],
  ],
};

const handling2025: Handling = {
  received: [203, 38, 5, 3, 11, 4],
  carriedIn: balance(handling2024).left,
  outcomes: [
    ['（一）予以公开', [117, 22, 4, 2, 7, 3]],
    ['（二）部分公开', [24, 5, 0, 1, 2, 0]],
    ['（三）不予公开', [11, 4, 0, 0, 1, 0]],
    ['（四）无法提供', [38, 5, 1, 0, 1, 1]],
    ['（五）不予处理', [9, 0, 0, 0, 0, 0]],
    ['（六）其他处理', [5, 2, 0, 0, 0, 0]],
  ],
};

/** The sentence before the table, counted from it. */
function handlingWords(handling: Handling): string {
  const { handled, left } = balance(handling);
  const [disclosed, partly] = handling.outcomes.map(([, counts]) => sum(counts));
  return `全年新收政府信息公开申请${sum(handling.received)}件，上年结转${sum(handling.carriedIn)}件，办结${sum(handled)}件，其中予以公开${disclosed}件、部分公开${partly}件，结转下年度${sum(left)}件。`;
}

export const disclosure: readonly DemoItem[] = [
  demo('article', 'foi-guide-text', {
    title: '临江市人民政府信息公开指南',
    channel: 'foi-guide',
    date: '2026-01-05 10:00',
    source,
    summary: '政府信息的分类、编排、获取方式，以及公开工作机构的地址、时间、电话、传真和网上联系方式。',
    keywords: ['信息公开指南', '依申请公开'],
    pinned: true,
    body:
      p('为方便公民、法人和其他组织获取政府信息，依据《中华人民共和国政府信息公开条例》编制本指南，每年更新。') +
      h2('一、政府信息的分类') +
      ul(
        `规章和规范性文件：${to('policies', '政策文件')}及其${to('interpretations', '解读')}。`,
        `机构职能：${to('leaders', '领导之窗')}、${to('departments', '政府机构')}。`,
        `规划、统计和民生信息：${to('statistics', '数据发布')}、${to('opendata', '数据开放')}。`,
        `重大建设项目：${to('projects', '重大项目')}。`,
        `办事服务：${to('services', '政务服务')}。`,
      ) +
      h2('二、编排体系') +
      p(
        '每条政府信息载明索引号、名称、内容概述、生成日期。索引号由机构代码、年度和五位顺序号组成，例如“990101001/2026-00012”，一经使用不再变更，也不再分配给别的文件。',
      ) +
      h2('三、获取方式') +
      p(
        '（一）主动公开。登录本网站“政府信息公开”栏目，或者到市政务服务中心、市图书馆、市档案馆的查阅点查阅，复制不收费。',
        '（二）依申请公开。可以当面、邮寄或者网上提出，写明姓名或者名称、身份证明、联系方式，所需信息的名称、文号或者特征描述，以及希望的获取形式。书写有困难的，可以口头提出，由工作人员代填并复述确认。自收到申请之日起二十个工作日内答复；需要延长的，延长不超过二十个工作日并告知。',
      ) +
      h2('四、政府信息公开工作机构') +
      table(
        '联系方式',
        ['项目', '内容'],
        [
          ['机构名称', '临江市人民政府办公室（政务公开科）'],
          ['办公地址', '临江市城北区望江路1号1号楼108室，邮编990000'],
          ['办公时间', '工作日8:30—12:00，13:30—17:30'],
          ['联系电话', '0999-8820108'],
          ['传真号码', '0999-8820109'],
          ['互联网联系方式', 'webmaster@linjiang.example'],
        ],
      ) +
      h2('五、监督和救济') +
      p(
        '认为行政机关未依法履行公开义务的，可以向市政府办公室投诉举报，也可以依法申请行政复议或者提起行政诉讼。108室在一楼，进门左手第一间，门口没有台阶。',
      ),
  }),
  demo('article', 'foi-system', {
    title: '临江市政府信息公开工作制度',
    channel: 'foi-guide',
    date: '2026-01-05 10:30',
    source,
    summary: '发布审查、依申请办理、定期评估、年度报告和考核监督五项制度。',
    keywords: ['信息公开制度'],
    body:
      h2('一、发布审查制度') +
      p(
        '制作公文时同步确定公开属性：主动公开、依申请公开或者不予公开。不予公开的，写明法律依据。发布前经保密审查和三审三校，审核意见与具体版本绑定，缺一道，系统不予发布。',
      ) +
      h2('二、依申请公开办理制度') +
      p(
        '申请自收到之日登记，全程留痕。拟不予公开的，由两人分别提出意见；意见不一致的，以有利于公开为原则提请集体研究。答复书说人话：先写结论，再写理由，最后写不服怎么办。',
      ) +
      h2('三、定期评估制度') +
      p(
        '每年6月，对不予公开和依申请公开的信息重新评估。情况已经变化、可以公开的，转为主动公开。2025年评估1284件，转为公开217件。',
      ) +
      h2('四、年度报告制度') +
      p(
        `部门每年1月31日前、市政府每年3月31日前公布上一年度报告，见${to('foi-reports', '年度报告')}。报告中的数字与台账逐项核对，上年结转数必须与前一年的结转数一致。`,
      ) +
      h2('五、考核监督制度') +
      p('考核看三件事：该公开的公开了没有，找不找得到，看不看得懂。对主动纠正错误的，不扣分。'),
  }),
  demo('article', 'foi-report-2025', {
    title: '临江市人民政府2025年政府信息公开工作年度报告',
    channel: 'foi-reports',
    date: '2026-03-20 10:00',
    source,
    summary: handlingWords(handling2025),
    keywords: ['年度报告', '信息公开'],
    body:
      h2('一、总体情况') +
      p(
        '2025年，全市围绕政策公开讲透、办事公开讲清、数据公开用好开展工作。市政府及市政府办公室主动公开文件126件，配发解读98件；政府信息公开栏目全年访问412万次，最受关注的是加装电梯补贴办法。',
      ) +
      h2('二、主动公开政府信息情况') +
      table(
        '主动公开情况（市政府本级）',
        ['信息内容', '本年制发件数', '本年废止件数', '现行有效件数'],
        [
          ['规章', 1, 0, 9],
          ['行政规范性文件', 11, 6, 74],
        ],
      ) +
      h2('三、收到和处理政府信息公开申请情况') +
      p(handlingWords(handling2025)) +
      handlingTable(handling2025) +
      h2('四、政府信息公开行政复议、行政诉讼情况') +
      p('行政复议7件，其中结果维持5件、结果纠正1件、尚未审结1件。行政诉讼3件，其中结果维持2件、尚未审结1件。') +
      h2('五、存在的主要问题及改进情况') +
      p(
        '一是解读材料偏长，抽样显示读者平均停留47秒，而平均篇幅需要读4分钟，2026年起每篇解读先用三句话说清结论。二是“无法提供”占比偏高，其中三成是信息不由本机关制作但未指明去向，已要求答复时一律告知应当向谁申请。',
      ) +
      h2('六、其他需要报告的事项') +
      p('2025年未收取信息处理费。'),
  }),
  demo('article', 'foi-report-2024', {
    title: '临江市人民政府2024年政府信息公开工作年度报告',
    channel: 'foi-reports',
    date: '2025-03-21 10:00',
    source,
    summary: handlingWords(handling2024),
    keywords: ['年度报告', '信息公开'],
    body:
      h2('一、总体情况') +
      p(
        '2024年，市政府及市政府办公室主动公开文件118件，配发解读81件。完成网站栏目合并，由137个减为62个，减掉的多数是一年以上没有更新、也没有人问起的。',
      ) +
      h2('二、主动公开政府信息情况') +
      table(
        '主动公开情况（市政府本级）',
        ['信息内容', '本年制发件数', '本年废止件数', '现行有效件数'],
        [
          ['规章', 0, 1, 8],
          ['行政规范性文件', 9, 4, 69],
        ],
      ) +
      h2('三、收到和处理政府信息公开申请情况') +
      p(handlingWords(handling2024)) +
      handlingTable(handling2024) +
      h2('四、政府信息公开行政复议、行政诉讼情况') +
      p('行政复议6件，其中结果维持4件、结果纠正2件。行政诉讼2件，结果均为维持。') +
      h2('五、存在的主要问题及改进情况') +
      p(
        '主要问题是两件复议被纠正，原因都是对“过程性信息”理解过宽。已组织全市公开工作人员逐案学习，并在答复前增加一道独立复核。',
      ) +
      h2('六、其他需要报告的事项') +
      p('2024年未收取信息处理费。'),
  }),
];
