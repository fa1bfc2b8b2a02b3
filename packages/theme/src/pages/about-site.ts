import { html, type SafeHtml } from '@chengmen/html';
import { figureItems, type ItemId, type Output, type PagePath, type Source } from '@chengmen/model';
import { elderRoot } from '../elder-places.ts';
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

interface Plain {
  readonly path: PagePath;
  readonly title: string;
  readonly lede: string;
  readonly content: SafeHtml;
}

function plainPage(source: Source, { path, title, lede, content }: Plain): Output {
  const main = html`<div class="wrap narrow">
    <header class="page-head">
      <h1>${title}</h1>
      <p class="lede">${lede}</p>
    </header>
    ${content}
  </div>`;
  return framed(source, { path, title, main, trail: trailOf([], title), description: lede });
}

/** 网站地图 for people. */
export function mapPage(source: Source): Output {
  const places = allChannels(source);
  return plainPage(source, {
    path: '/sitemap.html',
    title: '网站地图',
    lede: '全部栏目与本站说明，一页看全。',
    content: html`${places
      .filter(({ depth }) => depth === 0)
      .map(
        ({ channel }) =>
          html`<section class="part map-part">
            <h2><a href="${channel.path}">${channel.name}</a></h2>
            ${mapList(source, channel.id)}
          </section>`,
      )}
    ${section(
      '本站说明',
      html`<ul class="map-list">
        <li><a href="/contact.html">联系我们</a></li>
        <li><a href="/correction.html">网站纠错</a></li>
        <li><a href="/accessibility.html">无障碍浏览</a></li>
        <li><a href="/visits.html">访问统计</a></li>
        ${feedForms.map((form) => html`<li><a href="${feedPath('/', form)}">订阅全站（${form}）</a></li> `)}
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
  const site = source.site().fields;
  return plainPage(source, {
    path: '/contact.html',
    title: '联系我们',
    lede: '对网站的内容和使用有疑问，可以打电话、写邮件或来信。',
    content: facts([
      ['主办单位', site.sponsor],
      ['承办单位', site.organiser],
      ['电话', phone(site)],
      ['电子邮箱', email(site)],
      ['通信地址', site.address],
      ['邮政编码', site.postcode],
    ]),
  });
}

export function correctionPage(source: Source): Output {
  const site = source.site().fields;
  const real = site.demonstration === undefined;
  return plainPage(source, {
    path: '/correction.html',
    title: '网站纠错',
    lede: '发现错字、失效的链接、过时或不准确的内容，请告诉我们。',
    content: html`${section(
      '怎样报告',
      html`<ol class="steps">
        <li>
          <p class="step-name">记下页面的网址</p>
          <p>在浏览器的地址栏复制，或用页面下方的“复制网址”。</p>
        </li>
        <li>
          <p class="step-name">说明哪里不对</p>
          <p>摘录有误的文字，如有依据请一并写明。</p>
        </li>
        <li>
          <p class="step-name">发给我们</p>
          ${
            site.counter !== undefined &&
            html`<p>
              <a class="button" href="${site.counter}/letters/new?kind=correction">在窗口提交纠错</a>
              三个工作日内答复，可凭查询码查看进度。
            </p>`
          }
          <p>电子邮箱 ${email(site)}，电话 ${phone(site)}。</p>
        </li>
      </ol>`,
    )}
    ${
      real
        ? section(
            '全国统一入口',
            html`<p>
              也可以通过<a href="${reportErrorAddress(site, '/correction.html')}">“我为政府网站找错”</a>平台提交。
            </p>`,
          )
        : ''
    }`,
  });
}

export function visitsPage(source: Source): Output {
  return plainPage(source, {
    path: '/visits.html',
    title: '访问统计',
    lede: '本站怎样统计访问，保存什么，保存多久。',
    content: html`${Object.values(figureItems).map((id) => figure(source, id))}
    ${section(
      '怎样统计',
      html`<ul class="plain-list">
        <li>页面打开并显示出来，计一次浏览。同一页的简体、繁体、长者版合并计数。</li>
        <li>同一访客三十秒内重复打开同一页，只计一次；自报身份的爬虫和自动程序不计。</li>
        <li>浏览器停用脚本时，这次浏览不计入，页面内容不受影响。</li>
        <li>从站外或直接到达的一次浏览，计为一次访问的开始。</li>
      </ul>`,
    )}
    ${section(
      '保存什么，保存多久',
      html`<ul class="plain-list">
        <li>不用 Cookie，不在您的设备上存放任何标识，不向任何第三方发送访问信息。</li>
        <li>只保存每天的合计：页面、栏目、设备种类、来源种类各多少次。</li>
        <li>每次浏览有一个随机编号，只用来防止重复计数，约五分钟后删除。</li>
        <li>
          判断是否同一访客，用的是网络地址和浏览器名称经当天随机密钥计算的摘要，只在内存中，不写入磁盘，当天结束即丢弃；统计中不保存地址。
        </li>
      </ul>`,
    )}
    ${section(
      '保存在您设备上的设置',
      html`<div class="prose">
        <p>
          您选择的字号和配色只保存在您自己的浏览器里，不会发给本站。可在<a href="/accessibility.html">无障碍浏览</a
          >页恢复默认。
        </p>
      </div>`,
    )}`,
  });
}

/** A data set that was approved: its drawing, the same numbers as a table, and as files. */
function figure(source: Source, id: ItemId): SafeHtml | undefined {
  const item = liveItem(source, id, 'dataset');
  if (!item || item.path === null) return undefined;
  const { fields } = item;
  const [csv, json] = datasetPaths(item.path);
  return section(
    fields.title,
    html`<p>${fields.period}</p>
      ${chart(fields)} ${scrolling(fields.title, dataTable(fields))}
      <p class="tools">
        <a class="quiet" href="${csv}" download>下载 CSV</a> <a class="quiet" href="${json}" download>下载 JSON</a>
        <a class="quiet" href="${item.path}">数据说明</a>
      </p>`,
  );
}

export function accessibilityPage(source: Source): Output {
  const site = source.site().fields;
  return plainPage(source, {
    path: '/accessibility.html',
    title: '无障碍浏览',
    lede: '选择您看得舒服的字号和配色，本站会记住，对所有页面有效。',
    content: html`<div class="scripted settings">
        ${choices('字号', 'size', [
          ['', '标准'],
          ['small', '小'],
          ['large', '大'],
          ['huge', '特大'],
          ['twice', '两倍'],
        ])}
        ${choices('行距', 'lines', [
          ['', '标准'],
          ['wide', '宽'],
          ['wider', '更宽'],
        ])}
        ${choices('配色', 'theme', [
          ['', '跟随系统'],
          ['light', '浅色'],
          ['dark', '深色'],
          ['contrast', '高对比'],
          ['ink', '白底黑字'],
          ['blue', '蓝底黄字'],
        ])}
        ${choices('光标', 'pointer', [
          ['', '标准'],
          ['big', '大'],
        ])}
        ${choices('辅助线', 'guide', [
          ['', '无'],
          ['line', '阅读线'],
          ['mask', '遮罩'],
        ])}
        <p class="tools">
          <button type="button" class="button" data-act="reader" aria-expanded="false">打开工具栏</button>
          <button type="button" class="button button-quiet" data-act="reset">恢复默认</button>
        </p>
      </div>
      <p class="unscripted">您的浏览器没有运行脚本，上面的选项不可用；请用浏览器自带的缩放，配色会跟随系统的设置。</p>
      ${section(
        '用键盘浏览',
        html`<ul class="plain-list">
          <li>
            按 <kbd>Tab</kbd> 依次到达链接和按钮，<kbd>Shift</kbd> + <kbd>Tab</kbd> 返回上一个，<kbd>Enter</kbd> 打开。
          </li>
          <li>每页的第一个链接是“跳到正文”，可越过导航。</li>
          <li>较宽的表格可用方向键左右移动。</li>
          <li class="scripted">
            同时按住 <kbd>Alt</kbd> 和 <kbd>Shift</kbd>，再按：<kbd>H</kbd> 回首页，<kbd>M</kbd> 到正文，<kbd>S</kbd>
            到搜索框，<kbd>R</kbd> 朗读或停止，<kbd>T</kbd> 打开或关闭工具栏，<kbd>0</kbd> 恢复默认。
          </li>
        </ul>`,
      )}
      ${section(
        '听网页',
        html`<ul class="plain-list">
          <li>工具栏里的“朗读正文”用您设备自带的中文语音，读到哪一句，哪一句会标出来。先选中一段，就从那里读起。</li>
          <li>设备没有中文语音时会说明；本站不把文字发给任何语音服务。</li>
        </ul>`,
      )}
      ${
        site.elder &&
        section(
          '长者版',
          html`<p>
            <a href="${`${elderRoot}/`}">长者版</a>字大、按钮大、每页只有几个选择，没有弹窗，内容与标准版同时更新。
          </p>`,
        )
      }
      ${section(
        '用读屏软件浏览',
        html`<ul class="plain-list">
          <li>每页有一个一级标题，分节都有标题；导航、正文、页脚各有地标。</li>
          <li>图片配有文字说明，图表之后有同样数字的表格。</li>
          <li>旧网页中缺损、无法复原的文字以 〓 标出，读屏时读作“此处原文缺损，无法复原”。</li>
        </ul>`,
      )}
      ${section(
        '遇到困难',
        html`<div class="prose">
          <p>如有页面不便使用，请联系我们：电话 ${phone(site)}，电子邮箱 ${email(site)}。</p>
        </div>`,
      )}`,
  });
}

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
  const channels = source.channels(null).filter(({ navigation }) => navigation);
  const main = html`<div class="wrap narrow notice-page">
    <h1>没有找到这个页面</h1>
    <p class="lede">网址可能有误，或者页面已经迁移。可以搜索，或从下面的入口继续。</p>
    ${searchForm('q')}
    <ul class="life">
      ${channels.map(
        ({ name, path }) =>
          html`<li>
            <a href="${path}"><span class="life-name">${name}</span></a>
          </li> `,
      )}
    </ul>
    <p class="tools">
      <a class="button" href="/">返回首页</a> <a class="button button-quiet" href="/sitemap.html">网站地图</a>
      <a class="button button-quiet" href="/correction.html">报告失效的链接</a>
    </p>
  </div>`;
  return framed(source, {
    path: '/404.html',
    status: 404,
    title: '没有找到这个页面',
    main,
    trail: trailOf([], '没有找到'),
  });
}

/** For whoever stands before the portal to show while it cannot answer: it asks for nothing but what is kept already (503). */
export function unavailablePage(source: Source): Output {
  const site = source.site().fields;
  const main = html`<div class="wrap narrow notice-page">
    <h1>网站暂时不能提供这一页</h1>
    <p class="lede">我们正在处理，请过几分钟再试。您刚才填写的内容没有提交，请保存后重新提交。</p>
    ${facts(
      [
        ['急事请打电话', phone(site)],
        ['或写邮件', email(site)],
      ],
      '联系方式',
    )}
    <p class="tools"><a class="button" href="/">返回首页</a></p>
  </div>`;
  return framed(source, {
    path: '/503.html',
    title: '网站暂时不能提供这一页',
    main,
    trail: trailOf([], '暂时不能提供'),
    unlisted: true,
  });
}
