import { demo, type DemoItem } from './types.ts';

function release(
  id: string,
  date: string,
  title: string,
  summary: string,
  body: string,
  attachments: readonly string[] = [],
): DemoItem {
  return demo('article', id, {
    title,
    channel: 'statistics',
    date: `${date} 10:00`,
    source: '临江市发展和改革委员会',
    summary,
    keywords: ['统计', '数据发布'],
    body,
    ...(attachments.length > 0 ? { attachments: [...attachments] } : {}),
  });
}

export const statistics: readonly DemoItem[] = [
  release(
    'statistics-2026-q3',
    '2026-10-22',
    '2026年前三季度临江市经济运行情况',
    '前三季度地区生产总值1962.4亿元，同比增长5.8%。',
    '<p>初步核算，前三季度全市地区生产总值1962.4亿元，按不变价格计算同比增长5.8%。分产业看，第一产业94.6亿元，增长3.9%；第二产业921.3亿元，增长6.7%；第三产业946.5亿元，增长5.2%。</p><table><caption>主要指标</caption><thead><tr><th scope="col">指标</th><th scope="col">前三季度</th><th scope="col">同比（%）</th></tr></thead><tbody><tr><th scope="row">地区生产总值（亿元）</th><td>1962.4</td><td>5.8</td></tr><tr><th scope="row">规模以上工业增加值</th><td>—</td><td>7.4</td></tr><tr><th scope="row">固定资产投资</th><td>—</td><td>6.1</td></tr><tr><th scope="row">社会消费品零售总额（亿元）</th><td>688.9</td><td>5.0</td></tr><tr><th scope="row">一般公共预算收入（亿元）</th><td>142.7</td><td>4.3</td></tr></tbody></table><p>新材料产业产值增长12.6%，占规模以上工业的比重比年初提高1.3个百分点。重大项目对投资增长的贡献率为38%，其中<a href="item:project-bridge">澜水三桥</a>和<a href="item:project-metro">轨道交通1号线一期</a>合计完成投资31.5亿元。</p>',
    ['file-statistics-2026-q3'],
  ),
  release(
    'statistics-2026-h1',
    '2026-07-21',
    '2026年上半年临江市经济运行情况',
    '上半年地区生产总值1284.7亿元，同比增长5.7%。',
    '<p>上半年全市地区生产总值1284.7亿元，同比增长5.7%，比一季度加快0.2个百分点。第一产业41.2亿元，增长3.7%；第二产业612.8亿元，增长6.5%；第三产业630.7亿元，增长5.1%。</p><p>居民人均可支配收入27 846元，增长5.5%，其中农村居民增长6.4%，快于城镇1.5个百分点。城镇新增就业2.96万人，完成全年目标的59.2%。</p>',
  ),
  release(
    'statistics-2026-q1',
    '2026-04-21',
    '2026年一季度临江市经济运行情况',
    '一季度地区生产总值611.3亿元，同比增长5.5%。',
    '<p>一季度全市地区生产总值611.3亿元，同比增长5.5%，开局平稳。规模以上工业企业利润增长8.2%。受春节错月影响，2月港口吞吐量有所回落，3月已恢复。</p>',
  ),
  release(
    'statistics-2025',
    '2026-03-27',
    '临江市2025年国民经济和社会发展统计公报（摘要）',
    '全年地区生产总值2688.5亿元，年末常住人口286.4万人。',
    '<p>全年地区生产总值2688.5亿元，增长5.6%。年末常住人口286.4万人，城镇化率71.8%。全年一般公共预算收入188.6亿元，民生支出占比78.3%。</p><p>年末共有各级各类学校412所，在校学生38.9万人；医疗卫生机构1 206个，床位1.86万张。分区县人口见<a href="item:dataset-population">数据集</a>。</p><p>本公报数据为初步统计数，以统计年鉴为准。</p>',
  ),
  release(
    'statistics-prices-10',
    '2026-11-11',
    '2026年10月临江市居民消费价格',
    '10月居民消费价格同比上涨0.6%，环比持平。',
    '<p>10月，全市居民消费价格同比上涨0.6%，环比持平。其中食品烟酒上涨0.9%，居住上涨0.2%，教育文化娱乐上涨1.1%。鲜菜价格因天气晴好下降4.8%，鸡蛋上涨3.2%。一至十月平均上涨0.5%。</p>',
  ),
];
