import { html, printHtml, raw, type SafeHtml } from '@chengmen/html';
import type { ChannelCard, FieldsOf, ItemId, Output, PagePath, Source } from '@chengmen/model';
import { assetsOf, type Assets } from './assets.ts';
import { elderPath, elderRoot } from './elder-places.ts';
import { footer } from './parts/footer.ts';
import { breadcrumbList, jsonLd, type Crumb, type LinkedData } from './parts/json-ld.ts';
import { inOnePiece, madeOnce } from './made-once.ts';
import { feedForms, feedPath, feedTypes } from './pages/feed.ts';
import { pictureOf, type ChannelStep, type Media } from './read.ts';
import { sign } from './signs.ts';
import { hasTwin, simplifiedOrigin, twinPath } from './traditional.ts';

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
  /** Not for search engines, and at no address of its own: what stands on it is not from here. */
  readonly unlisted?: boolean;
}

const root = html`lang="zh-Hans"`;
const plainRoot = html`lang="zh-Hans" data-edition="elder"`;

/** A page with everything that stands on every page around it. */
export function framed(source: Source, page: Page): Output {
  const site = source.site().fields;
  const logo = pictureOf(source, site.logo);
  const markup = html`<!doctype html>
    <html ${page.standard === undefined ? root : plainRoot}>
      <head>
        ${head(site, logo, page)}
      </head>
      <body>
        <a class="skip" href="#main">跳到正文</a>
        ${header({ site, channels: source.channels(null), logo, page })}
        <main id="main" tabindex="-1">${breadcrumb(page)}${page.main}</main>
        ${footer(site, page.standard ?? page.path)}
        <p id="said" class="said" role="status"></p>
      </body>
    </html> `;
  return {
    path: page.path,
    status: page.status ?? 200,
    type: 'text/html; charset=utf-8',
    body: printHtml(markup),
  };
}

function head(site: FieldsOf<'site'>, logo: Media | undefined, page: Page): SafeHtml {
  const assets = assetsOf(site);
  const address = site.origin + page.path;
  const title = page.path === '/' ? page.title : `${page.title} - ${site.name}`;
  const description = page.description ?? page.labels?.['Description'] ?? page.labels?.['ColumnDescription'];
  const missing =
    page.unlisted === true || page.standard !== undefined || (page.status !== undefined && page.status !== 200);
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
    ${missing ? html`<meta name="robots" content="noindex" />` : html`<link rel="canonical" href="${address}" />${alternates(site, page.path)}`}
    <meta property="og:title" content="${page.title}" />
    <meta property="og:type" content="${page.kind ?? 'website'}" />
    <meta property="og:url" content="${address}" />
    <meta property="og:site_name" content="${site.name}" />
    <meta property="og:locale" content="zh_CN" />
    ${description && html`<meta property="og:description" content="${description}" />`}
    ${page.image && html`<meta property="og:image" content="${site.origin + page.image}" />`}
    ${windowSign(logo, assets)} ${looks(assets)} ${page.feed !== undefined && feedLinks(page.feed, page.title)}
    ${scripts(assets)} ${page.trail.length > 0 && jsonLd(breadcrumbList(page.trail, site.origin, page.path))}
    ${(page.data ?? []).map(jsonLd)}`;
}

function windowSign(logo: Media | undefined, { icon }: Assets): SafeHtml {
  return html`<link rel="icon" type="${logo?.type ?? 'image/svg+xml'}" href="${logo?.path ?? icon}" />`;
}

function feedLinks(page: PagePath, title: string): SafeHtml[] {
  return feedForms.map(
    (form) =>
      html`<link
        rel="alternate"
        type="${feedTypes[form]}"
        title="${title}（${form}）"
        href="${feedPath(page, form)}"
      /> `,
  );
}

/** The same page in the other script, for engines. */
function alternates(site: FieldsOf<'site'>, path: PagePath): SafeHtml | undefined {
  if (!site.traditional) return undefined;
  const simplified = simplifiedOrigin(site);
  const link = (language: string, address: string): SafeHtml =>
    html`<link rel="alternate" hreflang="${language}" href="${address}" /> `;
  return html`${link('zh-Hans', simplified + path)}${link('zh-Hant', simplified + twinPath(path))}${link('x-default', simplified + path)}`;
}

/** 简体 · 繁體: to the same page in the other script. Both links stand on both pages; the style shows the one that leads away. */
function editionSwitch(to: PagePath): SafeHtml {
  return html`<a class="quiet to-hans" hreflang="zh-Hans" lang="zh-Hans" href="${to}" translate="no">简体版</a
    ><a class="quiet to-hant" hreflang="zh-Hant" lang="zh-Hant" href="${twinPath(to)}" translate="no">繁體版</a>`;
}

const looks = madeOnce(({ frame, style }: Assets) =>
  inOnePiece(
    html`<meta name="theme-color" media="(prefers-color-scheme: light)" content="${frame.light}" />
      <meta name="theme-color" media="(prefers-color-scheme: dark)" content="${frame.dark}" />
      <link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml" />
      <link rel="stylesheet" href="${style}" />`,
  ),
);

const scripts = madeOnce(({ early, script, reader }: Assets) =>
  inOnePiece(
    html`<script src="${early}"></script>
      <script src="${script}" data-reader="${reader}" defer></script>`,
  ),
);

/** META-L2: a label is there with a value, or not at all. */
function labels(values: Labels): SafeHtml[] {
  return Object.entries(values)
    .filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1].trim() !== '')
    .map(([name, content]) => html`<meta name="${name}" content="${content}" /> `);
}

/** The three column labels of a content page and the two more of a column's own page (META-04 … META-07). */
export function columnLabels({ fields }: ChannelStep, own: boolean): Labels {
  return {
    ColumnName: fields.name,
    ...(own ? { ColumnDescription: fields.description, ColumnKeywords: fields.keywords.join(',') } : {}),
    ColumnType: fields.type,
  };
}

const place = '/PAGE~HERE';
/**
 * The same on all pages of a section, but for the page's own address in the links between scripts, at which it is cut.
 * Made from site settings and channels, which never alter.
 */
const headers = madeOnce((_: FieldsOf<'site'>) =>
  madeOnce((_: readonly ChannelCard[]) => new Map<string, readonly string[]>()),
);

function header(given: Header): SafeHtml {
  const { site, channels, logo, page } = given;
  const { path, status = 200, section = '', standard, elder = false } = page;
  const self = path === '/' ? path : (channels.find((channel) => channel.path === path)?.path ?? '');
  const kind = standard === undefined ? (elder ? 'elder' : '') : standard === '/' ? 'plain home' : 'plain';
  const key = `${section} ${self} ${kind} ${logo?.path ?? ''}`;
  const made = headers(site)(channels);
  const known = made.get(key) ?? printHtml(inOnePiece(drawHeader(given))).split(place);
  made.set(key, known);
  const own = standard ?? path;
  return raw(known.join(status === 200 && hasTwin(own) ? own : '/'));
}

interface Header {
  readonly site: FieldsOf<'site'>;
  readonly channels: readonly ChannelCard[];
  readonly logo: Media | undefined;
  readonly page: Page;
}

function drawHeader(given: Header): SafeHtml {
  const { site, channels, page } = given;
  const plain = page.standard !== undefined;
  return html`<header class="top">
    ${site.demonstration && html`<p class="demonstration">${site.demonstration}</p>`}
    <div class="wrap top-row">
      ${brand(given, plain ? `${elderRoot}/` : '/')} ${!plain && page.path !== '/' && find}
      <div class="top-tools">
        ${
          plain
            ? html`<a class="quiet" href="${place}">返回标准版</a>`
            : site.elder &&
              html`<a class="quiet" href="${page.elder === true ? elderPath(place) : `${elderRoot}/`}">长者版</a>`
        }
        <a class="quiet unscripted" href="/accessibility.html">无障碍浏览</a
        ><button type="button" class="quiet scripted" data-act="reader" aria-expanded="false">无障碍浏览</button>
        ${site.traditional && editionSwitch(plain ? elderPath(place) : place)}
      </div>
    </div>
    ${!plain && navigation(channels, page)}
  </header>`;
}

function brand({ site, logo }: Header, home: PagePath): SafeHtml {
  return html`<a class="brand" href="${home}"
    >${logo ? html`<img class="logo" src="${logo.path}" alt="" width="44" height="44" />` : sign('gate', assetsOf(site))}<span
      class="brand-text"
      ><span class="brand-name">${site.name}</span
      ><span class="brand-english" lang="en">${site.englishName}</span></span
    ></a
  >`;
}

function navigation(all: readonly ChannelCard[], page: Page): SafeHtml {
  const channels = all.filter(({ navigation }) => navigation);
  const links = html`<li><a href="/" ${page.path === '/' ? html`aria-current="page"` : ''}>首页</a></li>
    ${channels.map(
      ({ id, name, path }) =>
        html`<li>
          <a href="${path}" ${current(path === page.path, id === page.section)}>${name}</a>
        </li>`,
    )}`;
  // Two lists of the same links, of which one is shown: a row where there is room, a folded menu where there is not.
  return html`<nav class="nav" aria-label="主导航">
    <div class="wrap">
      <ul class="nav-row">
        ${links}
      </ul>
      <details class="menu">
        <summary>栏目导航</summary>
        <ul>
          ${links}
        </ul>
      </details>
    </div>
  </nav>`;
}

function current(self: boolean, above: boolean): SafeHtml | string {
  if (self) return html`aria-current="page"`;
  return above ? html`aria-current="true"` : '';
}

function breadcrumb({ trail }: Page): SafeHtml | string {
  if (trail.length === 0) return '';
  return html`<nav class="trail wrap" aria-label="当前位置">
    <ol>
      ${trail.map(({ name, path }) =>
        path === undefined ? html`<li aria-current="page">${name}</li>` : html`<li><a href="${path}">${name}</a></li>`,
      )}
    </ol>
  </nav>`;
}

/** The same on all pages, and works without scripts. */
const find = html`<form class="find" role="search" aria-label="全站检索" action="/search.html">
  <label class="hidden" for="find">全站检索</label
  ><input id="find" name="q" type="search" placeholder="搜索本站" maxlength="200" autocomplete="off" required /><button>
    搜索
  </button>
</form>`;
