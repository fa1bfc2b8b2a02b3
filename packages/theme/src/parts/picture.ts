import { html, type SafeHtml } from '@chengmen/html';
import type { Media } from '../read.ts';

/** How wide a picture is shown, in the words of the `sizes` attribute: by what stands in the styles. */
export const pictureSizes = {
  /** The column of a document's text. */
  text: '(min-width: 48rem) 44rem, 100vw',
  lead: '(min-width: 48rem) 44rem, 100vw',
  /** Across the page, as a banner. */
  page: '(min-width: 80rem) 76rem, 100vw',
  card: '(min-width: 64rem) 25rem, (min-width: 40rem) 45vw, 100vw',
  portrait: '12rem',
} as const;

/** Where a picture is shown in part, the part around its focus: classes, since pages have no styles of their own. */
export const focusStyles = Array.from({ length: 11 }, (_, at) => [
  `.focus-x${at}{--focus-x:${at * 10}%}`,
  `.focus-y${at}{--focus-y:${at * 10}%}`,
])
  .flat()
  .concat('[class*=focus-x]{object-position:var(--focus-x) var(--focus-y)}')
  .join('');

export interface PictureOptions {
  readonly alt: string | SafeHtml;
  readonly sizes: keyof typeof pictureSizes;
  readonly class?: string;
  /** Seen at once: not put off until it is scrolled to. */
  readonly first?: boolean;
}

/** A picture in the form that fits; its size stands in the page, so that nothing jumps while it arrives. */
export function picture(media: Media, { alt, sizes, class: name, first = false }: PictureOptions): SafeHtml {
  const classes = [name, focusClasses(media)].filter(Boolean).join(' ');
  const image = html`<img
    ${classes !== '' && html`class="${classes}"`}
    src="${media.path}"
    alt="${alt}"
    ${sizeOf(media)}
    ${first ? html`fetchpriority="high"` : html`loading="lazy"`}
    decoding="async"
  />`;
  const newest = media.forms.filter(({ type }) => type === 'image/webp');
  if (newest.length === 0) return image;
  const set = newest.map(({ path, width }) => `${path} ${width}w`).join(', ');
  return html`<picture
    ><source type="image/webp" srcset="${set}" sizes="${pictureSizes[sizes]}" />
    ${image}</picture
  >`;
}

function focusClasses({ focus }: Media): string {
  return focus ? `focus-x${Math.round(focus.x / 10)} focus-y${Math.round(focus.y / 10)}` : '';
}

function sizeOf({ width, height }: Media): SafeHtml | undefined {
  return width === undefined || height === undefined ? undefined : html`width="${width}" height="${height}"`;
}
