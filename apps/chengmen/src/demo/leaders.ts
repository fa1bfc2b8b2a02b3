import { demo, type DemoItem } from './types.ts';

interface Leader {
  readonly id: string;
  readonly name: string;
  readonly post: string;
  readonly duties: readonly string[];
  readonly life: string;
}

const people: readonly Leader[] = [
  {
    id: 'leader-lu',
    name: '陆知远',
    post: '市委副书记、市长',
    duties: ['领导市人民政府全面工作', '负责审计、机构编制方面的工作', '分管市审计局'],
    life: '男，1969年生，工学硕士。早年在水利设计院画了九年图纸，此后历任县长、市发展和改革委员会主任、副市长，2020年12月任临江市市长。开会时有个习惯：先问数字是哪一天的。',
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
    life: '男，1971年生，经济学硕士。曾任乡镇财政所会计、县财政局局长、市财政局局长，2022年3月任现职。主张每一笔民生支出都要有一个说得出名字的受益人。',
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
    life: '男，1973年生，桥梁工程专业毕业，高级工程师。参加过澜水二桥的施工，此后一直在交通和城建系统工作，2019年6月任现职。',
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
    life: '女，1975年生，医学博士，主任医师。做过十四年儿科医生，2021年9月任现职。至今保留每月一次的社区义诊。',
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
    life: '女，1978年生，材料学博士。曾在高校和开发区工作，2020年10月任现职。',
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
    life: '男，1972年生，中文系毕业。从乡镇文书做起，经手的公文以千计，常对年轻人说：一份文件里，标点也是承诺。2018年5月任现职。',
  },
];

export const leaders: readonly DemoItem[] = people.map(({ id, name, post, duties, life }, index) =>
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
    order: index + 1,
  }),
);
