import { html, type SafeHtml } from '@chengmen/html';
import type { LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { fileFacts, fileLink } from '../parts/attachments.ts';
import { section } from '../parts/blocks.ts';
import { bodyOf } from '../parts/body.ts';
import { publisher } from '../parts/json-ld.ts';
import { filmPlayer, lengthOf, spoken } from '../parts/media-player.ts';
import { machineTime, mediaOf, pictureOf, type Media } from '../read.ts';
import { documentPage } from './document.ts';
import { wordsOf } from '../words.ts';

/** A film with captions, and everything said and shown in it as text: for those who do not hear, see, or have the line for it. */
export function videoPage(source: Source, item: LiveItem<'video'>, path: PagePath): Output {
  const t = wordsOf(source);
  const { fields } = item;
  const site = source.site().fields;
  const film = mediaOf(source, fields.video);
  const captions = mediaOf(source, fields.captions);
  const poster = pictureOf(source, fields.image);
  return documentPage(source, item, path, {
    ownPicture: true,
    body: html`${film ? player(film, captions, poster, fields.title) : html`<p class="empty">${t('视频已撤下，文字稿如下。')}</p>`}
    ${fields.body !== '' && html`<div class="prose">${bodyOf(fields.body, source)}</div>`}
    ${section(t('文字稿'), spoken(fields.transcript), 'transcript')}`,
    data: {
      '@type': 'VideoObject',
      name: fields.title,
      description: fields.summary ?? fields.title,
      uploadDate: machineTime(fields.date),
      transcript: fields.transcript,
      publisher: publisher(site),
      ...(film ? { contentUrl: site.origin + film.path } : {}),
      ...(poster ? { thumbnailUrl: site.origin + poster.path } : {}),
      ...(fields.duration === undefined ? {} : { duration: `PT${fields.duration}S` }),
    },
  });

  function player(shown: Media, words: Media | undefined, still: Media | undefined, title: string): SafeHtml {
    return html`${filmPlayer(t, { film: shown, captions: words, poster: still, title })}
      <p class="meta film-facts">
        ${fields.duration !== undefined && html`<span>${t('时长 {length}', { length: lengthOf(t, fields.duration) })}</span>`}<span
          >${words ? t('配中文字幕') : t('无字幕，请看文字稿')}</span
        ><span>${fileLink(shown, t('下载视频'))}${t('（{facts}）', { facts: fileFacts(t, shown) })}</span
        ><a href="#transcript">${t('查看文字稿')}</a>
      </p>`;
  }
}
