import { html, type SafeHtml } from '@chengmen/html';
import type { FieldsOf, LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { facts } from '../parts/blocks.ts';
import { bodyOf } from '../parts/body.ts';
import { gapped } from '../parts/gap.ts';
import { publisher } from '../parts/json-ld.ts';
import { linkTiles } from '../parts/link-tiles.ts';
import { lines, pictureCards } from '../parts/rows.ts';
import { timeline } from '../parts/timeline.ts';
import { cardOf, liveChannel, machineTime } from '../read.ts';
import { inShort } from './channel.ts';
import { documentPage } from './document.ts';
import { wordsOf } from '../words.ts';

type Block = FieldsOf<'topic'>['blocks'][number];

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
  if (block.show === 'channel') return channelBlock(source, block, archived);
  const content = blockContent(source, block);
  const wide = block.show === 'links' || (block.show === 'items' && block.as === 'cards');
  return content && part(block.title, content, wide);
}

function part(title: SafeHtml | string, content: SafeHtml, wide: boolean): SafeHtml {
  return html`<section class="${wide ? 'part part-wide' : 'part'}">
    <div class="part-head"><h2>${title}</h2></div>
    ${content}
  </section>`;
}

function blockContent(source: Source, block: Exclude<Block, { show: 'channel' }>): SafeHtml | undefined {
  const t = wordsOf(source);
  switch (block.show) {
    case 'items': {
      const cards = block.items.flatMap((id) => cardOf(source, id));
      if (cards.length === 0) return undefined;
      return block.as === 'cards' ? pictureCards(cards, source) : lines(t, cards);
    }
    case 'text':
      return html`<div class="prose">${block.paragraphs.map((text) => html`<p>${text}</p> `)}</div>`;
    case 'facts':
      return facts(block.facts.map(({ name, value }) => [name, value] as const));
    case 'timeline':
      return timeline(t, block.events);
    case 'links':
      return linkTiles(block.links, source.site().fields);
  }
}

function channelBlock(
  source: Source,
  { channel: id, title, count }: Extract<Block, { show: 'channel' }>,
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
