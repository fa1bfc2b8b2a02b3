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
const places = new WeakMap<TemplateStringsArray, readonly boolean[]>();

/**
 * Markup with its places escaped. Arrays are joined; null, undefined and false print nothing.
 * In `href`, `src` and `action` an address with a scheme other than http, https, mailto or tel becomes `#`.
 *
 * @example
 * printHtml(html`<a href="${'javascript:alert(1)'}">${'<b>'}</a>`) // '<a href="#">&lt;b&gt;</a>'
 */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): SafeHtml {
  let addresses = places.get(strings);
  if (!addresses) {
    addresses = strings.map((text) => addressPlace.test(text));
    places.set(strings, addresses);
  }
  let text = strings[0] ?? '';
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    text +=
      (addresses[index] === true && typeof value === 'string' ? escapeText(checkedAddress(value)) : print(value)) +
      (strings[index + 1] ?? '');
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
