declare const safe: unique symbol;

/** HTML that may be printed as it stands: made by `html` or vouched for by `raw`. */
export interface SafeHtml {
  readonly [safe]: true;
  readonly text: string;
}

type Value = SafeHtml | string | number | null | undefined | false | readonly Value[];

class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Vouches for markup that is known to be safe: output of the sanitiser, of a drawing, a constant. */
export function raw(markup: string): SafeHtml {
  return new Html(markup) as unknown as SafeHtml;
}

/** Markup as text. */
export function printHtml(page: SafeHtml): string {
  return page.text;
}

const special = /[&<>"']/;
const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for element content and quoted attribute values. */
export function escapeText(text: string): string {
  return special.test(text) ? text.replace(/[&<>"']/g, (sign) => names[sign] ?? sign) : text;
}

/** A place that is the value of an address attribute: there only known schemes may stand. */
const addressPlace = /\b(?:href|src|action|formaction|poster|cite)\s*=\s*["']$/i;
const goodAddress = /^(?:https?:|mailto:|tel:|[^\p{Cc}:]*(?:[/?#]|$))/iu;

interface Template {
  /** The template's own text; its indentation is of no use to readers. */
  readonly texts: readonly string[];
  /** Which places are the value of an address attribute. */
  readonly addresses: readonly boolean[];
}

const templates = new WeakMap<TemplateStringsArray, Template>();

function templateOf(strings: TemplateStringsArray): Template {
  const known = templates.get(strings);
  if (known) return known;
  const template = {
    texts: strings.map((text) => text.replace(/\n\s+/g, '\n')),
    addresses: strings.map((text) => addressPlace.test(text)),
  };
  templates.set(strings, template);
  return template;
}

/**
 * Markup with its places escaped, without the template's indentation. Arrays are joined; null, undefined and false print nothing.
 * In `href`, `src` and `action` an address with a scheme other than http, https, mailto or tel becomes `#`.
 *
 * @example
 * printHtml(html`<a href="${'javascript:alert(1)'}">${'<b>'}</a>`) // '<a href="#">&lt;b&gt;</a>'
 */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): SafeHtml {
  const { texts, addresses } = templateOf(strings);
  let text = texts[0] ?? '';
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    text +=
      (addresses[index] === true && typeof value === 'string' ? escapeText(checkedAddress(value)) : print(value)) +
      (texts[index + 1] ?? '');
  }
  return raw(text);
}

function checkedAddress(address: string): string {
  return goodAddress.test(address.trim()) ? address : '#';
}

function print(value: Value): string {
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return String(value);
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) {
    let text = '';
    for (const member of value as readonly Value[]) text += print(member);
    return text;
  }
  throw new TypeError('html: this value was not made by html or raw');
}
