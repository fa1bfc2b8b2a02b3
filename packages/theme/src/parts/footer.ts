import { html, printHtml, raw, type SafeHtml } from '@chengmen/html';
import type { FieldsOf, PagePath } from '@chengmen/model';
import { assetsOf } from '../assets.ts';
import { inOnePiece, madeOnce } from '../made-once.ts';
import { sign } from '../signs.ts';
import { wordsFor, type Words } from '../words.ts';
import { leadsTo, outsideSign } from './outside.ts';

type Site = FieldsOf<'site'>;

/** The national form to report an error of a government site (PAGE-06). */
export function reportErrorAddress(site: Site, path: PagePath): string {
  const page = encodeURIComponent(site.origin + path);
  return `https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=${site.identificationCode}&url=${page}`;
}

/**
 * Site identity at the foot of every page (PAGE-02). In a demonstration the marks are invented, so none of them
 * links to the real registers, which would then seem to vouch for them.
 */
export function footer(site: Site, path: PagePath): SafeHtml {
  return raw(sameEverywhere(site).join(encodeURIComponent(path)));
}

const place = 'PAGE~HERE';
/** The same on every page but for the page's own address, which stands in one of the links; that is percent-encoded. */
const sameEverywhere = madeOnce((site: Site) => printHtml(inOnePiece(drawFooter(site, place))).split(place));

function drawFooter(site: Site, path: PagePath): SafeHtml {
  const t = wordsFor(site);
  return html`<footer class="foot">
    <div class="wrap">
      <nav class="foot-links" aria-label="${t('页脚')}">
        <ul>
          <li><a href="${t.root}/contact.html">${t('联系我们')}</a></li>
          <li><a href="${t.root}/sitemap.html">${t('网站地图')}</a></li>
          <li><a href="${t.root}/visits.html">${t('访问统计')}</a></li>
          <li><a href="${t.root}/correction.html">${t('网站纠错')}</a></li>
          ${accessible(t)}${t.root === '' && ownLinks(site)}
        </ul>
      </nav>
      <div class="foot-body">
        <div class="foot-who">
          <p class="foot-name">${site.name}</p>
          <p>
            <span>${t('主办：{who}', { who: site.sponsor })}</span>
            <span>${t('承办：{who}', { who: site.organiser })}</span>
          </p>
          <p><span>${t('版权所有：{who}', { who: site.copyright })}</span></p>
          <p>
            <span>${t('地址：{where}', { where: site.address })}</span>
            <span>${t('邮编：{code}', { code: site.postcode })}</span>
          </p>
          <p>
            <span>${t.rich('电话：{number}', { number: phone(site) })}</span>
            <span>${t.rich('电子邮箱：{address}', { address: email(site) })}</span>
          </p>
        </div>
        <ul class="foot-marks">
          <li>${t('网站标识码')} <span class="code">${site.identificationCode}</span></li>
          <li>${filed(site, site.icp, 'https://beian.miit.gov.cn/')}</li>
          <li>${filed(site, site.policeFiling, policeAddress(site), sign('police', assetsOf(site)))}</li>
          <li>
            ${filed(site, t('党政机关网站标识'), `https://bszs.conac.cn/sitename?method=show&id=${site.conac}`, sign('state', assetsOf(site)))}
          </li>
          <li>${filed(site, t('我为政府网站找错'), reportErrorAddress(site, path), sign('error', assetsOf(site)))}</li>
        </ul>
      </div>
    </div>
  </footer>`;
}

const accessible = (t: Words): SafeHtml => html`<li><a href="${t.root}/accessibility.html">${t('无障碍浏览')}</a></li>`;

/** What this city adds. */
function ownLinks(site: Site): SafeHtml[] {
  return (site.footer?.links ?? []).map(({ name, address }) => {
    const outside = leadsTo(address, site) === 'outside';
    return html`<li>
      <a href="${address}" ${outside && html`data-outside rel="noopener noreferrer external"`}
        >${name}${outside && outsideSign(wordsFor(site))}</a
      >
    </li> `;
  });
}

/** A mark of the site's identity: linked to its register, or in a demonstration said to be invented. */
function filed(site: Site, text: string, address: string, mark?: SafeHtml): SafeHtml {
  const t = wordsFor(site);
  if (site.demonstration !== undefined)
    return html`<span class="mark">${mark}${text}<small>${t('演示')}</small></span>`;
  return html`<a class="mark" href="${address}">${mark}${text}</a>`;
}

/** PAGE-04: the digits in the link are the digits in the text. */
function policeAddress(site: Site): string {
  const digits = /\d{14}/.exec(site.policeFiling)?.[0] ?? '';
  return `https://www.beian.gov.cn/portal/registerSystemInfo?recordcode=${digits}`;
}

/** A number made up for a demonstration must not be dialled. */
export function phone(site: Site): SafeHtml {
  return phoneLink(site, site.phone);
}

/** A number to be called with one touch; in a demonstration it is nobody's, and calls nobody. */
export function phoneLink({ demonstration }: Pick<Site, 'demonstration'>, number: string): SafeHtml {
  return demonstration === undefined ? html`<a href="${`tel:${number}`}">${number}</a>` : html`${number}`;
}

export function email(site: Site): SafeHtml {
  return mailTo(site.email);
}

export function mailTo(address: string): SafeHtml {
  return html`<a href="${`mailto:${address}`}">${address}</a>`;
}
