import { html, raw, type SafeHtml } from '@chengmen/html';
import type { FieldsOf, PagePath } from '@chengmen/model';

/** A node of schema.org data. */
export type LinkedData = Readonly<Record<string, unknown>>;

/** Structured data as a block that no browser runs. `<` is written as an escape, so that no text can end the block. */
export function jsonLd(data: LinkedData): SafeHtml {
  const text = JSON.stringify({ '@context': 'https://schema.org', ...data }).replaceAll('<', '\\u003c');
  return html`<script type="application/ld+json">
    ${raw(text)}
  </script>`;
}

export interface Crumb {
  readonly name: string;
  /** Undefined for the page itself. */
  readonly path?: PagePath;
}

export function breadcrumbList(trail: readonly Crumb[], origin: string, self: PagePath): LinkedData {
  return {
    '@type': 'BreadcrumbList',
    itemListElement: trail.map(({ name, path }, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name,
      item: origin + (path ?? self),
    })),
  };
}

/** The body that answers for the site. */
export function publisher(site: FieldsOf<'site'>): LinkedData {
  return { '@type': 'GovernmentOrganization', name: site.copyright, url: `${site.origin}/` };
}

export function organisation(site: FieldsOf<'site'>): LinkedData {
  return {
    ...publisher(site),
    alternateName: [site.name, site.englishName],
    email: site.email,
    telephone: site.phone,
    address: { '@type': 'PostalAddress', streetAddress: site.address, postalCode: site.postcode, addressCountry: 'CN' },
  };
}
