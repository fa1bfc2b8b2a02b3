import { escapeText, html, printHtml, raw, type SafeHtml } from '@chengmen/html';
import type { ChannelCard, FieldsOf, ItemId, Output, PagePath, Source } from '@chengmen/model';
import { assetsOf, scriptWords, type Assets } from './assets.ts';
import { mainLanguage, placeOf, topChannels, type Version } from './editions.ts';
import { elderPath, elderRoot } from './elder-places.ts';
import { footer } from './parts/footer.ts';
import { leadsTo } from './parts/outside.ts';
import { breadcrumbList, jsonLd, type Crumb, type LinkedData } from './parts/json-ld.ts';
import { inOnePiece, madeOnce } from './made-once.ts';
import { feedForms, feedPath, feedTypes } from './pages/feed.ts';
import { pictureOf, type ChannelStep, type Media } from './read.ts';
import { sign } from './signs.ts';
import { hasTwin, simplifiedOrigin, twinPath } from './traditional.ts';
import { markChinese, wordsFor, wordsOf, type Words } from './words.ts';

/** Page labels, by their exact names (META-01 … META-15); empty ones are left out. */
export type Labels = Readonly<Record<string, string | undefined>>;

export interface Page {
  readonly path: PagePath;
  readonly status?: Output['status'];
  /** Equals the first heading; the window's title begins with it. */
  readonly title: string;
  readonly main: SafeHtml;
  /** From the home page to this one; empty on the home page. */
  readonly trail: readonly Crumb[];
  /** The top-level channel this page belongs to. */
  readonly section?: ItemId | undefined;
  readonly labels?: Labels;
  /** For search engines and previews, where the page labels do not already have one. */
  readonly description?: string | undefined;
  readonly image?: PagePath | undefined;
  readonly kind?: 'website' | 'article';
  readonly data?: readonly LinkedData[];
  /** Where the page's feeds stand: its own address, ending in a slash. */
  readonly feed?: PagePath;
  /** Set on a page of the elder edition: the standard form of the same page, to which engines are led instead. */
  readonly standard?: PagePath;
  /** The page has an elder form. */
  readonly elder?: boolean;
  /** The same page in other languages. */
  readonly versions?: readonly Version[];
  /** Not for search engines, and at no address of its own: what stands on it is not from here. */
  readonly unlisted?: boolean;
}

const root = html`lang="zh-Hans"`;
const plainRoot = html`lang="zh-Hans" data-edition="elder"`;
const foreignRoot = madeOnce(({ language, direction }: Words) => html`lang="${language}" dir="${direction}"`);

const rootOf = (t: Words, { standard }: Page): SafeHtml =>
  t.language === mainLanguage ? (standard === undefined ? root : plainRoot) : foreignRoot(t);

/** A page with everything that stands on every page around it. */
export function framed(source: Source, page: Page): Output {
  const t = wordsOf(source);
  const site = source.site().fields;
  const logo = pictureOf(source, site.logo);
  const markup = html`<!doctype html>
    <html ${rootOf(t, page)}>
      <head>
        ${head(source, logo, page)}
      </head>
      <body>
        <a class="skip" href="#main">${t('跳到正文')}</a>
        ${header(t, { site, channels: source.channels(null), navigation: topChannels(source), logo, page })}
        <main id="main" tabindex="-1">${breadcrumb(t, page)}${page.main}</main>
        ${languageLinks(source, page)} ${footer(site, page.standard ?? page.path)}
        <p id="said" class="said" role="status"></p>
      </body>
    </html> `;
  return {
    path: page.path,
    status: page.status ?? 200,
    type: 'text/html; charset=utf-8',
    body: markChinese(printHtml(markup), t),
  };
}

function head(source: Source, logo: Media | undefined, page: Page): SafeHtml {
  const site = source.site().fields;
  const t = wordsFor(site);
  const assets = assetsOf(site);
  const address = site.origin + page.path;
  const title = page.path === `${t.root}/` ? page.title : `${page.title} - ${site.name}`;
  const description = page.description ?? page.labels?.['Description'] ?? page.labels?.['ColumnDescription'];
  // Of the elder edition its home page alone is found: two answers for one question help nobody.
  const doubles = page.standard !== undefined && page.standard !== '/';
  // Who shows links shows no drawings of vectors.
  const shared = page.image ?? (logo?.type === 'image/svg+xml' ? undefined : logo?.path);
  const missing = page.unlisted === true || doubles || (page.status !== undefined && page.status !== 200);
  return html`<meta charset="utf-8" />
    <title>${title}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    ${labels({
      SiteName: site.name,
      SiteDomain: site.domain,
      SiteIDCode: site.identificationCode,
      ...page.labels,
      // HTML names are compared without regard to case: where the page label stands, a second one would double it.
      ...(page.labels?.['Description'] === undefined ? { description } : {}),
    })}
    ${missing ? html`<meta name="robots" content="noindex" />` : html`<link rel="canonical" href="${address}" />${alternates(source, page)}`}
    <meta property="og:title" content="${page.title}" />
    <meta property="og:type" content="${page.kind ?? 'website'}" />
    <meta property="og:url" content="${address}" />
    <meta property="og:site_name" content="${site.name}" />
    <meta property="og:locale" content="${localeOf(t)}" />
    ${description && html`<meta property="og:description" content="${description}" />`}
    ${shared !== undefined && html`<meta property="og:image" content="${site.origin + shared}" />`}
    ${windowSign(logo, assets)} ${looks(assets)(t)} ${page.feed !== undefined && feedLinks(t, page.feed, page.title)}
    ${scripts(assets)(t)} ${page.trail.length > 0 && jsonLd(breadcrumbList(page.trail, site.origin, page.path))}
    ${(page.data ?? []).map(jsonLd)}`;
}

function windowSign(logo: Media | undefined, { icon }: Assets): SafeHtml {
  return html`<link rel="icon" type="${logo?.type ?? 'image/svg+xml'}" href="${logo?.path ?? icon}" />`;
}

function feedLinks(t: Words, page: PagePath, title: string): SafeHtml[] {
  return feedForms.map(
    (form) =>
      html`<link
        rel="alternate"
        type="${feedTypes[form]}"
        title="${title}${t('（{form}）', { form })}"
        href="${feedPath(page, form)}"
      /> `,
  );
}

/** The same page in the other script and in other languages, for engines; each of them names all. */
function alternates(source: Source, { path, versions = [] }: Page): SafeHtml | undefined {
  const site = source.site().fields;
  const { traditional } = mainSettings(site);
  const { language } = wordsFor(site);
  const all = [
    ...(language === mainLanguage ? [] : versions),
    { language, path },
    ...(language === mainLanguage ? versions : []),
  ];
  const main = all.find((one) => one.language === mainLanguage)?.path;
  const forms = all.flatMap((one) => [
    one,
    ...(traditional && one.language === mainLanguage ? [{ language: 'zh-Hant', path: twinPath(one.path) }] : []),
  ]);
  if (forms.length < 2) return undefined;
  const origin = simplifiedOrigin(site);
  const link = (name: string, to: PagePath): SafeHtml =>
    html`<link rel="alternate" hreflang="${name}" href="${origin + to}" /> `;
  return html`${forms.map((one) => link(one.language, one.path))}${link('x-default', main ?? path)}`;
}

const localeOf = madeOnce(({ language }: Words): string => {
  if (language === mainLanguage) return 'zh_CN';
  const { language: name, region = '' } = new Intl.Locale(language).maximize();
  return `${name}_${region}`;
});

/** 简体 · 繁體: to the same page in the other script. Both links stand on both pages; the style shows the one that leads away. */
function editionSwitch(t: Words, to: PagePath): SafeHtml {
  return html`<a class="quiet to-hans" hreflang="zh-Hans" lang="zh-Hans" href="${to}" translate="no">${t('简体版')}</a
    ><a class="quiet to-hant" hreflang="zh-Hant" lang="zh-Hant" href="${twinPath(to)}" translate="no"
      >${t('繁體版')}</a
    >`;
}

const looks = madeOnce(({ frame, style }: Assets) =>
  madeOnce((t: Words) =>
    inOnePiece(
      html`<meta name="theme-color" media="(prefers-color-scheme: light)" content="${frame.light}" />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content="${frame.dark}" />
        <link rel="search" type="application/opensearchdescription+xml" href="${t.root}/opensearch.xml" />
        <link rel="stylesheet" href="${style}" />`,
    ),
  ),
);

const scripts = madeOnce(({ early, script, reader }: Assets) =>
  madeOnce((t: Words) =>
    inOnePiece(
      html`<script src="${early}"></script>
        ${t.language !== mainLanguage && html`<script src="${scriptWords(t).path}" defer></script>`}
        <script src="${script}" data-reader="${reader}" defer></script>`,
    ),
  ),
);

/** META-L2: a label is there with a value, or not at all. */
function labels(values: Labels): SafeHtml {
  let markup = '';
  for (const [name, content] of Object.entries(values))
    if (content !== undefined && content.trim() !== '')
      markup += `<meta name="${name}" content="${escapeText(content)}" /> `;
  return raw(markup);
}

/** The three column labels of a content page and the two more of a column's own page (META-04 … META-07). */
export function columnLabels({ fields }: ChannelStep, own: boolean): Labels {
  return {
    ColumnName: fields.name,
    ...(own ? { ColumnDescription: fields.description, ColumnKeywords: fields.keywords.join(',') } : {}),
    ColumnType: fields.type,
  };
}

const mainSettings = (site: FieldsOf<'site'>): FieldsOf<'site'> => placeOf(site).main;

const place = '/PAGE~HERE';
/**
 * The same on all pages of a section, but for the page's own address in the links between scripts, at which it is cut.
 * Made from site settings and channels, which never alter.
 */
const headers = madeOnce((_: FieldsOf<'site'>) =>
  madeOnce((_: readonly ChannelCard[]) => new Map<string, readonly (readonly string[])[]>()),
);

/** Cut at the links to other languages, and each part at the page's own address. */
function drawnHeader(t: Words, given: Header): readonly (readonly string[])[] {
  return printHtml(inOnePiece(drawHeader(t, given)))
    .split(languagesPlace)
    .map((part) => part.split(place));
}

function header(t: Words, given: Header): SafeHtml {
  const { site, channels, navigation, logo, page } = given;
  const { path, status = 200, section = '', standard, elder = false } = page;
  const home = path === `${t.root}/`;
  const self = home ? path : (navigation.find((channel) => channel.path === path)?.path ?? '');
  const kind = standard === undefined ? (elder ? 'elder' : '') : standard === '/' ? 'plain home' : 'plain';
  const key = `${section} ${self} ${kind} ${logo?.path ?? ''}`;
  const made = headers(site)(channels);
  const known = made.get(key) ?? drawnHeader(t, given);
  made.set(key, known);
  const own = standard ?? path;
  const here = status === 200 && hasTwin(own) ? own : '/';
  return raw(known.map((part) => part.join(here)).join(known.length > 1 ? printHtml(languages(given)) : ''));
}

interface Header {
  readonly site: FieldsOf<'site'>;
  /** Of the top level, the editions among them. */
  readonly channels: readonly ChannelCard[];
  readonly navigation: readonly ChannelCard[];
  readonly logo: Media | undefined;
  readonly page: Page;
}

function drawHeader(t: Words, given: Header): SafeHtml {
  const { site, page } = given;
  const plain = page.standard !== undefined;
  return html`<header class="top">
    ${site.demonstration && html`<p class="demonstration">${site.demonstration}</p>`}
    <div class="wrap top-row">
      ${brand(t, given, plain ? `${elderRoot}/` : `${t.root}/`)} ${!plain && page.path !== `${t.root}/` && find(t)}
      <div class="top-tools">
        ${
          plain
            ? html`<a class="quiet" href="${place}">${t('返回标准版')}</a>`
            : site.elder &&
              html`<a class="quiet" href="${page.elder === true ? elderPath(place) : `${elderRoot}/`}"
                >${t('长者版')}</a
              >`
        }
        <a class="quiet unscripted" href="${t.root}/accessibility.html">${t('无障碍浏览')}</a
        ><button type="button" class="quiet scripted" data-act="reader" aria-expanded="false">
          ${t('无障碍浏览')}
        </button>
        ${!plain && raw(languagesPlace)} ${site.traditional && editionSwitch(t, plain ? elderPath(place) : place)}
      </div>
    </div>
    ${!plain && navigation(t, given)}
  </header>`;
}

function brand(t: Words, { site, logo }: Header, home: PagePath): SafeHtml {
  return html`<a class="brand" href="${home}"
    >${logo ? html`<img class="logo" src="${logo.path}" alt="" width="44" height="44" />` : sign('gate', assetsOf(site))}<span
      class="brand-text"
      ><span class="brand-name">${site.name}</span>${secondName(site)}</span
    ></a
  >`;
}

/** In the other of the two languages: who stands behind the site should be told whoever reads. */
function secondName(site: FieldsOf<'site'>): SafeHtml {
  const main = mainSettings(site);
  return main === site
    ? html`<span class="brand-english" lang="en">${site.englishName}</span>`
    : html`<span class="brand-english" lang="zh-Hans">${main.name}</span>`;
}

const languagesPlace = '<!--LANGUAGES-->';
const linksId = 'languages';

/** English · 中文: to this page in the other language; where it has none, to where that is said. */
function languages({ site, channels, page }: Header): SafeHtml {
  return html`${othersOf(site, channels).map(({ language, direction, languageName }) => {
    const version = page.versions?.find((one) => one.language === language);
    return html`<a
      class="quiet"
      ${version && html`hreflang="${language}"`}
      lang="${language}"
      dir="${direction}"
      href="${version?.path ?? `#${linksId}`}"
      translate="no"
      >${languageName}</a
    >`;
  })}`;
}

interface Other {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly languageName: string;
  readonly missing: string;
  readonly home: PagePath;
  readonly homeName: string;
}

/** The languages the site has beside that of the page; none where it has no other edition. */
function othersOf(site: FieldsOf<'site'>, channels: readonly ChannelCard[]): readonly Other[] {
  const own = wordsFor(site).language;
  const main = mainSettings(site);
  const editions = channels.flatMap(({ path, edition }): Other[] =>
    edition ? [{ ...edition, direction: edition.direction ?? 'ltr', home: path, homeName: edition.name }] : [],
  );
  if (editions.length === 0) return [];
  const chinese: Other = {
    language: mainLanguage,
    direction: 'ltr',
    languageName: '中文',
    missing: '此页没有中文版。',
    home: '/',
    homeName: main.name,
  };
  return [chinese, ...editions].filter(({ language }) => language !== own);
}

/** Below every page: where it stands in the other languages, and where it does not, in words of those languages. */
function languageLinks(source: Source, page: Page): SafeHtml | undefined {
  const site = source.site().fields;
  const others = page.standard === undefined ? othersOf(site, source.channels(null)) : [];
  if (others.length === 0) return undefined;
  const t = wordsFor(site);
  return html`<nav class="languages wrap" id="${linksId}" aria-label="${t('语言')}">
    <ul>
      ${others.map((other) => {
        const version = page.versions?.find(({ language }) => language === other.language);
        const to = version?.path ?? other.home;
        return html`<li lang="${other.language}" dir="${other.direction}">
          ${!version && page.status === undefined && html`${other.missing} `}<a
            href="${to}"
            hreflang="${other.language}"
            >${version ? other.languageName : other.homeName}</a
          >
        </li> `;
      })}
    </ul>
  </nav>`;
}

interface NavigationEntry {
  readonly id?: ItemId;
  readonly name: string;
  readonly path: string;
}

/** As the settings order them; else the channels that say they stand there. Editions in other languages have their own. */
function entriesOf(
  t: Words,
  { navigation: chosen }: FieldsOf<'site'>,
  all: readonly ChannelCard[],
): readonly NavigationEntry[] {
  if (!chosen || t.root !== '') return all.filter(({ navigation }) => navigation);
  return chosen.flatMap((entry): readonly NavigationEntry[] =>
    'channel' in entry ? all.filter(({ id }) => id === entry.channel) : [{ name: entry.name, path: entry.address }],
  );
}

function navigation(t: Words, { site, navigation: all, page }: Header): SafeHtml {
  const links = html`<li>
      <a href="${t.root}/" ${page.path === `${t.root}/` ? html`aria-current="page"` : ''}>${t('首页')}</a>
    </li>
    ${entriesOf(t, site, all).map(
      (entry) =>
        html`<li>
          <a href="${entry.path}" ${marksOf(entry, site, page)}>${entry.name}</a>
        </li>`,
    )}`;
  // Two lists of the same links, of which one is shown: a row where there is room, a folded menu where there is not.
  return html`<nav class="nav" aria-label="${t('主导航')}">
    <div class="wrap">
      <ul class="nav-row">
        ${links}
      </ul>
      <details class="menu">
        <summary>${t('栏目导航')}</summary>
        <ul>
          ${links}
        </ul>
      </details>
    </div>
  </nav>`;
}

function marksOf({ id, path }: NavigationEntry, site: FieldsOf<'site'>, page: Page): SafeHtml | string {
  if (leadsTo(path, site) === 'outside') return html`data-outside rel="noopener noreferrer external"`;
  return current(path === page.path, id !== undefined && id === page.section);
}

function current(self: boolean, above: boolean): SafeHtml | string {
  if (self) return html`aria-current="page"`;
  return above ? html`aria-current="true"` : '';
}

function breadcrumb(t: Words, { trail }: Page): SafeHtml | string {
  if (trail.length === 0) return '';
  return html`<nav class="trail wrap" aria-label="${t('当前位置')}">
    <ol>
      ${trail.map(({ name, path }) =>
        path === undefined ? html`<li aria-current="page">${name}</li>` : html`<li><a href="${path}">${name}</a></li>`,
      )}
    </ol>
  </nav>`;
}

/** The same on all pages, and works without scripts. */
const find = (t: Words): SafeHtml =>
  html`<form class="find" role="search" aria-label="${t('全站检索')}" action="${t.root}/search.html">
    <label class="hidden" for="find">${t('全站检索')}</label
    ><input
      id="find"
      name="q"
      type="search"
      placeholder="${t('搜索本站')}"
      maxlength="200"
      autocomplete="off"
      required
    /><button>${t('搜索')}</button>
  </form>`;
