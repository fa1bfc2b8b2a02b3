import { convertMarkup, createConverter, type Converter } from '@chengmen/chinese';
import type { FieldsOf, LiveItem, Output, PagePath, Source } from '@chengmen/model';
import { madeOnce } from './made-once.ts';

/** Below it stands the Traditional twin of every page, list, feed and site map. */
export const traditionalRoot = '/zh-hant';

type Settings = NonNullable<FieldsOf<'site'>['traditional']>;

/** The Traditional twins of what a target gives; none where the site has no such edition. `foreign`: where other languages stand. */
export function traditionalTwins(
  source: Source,
  render: (source: Source) => readonly Output[],
  foreign: readonly PagePath[] = [],
): readonly Output[] {
  const site = source.site();
  const { traditional, origin } = site.fields;
  if (!traditional) return [];
  const convert = converterOf(traditional);
  return render(withSite(source, twinSite(site)))
    .filter(({ path }) => hasTwin(path, foreign))
    .map((output) => twinOf(output, { convert, origin, traditional, foreign }));
}

/** Rendered for its own address: canonical link, QR code and structured data name the twin. */
const twinSite = madeOnce((site: LiveItem<'site'>) => ({
  ...site,
  fields: { ...site.fields, origin: site.fields.origin + traditionalRoot },
}));

/** Where a page's twin stands, for pages that have one. */
export function twinPath(path: PagePath): PagePath {
  return traditionalRoot + path;
}

/** Address of the Simplified edition, whichever edition is being rendered. */
export function simplifiedOrigin({ origin }: Pick<FieldsOf<'site'>, 'origin'>): string {
  return origin.endsWith(traditionalRoot) ? origin.slice(0, -traditionalRoot.length) : origin;
}

/** Pages, feeds and site maps; not pictures, files and styles. */
const withTwin =
  /^\/(?!(?:assets|media|files|zh-hant)\/|robots\.txt)(?:.*(?:\/|\.html|\/feed\.xml)|feed\.xml|sitemap\.xml|sitemap\/[^/]*\.xml)?$/;

export function hasTwin(path: string, foreign: readonly PagePath[] = []): boolean {
  return withTwin.test(path) && !foreign.some((root) => path.startsWith(root));
}

interface Edition {
  readonly convert: Converter;
  /** Of the Simplified edition. */
  readonly origin: string;
  readonly traditional: Settings;
  /** Where editions in other languages stand: they have no twins. */
  readonly foreign: readonly PagePath[];
}

function twinOf(output: Output, edition: Edition): Output {
  const { path, location, body } = output;
  return {
    ...output,
    path: twinPath(path),
    ...(location === undefined ? {} : { location: hasTwin(location, edition.foreign) ? twinPath(location) : location }),
    body: typeof body === 'string' ? twinMarkup(body, edition) : body,
  };
}

function twinMarkup(markup: string, edition: Edition): string {
  const { convert, traditional, foreign } = edition;
  return convertMarkup(markup, convert)
    .replaceAll(/(<html lang=|xml:lang=|"inLanguage":)"zh-Hans"/g, '$1"zh-Hant"')
    .replace('content="zh_CN"', `content="zh_${traditional.variant.toUpperCase()}"`)
    .replaceAll(
      /(hreflang="zh-Hans"[^<>]*?)?\b(href|action)="(\/[^"]*)"/g,
      (all, simplified: string | undefined, name: string, path: string) =>
        simplified === undefined && hasTwin(pathOnly(path), foreign) ? `${name}="${twinPath(path)}"` : all,
    )
    .replaceAll(/https?:\/\/[^"<>\s]+/g, (address) => checkedAddress(address, edition));
}

/** Of the twin's addresses only those may stay that have a twin. */
function checkedAddress(address: string, { origin, foreign }: Edition): string {
  const twinOrigin = origin + traditionalRoot;
  if (!address.startsWith(`${twinOrigin}/`)) return address;
  const path = address.slice(twinOrigin.length);
  return hasTwin(pathOnly(path), foreign) ? address : origin + path;
}

function pathOnly(address: string): string {
  return address.replace(/[?#].*$/s, '');
}

const converterOf = madeOnce((settings: Settings): Converter => createConverter(settings));

/** A source whose settings are these. */
export function withSite(source: Source, site: LiveItem<'site'>): Source {
  return {
    site: () => site,
    item: (id) => source.item(id),
    channels: (parent) => source.channels(parent),
    newest: (channel, limit) => source.newest(channel, limit),
    all: (channel) => source.all(channel),
    months: (channel) => source.months(channel),
    month: (channel, month, part) => source.month(channel, month, part),
    extent: (channel, month) => source.extent(channel, month),
    addresses: (month, part) => source.addresses(month, part),
    addressParts: () => source.addressParts(),
    neighbours: (item) => source.neighbours(item),
    related: (to, relation, limit, kind) => source.related(to, relation, limit, kind),
    bytes: (hash) => source.bytes(hash),
  };
}
