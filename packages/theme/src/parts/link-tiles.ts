import { html, type SafeHtml } from '@chengmen/html';
import type { BlockOf, FieldsOf } from '@chengmen/model';
import { leadsTo, outsideSign } from './outside.ts';
import { wordsFor } from '../words.ts';

type Link = BlockOf<'links'>['links'][number];

/** Ways on, each a surface of its own that a thumb finds. */
export function linkTiles(links: readonly Link[], site: FieldsOf<'site'>): SafeHtml {
  const t = wordsFor(site);
  return html`<ul class="life">
    ${links.map(({ name, note, address }) => {
      const outside = leadsTo(address, site) === 'outside';
      return html`<li>
        <a href="${address}" ${outside && html`data-outside rel="noopener noreferrer external"`}
          ><span class="life-name">${name}</span>${
            note !== undefined && html`<span class="life-note">${note}</span>`
          }${outside && outsideSign(t)}</a
        >
      </li> `;
    })}
  </ul>`;
}
