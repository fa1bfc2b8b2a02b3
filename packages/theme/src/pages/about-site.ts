import { html, type SafeHtml } from '@chengmen/html';
import { figureItems, type ItemId, type Output, type PagePath, type Source } from '@chengmen/model';
import { elderRoot } from '../elder-places.ts';
import { editionsOf, sameEverywhere, topChannels } from '../editions.ts';
import { framed } from '../frame.ts';
import { email, phone, reportErrorAddress } from '../parts/footer.ts';
import { trailOf } from '../trail.ts';
import { facts, section } from '../parts/blocks.ts';
import { scrolling } from '../parts/body.ts';
import { chart } from '../parts/chart.ts';
import { liveItem } from '../read.ts';
import { dataTable, datasetPaths } from './dataset.ts';
import { searchForm } from '../parts/search-form.ts';
import { feedForms, feedPath } from './feed.ts';
import { allChannels } from './site-maps.ts';
import { wordsOf } from '../words.ts';

interface Plain {
  readonly path: PagePath;
  readonly title: string;
  readonly lede: string;
  readonly content: SafeHtml;
}

/** A page about the site itself: its name, a sentence, what it says. */
export function plainPage(source: Source, { path, title, lede, content }: Plain): Output {
  const t = wordsOf(source);
  const main = html`<div class="wrap narrow">
    <header class="page-head">
      <h1>${title}</h1>
      <p class="lede">${lede}</p>
    </header>
    ${content}
  </div>`;
  return framed(source, {
    path: t.root + path,
    title,
    main,
    trail: trailOf(t, [], title),
    description: lede,
    versions: sameEverywhere(source, path),
  });
}

/** 网站地图 for people. */
export function mapPage(source: Source): Output {
  const t = wordsOf(source);
  const places = allChannels(source, topChannels(source));
  const editions = t.root === '' ? editionsOf(source) : [];
  return plainPage(source, {
    path: '/sitemap.html',
    title: t('网站地图'),
    lede: t('全部栏目与本站说明，一页看全。'),
    content: html`${places
      .filter(({ depth }) => depth === 0)
      .map(
        ({ channel }) =>
          html`<section class="part map-part">
            <h2><a href="${channel.path}">${channel.name}</a></h2>
            ${mapList(source, channel.id)}
          </section>`,
      )}
    ${
      editions.length > 0 &&
      section(
        t('外文版'),
        html`<ul class="map-list">
          ${editions.map(
            ({ path, language, direction, name }) =>
              html`<li>
                <a href="${path}" hreflang="${language}" lang="${language}" dir="${direction ?? 'ltr'}">${name}</a>
              </li> `,
          )}
        </ul>`,
      )
    }
    ${section(
      t('本站说明'),
      html`<ul class="map-list">
        <li><a href="${t.root}/contact.html">${t('联系我们')}</a></li>
        <li><a href="${t.root}/correction.html">${t('网站纠错')}</a></li>
        <li><a href="${t.root}/accessibility.html">${t('无障碍浏览')}</a></li>
        <li><a href="${t.root}/accessibility-statement.html">${t('无障碍声明')}</a></li>
        <li><a href="${t.root}/visits.html">${t('访问统计')}</a></li>
        ${feedForms.map((form) => html`<li><a href="${feedPath(`${t.root}/`, form)}">${t('订阅全站（{form}）', { form })}</a></li> `)}
      </ul>`,
    )}`,
  });
}

function mapList(source: Source, parent: string): SafeHtml | undefined {
  const children = source.channels(parent);
  if (children.length === 0) return undefined;
  return html`<ul class="map-list">
    ${children.map(({ id, name, path }) => html`<li><a href="${path}">${name}</a>${mapList(source, id)}</li> `)}
  </ul>`;
}

export function contactPage(source: Source): Output {
  const t = wordsOf(source);
  const site = source.site().fields;
  return plainPage(source, {
    path: '/contact.html',
    title: t('联系我们'),
    lede: t('对网站的内容和使用有疑问，可以打电话、写邮件或来信。'),
    content: facts([
      [t('主办单位'), site.sponsor],
      [t('承办单位'), site.organiser],
      [t('电话'), phone(site)],
      [t('电子邮箱'), email(site)],
      [t('通信地址'), site.address],
      [t('邮政编码'), site.postcode],
    ]),
  });
}

export function correctionPage(source: Source): Output {
  const t = wordsOf(source);
  const site = source.site().fields;
  const real = site.demonstration === undefined;
  return plainPage(source, {
    path: '/correction.html',
    title: t('网站纠错'),
    lede: t('发现错字、失效的链接、过时或不准确的内容，请告诉我们。'),
    content: html`${section(
      t('怎样报告'),
      html`<ol class="steps">
        <li>
          <p class="step-name">${t('记下页面的网址')}</p>
          <p>${t('在浏览器的地址栏复制，或用页面下方的“复制网址”。')}</p>
        </li>
        <li>
          <p class="step-name">${t('说明哪里不对')}</p>
          <p>${t('摘录有误的文字，如有依据请一并写明。')}</p>
        </li>
        <li>
          <p class="step-name">${t('发给我们')}</p>
          ${
            site.counter !== undefined &&
            html`<p>
              <a class="button" href="${site.counter}/letters/new?kind=correction">${t('在窗口提交纠错')}</a>
              ${t('三个工作日内答复，可凭查询码查看进度。')}
            </p>`
          }
          <p>${t.rich('电子邮箱 {email}，电话 {phone}。', { email: email(site), phone: phone(site) })}</p>
        </li>
      </ol>`,
    )}
    ${
      real
        ? section(
            t('全国统一入口'),
            html`<p>
              ${t.rich('也可以通过{link}平台提交。', {
                link: html`<a href="${reportErrorAddress(site, '/correction.html')}">${t('“我为政府网站找错”')}</a>`,
              })}
            </p>`,
          )
        : ''
    }`,
  });
}

export function visitsPage(source: Source): Output {
  const t = wordsOf(source);
  return plainPage(source, {
    path: '/visits.html',
    title: t('访问统计'),
    lede: t('本站怎样统计访问，保存什么，保存多久。'),
    content: html`${
      // Data sets of the main edition, in its language.
      t.root === '' && countedUpTo(source)
    }
    ${t.root === '' && Object.values(figureItems).map((id) => figure(source, id))}
    ${section(
      t('怎样统计'),
      html`<ul class="plain-list">
        <li>${t('页面打开并显示出来，计一次浏览。同一页的简体、繁体、长者版合并计数。')}</li>
        <li>${t('同一访客三十秒内重复打开同一页，只计一次；自报身份的爬虫和自动程序不计。')}</li>
        <li>${t('浏览器停用脚本时，这次浏览不计入，页面内容不受影响。')}</li>
        <li>${t('从站外或直接到达的一次浏览，或者访客当天的第一次浏览，计为一次访问的开始。')}</li>
      </ul>`,
    )}
    ${section(
      t('保存什么，保存多久'),
      html`<ul class="plain-list">
        <li>${t('不用 Cookie，不在您的设备上存放任何标识，不向任何第三方发送访问信息。')}</li>
        <li>${t('只保存每天的合计：页面、栏目、设备种类、来源种类各多少次。')}</li>
        <li>${t('每次浏览有一个随机编号，只用来防止重复计数，约五分钟后删除。')}</li>
        <li>
          ${t('判断是否同一访客，用的是网络地址和浏览器名称经当天随机密钥计算的摘要，只在内存中，不写入磁盘，当天结束即丢弃；统计中不保存地址。')}
        </li>
      </ul>`,
    )}
    ${section(
      t('保存在您设备上的设置'),
      html`<div class="prose">
        <p>
          ${t.rich('您选择的字号和配色只保存在您自己的浏览器里，不会发给本站。可在{link}页恢复默认。', {
            link: html`<a href="${t.root}/accessibility.html">${t('无障碍浏览')}</a>`,
          })}
        </p>
      </div>`,
    )}`,
  });
}

/** Up to when the figures count, as they say themselves: whoever reads an old page must see that it is old. */
function countedUpTo(source: Source): SafeHtml | undefined {
  const t = wordsOf(source);
  const last = /\d{4}-\d\d-\d\d$/.exec(liveItem(source, figureItems.days, 'dataset')?.fields.period ?? '')?.[0];
  if (last === undefined) return undefined;
  const { statistics } = source.site().fields;
  return html`<p class="aside">
    ${t('以下数字统计到 {day} 为止。', { day: t.day(last) })}
    ${statistics && t('每天 {at} 更新；统计暂时中断时，保留上一次的数字。', { at: statistics.at })}
  </p>`;
}

/** A data set that was approved: its drawing, the same numbers as a table, and as files. */
function figure(source: Source, id: ItemId): SafeHtml | undefined {
  const item = liveItem(source, id, 'dataset');
  if (!item || item.path === null) return undefined;
  const { fields } = item;
  const [csv, json] = datasetPaths(item.path);
  const t = wordsOf(source);
  return section(
    fields.title,
    html`<p>${fields.period}</p>
      ${chart(t, fields)} ${scrolling(fields.title, dataTable(fields))}
      <p class="tools">
        <a class="quiet" href="${csv}" download>${t('下载 CSV')}</a>
        <a class="quiet" href="${json}" download>${t('下载 JSON')}</a>
        <a class="quiet" href="${item.path}">${t('数据说明')}</a>
      </p>`,
  );
}

export function accessibilityPage(source: Source): Output {
  const t = wordsOf(source);
  const site = source.site().fields;
  return plainPage(source, {
    path: '/accessibility.html',
    title: t('无障碍浏览'),
    lede: t('选择您看得舒服的字号和配色，本站会记住，对所有页面有效。'),
    content: html`<div class="scripted settings">
        ${choices(t('字号'), 'size', [
          ['', t('标准')],
          ['small', t('小')],
          ['large', t('大')],
          ['huge', t('特大')],
          ['twice', t('两倍')],
        ])}
        ${choices(t('行距'), 'lines', [
          ['', t('标准')],
          ['wide', t('宽')],
          ['wider', t('更宽')],
        ])}
        ${choices(t('配色'), 'theme', [
          ['', t('跟随系统')],
          ['light', t('浅色')],
          ['dark', t('深色')],
          ['contrast', t('高对比')],
          ['ink', t('白底黑字')],
          ['blue', t('蓝底黄字')],
        ])}
        ${choices(t('光标'), 'pointer', [
          ['', t('标准')],
          ['big', t('大')],
        ])}
        ${choices(t('辅助线'), 'guide', [
          ['', t('无')],
          ['line', t('阅读线')],
          ['mask', t('遮罩')],
        ])}
        <p class="tools">
          <button type="button" class="button" data-act="reader" aria-expanded="false">${t('打开工具栏')}</button>
          <button type="button" class="button button-quiet" data-act="reset">${t('恢复默认')}</button>
        </p>
      </div>
      <p class="unscripted">
        ${t('您的浏览器没有运行脚本，上面的选项不可用；请用浏览器自带的缩放，配色会跟随系统的设置。')}
      </p>
      ${section(
        t('用键盘浏览'),
        html`<ul class="plain-list">
          <li>${t.rich('按 {tab} 依次到达链接和按钮，{shift} + {tab} 返回上一个，{enter} 打开。', keys)}</li>
          <li>${t('每页的第一个链接是“跳到正文”，可越过导航。')}</li>
          <li>${t('较宽的表格可用方向键左右移动。')}</li>
          <li class="scripted">
            ${t.rich('同时按住 {alt} 和 {shift}，再按：{h} 回首页，{m} 到正文，{s} 到搜索框，{r} 朗读或停止，{t} 打开或关闭工具栏，{zero} 恢复默认。', keys)}
          </li>
        </ul>`,
      )}
      ${section(
        t('听网页'),
        html`<ul class="plain-list">
          <li>
            ${t('工具栏里的“朗读正文”用您设备自带的中文语音，读到哪一句，哪一句会标出来。先选中一段，就从那里读起。')}
          </li>
          <li>${t('设备没有中文语音时会说明；本站不把文字发给任何语音服务。')}</li>
        </ul>`,
      )}
      ${
        site.elder &&
        section(
          t('长者版'),
          html`<p>
            ${t.rich('{elder}字大、按钮大、每页只有几个选择，没有弹窗，内容与标准版同时更新。', {
              elder: html`<a href="${`${elderRoot}/`}">${t('长者版')}</a>`,
            })}
          </p>`,
        )
      }
      ${section(
        t('用读屏软件浏览'),
        html`<ul class="plain-list">
          <li>${t('每页有一个一级标题，分节都有标题；导航、正文、页脚各有地标。')}</li>
          <li>${t('图片配有文字说明，图表之后有同样数字的表格。')}</li>
          <li>${t('旧网页中缺损、无法复原的文字以 〓 标出，读屏时读作“此处原文缺损，无法复原”。')}</li>
        </ul>`,
      )}
      ${section(
        t('遇到困难'),
        html`<div class="prose">
          <p>
            ${t.rich('如有页面不便使用，请联系我们：电话 {phone}，电子邮箱 {email}。', { phone: phone(site), email: email(site) })}
          </p>
          <p>
            ${t.rich('检验的结果和已知的不足见{statement}。', { statement: html`<a href="${t.root}/accessibility-statement.html">${t('无障碍声明')}</a>` })}
          </p>
        </div>`,
      )}`,
  });
}

const key = (name: string): SafeHtml => html`<kbd>${name}</kbd>`;
const keys = {
  tab: key('Tab'),
  shift: key('Shift'),
  enter: key('Enter'),
  alt: key('Alt'),
  h: key('H'),
  m: key('M'),
  s: key('S'),
  r: key('R'),
  t: key('T'),
  zero: key('0'),
} as const;

function choices(label: string, name: string, options: readonly (readonly [string, string])[]): SafeHtml {
  return html`<div class="choices" role="group" aria-label="${label}">
    <p class="choices-label" aria-hidden="true">${label}</p>
    ${options.map(
      ([value, text]) =>
        html`<button type="button" class="choice" data-set="${`${name}:${value}`}" aria-pressed="false">
          ${text}
        </button> `,
    )}
  </div>`;
}

/** Shown at every address where nothing stands (PAGE-14). */
export function notFoundPage(source: Source): Output {
  const t = wordsOf(source);
  const channels = topChannels(source).filter(({ navigation }) => navigation);
  const main = html`<div class="wrap narrow notice-page">
    <h1>${t('没有找到这个页面')}</h1>
    <p class="lede">${t('网址可能有误，或者页面已经迁移。可以搜索，或从下面的入口继续。')}</p>
    ${searchForm(t, 'q')}
    <ul class="life">
      ${channels.map(
        ({ name, path }) =>
          html`<li>
            <a href="${path}"><span class="life-name">${name}</span></a>
          </li> `,
      )}
    </ul>
    <p class="tools">
      <a class="button" href="${t.root}/">${t('返回首页')}</a>
      <a class="button button-quiet" href="${t.root}/sitemap.html">${t('网站地图')}</a>
      <a class="button button-quiet" href="${t.root}/correction.html">${t('报告失效的链接')}</a>
    </p>
  </div>`;
  return framed(source, {
    path: `${t.root}/404.html`,
    status: 404,
    title: t('没有找到这个页面'),
    main,
    trail: trailOf(t, [], t('没有找到')),
  });
}

/** For whoever stands before the portal to show while it cannot answer: it asks for nothing but what is kept already (503). */
export function unavailablePage(source: Source): Output {
  const t = wordsOf(source);
  const site = source.site().fields;
  const main = html`<div class="wrap narrow notice-page">
    <h1>${t('网站暂时不能提供这一页')}</h1>
    <p class="lede">${t('我们正在处理，请过几分钟再试。您刚才填写的内容没有提交，请保存后重新提交。')}</p>
    ${facts(
      [
        [t('急事请打电话'), phone(site)],
        [t('或写邮件'), email(site)],
      ],
      t('联系方式'),
    )}
    <p class="tools"><a class="button" href="${t.root}/">${t('返回首页')}</a></p>
  </div>`;
  return framed(source, {
    path: `${t.root}/503.html`,
    title: t('网站暂时不能提供这一页'),
    main,
    trail: trailOf(t, [], t('暂时不能提供')),
    versions: sameEverywhere(source, '/503.html'),
    unlisted: true,
  });
}
