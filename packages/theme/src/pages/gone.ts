import { html } from '@chengmen/html';
import type { ItemId, LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { framed } from '../frame.ts';
import { channelChain } from '../read.ts';
import { trailOf } from '../trail.ts';
import { datasetPaths } from './dataset.ts';

/**
 * 410 with the reason and the day (PAGE-14). The withdrawn title is not shown: it may be why the page was withdrawn.
 */
export function gonePage(source: Source, item: LiveItem, path: PagePath): readonly Output[] {
  const site = source.site().fields;
  const chain = channelChain(source, placeOf(item) ?? '');
  const channel = chain.at(-1);
  const main = html`<div class="wrap narrow notice-page">
    <h1>此页已撤回</h1>
    <p class="lede">原来在这个地址的内容已由发布单位撤回，不再提供。</p>
    <dl class="facts">
      <div>
        <dt>撤回日期</dt>
        <dd>${item.withdrawal?.on ?? '未注明'}</dd>
      </div>
      <div>
        <dt>撤回原因</dt>
        <dd>${item.withdrawal?.reason ?? '未注明'}</dd>
      </div>
    </dl>
    <p>如需了解详情，请<a href="/contact.html">联系我们</a>。</p>
    <p class="tools">
      ${channel && html`<a class="button" href="${channel.path}">前往${channel.fields.name}</a>`}
      <a class="button button-quiet" href="/">返回首页</a>
    </p>
  </div>`;
  const page = framed(source, {
    path,
    status: 410,
    title: '此页已撤回',
    main,
    trail: trailOf(chain, '已撤回'),
    section: chain[0]?.id,
    description: `${site.name}：此页已撤回`,
  });
  if (item.kind !== 'dataset') return [page];
  return [page, ...datasetPaths(path).map((file) => goneFile(file, item))];
}

function goneFile(path: PagePath, { withdrawal }: LiveItem): Output {
  const body = `此数据已撤回。\n撤回日期：${withdrawal?.on ?? '未注明'}\n撤回原因：${withdrawal?.reason ?? '未注明'}\n`;
  return { path, status: 410, type: 'text/plain; charset=utf-8', body };
}

function placeOf({ fields }: LiveItem): ItemId | null {
  if ('channel' in fields) return fields.channel;
  return 'parent' in fields ? fields.parent : null;
}
