import { html, printHtml, type SafeHtml } from '@chengmen/html';
import type { Output, PagePath, Source } from '@chengmen/model';
import { examples, type Example } from '../examples/index.ts';
import { assetsOf } from '../src/assets.ts';
import { contrast } from '../src/colour.ts';
import { mediaOutputs } from '../src/pages/media.ts';
import { isA } from '../src/read.ts';
import { defaultHue, palette, type Palette, type PaletteName } from '../src/tokens.ts';
import { exampleCity, exampleItems } from './example-city.ts';

/** The theme's measures, as the style guide and its document tell them; `10-base.css` holds them. */
export const typeScale = [
  ['--h1', '页面标题', '1.625–2.25 rem，随屏幕宽度'],
  ['--h2', '分节标题', '1.375 rem'],
  ['--large', '列表标题、导语', '1.1875 rem'],
  ['--text', '界面文字', '1.0625 rem（17 px）'],
  ['--small', '日期、来源、说明', '0.9375 rem（15 px）'],
] as const;

const paletteNames: readonly (readonly [PaletteName, string])[] = [
  ['light', '浅色'],
  ['dark', '深色'],
  ['contrast', '高对比'],
];

/** The style guide of a site with this main hue: one page, the assets it is shown with, and the pictures of its examples. */
export function styleGuide(hue?: number): ReadonlyMap<PagePath, Output> {
  const city = exampleCity(hue === undefined ? {} : { hue });
  const media = exampleItems.flatMap((item) => (isA(item, 'media') ? mediaOutputs(city, item) : []));
  const page: Output = {
    path: '/index.html',
    status: 200,
    type: 'text/html; charset=utf-8',
    body: printHtml(guidePage(city)),
  };
  return new Map([page, ...assetsOf(city.site().fields).outputs, ...media].map((output) => [output.path, output]));
}

function guidePage(city: Source): SafeHtml {
  const site = city.site().fields;
  const assets = assetsOf(site);
  return html`<!doctype html>
    <html lang="zh-Hans">
      <head>
        <meta charset="utf-8" />
        <title>城门主题样式指南</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" type="image/svg+xml" href="${assets.icon}" />
        <link rel="stylesheet" href="${assets.style}" />
        <script src="${assets.early}"></script>
        <script src="${assets.script}" defer></script>
      </head>
      <body>
        <main id="main" class="wrap">
          <header class="page-head">
            <h1>城门主题样式指南</h1>
            <p class="lede">一种主色，一套字号，留白足够。每个部件只有一份示例，演示、文档和测试用的都是它。</p>
          </header>
          ${tableOfContents()}
          <section class="part" id="colour">
            <div class="part-head"><h2>颜色</h2></div>
            ${paletteNames.map(([name, zh]) => swatches(zh, palette(name, site.hue ?? defaultHue)))}
          </section>
          <section class="part" id="type">
            <div class="part-head"><h2>字号</h2></div>
            <dl class="facts">
              ${typeScale.map(
                ([name, what, size]) =>
                  html`<div>
                    <dt><span class="code">${name}</span></dt>
                    <dd>${what}：${size}</dd>
                  </div> `,
              )}
            </dl>
          </section>
          ${examples.map((example) => shown(example, city))}
        </main>
        <p id="said" class="said" role="status"></p>
      </body>
    </html> `;
}

function tableOfContents(): SafeHtml {
  return html`<nav class="events" aria-label="部件">
    <ul>
      ${examples.map(({ name, zh }) => html`<li><a href="${`#part-${name}`}">${zh}</a></li> `)}
    </ul>
  </nav>`;
}

function swatches(name: string, colours: Palette): SafeHtml {
  return html`<h3>${name}</h3>
    <ul class="cards">
      ${Object.entries(colours).map(
        ([role, colour]: [string, string]) =>
          html`<li class="card card-plain">
            <svg viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true" height="48">
              <rect width="100" height="20" fill="${colour}" />
            </svg>
            <div class="card-text">
              <p class="card-title">${role}</p>
              <p class="meta">
                <span class="code">${colour}</span><span>与底色 ${contrast(colour, colours.paper).toFixed(1)} : 1</span>
              </p>
            </div>
          </li> `,
      )}
    </ul>`;
}

function shown({ name, zh, about, markup }: Example, city: Source): SafeHtml {
  const made = markup(city);
  return html`<section class="part" id="${`part-${name}`}">
    <div class="part-head">
      <h2>${zh}</h2>
      <p class="part-note" lang="en">${about}</p>
    </div>
    ${made}
    <details class="fold">
      <summary>源码</summary>
      <pre class="scroll" tabindex="0">${printHtml(made).trim()}</pre>
    </details>
  </section>`;
}
