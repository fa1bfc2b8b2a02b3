import { html, type SafeHtml } from '@chengmen/html';
import type { Block, BlockOf, LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { bodyOf } from '../parts/body.ts';
import { gapped } from '../parts/gap.ts';
import { publisher } from '../parts/json-ld.ts';
import { inShort } from '../parts/layouts.ts';
import { linkTiles } from '../parts/link-tiles.ts';
import { blockOf, picturesContent, plainContent } from '../parts/page-blocks.ts';
import { liveChannel, machineTime } from '../read.ts';
import { documentPage } from './document.ts';
import { wordsOf } from '../words.ts';

/** 专题: what belongs together on one matter, put together from blocks in the order an editor gave them. */
export function topicPage(source: Source, item: LiveItem<'topic'>, path: PagePath): Output {
  const { fields } = item;
  const site = source.site().fields;
  return documentPage(source, item, path, {
    wide: true,
    body: html`${fields.summary !== undefined && html`<p class="lede">${gapped(fields.summary)}</p>`}
      ${fields.body !== '' && html`<div class="prose">${bodyOf(fields.body, source)}</div>`}
      <div class="topic-parts">
        ${fields.blocks.map((block) => topicBlock(source, block, fields.archived !== undefined))}
      </div>`,
    data: {
      '@type': 'CollectionPage',
      name: fields.title,
      datePublished: machineTime(fields.date),
      publisher: publisher(site),
      ...(fields.summary === undefined ? {} : { description: fields.summary }),
    },
  });
}

/** A topic that is archived asks for no more news: it would be made anew for ever. */
function topicBlock(source: Source, block: Block, archived: boolean): SafeHtml | undefined {
  if (!('show' in block) || block.show === 'channel') return channelBlock(source, block, archived);
  switch (block.show) {
    case 'items':
    case 'text':
    case 'facts':
    case 'timeline':
    case 'links':
    case 'pictures':
      return plainBlock(source, block);
    default: {
      const made = archived
        ? undefined
        : blockOf(source, block, { focus: source.site().fields.home.focus, row: 'column' });
      return made && html`<div class="part-wide">${made.markup}</div>`;
    }
  }
}

type Plain = Parameters<typeof plainContent>[1] | BlockOf<'links'> | BlockOf<'pictures'>;

function plainBlock(source: Source, block: Plain): SafeHtml | undefined {
  const wide = block.show === 'links' || block.show === 'pictures' || (block.show === 'items' && block.as === 'cards');
  const content = contentOf(source, block);
  return content && part(block.title, content, wide);
}

function contentOf(source: Source, block: Plain): SafeHtml | undefined {
  if (block.show === 'links') return linkTiles(block.links, source.site().fields);
  return block.show === 'pictures' ? picturesContent(source, block) : plainContent(source, block);
}

function part(title: SafeHtml | string | undefined, content: SafeHtml, wide: boolean): SafeHtml {
  const name = wide ? 'part part-wide' : 'part';
  if (title === undefined) return html`<section class="${name}">${content}</section>`;
  return html`<section class="${name}">
    <div class="part-head"><h2>${title}</h2></div>
    ${content}
  </section>`;
}

function channelBlock(
  source: Source,
  { channel: id, title, count }: Pick<BlockOf<'channel'>, 'channel' | 'title' | 'count'>,
  archived: boolean,
): SafeHtml | undefined {
  const t = wordsOf(source);
  const channel = liveChannel(source, id);
  if (!channel) return undefined;
  const link = html`<a href="${channel.path}">${title ?? channel.fields.name}</a>`;
  if (archived) return part(link, html`<p class="aside">${t('专题已归档，请到栏目查看全部内容。')}</p>`, false);
  const cards = source.newest(id, count);
  if (cards.length === 0) return undefined;
  const { layout } = channel.fields;
  return part(link, inShort(layout, cards, source), layout !== 'list' && layout !== 'landing');
}
