import { html, type SafeHtml } from '@chengmen/html';
import { isPictureType } from '@chengmen/model';
import type { Media } from '../read.ts';
import { type Words } from '../words.ts';

export interface Film {
  readonly film: Media;
  readonly captions: Media | undefined;
  readonly poster: Media | undefined;
  readonly title: string;
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
