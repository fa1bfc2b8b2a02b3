import { html, type SafeHtml } from '@chengmen/html';
import type { ItemId, LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { columnLabels, framed } from '../frame.ts';
import { rows } from '../parts/rows.ts';
import { chainWithin } from '../editions.ts';
import { trailOf } from '../trail.ts';
import { hasArchive } from '../whole-channels.ts';
import { redirects } from './redirect.ts';
import { type Words, wordsOf } from '../words.ts';

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
  const t = wordsOf(source);
  const { path, fields, state } = channel;
  const { month, part } = target;
  if (path === null || state === 'withdrawn' || !hasArchive(fields.layout)) return [];
  const cards = source.month(channel.id, month, part);
  if (cards.length === 0) return [];
  const self = monthPath(path, target);
  const former = channel.formerPaths.map((old) => monthPath(old, target));
  const chain = chainWithin(source, channel.id);
  const step = chain.at(-1) ?? { id: channel.id, path, fields };
  const name = part === 0 ? t.month(month) : t('{month}（第 {n} 页）', { month: t.month(month), n: part });
  const title = t('{channel}：{month}', { channel: fields.name, month: name });
  const page = framed(source, {
    path: self,
    title,
    main: html`<div class="wrap narrow">
      <header class="page-head">
        <h1>${title}</h1>
        ${part === 0 && lede(source, channel.id, month)}
      </header>
      ${rows(t, cards)} ${part === 0 ? otherParts(source, channel.id, path, month) : toNewest(t, path, month)}
      <p class="tools">
        <a class="button button-quiet" href="${path}">${t('返回{channel}与其他月份', { channel: fields.name })}</a>
      </p>
    </div>`,
    trail: trailOf(t, chain, name),
    section: chain[0]?.id,
    labels: columnLabels(step, true),
  });
  return [page, ...redirects(source, former, self)];
}

function lede(source: Source, channel: ItemId, month: string): SafeHtml {
  const t = wordsOf(source);
  return html`<p class="lede">${t('本月发布 {n} 篇。', { n: source.extent(channel, month).count })}</p>`;
}

function otherParts(source: Source, channel: ItemId, path: PagePath, month: string): SafeHtml | undefined {
  const t = wordsOf(source);
  const { parts } = source.extent(channel, month);
  if (parts === 0) return undefined;
  const before = Array.from({ length: parts }, (_, at) => parts - at);
  return html`<nav class="tools" aria-label="${t('本月其他页')}">
    <span class="aside">${t('本月更早发布：')}</span>
    ${before.map((part) => html`<a class="quiet" href="${monthPath(path, { month, part })}">${t('第 {n} 页', { n: part })}</a> `)}
  </nav>`;
}

/** Which parts there are is known to the month's own page: no other need be made again when one is added. */
function toNewest(t: Words, path: PagePath, month: string): SafeHtml {
  return html`<nav class="tools" aria-label="${t('本月其他页')}">
    <a class="quiet" href="${monthPath(path, { month, part: 0 })}">${t('本月最新发布与其他页')}</a>
  </nav>`;
}

export function monthPath(channel: PagePath, { month, part }: MonthPart): PagePath {
  return `${channel}${month}${part === 0 ? '' : `-${part}`}.html`;
}
