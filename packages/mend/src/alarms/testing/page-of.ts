export interface PageParts {
  readonly title?: string;
  readonly head?: string;
  readonly top?: string;
  readonly nav?: string;
  readonly h1?: string;
  readonly body?: string;
  readonly footer?: string;
  readonly after?: string;
}

/** A page of the city of the examples, with what is given in place of its own parts. */
export const pageOf = (parts: PageParts = {}): string => `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>${parts.title ?? '春季植树活动公告-临江市人民政府'}</title>
<meta name="SiteName" content="临江市人民政府">
${parts.head ?? '<meta name="keywords" content="植树,公告,临江市">'}
<script src="/js/jquery-1.8.3.min.js"></script>
</head>
<body>
${parts.top ?? ''}
<div class="nav">${parts.nav ?? '<a href="/">首页</a> <a href="/xw/">新闻中心</a> <a href="/zwgk/">政府信息公开</a>'}</div>
<h1>${parts.h1 ?? '春季植树活动公告'}</h1>
<div class="article">${parts.body ?? '<p>　　今年春季植树活动定于三月十二日举行，地点在江滨公园东门。请各单位提前领取树苗和工具。</p>'}</div>
<div class="footer">${parts.footer ?? '主办单位：临江市人民政府办公室　版权所有：临江市人民政府'}</div>
</body>
</html>
${parts.after ?? ''}`;
