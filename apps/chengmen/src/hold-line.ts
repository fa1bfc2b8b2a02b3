import type { HoldState } from '@chengmen/content';

/** One line about a site that is held, or is not. */
export function holdLine({ held, waiting, withdrawn }: HoldState): string {
  if (!held) return '没有封存，照常发布 · not held: what is approved is published';
  const { release, alone, asked, confirmed, served } = held;
  const who = alone ? asked.by : `${asked.by}、${confirmed?.by ?? ''}`;
  const state = served === undefined ? '正在退回' : `第 ${served} 版即其内容`;
  const gone = withdrawn.length > 0 ? `，其后撤回 ${withdrawn.length} 件` : '';
  return `封存于第 ${release} 版（${state}）· held at release ${release}: ${confirmed?.at ?? ''} ${who}：${asked.reason}；等待 ${waiting} 件${gone} · ${waiting} items wait, ${withdrawn.length} withdrawn since`;
}
