import type { ItemCard, Output, PagePath, Source } from '@chengmen/model';
import { machineTime } from '../read.ts';
import { wordsOf } from '../words.ts';
import { xmlText } from '../xml.ts';

/** The three forms programs read, best known first. */
export const feedForms = ['Atom', 'RSS', 'JSON'] as const;
export type FeedForm = (typeof feedForms)[number];

const files: Readonly<Record<FeedForm, string>> = { Atom: 'feed.xml', RSS: 'rss.xml', JSON: 'feed.json' };
export const feedTypes: Readonly<Record<FeedForm, string>> = {
  Atom: 'application/atom+xml',
  RSS: 'application/rss+xml',
  JSON: 'application/feed+json',
};

/** `channel` is the address of a page that ends in a slash. */
export function feedPath(channel: PagePath, form: FeedForm = 'Atom'): PagePath {
  return channel + files[form];
}

export interface Feed {
  /** The page the feed belongs to; it ends in a slash. */
  readonly page: PagePath;
  readonly title: string;
  readonly description: string;
  readonly cards: readonly ItemCard[];
}

/** The newest items of a page in all forms, from one and the same read. */
export function feeds(source: Source, given: Feed): readonly Output[] {
  return feedForms.map((form) => ({
    path: feedPath(given.page, form),
    status: 200,
    type: `${feedTypes[form]}; charset=utf-8`,
    body: bodies[form](source, given),
  }));
}

const bodies: Readonly<Record<FeedForm, (source: Source, feed: Feed) => string>> = { Atom: atom, RSS: rss, JSON: json };

/** Names of entries come from item ids: they outlive any move. */
const nameOf = (domain: string, { id }: ItemCard): string => `tag:${domain},2026:${id}`;

const newestOf = (cards: readonly ItemCard[]): string =>
  cards.reduce((latest, { date }) => (date > latest ? date : latest), '1970-01-01 00:00');

/** RFC 4287. */
function atom(source: Source, { page, title, cards }: Feed): string {
  const { origin, domain, copyright } = source.site().fields;
  const entries = cards.map(
    (card) => `<entry>
<title>${xmlText(card.title)}</title>
<id>${xmlText(nameOf(domain, card))}</id>
<link rel="alternate" type="text/html" href="${xmlText(origin + card.path)}"/>
<published>${machineTime(card.date)}</published>
<updated>${machineTime(card.date)}</updated>
<author><name>${xmlText(card.source)}</name></author>${
      card.summary === undefined ? '' : `\n<summary>${xmlText(card.summary)}</summary>`
    }
</entry>
`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${wordsOf(source).language}">
<title>${xmlText(title)}</title>
<id>${xmlText(origin + page)}</id>
<link rel="self" type="application/atom+xml" href="${xmlText(origin + feedPath(page))}"/>
<link rel="alternate" type="text/html" href="${xmlText(origin + page)}"/>
<updated>${machineTime(newestOf(cards))}</updated>
<author><name>${xmlText(copyright)}</name></author>
${entries.join('')}</feed>
`;
}

/** RSS 2.0, with its own address as RSS Advisory Board recommends. */
function rss(source: Source, { page, title, description, cards }: Feed): string {
  const { origin, domain } = source.site().fields;
  const items = cards.map(
    (card) => `<item>
<title>${xmlText(card.title)}</title>
<link>${xmlText(origin + card.path)}</link>
<guid isPermaLink="false">${xmlText(nameOf(domain, card))}</guid>
<pubDate>${mailDate(card.date)}</pubDate>${
      card.summary === undefined ? '' : `\n<description>${xmlText(card.summary)}</description>`
    }
</item>
`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>${xmlText(title)}</title>
<link>${xmlText(origin + page)}</link>
<description>${xmlText(description)}</description>
<language>${wordsOf(source).language}</language>
<lastBuildDate>${mailDate(newestOf(cards))}</lastBuildDate>
<atom:link rel="self" type="application/rss+xml" href="${xmlText(origin + feedPath(page, 'RSS'))}"/>
${items.join('')}</channel>
</rss>
`;
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `Fri, 20 Nov 2026 09:30:00 +0800` (RFC 5322) of civil time in Asia/Shanghai. */
function mailDate(civilMinute: string): string {
  const [day = '', time = ''] = civilMinute.split(' ');
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const weekday = weekdays[new Date(Date.UTC(year, month - 1, date)).getUTCDay()] ?? '';
  return `${weekday}, ${String(date).padStart(2, '0')} ${months[month - 1] ?? ''} ${year} ${time}:00 +0800`;
}

/** JSON Feed 1.1. */
function json(source: Source, { page, title, description, cards }: Feed): string {
  const { origin, domain } = source.site().fields;
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title,
    home_page_url: origin + page,
    feed_url: origin + feedPath(page, 'JSON'),
    description,
    language: wordsOf(source).language,
    items: cards.map((card) => ({
      id: nameOf(domain, card),
      url: origin + card.path,
      title: card.title,
      content_text: card.summary ?? card.title,
      date_published: machineTime(card.date),
      authors: [{ name: card.source }],
    })),
  };
  // Nothing of it is markup, even to a reader that takes it for a page.
  return `${JSON.stringify(feed, null, 1).replaceAll('<', '\\u003c')}\n`;
}
