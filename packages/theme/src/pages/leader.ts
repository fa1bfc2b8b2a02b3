import { html, type SafeHtml } from '@chengmen/html';
import type { FieldsOf, ItemCard, ItemId, LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { bodyOf } from '../parts/body.ts';
import { beside, bullets, facts, section } from '../parts/blocks.ts';
import { mailTo, phoneLink } from '../parts/footer.ts';
import { publisher } from '../parts/json-ld.ts';
import { departmentCards } from '../parts/kind-cards.ts';
import { picture } from '../parts/picture.ts';
import { cardOf, liveItem, pictureOf } from '../read.ts';
import { documentPage } from './document.ts';
import { wordsOf } from '../words.ts';

/** A leader: portrait, post, duties, the departments led, how to reach the office, life. */
export function leaderPage(source: Source, item: LiveItem<'leader'>, path: PagePath): Output {
  const t = wordsOf(source);
  const { fields } = item;
  const led = (fields.leads ?? []).flatMap((id, order) => departmentCard(source, id, order));
  return documentPage(source, item, path, {
    ownPicture: true,
    body: html`<div class="profile">
        ${portrait(source, item)}
        <div>
          <p class="profile-post">${fields.post}</p>
          ${section(t('工作分工'), bullets(fields.duties))}
        </div>
      </div>
      ${led.length > 0 && section(t('分管部门'), departmentCards(t, led))}
      ${fields.body !== '' && section(t('简历'), html`<div class="prose">${bodyOf(fields.body, source)}</div>`)}
      ${contact(source, fields)}`,
    beside: beside(t, t('相关信息'), source.related(item.id, 'relatedTo', 8)),
    data: {
      '@type': 'ProfilePage',
      mainEntity: {
        '@type': 'Person',
        name: fields.title,
        jobTitle: fields.post,
        worksFor: publisher(source.site().fields),
        ...(fields.phone === undefined ? {} : { telephone: fields.phone }),
        ...(fields.email === undefined ? {} : { email: fields.email }),
      },
    },
  });
}

/** As in the directory, in the order the leader has given. */
function departmentCard(source: Source, id: ItemId, order: number): readonly ItemCard[] {
  const department = liveItem(source, id, 'department');
  if (!department) return [];
  const { phone, address } = department.fields;
  return cardOf(source, id).map((card) => ({ ...card, facts: { phone, address, order } }));
}

function contact(source: Source, { office, phone, email }: FieldsOf<'leader'>): SafeHtml | undefined {
  const t = wordsOf(source);
  if (office === undefined && phone === undefined && email === undefined) return undefined;
  return section(
    t('联系方式'),
    facts([
      [t('办公地址'), office],
      [t('联系电话'), phone && phoneLink(source.site().fields, phone)],
      [t('电子邮箱'), email && mailTo(email)],
    ]),
  );
}

function portrait(source: Source, { fields }: LiveItem<'leader'>): SafeHtml {
  const media = pictureOf(source, fields.image);
  if (!media)
    return html`<span class="portrait portrait-large" aria-hidden="true">${[...fields.title][0] ?? ''}</span>`;
  return picture(media, { alt: media.alt, sizes: 'portrait', class: 'portrait portrait-large', first: true });
}
