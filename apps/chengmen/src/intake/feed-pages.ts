import { readFileSync } from 'node:fs';
import { parseFeed } from 'feedsmith';
import { ChengmenError } from '@chengmen/model';
import { pageOfRow } from './page-of-row.ts';
import type { SourceMeans } from './source-means.ts';
import type { SourceEntry } from './source-page.ts';

/** What a feed of any format says of an entry, by the names the formats share. */
interface Entry {
  readonly title?: unknown;
  readonly link?: unknown;
  readonly links?: readonly { readonly href?: string; readonly rel?: string }[];
  readonly pubDate?: unknown;
  readonly published?: unknown;
  readonly updated?: unknown;
  readonly description?: unknown;
  readonly summary?: unknown;
  readonly content?: unknown;
  readonly author?: unknown;
  readonly dc?: { readonly creator?: unknown; readonly date?: unknown };
}

/** The entries of an RSS or Atom file as pages. */
export async function* feedPages(file: string, means: SourceMeans): AsyncGenerator<SourceEntry> {
  const text = await means.text(file, new Uint8Array(readFileSync(file)));
  const { title, entries } = read(file, text);
  let number = 0;
  for (const entry of entries) {
    number++;
    const name = `${file}#${number}`;
    const body = words(entry.content) ?? words(entry.description) ?? words(entry.summary);
    const heading = words(entry.title);
    if (body === undefined || heading === undefined) {
      yield {
        name,
        fault: new ChengmenError('nothing-to-take-in', { file: name, problem: '缺标题或正文 (no title or body)' }),
      };
      continue;
    }
    const address = addressOf(entry);
    const date = dateOf(
      words(entry.pubDate) ?? words(entry.published) ?? words(entry.dc?.date) ?? words(entry.updated),
    );
    const author = words(entry.dc?.creator) ?? words(entry.author);
    const bytes = pageOfRow({ title: heading, body, date, source: title, author, address, form: 'html' });
    yield { name, bytes, ...(address === undefined ? {} : { address }) };
  }
}

function read(file: string, text: string): { title: string | undefined; entries: readonly Entry[] } {
  try {
    const { feed } = parseFeed(text) as { feed: { title?: unknown; items?: Entry[]; entries?: Entry[] } };
    return { title: words(feed.title), entries: feed.items ?? feed.entries ?? [] };
  } catch (error) {
    throw new ChengmenError('file-unreadable', {
      file,
      problem: error instanceof Error ? error.message : String(error),
    });
  }
}

/** Text of a value that formats give as text or as an object that holds it. */
function words(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
  if (typeof value !== 'object' || value === null) return undefined;
  const { value: inner, encoded, text } = value as { value?: unknown; encoded?: unknown; text?: unknown };
  return words(encoded) ?? words(inner) ?? words(text);
}

const addressOf = ({ link, links }: Entry): string | undefined =>
  words(link) ?? (links?.find(({ rel }) => rel === undefined || rel === 'alternate') ?? links?.[0])?.href;

/** RFC 822 and ISO dates as the civil time of Shanghai; anything else as it stands. */
function dateOf(given: string | undefined): string | undefined {
  const time = given === undefined ? Number.NaN : Date.parse(given);
  if (Number.isNaN(time)) return given;
  return new Date(time + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}
