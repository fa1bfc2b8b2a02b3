import { escapeText, html, printHtml, raw, type SafeHtml } from '@chengmen/html';
import type { FieldsOf, ItemCard, ItemId, PagePath, Source } from '@chengmen/model';
import { inOnePiece, madeOnce } from '../made-once.ts';
import { liveItem } from '../read.ts';
import { gapped } from './gap.ts';
import { qrCode } from './qr.ts';
import { byOrder } from './rows.ts';
import { hasArchive } from '../whole-channels.ts';
import { type Words, wordsFor, wordsOf } from '../words.ts';

/** 字号 大 中 小, remembered by the browser; shown where scripts run. */
export const typeSize = madeOnce((t: Words): SafeHtml =>
  inOnePiece(
    html`<span class="sizes scripted" role="group" aria-label="${t('字号')}"
      ><span aria-hidden="true">${t('字号')}</span
      ><button type="button" data-set="size:large" aria-pressed="false">${t('大')}</button
      ><button type="button" data-set="size:" aria-pressed="true">${t('中')}</button
      ><button type="button" data-set="size:small" aria-pressed="false">${t('小')}</button></span
    >`,
  ),
);

/** 打印 · 关闭 · 复制网址 · 返回顶部. The last works without scripts. */
export function pageTools(t: Words, address: string): SafeHtml {
  return raw(toolsAround(t).join(escapeText(address)));
}

const place = 'PAGE~HERE';
const toolsAround = madeOnce((t: Words) => printHtml(inOnePiece(drawTools(t, place))).split(place));

function drawTools(t: Words, address: string): SafeHtml {
  return html`<p class="tools">
    <button type="button" class="quiet scripted" data-act="print">${t('打印此页')}</button>
    <button type="button" class="quiet scripted" data-act="copy" data-text="${address}">${t('复制网址')}</button>
    <button type="button" class="quiet scripted" data-act="close">${t('关闭窗口')}</button>
    <a class="quiet" href="#main">${t('返回顶部')}</a>
  </p>`;
}

/** 扫一扫: the page's own address, drawn here; no third party learns of it. */
export function scanBox(site: FieldsOf<'site'>, path: PagePath): SafeHtml {
  const t = wordsFor(site);
  const address = site.origin + path;
  return html`<div class="scan">
    ${qrCode(address, t('本页网址的二维码'))}
    <div>
      <p class="scan-title">${t('扫一扫在手机打开当前页')}</p>
      <p class="scan-address">${address}</p>
    </div>
  </div>`;
}

export function neighbourLinks(
  source: Source,
  item: { readonly id: ItemId; readonly fields: { readonly channel: ItemId } },
): SafeHtml | undefined {
  const t = wordsOf(source);
  const { previous, next } = neighboursOf(source, item);
  if (!previous && !next) return undefined;
  return html`<nav class="neighbours" aria-label="${t('上一篇与下一篇')}">
    ${previous && neighbour(t, t('上一篇'), previous)} ${next && neighbour(t, t('下一篇'), next)}
  </nav>`;
}

/** As the channel's own page lists them: small lists by the order their items are given, all others by date. */
function neighboursOf(
  source: Source,
  { id, fields }: Parameters<typeof neighbourLinks>[1],
): ReturnType<Source['neighbours']> {
  const channel = liveItem(source, fields.channel, 'channel');
  if (!channel || hasArchive(channel.fields.layout)) return source.neighbours(id);
  const all = byOrder(source.all(fields.channel));
  const at = all.findIndex((card) => card.id === id);
  if (at < 0) return {};
  const [previous, next] = [all[at - 1], all[at + 1]];
  return { ...(previous ? { previous } : {}), ...(next ? { next } : {}) };
}

function neighbour(t: Words, label: string, card: ItemCard): SafeHtml {
  return html`<a href="${card.path}"><span class="neighbour-label">${label}</span> ${gapped(card.title)}</a>`;
}
