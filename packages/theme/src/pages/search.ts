import { html, raw } from '@chengmen/html';
import type { Output, Source } from '@chengmen/model';
import { editionsOf, sameEverywhere } from '../editions.ts';
import { framed } from '../frame.ts';
import { searchForm } from '../parts/search-form.ts';
import { trailOf } from '../trail.ts';
import { xmlText } from '../xml.ts';
import { wordsOf } from '../words.ts';

/** Where the portal puts results; without one, what stands between them stays. */
const results = { begin: raw('<!--search-->'), end: raw('<!--/search-->') };

/** What search needs of a release: its page and its description for browsers, in each edition, and what it must know of the site. */
export function searchOutputs(source: Source): readonly Output[] {
  const own = [searchPage(source), openSearch(source)];
  return wordsOf(source).root === '' ? [...own, words(source)] : own;
}

function searchPage(source: Source): Output {
  const t = wordsOf(source);
  const main = html`<div class="wrap narrow">
    <header class="page-head"><h1>${t('检索')}</h1></header>
    ${results.begin} ${searchForm(t, 'q')}
    <div class="search-notice">
      <ul class="plain-list">
        <li>${t('页面上连在一起的任意两个字以上都能找到，简体、繁体均可。')}</li>
        <li>${t('标题可以用拼音首字母查找，例如“zfgjj”。')}</li>
        <li>${t('用空格分开几个词，结果须全部含有；引号里的内容须连在一起。')}</li>
      </ul>
    </div>
    ${results.end}
  </div>`;
  return framed(source, {
    path: `${t.root}/search.html`,
    title: t('检索'),
    main,
    trail: trailOf(t, [], t('检索')),
    description: t('在{name}网站查找', { name: source.site().fields.name }),
    versions: sameEverywhere(source, '/search.html'),
  });
}

/** OpenSearch 1.1: lets browsers search the site from their address bar. */
function openSearch(source: Source): Output {
  const t = wordsOf(source);
  const { shortName, name, origin } = source.site().fields;
  const home = origin + t.root;
  const body = `<?xml version="1.0" encoding="utf-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>${xmlText([...shortName].slice(0, 16).join(''))}</ShortName>
<Description>${xmlText(t('在{name}网站查找', { name }))}</Description>
<InputEncoding>UTF-8</InputEncoding>
<Url type="text/html" template="${xmlText(home)}/search.html?q={searchTerms}"/>
<Url type="application/x-suggestions+json" template="${xmlText(home)}/search/suggest?form=opensearch&amp;q={searchTerms}"/>
</OpenSearchDescription>
`;
  return {
    path: `${t.root}/opensearch.xml`,
    status: 200,
    type: 'application/opensearchdescription+xml; charset=utf-8',
    body,
  };
}

/** Words that mean the same, and where the editions in other languages stand. */
function words(source: Source): Output {
  const editions = editionsOf(source).map(({ language, path }) => ({ language, root: path.slice(0, -1) }));
  const { synonyms = [] } = source.site().fields.search ?? {};
  return {
    path: '/search/words.json',
    status: 200,
    type: 'application/json; charset=utf-8',
    body: `${JSON.stringify({ synonyms, editions }, null, 1)}\n`,
  };
}
