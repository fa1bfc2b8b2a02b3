import { html, raw, type SafeHtml } from '@chengmen/html';
import { isPictureType, type Source } from '@chengmen/model';
import { mediaOf, type Media } from '../read.ts';
import { type Words, wordsOf } from '../words.ts';
import { fileFacts, fileLink } from './attachments.ts';
import { gapped } from './gap.ts';

export interface Film {
  readonly film: Media;
  readonly captions: Media | undefined;
  readonly poster: Media | undefined;
  readonly title: string | SafeHtml;
}

/** A film with its captions on. The browser's own controls: they work by keyboard, without scripts, on every device. */
export function filmPlayer(t: Words, { film, captions, poster, title }: Film): SafeHtml {
  const still = poster && isPictureType(poster.type) ? poster.path : undefined;
  return html`<video
    class="film"
    controls
    playsinline
    preload="none"
    width="${film.width ?? 1280}"
    height="${film.height ?? 720}"
    ${still !== undefined && html`poster="${still}"`}
    aria-label="${title}"
  >
    <source src="${film.path}" type="${film.type}" />
    ${captions && html`<track kind="captions" srclang="${t.language === 'zh-Hans' ? 'zh' : t.language}" label="${t('中文字幕')}" src="${captions.path}" default />`}
    <p>
      ${t.rich('您的浏览器不能播放这段视频，可以{link}。', { link: html`<a href="${film.path}">${t('下载后观看')}</a>` })}
    </p>
  </video>`;
}

/** `3 分 05 秒` */
export function lengthOf(t: Words, seconds: number): string {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return minutes === 0
    ? t('{n} 秒', { n: rest })
    : t('{minutes} 分 {seconds} 秒', { minutes, seconds: String(rest).padStart(2, '0') });
}

/** A film or a recording within a text, under the words that lead to it (clean markup), with a way to save it and all that is said as text. */
export function recording(source: Source, media: Media, name: string): SafeHtml {
  const t = wordsOf(source);
  const captions = mediaOf(source, media.captions);
  const poster = mediaOf(source, media.image);
  const { transcript = '' } = media;
  const title = raw(name.replace(/<[^>]*>/g, ''));
  return html`<figure class="recording">
    ${
      media.type.startsWith('video/')
        ? filmPlayer(t, { film: media, captions, poster, title })
        : soundPlayer(t, media, title)
    }
    <figcaption>
      ${fileLink(media, raw(name))}<span class="aside">${t('（{facts}）', { facts: fileFacts(t, media) })}</span>
      ${
        transcript.trim() !== '' &&
        html`<details class="fold">
          <summary>${t('文字稿')}<span class="hidden">${t('：')}${title}</span></summary>
          ${spoken(transcript)}
        </details>`
      }
    </figcaption>
  </figure>`;
}

function soundPlayer(t: Words, { path, type }: Media, title: SafeHtml): SafeHtml {
  return html`<audio class="sound" controls preload="none" aria-label="${title}">
    <source src="${path}" type="${type}" />
    <p>
      ${t.rich('您的浏览器不能播放这段音频，可以{link}。', { link: html`<a href="${path}">${t('下载后收听')}</a>` })}
    </p>
  </audio>`;
}

/** A paragraph a line. */
export function spoken(text: string): SafeHtml {
  const paragraphs = text.split(/\n+/).filter((line) => line.trim() !== '');
  return html`<div class="prose transcript">${paragraphs.map((line) => html`<p>${gapped(line.trim())}</p> `)}</div>`;
}
