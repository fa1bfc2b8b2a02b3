import { excerpt, html, type SafeHtml } from '@chengmen/html';
import type { DocumentKind, LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { columnLabels, framed, type Labels } from '../frame.ts';
import { chainWithin, versionsOf } from '../editions.ts';
import { isElderItem } from '../elder-places.ts';
import { archivedNotice } from '../parts/archived.ts';
import { attachmentsPart } from '../parts/attachments.ts';
import { bodyOf } from '../parts/body.ts';
import { editionsHint, editionsPart } from '../parts/editions.ts';
import { gapped } from '../parts/gap.ts';
import { publisher, type LinkedData } from '../parts/json-ld.ts';
import { mendingDetails, mendingNotice } from '../parts/mending.ts';
import { picture } from '../parts/picture.ts';
import { neighbourLinks, pageTools, scanBox, typeSize } from '../parts/tools.ts';
import { translationNotice } from '../parts/translation.ts';
import { channelChain, liveItem, machineTime, pictureOf, type Media } from '../read.ts';
import { trailOf } from '../trail.ts';
import { type Words, wordsOf } from '../words.ts';

export type DocumentItem = { [K in DocumentKind]: LiveItem<K> }[DocumentKind];

/** What a kind adds to the page all documents have. */
export interface DocumentParts {
  /** Between the title and the body. */
  readonly before?: SafeHtml | undefined;
  /** Instead of the body alone. */
  readonly body?: SafeHtml | undefined;
  /** After the body. */
  readonly after?: SafeHtml | undefined;
  /** Beside the text where there is room, below it where there is not. */
  readonly beside?: SafeHtml | undefined;
  /** What the page is, in the words of schema.org. */
  readonly data?: LinkedData;
  /** The lead picture is shown by the parts themselves, or not at all. */
  readonly ownPicture?: boolean;
  /** As wide as a list, with nothing beside it. */
  readonly wide?: boolean;
}

/** The page of a document at its address. */
export function documentPage(source: Source, item: DocumentItem, path: PagePath, parts: DocumentParts): Output {
  const t = wordsOf(source);
  const site = source.site().fields;
  const { fields } = item;
  const chain = chainWithin(source, fields.channel);
  const lead = pictureOf(source, fields.image);
  const main = html`<div class="${parts.wide === true ? 'wrap doc doc-wide' : 'wrap doc'}">
    <article
      class="doc-main"
      data-kind="${item.kind}"
      ${'validity' in fields && html` data-validity="${fields.validity}"`}
    >
      <header class="doc-head">
        <h1>${gapped(fields.title)}</h1>
        <p class="meta">${dateline(t, item)}</p>
        ${typeSize(t)}
      </header>
      ${archivedNotice(t, fields.archived)} ${translationNotice(source, item)}
      ${fields.mending && mendingNotice(t, fields.mending)} ${parts.before}
      ${parts.ownPicture !== true && lead && leadPicture(lead)}
      ${parts.body ?? html`<div class="prose">${bodyOf(fields.body, source)}</div>`} ${attachmentsPart(fields, source)}
      ${parts.after} ${fields.mending && mendingDetails(t, fields.mending, fields.original)}
      ${editionsPart(t, item.editions)}
      <footer class="doc-end">${pageTools(t, site.origin + path)} ${neighbourLinks(source, item)}</footer>
    </article>
    <aside class="doc-side" aria-label="${t('相关信息')}">${parts.beside} ${scanBox(site, path)}</aside>
  </div>`;
  return framed(source, {
    path,
    title: fields.title,
    main,
    trail: trailOf(t, chain, t('正文')),
    section: chain[0]?.id,
    labels: articleLabels(source, item, path, lead),
    description: descriptionOf(item),
    kind: 'article',
    versions: versionsOf(source, item),
    elder: isElderItem(site, item),
    image: lead?.path,
    data: [parts.data ?? newsData(source, item, path, lead)],
  });
}

/** For search engines: a document without a summary is described by its beginning. */
export function descriptionOf({ fields }: Pick<DocumentItem, 'fields'>): string {
  return fields.summary ?? excerpt(fields.body, 100);
}

/** PAGE-08: when, and from whom. */
export function dateline(t: Words, { fields, editions }: Pick<DocumentItem, 'fields' | 'editions'>): SafeHtml {
  return html`<span
      >${t.rich('发布时间：{time}', {
        time: html`<time datetime="${machineTime(fields.date)}">${t.minute(fields.date)}</time>`,
      })}</span
    ><span>${t('来源：{source}', { source: fields.source })}</span
    >${fields.author && html`<span>${t('作者：{author}', { author: fields.author })}</span>`}${editionsHint(t, editions)}`;
}

function leadPicture(media: Media): SafeHtml {
  return html`<figure class="lead">${picture(media, { alt: media.alt, sizes: 'lead', first: true })}</figure>`;
}

/** Whose business it is, where that is told apart from who published it: filters of the search go by it. */
function departmentOf(source: Source, { fields }: DocumentItem): string | undefined {
  const id = 'department' in fields ? fields.department : 'responsible' in fields ? fields.responsible : undefined;
  return id === undefined ? undefined : liveItem(source, id, 'department')?.fields.title;
}

export function articleLabels(source: Source, item: DocumentItem, path: PagePath, lead: Media | undefined): Labels {
  const { fields } = item;
  const { origin } = source.site().fields;
  const column = channelChain(source, fields.channel).at(-1);
  return {
    ...(column ? columnLabels(column, false) : {}),
    ArticleTitle: fields.title,
    PubDate: fields.date,
    ContentSource: fields.source,
    Department: departmentOf(source, item),
    Keywords: fields.keywords?.join(','),
    Author: fields.author,
    Description: fields.summary,
    Image: lead && origin + lead.path,
    Url: origin + path,
  };
}

function newsData(source: Source, item: DocumentItem, path: PagePath, lead: Media | undefined): LinkedData {
  const site = source.site().fields;
  const { title, date, source: from, summary } = item.fields;
  return {
    '@type': 'NewsArticle',
    headline: title,
    datePublished: machineTime(date),
    mainEntityOfPage: site.origin + path,
    author: { '@type': 'Organization', name: from },
    publisher: publisher(site),
    ...(summary === undefined ? {} : { description: summary }),
    ...(lead ? { image: site.origin + lead.path } : {}),
    inLanguage: wordsOf(source).language,
  };
}
