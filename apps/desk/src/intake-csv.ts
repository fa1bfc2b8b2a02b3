import { Readable } from 'node:stream';
import type { ListedPage } from '@chengmen/content';
import { csvLine } from './csv-line.ts';
import { pageStates, verdictNames } from './intake-query.ts';
import { alarmName, missingNames } from './pages/intake.ts';

const heads = [
  '序号',
  '标题',
  '文件',
  '旧地址',
  '栏目',
  '修得怎样',
  '必然',
  '采用',
  '待定',
  '已失',
  '有据',
  '告警',
  '缺',
];

/** The report of a run as a table: a line for each page, fetched so many at a time. */
export function intakeCsv(pages: (offset: number) => Promise<readonly ListedPage[]>): Readable {
  async function* lines(): AsyncGenerator<string> {
    yield `\uFEFF${csvLine([...heads, '办到哪一步', '条目', '与哪页相近', '说明', '字节哈希'])}`;
    for (let offset = 0; ;) {
      const some = await pages(offset);
      if (some.length === 0) return;
      yield some.map(lineOf).join('');
      offset += some.length;
    }
  }
  return Readable.from(lines());
}

function lineOf({ counts, ...page }: ListedPage): string {
  return csvLine([
    ...[page.number, page.title, page.name, page.address ?? '', page.channel ?? '', verdictNames[page.verdict]],
    ...[counts.proved, counts.accepted, counts.undecided, counts.lost, counts.stated],
    ...[page.alarmKinds.map(alarmName).join('、'), page.missing.map((name) => missingNames[name] ?? name).join('、')],
    ...[pageStates[page.state], page.item ?? '', page.nearly ?? '', page.problem?.zh ?? '', page.received ?? ''],
  ]);
}
