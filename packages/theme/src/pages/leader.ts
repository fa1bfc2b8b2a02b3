import { html, type SafeHtml } from '@chengmen/html';
import type { LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { bodyOf } from '../parts/body.ts';
import { beside, bullets, section } from '../parts/blocks.ts';
import { picture } from '../parts/picture.ts';
import { pictureOf } from '../read.ts';
import { documentPage } from './document.ts';
import { wordsOf } from '../words.ts';

/** A leader: portrait, post, duties, life. */
export function leaderPage(source: Source, item: LiveItem<'leader'>, path: PagePath): Output {
  const t = wordsOf(source);
  const { fields } = item;
  return documentPage(source, item, path, {
    ownPicture: true,
    body: html`<div class="profile">
        ${portrait(source, item)}
        <div>
          <p class="profile-post">${fields.post}</p>
          ${section(t('工作分工'), bullets(fields.duties))}
        </div>
      </div>
      ${fields.body !== '' && section(t('简历'), html`<div class="prose">${bodyOf(fields.body, source)}</div>`)}`,
    beside: beside(t, t('相关信息'), source.related(item.id, 'relatedTo').slice(0, 8)),
    data: {
      '@type': 'ProfilePage',
      mainEntity: { '@type': 'Person', name: fields.title, jobTitle: fields.post },
    },
  });
}

function portrait(source: Source, { fields }: LiveItem<'leader'>): SafeHtml {
  const media = pictureOf(source, fields.image);
  if (!media)
    return html`<span class="portrait portrait-large" aria-hidden="true">${[...fields.title][0] ?? ''}</span>`;
  return picture(media, { alt: media.alt, sizes: 'portrait', class: 'portrait portrait-large', first: true });
}
