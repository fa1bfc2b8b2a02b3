import { html, raw, type SafeHtml } from '@chengmen/html';
import type { FieldsOf } from '@chengmen/model';
import { type Words } from '../words.ts';

/** Hosts of the state, which need no notice (LINK-02). */
const ofTheState = /(?:^|\.)(?:gov\.cn|政务|xn--zfr164b)$/;

/** Where an address leads: to this site, to another of the state, or outside it. */
export function leadsTo(address: string, { origin }: Pick<FieldsOf<'site'>, 'origin'>): 'here' | 'state' | 'outside' {
  if (!/^https?:/i.test(address)) return 'here';
  try {
    const { host, hostname } = new URL(address);
    if (host === new URL(origin).host) return 'here';
    return ofTheState.test(hostname) ? 'state' : 'outside';
  } catch {
    return 'outside';
  }
}

/** Said with every link that leaves the sites of the state, to eyes and ears; scripts ask once more before they follow it. */
export const outsideSign = (t: Words): SafeHtml => html`<span class="outside-sign">${t('（外部网站）')}</span>`;

/** The link of an approved text as it was, but for the sign that it leads outside. */
export function outsideLink(t: Words, whole: string): SafeHtml {
  return html`${raw(whole.replace(/^<a\b/i, '<a data-outside rel="noopener noreferrer external"'))}${outsideSign(t)}`;
}
