import { demo, type DemoItem } from './types.ts';

function question(id: string, date: string, title: string, source: string, answer: string): DemoItem {
  return demo('article', id, {
    title,
    channel: 'faq',
    date: `${date} 09:30`,
    source,
    keywords: ['常见问答'],
    body: answer,
  });
}

export const faq: readonly DemoItem[] = [
  question(
    'faq-letter',
    '2026-02-26',
    '写给市政府的信，多久能收到答复？',
    '临江市人民政府办公室',
    '<p>咨询和求助五个工作日，建议和投诉十五个工作日，网站纠错三个工作日，从收到的第二天算起，节假日不算，调休上班的周末要算。到期没有答复的，系统会自动催办并记入部门考核。</p>',
  ),
  question(
    'faq-foi',
    '2026-02-26',
    '怎样申请政府信息公开？',
    '临江市人民政府办公室',
    '<p>先在<a href="item:policies">政策文件</a>和公开目录里找一找，多数文件已经主动公开。找不到的，可以当面、邮寄或者网上申请，写清楚姓名、联系方式和想要什么信息，二十个工作日内答复。</p>',
  ),
  question(
    'faq-licence',
    '2026-05-20',
    '电子证照和纸质证照一样有效吗？',
    '临江市数据局',
    '<p>一样有效。在本市范围内办事，出示电子证照即可，窗口不得再要求提供复印件。遇到不认的，请记下窗口号拨打12345。</p>',
  ),
  question(
    'faq-data',
    '2026-08-20',
    '网站上的开放数据可以拿来做生意吗？',
    '临江市数据局',
    '<p>可以。按<a href="item:policy-05">《临江市公共数据开放管理细则》</a>，无条件开放的数据可以自由使用，包括商业使用，注明来源即可，不用申请，不收费。</p>',
  ),
  question(
    'faq-elder-phone',
    '2026-10-14',
    '家里老人看不清网站上的字怎么办？',
    '临江市数据局',
    '<p>每一页上方都有“无障碍浏览”，可以把字放大、把颜色调成高对比。不想用网的，拨打12345，话务员可以把页面上的内容念给老人听，也可以帮着办。</p>',
  ),
];
