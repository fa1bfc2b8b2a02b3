import type { CheckContext } from '../context.ts';
import type { Found } from '../finding.ts';
import type { BodyLink, Content } from '../read-content.ts';
import { shortened } from '../shortened.ts';
import { hostOf, isGovernment, isInside } from './hosts.ts';

/** What links say about themselves and where they lead, as far as their addresses tell (LINK-01 … LINK-03). */
export function links({ links: all }: Content, context: CheckContext): Found[] {
  return [...all.flatMap((link) => oneLink(link, context)), ...leaving(all, context)];
}

function oneLink({ field, href, words, offset }: BodyLink, context: CheckContext): Found[] {
  const found: Found[] = [];
  const said = words.trim();
  const at = { field, offset, quote: said, shown: shortened(href, 80), subject: href };
  const host = hostOf(href);
  if (host !== undefined && isInside(host))
    found.push({
      ...at,
      rule: 'link-inside',
      zh: `链接指向内部地址 ${host}，读者打不开，还会泄露内网信息。`,
      en: `The link leads to ${host}, an internal address that readers cannot open.`,
    });
  else if (host !== undefined && !isGovernment(host, context))
    found.push({
      ...at,
      rule: 'link-not-government',
      zh: `链接指向非政府网站 ${host}，请确认与内容相关、没有广告，并由责任人核对。`,
      en: `The link leads to ${host}, which is not a government site: make sure that it belongs here and shows no advertising.`,
    });
  if (said === '' || empty.test(said))
    found.push({
      ...at,
      rule: 'link-words',
      subject: `${href} ${said}`,
      zh: said === '' ? '链接没有文字。' : `链接文字“${said}”没有说明去向，读屏用户逐个听链接时无从判断。`,
      en: said === '' ? 'The link has no words.' : `“${said}” does not say where the link leads.`,
    });
  return found;
}

/** One line for all of them, so that a reviewer sees where the page leads. */
function leaving(all: readonly BodyLink[], context: CheckContext): Found[] {
  const outside = new Map<string, BodyLink>();
  for (const link of all) {
    const host = hostOf(link.href);
    if (host !== undefined && !context.ownHosts.includes(host) && !outside.has(host)) outside.set(host, link);
  }
  const [first] = outside.values();
  if (!first) return [];
  const hosts = [...outside.keys()];
  const named = `${hosts.slice(0, 5).join('、')}${hosts.length > 5 ? ` 等 ${hosts.length} 个网站` : ''}`;
  return [
    {
      rule: 'link-outside',
      field: first.field,
      offset: first.offset,
      quote: first.words.trim(),
      shown: named,
      zh: `本文链接到站外：${named}。每个站外链接都须经责任人审核。`,
      en: `Links lead out of the site: ${hosts.slice(0, 5).join(', ')}${hosts.length > 5 ? ` and ${hosts.length - 5} more` : ''}. Each must be looked at by whoever is responsible.`,
    },
  ];
}

const empty =
  /^(?:点击|请点击|点此|点这里|这里|此处|点击这里|点击此处|点击查看|点击进入|查看|查看更多|更多|详情|详见|链接|网址|here|click here|more|link)[>》。：:]*$/i;
