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

export interface PictureOptions {
  readonly alt: string | SafeHtml;
  readonly sizes: keyof typeof pictureSizes;
  readonly class?: string;
  /** Seen at once: not put off until it is scrolled to. */
  readonly first?: boolean;
}

/** A picture in the form that fits; its size stands in the page, so that nothing jumps while it arrives. */
export function picture(media: Media, { alt, sizes, class: name, first = false }: PictureOptions): SafeHtml {
  const image = html`<img
    ${name !== undefined && html`class="${name}"`}
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

function sizeOf({ width, height }: Media): SafeHtml | undefined {
  return width === undefined || height === undefined ? undefined : html`width="${width}" height="${height}"`;
}
