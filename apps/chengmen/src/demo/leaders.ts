import { demo, type DemoItem } from './types.ts';

interface Leader {
  readonly id: string;
  readonly name: string;
  readonly post: string;
  readonly duties: readonly string[];
  /** Departments, by the second half of their ids. The mayor's audit bureau has no page of its own. */
  readonly leads?: readonly string[];
  readonly life: string;
}

const people: readonly Leader[] = [
  {
    id: 'leader-lu',
    name: '陆知远',
    post: '市委副书记、市长',
    duties: ['领导市人民政府全面工作', '负责审计、机构编制方面的工作', '分管市审计局'],
    life: '男，1969年生，工学硕士，高级工程师。早年在水利设计院画了九年图纸，参与过两座中型水库的除险加固设计。此后历任县长、市发展和改革委员会主任、副市长，2020年12月任临江市市长。主持市政府工作以来，坚持每月到一个社区听取意见。开会时有个习惯：先问数字是哪一天的。',
  },
  {
    id: 'leader-shen',
    name: '沈禾',
    post: '市委常委、常务副市长',
    duties: [
      '负责市人民政府常务工作',
      '负责发展改革、财政税务、统计、应急管理、人力资源和社会保障、政务公开方面的工作',
      '分管市发展和改革委员会、市人力资源和社会保障局、市应急管理局',
    ],
    leads: ['ndrc', 'hrss', 'emergency'],
    life: '男，1971年生，经济学硕士，高级会计师。参加工作后先在乡镇财政所当了六年会计，后任县财政局局长、市财政局副局长、局长，2022年3月任现职。长期从事财政预算管理，推动部门预算逐年细化、向社会公开，主张每一笔民生支出都要有一个说得出名字的受益人。',
  },
  {
    id: 'leader-gu',
    name: '顾清川',
    post: '副市长',
    duties: [
      '负责城乡建设、交通运输、自然资源、水务和重大项目方面的工作',
      '分管市住房和城乡建设局、市交通运输局、市自然资源和规划局、市水务局',
      '担任澜水三桥、轨道交通1号线建设指挥部总指挥',
    ],
    leads: ['construction', 'transport', 'resources', 'water'],
    life: '男，1973年生，桥梁工程专业毕业，高级工程师。毕业后到施工一线，参加过澜水二桥的建设，从测量员做到项目总工程师。此后一直在交通和城建系统工作，历任市交通运输局副局长、市住房和城乡建设局局长，2019年6月任现职。检查工地时，先看工人宿舍，再看主体结构。',
  },
  {
    id: 'leader-ye',
    name: '叶若琳',
    post: '副市长',
    duties: [
      '负责教育、卫生健康、民政、文化旅游、体育方面的工作',
      '分管市教育局、市卫生健康委员会、市民政局、市文化广电和旅游局',
      '联系残联、红十字会',
    ],
    leads: ['education', 'health', 'civil', 'culture'],
    life: '女，1975年生，医学博士，主任医师。在市属医院做过十四年儿科医生，后任科主任、副院长，从医院转入卫生健康行政部门，曾任市卫生健康委员会副主任、主任，2021年9月任现职。关注学生视力、基层医疗和困境儿童关爱，至今保留每月一次的社区义诊。',
  },
  {
    id: 'leader-cheng',
    name: '程砚',
    post: '副市长',
    duties: [
      '负责工业和信息化、科技、数据、市场监管、生态环境、农业农村方面的工作',
      '分管市数据局、市市场监督管理局、市生态环境局、市农业农村局',
      '担任青渡新材料产业链链长',
    ],
    leads: ['data', 'market', 'ecology', 'agri'],
    life: '女，1978年生，材料学博士，教授级高级工程师。曾在高校从事膜材料研究，主持过多项省级科研课题，后到开发区任科技局局长、管理委员会副主任，参与筹建青渡新材料产业园一期，2020年10月任现职。每季度走访企业和实验室，带回的问题逐条交办，办完再回访。',
  },
  {
    id: 'leader-luo',
    name: '罗启明',
    post: '市政府秘书长、市政府办公室主任',
    duties: [
      '协助市长处理日常工作，主持市政府办公室工作',
      '负责文电、会务、督查、信访和机关事务',
      '协调12345政务服务便民热线',
    ],
    leads: ['office'],
    life: '男，1972年生，中文系毕业。从乡镇文书做起，先后在县政府办公室、市政府办公室从事文稿和督查工作，历任科长、副主任，2018年5月任现职。经手的公文以千计，主持编写过市政府公文处理的工作规范，常对年轻人说：一份文件里，标点也是承诺。',
  },
];

export const leaders: readonly DemoItem[] = people.map(({ id, name, post, duties, leads, life }, index) =>
  demo('leader', id, {
    title: name,
    channel: 'leaders',
    date: '2026-01-05 09:00',
    source: '临江市人民政府办公室',
    summary: `${name}，${post}。`,
    image: `portrait-${index + 1}`,
    body: `<p>${life}</p>`,
    post,
    duties: [...duties],
    ...(leads ? { leads: leads.map((one) => `dept-${one}`) } : {}),
    office: '临江市城北区望江路1号1号楼',
    phone: '0999-8820100',
    email: 'mayor@linjiang.example',
    order: index + 1,
  }),
);
