/** The words by which old pages label their parts, in Chinese as the sites of public bodies write them. */

/** Before a date; the first is the strongest. */
export const dateLabels: readonly RegExp[] = [
  /(?:发布|发文|发表|发稿|公布|刊登)\s*(?:日期|时间)|发布于/,
  /(?:成文|生成|录入|更新|信息)\s*(?:日期|时间)|(?:^|[\s【[（(|])(?:日\s*期|时\s*间)(?=\s*[:：])/,
];
export const sourceLabel =
  /(?:信息来源|文章来源|稿件来源|新闻来源|来\s*源|稿\s*源|供\s*稿|发布机构|发布单位)\s*[:：]\s*/;
export const authorLabel = /(?:作\s*者|撰\s*稿|记\s*者)\s*[:：]\s*/;
/** Ends a value that has no end of its own. */
export const nextLabel =
  /\s|[|｜│]|(?:发布|发表|更新)?(?:日期|时间)\s*[:：]|浏览|点击|阅读|访问|字号|字体|【|〖|\[|作\s*者\s*[:：]|编\s*辑|来\s*源\s*[:：]|打印|分享|收藏|\ufdd0?字号/;
/** A line that only tells about the page. */
export const aboutLine =
  /(?:浏览|点击|阅读|访问)(?:次数|量|数)|字\s*[号体]|(?:发布|发表|发稿|更新|发文|公开)(?:日期|时间)|^(?:来\s*源|信息来源|作\s*者|编\s*辑|责任编辑|日\s*期|时\s*间|索\s*引\s*号|主题分类)\s*[:：]|^\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?\s*[·|｜]?\s*(?:阅读|浏览|点击)\s*\d+$|^(?:口述|整理|撰文|采写|文字|摄影|文|图)\s*[／/｜|]|^(?:[大中小\ufdd0 ]|【|】|\[|\]|〖|〗|\||打印|关闭|分享到?|收藏|我要纠错|[:：])+$/;

/** A date with the time of day in a line that is no sentence: who published and when, as news sites set it below a title. */
export const bylineOf =
  /^(?!.*[。；！？])(?=.{1,70}$).*(?:\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?|(?:^|[^\d年])\d{1,2}月\d{1,2}日)\s{1,3}\d{1,2}[:：]\d{2}/;

/** Where the breadcrumb stands. */
export const crumbStart = /(?:当前|所在|您的?|你的?|现在)(?:的)?(?:所在)?(?:位置|栏目)/;
export const crumbSeparator = /\s*(?:>+|＞+|»+|›+|→|➔|::)\s*|\s+[–—-]\s+/;

/** A line that no longer belongs to the text: from here on the page is furniture. The last character may be a gap. */
export const endLine = lastMayBeGap(
  /^(?:(?:扫一扫|扫描二维码)[^。，；]{0,24}$|【?返回(?:顶部|列表|首页)|【?打印(?:此页|本页|本文)?】?$|【?关闭(?:窗口|本页|此页)|上一[篇条]|下一[篇条]|分享到|分享[:：]|(?:大家都在看|猜你喜欢|(?:为您?你?|热门|精彩|更多|相关)推荐|(?:热门|最新|全部)评论)(?:[^。]{0,6}$)|相关(?:链接|文章|新闻|阅读|信息|附件|稿件|文档)|(?:推荐|延伸)阅读|转载请|[^。]{0,40}\d{4}\s?[-.年]\s?\d{1,2}\s?[-.月]\s?\d{1,2}日?\s*更新$|[（(【[]?(?:(?:责任)?编\s*辑|责\s*编|审\s*核|校\s*对)\s*[:：]|本文来源\s*[:：]|(?:非常)?满意\s[^。]{0,20}不满意|责任编辑\s*(?:[:：]|$)|(?:来源|记者|编辑|责编|监制|终审|统筹)\s*[｜丨|]|(?:点赞|在看|收藏|转发|举报)(?:\s+[\d万+]*\s*(?:点赞|在看|收藏|转发|举报|评论|分享)){1,5}\s*\d*$|【(?:打印|关闭|返回|字体)|页面跳转|版权所有|(?:主办|承办)(?:单位)?[:：].*(?:版权|ICP备|标识码|技术支持|电子邮箱|邮编|邮政编码)|Copyright|©|网站地图|联系我们|友情链接|网站标识码|您?是第|附件下载[:：]?$|技术支持[:：]|本(?:网站|站|网)由|[^。]*建议使用.{0,40}(?:分辨率|浏览器)|网友评论|[^。]{2,40}版权所有|[^。]*(?:互联网新闻信息服务许可证|举报电话|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]ICP[备证])|(?:本网|本站)[^。]{0,30}(?:版权|转载|免责))/i,
);

/** A line that names a file which belongs to the article. */
export const attachmentLine =
  /^(?:附\s*件|附\s*[:：\d])|\.(?:docx?|xlsx?|pptx?|pdf|zip|rar|7z|wps|et|ofd|csv)[）)\]】]?$/i;

/** Labels that a notice may also give its own facts under (`时间：6月1日上午9时`). */
export const sharedLabel = /^(?:来\s*源|作\s*者|编\s*辑|日\s*期|时\s*间)\s*[:：]/;

/** Who answers for the site, as its footer says. The first is the strongest. */
export const ownerLabels: readonly RegExp[] = [
  /版权所有\s*[:：©]?\s*/,
  /主办(?:单位)?\s*[:：]\s*/,
  /Copyright\s*(?:©|\(c\))?\s*(?:\d{4}(?:\s*[-–—]\s*\d{4})?)?\s*/i,
];
export const ownerEnd = /\s|[|｜,，。;；]|(?:承办|主办|版权|电子邮箱|地址|电话|网站标识码|技术支持|备案|All Rights)/i;

/** Files that stand beside an article. */
export const attachmentName = /\.(?:docx?|xlsx?|pptx?|pdf|zip|rar|7z|wps|et|ofd|csv)(?:[?#]|$)/i;

/** Names of the parts of a letter and its answer that are its text; others in the same table are facts about it. */
export const letterPart =
  /^(?:来信|信件|写信|咨询|留言|诉求|问题|投诉|建议|提问|反映|答复|回复|回信|办理|处理|反馈)的?(?:内容|正文|详情|描述|情况|结果|意见)\s*[:：]?$/;
/** What the table of a letter says besides. */
export const letterFact =
  /^(?:来\s*信|写\s*信|信\s*件|诉\s*求|咨\s*询)\s*(?:人|时\s*间|日\s*期|编\s*号|主\s*题|类\s*[别型])\s*[:：]?$/;
export const answerPart = /^(?:答复|回复|回信|办理|处理|反馈)/;

/** The last character of a name of three and more, which damage takes together with the sign after it, may be a gap. */
function lastMayBeGap({ source, flags }: RegExp): RegExp {
  const widened = source
    .replace(/(\p{Script=Han}{2,})(\p{Script=Han})(?![\p{Script=Han}?{[])/gu, '$1[$2?\ufdd0]')
    .replace(/(\p{Script=Han}{2,}\[\p{Script=Han}+)\]/gu, '$1?\ufdd0]');
  return new RegExp(widened, flags);
}
