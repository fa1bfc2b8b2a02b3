import { html, type SafeHtml } from '@chengmen/html';
import { homePageItem, type Block, type FieldsOf, type Output, type Source } from '@chengmen/model';
import { newestWithin, sameEverywhere } from '../editions.ts';
import { framed } from '../frame.ts';
import { organisation, type LinkedData } from '../parts/json-ld.ts';
import { blockRows } from '../parts/page-blocks.ts';
import { liveItem } from '../read.ts';
import { feeds } from './feed.ts';
import { type Words, wordsOf } from '../words.ts';

/** The home page and the feeds of the whole site. */
export function homeOutputs(source: Source): readonly Output[] {
  const t = wordsOf(source);
  const site = source.site().fields;
  const home = homeOf(source, t);
  const description = t('{site}：政务公开、政务服务、政民互动与数据开放。', { site: site.name });
  const page = framed(source, {
    path: `${t.root}/`,
    title: site.name,
    main: html`<h1 class="hidden">${site.name}</h1>
      ${hero(t, site, home.words)} ${blockRows(source, withFocus(home.blocks), { focus: site.home.focus, row: 'wrap' })}`,
    trail: [],
    description,
    data: [organisation(site), webSite(t, site)],
    feed: `${t.root}/`,
    versions: sameEverywhere(source, '/'),
    elder: site.elder !== undefined,
  });
  return [
    page,
    ...feeds(source, { page: `${t.root}/`, title: site.name, description, cards: newestWithin(source, 20) }),
  ];
}

interface Home {
  readonly words?: readonly string[] | undefined;
  readonly blocks: readonly Block[];
}

/** As it was edited by blocks; until then, and in other languages, as the settings say. */
function homeOf(source: Source, { root }: Words): Home {
  const edited = root === '' ? liveItem(source, homePageItem, 'home') : undefined;
  return edited?.fields ?? source.site().fields.home;
}

/** A home page without the news is one whose editors have not thought of them. */
function withFocus(blocks: readonly Block[]): readonly Block[] {
  const says = blocks.some((block) => 'show' in block && block.show === 'focus');
  return says ? blocks : [{ show: 'focus' }, ...blocks];
}

function webSite(t: Words, { name, origin }: FieldsOf<'site'>): LinkedData {
  return {
    '@type': 'WebSite',
    name,
    url: `${origin}${t.root}/`,
    inLanguage: t.language,
    potentialAction: searchAction(origin + t.root),
  };
}

const searchAction = (home: string): LinkedData => ({
  '@type': 'SearchAction',
  target: { '@type': 'EntryPoint', urlTemplate: `${home}/search.html?q={search_term_string}` },
  'query-input': 'required name=search_term_string',
});

/** Most people come to find one thing: the field for it stands before everything else. */
function hero(t: Words, { shortName }: FieldsOf<'site'>, often: readonly string[] | undefined): SafeHtml {
  return html`<section class="hero" aria-label="${t('检索')}">
    <div class="wrap">
      <form class="hero-find" role="search" aria-label="${t('全站检索')}" action="${t.root}/search.html">
        <label for="find">${t('在{city}，您想办什么、查什么？', { city: shortName })}</label>
        <div class="hero-row">
          <input id="find" name="q" type="search" maxlength="200" autocomplete="off" required /><button>
            ${t('搜索')}
          </button>
        </div>
      </form>
      ${often && words(t, often)}
    </div>
  </section>`;
}

function words(t: Words, list: readonly string[]): SafeHtml {
  return html`<p class="words">
    <span>${t('常搜')}</span>
    ${list.map((word) => html`<a href="${`${t.root}/search.html?q=${encodeURIComponent(word)}`}">${word}</a> `)}
  </p>`;
}
