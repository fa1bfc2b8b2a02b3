import { html, type SafeHtml } from '@chengmen/html';
import type { FieldsOf, LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { bodyOf } from '../parts/body.ts';
import { gapped } from '../parts/gap.ts';
import { publisher } from '../parts/json-ld.ts';
import { picture } from '../parts/picture.ts';
import { machineTime, pictureOf } from '../read.ts';
import { documentPage } from './document.ts';
import { wordsOf } from '../words.ts';

type Shown = FieldsOf<'gallery'>['pictures'][number];

/** Pictures below one another, each with its words and its place among them: nothing to swipe, nothing hidden. */
export function galleryPage(source: Source, item: LiveItem<'gallery'>, path: PagePath): Output {
  const { fields } = item;
  const site = source.site().fields;
  const paths = fields.pictures.flatMap(({ picture: id }) => pictureOf(source, id)?.path ?? []);
  return documentPage(source, item, path, {
    ownPicture: true,
    body: html`${fields.body !== '' && html`<div class="prose">${bodyOf(fields.body, source)}</div>`}
      <ol class="gallery">
        ${fields.pictures.map((one, at) => figure(source, one, `${at + 1} / ${fields.pictures.length}`, at === 0))}
      </ol>`,
    data: {
      '@type': 'ImageGallery',
      name: fields.title,
      datePublished: machineTime(fields.date),
      image: paths.map((one) => site.origin + one),
      publisher: publisher(site),
    },
  });
}

function figure(source: Source, { picture: id, caption }: Shown, place: string, first: boolean): SafeHtml {
  const t = wordsOf(source);
  const media = pictureOf(source, id);
  return html`<li>
    <figure>
      ${media ? picture(media, { alt: media.alt, sizes: 'text', first }) : html`<p class="aside">${t('（图片已撤下）')}</p>`}
      <figcaption><span class="gallery-place">${place}</span>${gapped(caption)}</figcaption>
    </figure>
  </li> `;
}
