import { pageOf } from './page-of.ts';

/** Honest pages that look as if: what each holds is residue, custom or a report. None may raise an alarm. */
export const cleanPages: Readonly<Record<string, string>> = {
  'plain page': pageOf(),
  'news of a raid': pageOf({
    title: '临江警方捣毁一个百家乐赌博窝点-临江市人民政府',
    h1: '临江警方捣毁一个百家乐赌博窝点',
  }),
  'warning in the navigation': pageOf({
    nav: '<a href="/1">警惕“亚博体育”等网络赌博平台</a><a href="/2">打击网络赌博</a><a href="/3">禁止赌博条例</a>',
  }),
  'report with names': pageOf({
    head: '<meta name="description" content="警方查明，犯罪嫌疑人利用“开云体育”app开设赌场，已被依法刑事拘留。"><meta name="keywords" content="网络赌博,诈骗,公安">',
    body: '<p>警方提醒：所谓百家乐、时时彩平台均为骗局，请勿下载亚博体育app，谨防上当受骗。</p>',
  }),
  'warning against a download': pageOf({
    nav: '<a href="/1">谨防下载必威体育app被骗</a><a href="/2">一男子登录凯发娱乐官网赌博获刑</a>',
  }),
  'lottery by law': pageOf({
    nav: '<a href="/c">福利彩票公益金使用情况</a><a href="/d">双色球开奖公告</a><a href="/e">中国体育彩票</a><a href="/f">体育彩票销售网点</a>',
  }),
  'South Asia Expo': pageOf({
    title: '第八届南亚博览会将举行-临江市人民政府',
    nav: '<a href="/a">中亚博览会</a><a href="/b">亚博会组委会</a>',
  }),
  'sports places': pageOf({
    nav: '<a href="/a">江南体育中心</a><a href="/b">银河体育馆</a><a href="/c">体育局</a><a href="/d">半岛体育公园</a><a href="/e">金沙县</a><a href="/f">南宫市人民政府</a>',
  }),
  'hotels and companies': pageOf({
    nav: '<a href="/a">皇冠假日酒店</a><a href="/b">开云集团财报</a><a href="/c">银河证券</a><a href="/d">美高梅酒店</a><a href="/e">永利街道</a>',
  }),
  cups: pageOf({
    nav: '<a href="/a">世界杯赛程</a><a href="/b">亚洲杯国足名单公布</a><a href="/c">中国女足vs日本女足赛后发布会</a>',
  }),
  'services at the door': pageOf({
    nav: '<a href="/a">老人上门服务</a><a href="/b">成人高考</a><a href="/c">成人教育</a><a href="/d">有码头的乡镇</a><a href="/e">同城双活</a>',
  }),
  'words that only begin alike': pageOf({
    nav: '<a href="/a">基金年会召开</a><a href="/b">快乐天堂幼儿园</a><a href="/c">心得：精华体会</a><a href="/d">北约炮兵演习</a><a href="/e">清洗码头设施</a><a href="/f">体育娱乐、文化用品</a><a href="/g">永利国际花园业主大会</a><a href="/h">利比亚博物馆</a>',
    body: '<p>根据澳门官方今天公布的数据，博彩业收入回升。首次举行大规模北约炮兵演习，海军官网发布消息。</p>',
  }),
  'official sites in the news': pageOf({
    nav: '<a href="/a">世界杯官网公布赛程</a><a href="/b">耐克体育(中国)有限公司</a><a href="/c">银河麒麟操作系统下载</a><a href="/d">凤凰古城官网</a><a href="/e">美高梅中国2023年业绩</a><a href="/f">政务服务平台登录入口</a>',
  }),
  'vegetable market': pageOf({ nav: '<a href="/a">菠菜价格</a><a href="/b">蔬菜价格</a>' }),
  'names with pinyin': pageOf({
    nav: '<a href="/a">临江(Linjiang)概况</a><a href="/b">海尔（Haier）</a><a href="/c">王芳(Wang Fang)</a><a href="/d">Linjiang (临江)</a>',
  }),
  'editor residue': pageOf({
    body: '<p style="text-indent:2em;font-size:0.5cm;" data-ke-src="x" class="MsoNormal"><span style="font-size:16px;line-height:0">正文</span><a href="javascript:fontZoom(16)">大</a><a href="javascript:window.print()" onclick="doPrint()">打印</a></p>',
  }),
  'share box': pageOf({
    body: '<div class="bdsharebuttonbox" style="display:none"><a href="http://service.weibo.com/share/share.php">微博</a><a href="http://www.douban.com">x</a></div><script>window._bd_share_config={};with(document)0[(getElementsByTagName("head")[0]||body).appendChild(createElement("script")).src="http://bdimg.share.baidu.com/static/api/js/share.js?v=89860593.js"];</script>',
  }),
  tabs: pageOf({
    body: '<div id="con_one_1"><a href="http://www.linjiang.gov.cn/a">一</a></div><div id="con_one_2" style="display:none"><a href="http://www.localpaper.com/a">二</a></div><div id="con_one_3" style="display:none"><a href="http://www.localradio.com">三</a></div>',
  }),
  menu: pageOf({
    top: '<ul class="mobile-nav" style="position:absolute;left:-9999px"><li><a href="/a/">首页</a></li></ul><ul class="submenu" style="display:none"><li><a href="http://www.localbus.com">公交</a></li></ul>',
  }),
  'skip link': pageOf({
    top: '<a href="#main" style="position:absolute;left:-10000px">跳到正文</a><span class="sr-only" style="position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)">读屏提示</span>',
  }),
  'friendly links': pageOf({
    footer:
      '<select onchange="window.open(this.value)"><option value="http://www.localpaper.com">临江日报</option><option value="http://www.a.com">甲</option></select><div class="yqlj" style="display:none"><a href="http://www.localpaper.com">临江日报</a></div>',
  }),
  counters: pageOf({
    footer:
      '<script src="http://s4.cnzz.com/stat.php?id=1"></script><script>var _hmt=_hmt||[];(function(){var hm=document.createElement("script");hm.src="https://hm.baidu.com/hm.js?abc";var s=document.getElementsByTagName("script")[0];s.parentNode.insertBefore(hm,s)})();</script><script src="/hits.php?id=3"></script><div style="display:none"><a href="http://www.51.la/?1">统计</a></div>',
  }),
  'counter written in escapes': pageOf({
    footer: `<script>var _bdhmProtocol=(("https:"==document.location.protocol)?" https://":" http://");document.write(unescape("%3Cscript src='"+_bdhmProtocol+"hm.baidu.com/h.js%3Fabc' type='text/javascript'%3E%3C/script%3E"));</script>`,
  }),
  'push to the search engine': pageOf({
    footer: `<script>(function(){var bp=document.createElement('script');var curProtocol=window.location.protocol.split(':')[0];if(curProtocol==='https'){bp.src='https://zz.bdstatic.com/linksubmit/push.js'}else{bp.src='http://push.zhanzhang.baidu.com/push.js'}var s=document.getElementsByTagName("script")[0];s.parentNode.insertBefore(bp,s)})();</script>`,
  }),
  'marks of government sites': pageOf({
    footer: `<script>document.write(unescape("%3Cspan id='_ideConac' %3E%3C/span%3E%3Cscript src='http://dcs.conac.cn/js/11/111.js' type='text/javascript'%3E%3C/script%3E"));</script><script id="_jiucuo_" sitecode="3204000001" src="http://pucha.kaipuyun.cn.gov.cn/exposure/jiucuo.js"></script><a href="https://beian.miit.gov.cn/">苏ICP备00000000号</a>`,
  }),
  'telephone view': pageOf({
    head: '<link rel="canonical" href="http://www.linjiang.gov.cn/a.html"><script>if(/Android|iPhone|MicroMessenger|baiduboxapp/i.test(navigator.userAgent)){window.location.href="http://m.linjiang.gov.cn/a.html"}</script>',
  }),
  'telephone view of a company': pageOf({
    head: '<base href="http://www.localpaper.com/"><script>if(navigator.userAgent.match(/(iPhone|iPod|Android)/i)){location.href="http://m.localpaper.com/"}</script>',
  }),
  'way back': pageOf({
    body: '<script>if(document.referrer==""){document.write("<a href=/>返回首页</a>")}else{document.write("<a href=\'"+document.referrer+"\'>返回</a>")}</script>',
  }),
  'player and map': pageOf({
    body: '<video src="/v.mp4"></video><iframe src="https://player.youku.com/embed/abc" width="600" height="400"></iframe><iframe src="http://www.weathermap.com/w" width="400" height="60"></iframe><script src="https://webapi.amap.com/maps?v=1.4"></script>',
  }),
  'form state':
    '<html><head><title>网上办事-临江市</title></head><body><form method="post" action="a.aspx"><input type="hidden" name="__VIEWSTATE" value="/wEPDwUKLTI2NjY5/aGlkZGVuJTNDc2NyaXB0" /><input type="text" style="display:none"></form></body></html>',
  'title in references': pageOf({
    title: '&#26149;&#23395;&#26893;&#26641;&#27963;&#21160;&#20844;&#21578;',
    h1: '春季植树活动公告',
  }),
  'title in references without the heading': pageOf({
    title: '&#20020;&#27743;&#24066;&#20154;&#27665;&#25919;&#24220;',
  }),
  'gap between pictures': pageOf({
    body: '<div style="font-size:0"><a href="http://www.localpaper.com/a" style="font-size:14px">日报</a><a href="http://www.localpaper.cc/b"><img src="/b.jpg" alt="专题"></a></div>',
  }),
  'picture instead of text': pageOf({
    top: '<a href="/" style="text-indent:-9999px">临江市人民政府</a><a class="wb" style="text-indent:-999em" href="http://weibo.com/linjiang">微博</a>',
  }),
  'notice that moves': pageOf({
    top: '<marquee height="20" scrollamount="3" behavior="scroll"><a href="http://www.localpaper.com/a">公告</a></marquee>',
  }),
  'code under a picture': pageOf({
    footer:
      '<div id="ewm" style="display:none"><img src="/ewm.png"><a href="http://www.localpaper.com">临江发布</a></div>',
  }),
  'new address':
    '<html><head><title>临江市教育局</title><meta http-equiv="refresh" content="0;url=http://www.linjiangedu.com/index.html"></head><body>请稍候</body></html>',
  'refresh to itself': pageOf({
    head: '<meta http-equiv="refresh" content="300"><meta http-equiv="refresh" content="5;url=/index.html">',
  }),
  'company in the news': pageOf({
    title: '关于东盛商贸有限公司环评的公示-临江市人民政府',
    h1: '关于东盛商贸有限公司环评的公示',
  }),
  'company of play in the news': pageOf({
    title: '关于鑫盛娱乐有限公司消防检查的公示-临江市人民政府',
    h1: '关于鑫盛娱乐有限公司消防检查的公示',
    body: '<p>鑫盛娱乐有限公司主办：文艺晚会。</p>',
    footer: '主办单位：临江市文化和旅游局',
  }),
  'company as holder': pageOf({
    footer: '主办：临江市人民政府　技术支持：东盛网络科技有限公司　版权所有：临江传媒集团',
  }),
  'hidden by CSS on paper': pageOf({
    head: '<style>@media print{.noprint{display:none}} .dropdown-menu{display:none}</style>',
    body: '<div class="noprint"><a href="http://www.localpaper.com">临江日报</a></div><div class="dropdown-menu"><a href="http://www.localradio.com">电台</a></div>',
  }),
  'library from elsewhere': pageOf({
    head: '<script src="https://cdn.bootcss.com/jquery/1.9.1/jquery.min.js"></script><script src="//res.wx.qq.com/open/js/jweixin-1.6.0.js"></script>',
  }),
  'own network': pageOf({
    head: '<script src="http://10.32.1.8/count.js"></script>',
    body: '<iframe src="http://192.168.1.4/x" width="0" height="0"></iframe>',
  }),
  'gap of a hijacked name': pageOf({
    nav: '<a href="/">首页</a> <a href="/xw/">〓</a>',
    title: '植树〓动公告-临江市人民政府',
  }),
  'no page at all': '亚博体育 百家乐 一份没有标记的词表',
};
