import {
  canonicalJson,
  isDocument,
  relations,
  sha256,
  type ItemId,
  type LiveItem,
  type Output,
  type PagePath,
  type ReadKey,
  type Source,
  type TargetId,
  type Theme,
} from '@chengmen/model';

/** A theme for tests: makes every call a source has, and prints what it was answered. */
export function smallTheme(version = 'small'): Theme {
  return {
    version: sha256(version),
    targetsOf,
    render: (target, source) => renderTarget(target, source, version),
  };
}

function ownTargets(item: LiveItem, source: Source): TargetId[] {
  if (isDocument(item.kind)) return [`item:${item.id}`];
  if (item.kind === 'media') return [`media:${item.id}`];
  if (item.kind === 'channel') return [`channel:${item.id}`, ...everyMonth(item.id, source)];
  return [];
}

function everyMonth(channel: ItemId, source: Source): TargetId[] {
  return source.months(channel).flatMap(({ month }) => monthTargets(channel, month, source));
}

function monthTargets(channel: string, month: string, source: Source): TargetId[] {
  const upTo = (parts: number): number[] => Array.from({ length: parts + 1 }, (_, part) => part);
  const { parts } = source.extent(channel === '*' ? null : channel, month);
  const addresses = source.addressParts().find((one) => one.month === month)?.parts ?? 0;
  return [
    ...upTo(parts).map((part) => `month:${channel}:${month}:${part}`),
    ...(channel === '*' ? ['address-parts', ...upTo(addresses).map((part) => `addresses:${month}:${part}`)] : []),
  ];
}

function targetsOf(key: ReadKey, source: Source): TargetId[] {
  const [call, id = '', month = ''] = key.split(':');
  if (call === 'site') return ['home', 'missing'];
  if (call === 'month') return monthTargets(id, month, source);
  const item = call === 'item' ? source.item(id) : undefined;
  return item ? ownTargets(item, source) : [];
}

function renderTarget(target: TargetId, source: Source, version: string): Output[] {
  const [what, id = '', month = '', part = ''] = target.split(':');
  const page = (path: PagePath, ...parts: unknown[]): Output[] => [
    { path, status: 200, type: 'text/html; charset=utf-8', body: [version, ...parts.map(canonicalJson)].join('\n') },
  ];
  const name = source.site().fields.name;
  switch (what) {
    case 'home':
      return page('/', name, source.channels(null), source.newest(null, 5), source.months(null));
    case 'missing':
      return page('/404.html', name).map((output) => ({ ...output, status: 404 as const }));
    case 'month':
      return monthPage(id === '*' ? null : id, month, Number(part), source, page);
    case 'addresses':
      return source.addresses(id, Number(month)).length === 0
        ? []
        : page(`/all/${id}-addresses-${month}.html`, source.addresses(id, Number(month)));
    case 'address-parts':
      return source.addressParts().length === 0 ? [] : page('/all/addresses.html', source.addressParts());
    case 'channel':
      return channelPage(id, source, page);
    case 'media':
      return mediaFile(id, source);
    default:
      return itemPage(id, source, page);
  }
}

type PageMaker = (path: PagePath, ...parts: unknown[]) => Output[];

function monthPage(channel: ItemId | null, month: string, part: number, source: Source, page: PageMaker): Output[] {
  const folder = channel === null ? '/all/' : liveFolder(source.item(channel));
  const items = source.month(channel, month, part);
  if (folder === undefined || items.length === 0) return [];
  return page(`${folder}${month}-${part}.html`, items, part === 0 && source.extent(channel, month));
}

const liveFolder = (item: LiveItem | undefined): PagePath | undefined =>
  item?.state === 'live' && item.path !== null ? item.path : undefined;

function channelPage(id: ItemId, source: Source, page: PageMaker): Output[] {
  const channel = source.item(id);
  if (channel?.path === null || channel === undefined) return [];
  return withState(channel, source, () =>
    page(
      channel.path ?? '/',
      channel.fields,
      source.channels(id),
      source.newest(id, 3),
      source.months(id),
      source.all(id).length,
    ),
  );
}

function itemPage(id: ItemId, source: Source, page: PageMaker): Output[] {
  const item = source.item(id);
  if (!item || item.path === null || !('channel' in item.fields)) return [];
  const { channel, image } = item.fields;
  const { path } = item;
  return withState(item, source, () =>
    page(
      path,
      item.fields,
      above(channel, source),
      source.neighbours(id),
      ...relations.map((relation) => source.related(id, relation)),
      source.related(id, 'leads', 1),
      source.related(id, 'department', 1, 'service'),
      image === undefined ? null : (source.item(image)?.hash ?? 'no picture'),
    ),
  );
}

function above(channel: ItemId | null, source: Source): string[] {
  const item = channel === null ? undefined : (source.item(channel) as LiveItem<'channel'> | undefined);
  return item ? [...above(item.fields.parent, source), item.fields.name] : [];
}

function mediaFile(id: ItemId, source: Source): Output[] {
  const item = source.item(id) as LiveItem<'media'> | undefined;
  const body = item && source.bytes(item.fields.hash);
  if (!body) return [];
  return [{ path: `/media/${item.fields.hash.slice(0, 16)}.svg`, status: 200, type: item.fields.type, body }];
}

function withState(item: LiveItem, source: Source, live: () => Output[]): Output[] {
  const path = item.path ?? '/';
  const type = 'text/html; charset=utf-8';
  const name = source.site().fields.name;
  const here: Output[] =
    item.state === 'live' ? live() : [{ path, status: 410, type, body: `${name}\n${item.withdrawal?.reason ?? ''}` }];
  const moved = item.formerPaths.map((from): Output => ({ path: from, status: 301, type, body: name, location: path }));
  return [...here, ...moved];
}
