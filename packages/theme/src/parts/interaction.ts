import { html, type SafeHtml } from '@chengmen/html';
import type { BlockOf, ItemCard, ItemId, Source } from '@chengmen/model';
import { liveChannel, type ChannelStep } from '../read.ts';
import { letterCards } from './kind-cards.ts';
import { lines } from './rows.ts';
import { workingDays } from './working-days.ts';
import { wordsOf } from '../words.ts';

type Block = BlockOf<'interaction'>;

/** Letters the time of an answer is reckoned from: the newest, so that what is told is how it is now. */
const reckoned = 20;

/** 政民互动: where to write, how it goes, what is asked. The numbers are those of the letters that stand on this very site. */
export function interaction(source: Source, block: Block): SafeHtml | undefined {
  const t = wordsOf(source);
  const letters = liveChannel(source, block.letters);
  if (!letters) return undefined;
  const cards = source.newest(block.letters, reckoned);
  return html`<section class="part block block-interaction" aria-labelledby="interaction">
    <div class="part-head"><h2 id="interaction">${t('政民互动')}</h2></div>
    <div class="talk">${ways(source, block)} ${numbers(source, block.letters, cards)}</div>
    <div class="pair">
      ${cards.length > 0 && shown(letters, letterCards(t, cards.slice(0, 3)))} ${listOf(source, block.consultations)}
    </div>
  </section>`;
}

function ways(source: Source, { questions }: Block): SafeHtml {
  const t = wordsOf(source);
  const { counter } = source.site().fields;
  const answers = liveChannel(source, questions);
  return html`<div class="talk-ways">
    ${
      counter === undefined
        ? html`<a class="button" href="${t.root}/contact.html">${t('联系我们')}</a>`
        : html`<a class="button" href="${counter}/letters/new">${t('我要写信')}</a>
            <a class="button button-quiet" href="${counter}/letters/track">${t('查询进度')}</a>`
    }
    ${answers && html`<a class="button button-quiet" href="${answers.path}">${answers.fields.name}</a>`}
    <a class="button button-quiet" href="${t.root}/correction.html">${t('网站纠错')}</a>
  </div>`;
}

type Number = readonly [name: string, value: string | number, unit: string];

function numbers(source: Source, id: ItemId, cards: readonly ItemCard[]): SafeHtml | undefined {
  const t = wordsOf(source);
  if (cards.length === 0) return undefined;
  const months = source.months(id);
  const days = cards.flatMap(({ facts }) => daysTaken(facts) ?? []);
  const rated = cards.filter(({ facts }) => facts['satisfaction'] !== undefined && facts['satisfaction'] !== '未评价');
  const content = rated.filter(({ facts }) => facts['satisfaction'] !== '不满意');
  const told: readonly Number[] = [
    [t('已公开答复'), months.reduce((sum, { count }) => sum + count, 0), t('件')],
    ...(days.length === 0 ? [] : [[t('平均答复用时'), mean(days), t('个工作日')] as const]),
    ...(rated.length === 0 ? [] : [[t('来信人满意'), Math.floor((content.length / rated.length) * 100), '%'] as const]),
  ];
  return html`<div class="talk-told">
    <dl class="numbers">
      ${told.map(
        ([name, value, unit]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}<small>${unit}</small></dd>
          </div> `,
      )}
    </dl>
    <p class="aside">${t('用时与满意率取最近公开的 {n} 件来信；满意含基本满意。', { n: cards.length })}</p>
  </div>`;
}

function daysTaken({ askedOn, answeredOn }: ItemCard['facts']): number | undefined {
  return typeof askedOn === 'string' && typeof answeredOn === 'string' ? workingDays(askedOn, answeredOn) : undefined;
}

const mean = (values: readonly number[]): string =>
  (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(1);

function listOf(source: Source, id: ItemId | undefined): SafeHtml | undefined {
  const t = wordsOf(source);
  const channel = liveChannel(source, id);
  const cards = channel ? source.newest(channel.id, 5) : [];
  return channel && cards.length > 0 ? shown(channel, lines(t, cards)) : undefined;
}

function shown({ path, fields }: ChannelStep, content: SafeHtml): SafeHtml {
  return html`<div>
    <h3 class="talk-name"><a href="${path}">${fields.name}</a></h3>
    ${content}
  </div>`;
}
