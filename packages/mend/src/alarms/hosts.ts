/**
 * What is known of hosts, as data: who is no stranger on a public body's page. Hosts are lower case without port.
 * Sources: the common statistics, sharing, library and map services of Chinese sites, the marks that government sites
 * must carry (conac, the police register), and news and portal sites that pages link to; all common knowledge.
 */
const words = (list: string): string[] => list.trim().split(/\s+/);

/** Any host under these. */
const benign = new Set(
  words(`
gov.cn edu.cn org.cn mil.cn ac.cn edu.hk gov.hk gov.mo gov edu mil
baidu.com bdstatic.com bdimg.com bcebos.com baidustatic.com cnzz.com umeng.com 51.la 51yes.com google-analytics.com googletagmanager.com google.com google.cn gstatic.com googleapis.com
linezing.com gtags.net growingio.com sensorsdata.cn mediav.com miaozhen.com irs01.com irs01.net wrating.com 51web.com jiankongbao.com tanx.com alicdn.com aliyun.com aliyuncs.com alibaba.com taobao.com tmall.com alipay.com alipayobjects.com
amap.com autonavi.com tianditu.com supermap.com arcgis.com arcgisonline.com openlayers.org openstreetmap.org mapbox.com leafletjs.com
qq.com gtimg.cn gtimg.com qpic.cn qlogo.cn weixin.com weixinbridge.com myqcloud.com tencent.com tencent-cloud.com qcloud.com wechat.com idqqimg.com
sina.com.cn sina.cn sinaimg.cn sinajs.cn weibo.com weibo.cn sinastorage.com
jiathis.com bshare.cn shareto.com.cn ujian.cc uyan.cc duoshuo.com changyan.com sohu.com sohucs.com itc.cn 163.com 126.net 127.net 360.cn 360.com so.com qhimg.com qhres.com qhres2.com qihucdn.com qhupdate.com sogou.com
sogoucdn.com toutiao.com toutiaocdn.com bytedance.com byted-static.com bytegoofy.com pstatp.com snssdk.com douyin.com ixigua.com zhihu.com bilibili.com hdslb.com youku.com ykimg.com tudou.com iqiyi.com qiyi.com letv.com le.com pptv.com
jquery.com jquery.org bootcss.com bootcdn.net bootcdn.cn staticfile.org staticfile.net jsdelivr.net unpkg.com cdnjs.com cloudflare.com cloudflareinsights.com bootstrapcdn.com fontawesome.com iconfont.cn polyfill.io polyfill.com baomitu.com
msn.com microsoft.com live.com aspnetcdn.com bing.com adobe.com macromedia.com apple.com mozilla.org mozilla.net mozilla.com w3.org github.com github.io githubusercontent.com gitee.com wikipedia.org youtube.com vimeo.com facebook.com facebook.net twitter.com x.com linkedin.com instagram.com schema.org
purl.org ogp.me creativecommons.org browsehappy.com firefox.com.cn opera.com whatbrowser.org
people.com.cn people.cn peopleapp.com xinhuanet.com news.cn xinhua.org cctv.com cctv.cn cntv.cn cctvpic.com cnr.cn cri.cn chinanews.com chinanews.com.cn gmw.cn ce.cn china.com.cn china.org.cn china.com chinadaily.com.cn youth.cn cyol.com cyol.net
huanqiu.com qstheory.cn workercn.cn legaldaily.com.cn jcrb.com xuexi.cn 12371.cn 12377.cn 12321.cn 12348.com 12309.cn 12380.cn qizhiwang.org.cn piyao.org.cn ifeng.com thepaper.cn caixin.com jiemian.com stdaily.com eastday.com southcn.com dahe.cn cnhubei.com rednet.cn zjol.com.cn jschina.com.cn
sxrb.com voc.com.cn ynet.com nen.com.cn dzwww.com iqilu.com hebnews.cn newssc.org scol.com.cn cqnews.net jxnews.com.cn fjsen.com gxnews.com.cn hinews.cn yunnan.cn gog.cn tibet.cn ts.cn cnwest.com gscn.com.cn nxnews.net qhnews.com northnews.cn hljnews.cn dbw.cn enorth.com.cn qianlong.com bjnews.com.cn
conac.cn cnnic.cn beian.cn ebs.org.cn cyberpolice.cn creditchina.com chinatax.com 12306.cn ctrip.com chinapost.com.cn unionpay.com chinamobile.com 10086.cn 10010.com 189.cn
dedecms.com phpcms.cn phpcms.com ecmoban.com discuz.net comsenz.com kesion.com powereasy.net siteserver.cn trs.com.cn trs.cn jpage.cn hanweb.com wordpress.org wordpress.com gravatar.com drupal.org jeecms.com cmseasy.cn empirecms.com phome.net pageadmin.net aspcms.com zzcms.net metinfo.cn eyoucms.com
wbolt.com recaptcha.net hcaptcha.com geetest.com yundun.com 365cyd.com jiasule.com knownsec.com anquan.org qianxin.com scanv.com trustutn.org itrust.org.cn kxlogo.knet.cn knet.cn 12312.cn
flvcd.com videojs.com vjs.zencdn.net zencdn.net ckplayer.com jwpcdn.com cncdn.cn qiniucdn.com qbox.me clouddn.com upyun.com upaiyun.com wscdns.com ksyun.com ks3-cn-beijing.ksyuncs.com
iflyrec.com iflyos.cn xfyun.cn yidianzixun.com eyunzhu.com tiqcdn.cn wza.gov.cn
`),
);

const generics = new Set(words('com net org gov edu ac co mil or ne go'));
const provinces = new Set(
  words('bj sh tj cq he sx nm ln jl hl js zj ah fj jx sd ha hb hn gd gx hi sc gz yn xz sn gs qh nx xj tw hk mo'),
);
/** Endings that cost little and that injected links and scripts prefer; public bodies hardly ever use them. */
const odd = new Set(
  words(
    'top xyz vip cc club icu pw tk ml ga cf gq buzz cyou fun site online win bet casino loan live shop work rest bid ws la su men party science trade date review stream download racing faith accountant cricket gdn kim ink wang ren red pink blue lol mom click link space website press host pro sbs cfd bond monster quest hair skin makeup beauty autos one best life ltd poker games game run today world zone',
  ),
);

const ip4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const ownNetwork = /^(?:10|127|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\./;

/** The host of an absolute or protocol-relative address, lower case; undefined for all others. */
export function hostOf(address: string): string | undefined {
  const match = /^[\s\u0000-\u0020]*(?:https?:)?[\\/]{2}(?:[^/\\?#@\s]{0,60}@)?([^/\\?#:\s"'<>]{1,253})/i.exec(
    address.slice(0, 400),
  );
  return match?.[1]?.toLowerCase().replace(/\.$/, '');
}

/** The part of a host that one owner holds: `linjiang.gov.cn`, `example.com.cn`, an address in digits whole. */
export function siteOf(host: string): string {
  if (ip4.test(host)) return host;
  const labels = host.split('.');
  const last = labels.at(-1) ?? '';
  const second = labels.at(-2) ?? '';
  const three = last.length === 2 && (generics.has(second) || (last === 'cn' && provinces.has(second)));
  return labels.slice(three ? -3 : -2).join('.');
}

export function isBenignHost(host: string): boolean {
  if (ip4.test(host)) return ownNetwork.test(host);
  if (!host.includes('.') || host === 'localhost') return true;
  const labels = host.split('.');
  for (let from = 0; from < labels.length; from++) if (benign.has(labels.slice(from).join('.'))) return true;
  return false;
}

export const isRawAddress = (host: string): boolean => ip4.test(host) && !ownNetwork.test(host);

/** An address in digits, an ending of the cheap kind, or a name of figures alone. */
export const isOddHost = (host: string): boolean =>
  isRawAddress(host) || odd.has(host.split('.').at(-1) ?? '') || /^(?:[a-z]{0,3}\d{3,}[a-z]{0,2})\./.test(siteOf(host));
