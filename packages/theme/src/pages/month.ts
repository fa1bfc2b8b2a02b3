import { html } from '@chengmen/html';
import type { LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { columnLabels, framed } from '../frame.ts';
import { rows } from '../parts/rows.ts';
import { channelChain } from '../read.ts';
import { trailOf } from '../trail.ts';
import { hasArchive } from './channel.ts';
import { redirects } from './redirect.ts';

/**
 * All a channel published in one month. It reads that month and nothing else, so that an item put in or taken out
 * touches one archive page however old the channel is.
 */
export function monthOutputs(source: Source, channel: LiveItem<'channel'>, month: string): readonly Output[] {
  const { path, fields, state } = channel;
  if (path === null || state === 'withdrawn' || !hasArchive(fields.layout)) return [];
  const cards = source.month(channel.id, month);
  if (cards.length === 0) return [];
  const self = monthPath(path, month);
  const former = channel.formerPaths.map((old) => monthPath(old, month));
  const chain = channelChain(source, channel.id);
  const step = chain.at(-1) ?? { id: channel.id, path, fields };
  const title = `${fields.name}：${monthName(month)}`;
  const page = framed(source, {
    path: self,
    title,
    main: html`<div class="wrap narrow">
      <header class="page-head">
        <h1>${title}</h1>
        <p class="lede">本月发布 ${cards.length} 篇。</p>
      </header>
      ${rows(cards)}
      <p class="tools">
        <a class="button button-quiet" href="${path}">返回${fields.name}与其他月份</a>
      </p>
    </div>`,
    trail: trailOf(chain, monthName(month)),
    section: chain[0]?.id,
    labels: columnLabels(step, true),
  });
  return [page, ...redirects(source, former, self)];
}

export function monthPath(channel: PagePath, month: string): PagePath {
  return `${channel}${month}.html`;
}

function monthName(month: string): string {
  return `${month.slice(0, 4)} 年 ${Number(month.slice(5))} 月`;
}
