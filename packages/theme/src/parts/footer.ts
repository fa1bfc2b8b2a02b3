import { html, printHtml, raw, type SafeHtml } from '@chengmen/html';
import type { FieldsOf, PagePath } from '@chengmen/model';
import { assetsOf } from '../assets.ts';
import { inOnePiece, madeOnce } from '../made-once.ts';
import { sign } from '../signs.ts';

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
  return html`<footer class="foot">
    <div class="wrap">
      <nav class="foot-links" aria-label="页脚">
        <ul>
          <li><a href="/contact.html">联系我们</a></li>
          <li><a href="/sitemap.html">网站地图</a></li>
          <li><a href="/visits.html">访问统计</a></li>
          <li><a href="/correction.html">网站纠错</a></li>
          <li><a href="/accessibility.html">无障碍浏览</a></li>
        </ul>
      </nav>
      <div class="foot-body">
        <div class="foot-who">
          <p class="foot-name">${site.name}</p>
          <p><span>主办：${site.sponsor}</span> <span>承办：${site.organiser}</span></p>
          <p><span>版权所有：${site.copyright}</span></p>
          <p><span>地址：${site.address}</span> <span>邮编：${site.postcode}</span></p>
          <p><span>电话：${phone(site)}</span> <span>电子邮箱：${email(site)}</span></p>
        </div>
        <ul class="foot-marks">
          <li>网站标识码 <span class="code">${site.identificationCode}</span></li>
          <li>${filed(site, site.icp, 'https://beian.miit.gov.cn/')}</li>
          <li>${filed(site, site.policeFiling, policeAddress(site), sign('police', assetsOf(site)))}</li>
          <li>
            ${filed(site, '党政机关网站标识', `https://bszs.conac.cn/sitename?method=show&id=${site.conac}`, sign('state', assetsOf(site)))}
          </li>
          <li>${filed(site, '我为政府网站找错', reportErrorAddress(site, path), sign('error', assetsOf(site)))}</li>
        </ul>
      </div>
    </div>
  </footer>`;
}

/** A mark of the site's identity: linked to its register, or in a demonstration said to be invented. */
function filed(site: Site, text: string, address: string, mark?: SafeHtml): SafeHtml {
  if (site.demonstration !== undefined) return html`<span class="mark">${mark}${text}<small>演示</small></span>`;
  return html`<a class="mark" href="${address}">${mark}${text}</a>`;
}

/** PAGE-04: the digits in the link are the digits in the text. */
function policeAddress(site: Site): string {
  const digits = /\d{14}/.exec(site.policeFiling)?.[0] ?? '';
  return `https://www.beian.gov.cn/portal/registerSystemInfo?recordcode=${digits}`;
}

/** A number made up for a demonstration must not be dialled. */
export function phone(site: Site): SafeHtml {
  return site.demonstration === undefined
    ? html`<a href="${`tel:${site.phone}`}">${site.phone}</a>`
    : html`${site.phone}`;
}

export function email(site: Site): SafeHtml {
  return html`<a href="${`mailto:${site.email}`}">${site.email}</a>`;
}
