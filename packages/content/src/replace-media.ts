import { html, printHtml, sanitise } from '@chengmen/html';
import type { Fields, ItemId } from '@chengmen/model';

export interface Replacement {
  readonly from: ItemId;
  readonly to: ItemId;
  /** What the new picture shows: stands in texts in place of what was said of the old one. */
  readonly alt: string;
}

/** Members that hold a picture or file, as the index of uses knows them (`media_named`). */
const named = new Set(['image', 'picture', 'video', 'captions', 'logo']);

/** The fields of an item with one picture or file in the place of another, wherever it stands; undefined where it stands nowhere. */
export function replacedMedia<T extends Fields>(fields: T, replacement: Replacement): T | undefined {
  const replaced = valueWith(fields, '', replacement) as T;
  return JSON.stringify(replaced) === JSON.stringify(fields) ? undefined : replaced;
}

function valueWith(value: unknown, name: string, replacement: Replacement): unknown {
  const { from, to } = replacement;
  if (typeof value === 'string') {
    if (named.has(name)) return value === from ? to : value;
    return textWith(value, replacement);
  }
  if (Array.isArray(value)) {
    const members = value as readonly unknown[];
    if (name !== 'attachments') return members.map((one) => valueWith(one, name, replacement));
    // What was attached already is not attached twice.
    return [...new Set(members.map((one) => (one === from ? to : one)))];
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, valueWith(one, key, replacement)]));
}

/** A body is clean: its attributes stand in one order, in double quotes. */
function textWith(text: string, { from, to, alt }: Replacement): string {
  if (!text.includes(`media:${from}"`)) return text;
  const [picture = ''] =
    /<img[^>]*>/.exec(sanitise(printHtml(html`<img src="media:${to}" alt="${alt}" />`)).html) ?? [];
  return text
    .replaceAll(new RegExp(`<img src="media:${from}"[^>]*>`, 'g'), () => picture)
    .replaceAll(`"media:${from}"`, `"media:${to}"`);
}
