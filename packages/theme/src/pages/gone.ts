import { html } from '@chengmen/html';
import type { ItemId, LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { framed } from '../frame.ts';
import { chainWithin } from '../editions.ts';
import { trailOf } from '../trail.ts';
import { datasetPaths } from './dataset.ts';
import { type Words, wordsOf } from '../words.ts';

/**
 * 410 with the reason and the day (PAGE-14). The withdrawn title is not shown: it may be why the page was withdrawn.
 */
export function gonePage(source: Source, item: LiveItem, path: PagePath): readonly Output[] {
  const t = wordsOf(source);
  const site = source.site().fields;
  const chain = chainWithin(source, channelAbove(item) ?? '');
  const channel = chain.at(-1);
  const main = html`<div class="wrap narrow notice-page">
    <h1>${t('此页已撤回')}</h1>
    <p class="lede">${t('原来在这个地址的内容已由发布单位撤回，不再提供。')}</p>
    <dl class="facts">
      <div>
        <dt>${t('撤回日期')}</dt>
        <dd>${item.withdrawal ? t.day(item.withdrawal.on) : t('未注明')}</dd>
      </div>
      <div>
        <dt>${t('撤回原因')}</dt>
        <dd>${item.withdrawal?.reason ?? t('未注明')}</dd>
      </div>
    </dl>
    <p>
      ${t.rich('如需了解详情，请{contact}。', { contact: html`<a href="${t.root}/contact.html">${t('联系我们')}</a>` })}
    </p>
    <p class="tools">
      ${channel && html`<a class="button" href="${channel.path}">${t('前往{channel}', { channel: channel.fields.name })}</a>`}
      <a class="button button-quiet" href="${t.root}/">${t('返回首页')}</a>
    </p>
  </div>`;
  const page = framed(source, {
    path,
    status: 410,
    title: t('此页已撤回'),
    main,
    trail: trailOf(t, chain, t('已撤回')),
    section: chain[0]?.id,
    description: t('{site}：此页已撤回', { site: site.name }),
  });
  if (item.kind !== 'dataset') return [page];
  return [page, ...datasetPaths(path).map((file) => goneFile(t, file, item))];
}

function goneFile(t: Words, path: PagePath, { withdrawal }: LiveItem): Output {
  const body = `${t('此数据已撤回。')}\n${t('撤回日期')}${t('：')}${withdrawal?.on ?? t('未注明')}\n${t('撤回原因')}${t('：')}${withdrawal?.reason ?? t('未注明')}\n`;
  return { path, status: 410, type: 'text/plain; charset=utf-8', body };
}

function channelAbove({ fields }: LiveItem): ItemId | null {
  if ('channel' in fields) return fields.channel;
  return 'parent' in fields ? fields.parent : null;
}
