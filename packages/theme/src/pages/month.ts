import { html, type SafeHtml } from '@chengmen/html';
import type { ItemId, LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { columnLabels, framed } from '../frame.ts';
import { rows } from '../parts/rows.ts';
import { channelChain } from '../read.ts';
import { trailOf } from '../trail.ts';
import { hasArchive } from './channel.ts';
import { redirects } from './redirect.ts';

interface MonthPart {
  readonly month: string;
  readonly part: number;
}

/**
 * What a channel published in one month: its newest at the month's own address, all before them in parts of one length,
 * counted from the oldest. A part reads itself alone, so that an item with another title touches one page however much
 * was published, one put in or taken out its own and those after it in that month.
 */
export function monthOutputs(source: Source, channel: LiveItem<'channel'>, target: MonthPart): readonly Output[] {
  const { path, fields, state } = channel;
  const { month, part } = target;
  if (path === null || state === 'withdrawn' || !hasArchive(fields.layout)) return [];
  const cards = source.month(channel.id, month, part);
  if (cards.length === 0) return [];
  const self = monthPath(path, target);
  const former = channel.formerPaths.map((old) => monthPath(old, target));
  const chain = channelChain(source, channel.id);
  const step = chain.at(-1) ?? { id: channel.id, path, fields };
  const name = part === 0 ? monthName(month) : `${monthName(month)}（第 ${part} 页）`;
  const title = `${fields.name}：${name}`;
  const page = framed(source, {
    path: self,
    title,
    main: html`<div class="wrap narrow">
      <header class="page-head">
        <h1>${title}</h1>
        ${part === 0 && lede(source, channel.id, month)}
      </header>
      ${rows(cards)} ${part === 0 ? otherParts(source, channel.id, path, month) : toNewest(path, month)}
      <p class="tools">
        <a class="button button-quiet" href="${path}">返回${fields.name}与其他月份</a>
      </p>
    </div>`,
    trail: trailOf(chain, name),
    section: chain[0]?.id,
    labels: columnLabels(step, true),
  });
  return [page, ...redirects(source, former, self)];
}

function lede(source: Source, channel: ItemId, month: string): SafeHtml {
  return html`<p class="lede">本月发布 ${source.extent(channel, month).count} 篇。</p>`;
}

function otherParts(source: Source, channel: ItemId, path: PagePath, month: string): SafeHtml | undefined {
  const { parts } = source.extent(channel, month);
  if (parts === 0) return undefined;
  const before = Array.from({ length: parts }, (_, at) => parts - at);
  return html`<nav class="tools" aria-label="本月其他页">
    <span class="aside">本月更早发布：</span>
    ${before.map((part) => html`<a class="quiet" href="${monthPath(path, { month, part })}">第 ${part} 页</a> `)}
  </nav>`;
}

/** Which parts there are is known to the month's own page: no other need be made again when one is added. */
function toNewest(path: PagePath, month: string): SafeHtml {
  return html`<nav class="tools" aria-label="本月其他页">
    <a class="quiet" href="${monthPath(path, { month, part: 0 })}">本月最新发布与其他页</a>
  </nav>`;
}

export function monthPath(channel: PagePath, { month, part }: MonthPart): PagePath {
  return `${channel}${month}${part === 0 ? '' : `-${part}`}.html`;
}

function monthName(month: string): string {
  return `${month.slice(0, 4)} 年 ${Number(month.slice(5))} 月`;
}
