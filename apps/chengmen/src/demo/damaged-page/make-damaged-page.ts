import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { simulate, type Injection } from '@chengmen/mend';

export interface DamagedPage {
  /** What a collector brought home: hurt by the old conversion, three names overwritten. */
  readonly bytes: Uint8Array;
  /** The page before anything happened to it. */
  readonly truth: string;
  readonly injected: readonly Injection[];
}

/** Two channels and an item of the menu, and what was put over them. The words are invented. */
const injected: readonly Injection[] = [
  { was: '新闻中心', keyword: '金鲤滚球投注平台' },
  { was: '要闻动态', keyword: '冠赢真人棋牌开户' },
  { was: '数据开放', keyword: '免费六码预测' },
];

const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** The demonstration's damaged page. The same bytes every time, so that they are taken in once. */
export function damagedPage(): DamagedPage {
  const truth = readFileSync(beside('template.html.txt'), 'utf8');
  return { bytes: simulate(new TextEncoder().encode(truth), { inject: injected }), truth, injected };
}

/** The text of the example file of decisions about it (docs/formats/decisions.md). */
export function damagedPageDecisions(): string {
  return readFileSync(beside('decisions.json'), 'utf8');
}
