import { html, printHtml, raw, sanitise, type SafeHtml } from '@chengmen/html';
import { isPictureType, isPlayedType, type Source } from '@chengmen/model';
import { mediaOf, pictureOf, type Media } from '../read.ts';
import { fileFacts, fileLink } from './attachments.ts';
import { recording } from './media-player.ts';
import { withNotes } from './notes.ts';
import { leadsTo, outsideLink } from './outside.ts';
import { picture } from './picture.ts';
import { type Words, wordsOf } from '../words.ts';

const attributes = '(?:[^>"\']|"[^"]*"|\'[^\']*\')*';
const link = new RegExp(`<a\\b(${attributes})>([\\s\\S]*?)</a>`, 'gi');
const image = new RegExp(`<img\\b(${attributes})>`, 'gi');
const table = new RegExp(`<table\\b${attributes}>[\\s\\S]*?</table>`, 'gi');
const reference = /\bhref=(["'])(item|media):([a-z0-9-]+)\1/i;
/** Anything but paragraphs and headings. */
const marked = /<(?!\/?(?:p|h[2-4])>)/;
/** A link that is a paragraph of its own. */
const alone = new RegExp(`<p><a\\b(${attributes})>((?:(?!</a>)[\\s\\S])*)</a></p>`, 'gi');
const absolute = /\bhref=(["'])(https?:[^"']*)\1/i;
const pictureReference = /\bsrc=(["'])media:([a-z0-9-]+)\1/i;

/**
 * An approved body with its references resolved: pictures and attachments to their bytes, links to items to their addresses.
 * It was cleaned when it was saved and is cleaned again here, where it becomes a page (SEC-10).
 * What has been withdrawn degrades to its text; a film or recording that is linked in a paragraph of its own is played. Wide tables get a frame of their own to be moved in. `notes` names its
 * footnotes where several texts stand on one page.
 */
export function bodyOf(body: string, source: Source, notes = 'note'): SafeHtml {
  const clean = cleaned(body);
  if (!marked.test(clean)) return raw(clean);
  const t = wordsOf(source);
  const resolved = withNotes(t, clean, notes)
    .replace(alone, (whole: string, given: string, inner: string) => resolveAlone(whole, given, inner, source))
    .replace(link, (whole: string, given: string, inner: string) => resolveLink(whole, given, inner, source))
    .replace(image, (_, given: string) => resolvePicture(given, source))
    .replace(table, (whole) => printHtml(scrolling(t('表格'), raw(whole))));
  return raw(resolved);
}

/**
 * The texts last cleaned: a page, its elder form and their Traditional twins are made one after another, and a letter's page
 * has two texts.
 */
let last: readonly { readonly body: string; readonly clean: string }[] = [];

function cleaned(body: string): string {
  const known = last.find((one) => one.body === body) ?? { body, clean: sanitise(body).html };
  last = [known, ...last.filter((one) => one !== known)].slice(0, 2);
  return known.clean;
}

function resolveLink(whole: string, given: string, inner: string, source: Source): string {
  const t = wordsOf(source);
  const [, , scheme, id] = reference.exec(given) ?? [];
  if (scheme === undefined || id === undefined) return markOutside(whole, given, source);
  if (scheme === 'media') return printHtml(attachment(t, mediaOf(source, id), raw(inner)));
  const item = source.item(id);
  if (item?.state !== 'live' || item.path === null) return inner;
  return printHtml(html`<a href="${item.path}">${raw(inner)}</a>`);
}

/** A film or a recording that stands alone is played there. */
function resolveAlone(whole: string, given: string, inner: string, source: Source): string {
  const [, , scheme, id] = reference.exec(given) ?? [];
  const media = scheme === 'media' ? mediaOf(source, id) : undefined;
  return media && isPlayedType(media.type) ? printHtml(recording(source, media, inner)) : whole;
}

function markOutside(whole: string, given: string, source: Source): string {
  const t = wordsOf(source);
  const [, , address = ''] = absolute.exec(given) ?? [];
  // The address stands escaped in the body; its host, which is all that is asked for, holds nothing that is.
  if (address === '' || leadsTo(address, source.site().fields) !== 'outside') return whole;
  return printHtml(outsideLink(t, whole));
}

function attachment(t: Words, media: Media | undefined, inner: SafeHtml): SafeHtml {
  if (!media) return html`${inner}<span class="aside">${t('（附件已撤下）')}</span>`;
  if (isPictureType(media.type)) return html`<a href="${media.path}" type="${media.type}">${inner}</a>`;
  return html`${fileLink(media, inner)}<span class="aside">${t('（{facts}）', { facts: fileFacts(t, media) })}</span>`;
}

function resolvePicture(given: string, source: Source): string {
  const t = wordsOf(source);
  const [, , id] = pictureReference.exec(given) ?? [];
  const alt = /\balt=(["'])(.*?)\1/i.exec(given)?.[2] ?? '';
  // A picture from elsewhere would tell a third party who reads the page; the site's policy does not load it.
  const media = pictureOf(source, id);
  if (!media)
    return alt === ''
      ? ''
      : `<span class="aside">${printHtml(t.rich('（图片未收录：{alt}）', { alt: raw(alt) }))}</span>`;
  // The text alternative stands in the approved body already escaped.
  return printHtml(picture(media, { alt: raw(alt), sizes: 'text' }));
}

/** A frame in which something wide can be moved sideways, with a finger or the arrow keys. */
export function scrolling(label: string, content: SafeHtml): SafeHtml {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${label}">${content}</div>`;
}
