import type { ItemCard, Output, PagePath, Source } from '@chengmen/model';
import { machineTime } from '../read.ts';
import { xmlText } from '../xml.ts';

export function feedPath(channel: PagePath): PagePath {
  return `${channel}feed.xml`;
}

export interface Feed {
  readonly path: PagePath;
  /** The page the feed belongs to. */
  readonly page: PagePath;
  readonly title: string;
  readonly cards: readonly ItemCard[];
}

/** The newest items as Atom (RFC 4287). Names of entries come from item ids: they outlive any move. */
export function feed(source: Source, { path, page, title, cards }: Feed): Output {
  const { origin, domain, copyright } = source.site().fields;
  const newest = cards.reduce((latest, { date }) => (date > latest ? date : latest), '1970-01-01 00:00');
  const entries = cards.map(
    (card) => `<entry>
<title>${xmlText(card.title)}</title>
<id>${xmlText(`tag:${domain},2026:${card.id}`)}</id>
<link rel="alternate" type="text/html" href="${xmlText(origin + card.path)}"/>
<published>${machineTime(card.date)}</published>
<updated>${machineTime(card.date)}</updated>
<author><name>${xmlText(card.source)}</name></author>${
      card.summary === undefined ? '' : `\n<summary>${xmlText(card.summary)}</summary>`
    }
</entry>
`,
  );
  return {
    path,
    status: 200,
    type: 'application/atom+xml; charset=utf-8',
    body: `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans">
<title>${xmlText(title)}</title>
<id>${xmlText(origin + page)}</id>
<link rel="self" type="application/atom+xml" href="${xmlText(origin + path)}"/>
<link rel="alternate" type="text/html" href="${xmlText(origin + page)}"/>
<updated>${machineTime(newest)}</updated>
<author><name>${xmlText(copyright)}</name></author>
${entries.join('')}</feed>
`,
  };
}
