import { isDocument, type ItemId, type LiveItem, type PagePath } from '@chengmen/model';

/** The site settings or a channel: as the live release has it, where it does, and as it shall be. */
export interface Face {
  readonly before: LiveItem | undefined;
  readonly after: LiveItem;
}

/** Site settings and channels whose new versions come into force later than what is approved after them. */
export interface Faces {
  readonly size: () => number;
  readonly get: (id: ItemId) => Face | undefined;
  readonly set: (face: Face) => void;
  /** Whether an item is, or stands, otherwise because of them. */
  readonly affect: (item: LiveItem) => boolean;
  /**
   * An item as it would be had it been approved before them: where they move it along, at its old address. Undefined
   * where there is no such state, as for an article in a channel that they open.
   */
  readonly without: (item: LiveItem, live: () => LiveItem | undefined) => LiveItem | undefined;
}

export const isFace = ({ kind }: LiveItem): boolean => kind === 'site' || kind === 'channel';

export function createFaces(): Faces {
  const faces = new Map<ItemId, Face>();
  /** Addresses that become free, and folders of channels that are not there yet. */
  const freed = new Set<PagePath>();
  const folders = new Map<ItemId, PagePath>();
  const moved = (id: ItemId | null | undefined): Face | undefined => {
    const face = id === null || id === undefined ? undefined : faces.get(id);
    return face && !standsAsBefore(face) ? face : undefined;
  };
  const affect = (item: LiveItem): boolean =>
    faces.has(item.id) ||
    moved(aboveOf(item)) !== undefined ||
    addressesOf(item).some(
      (path) => freed.has(path) || [...folders.values()].some((folder) => path.startsWith(folder)),
    );
  return {
    size: () => faces.size,
    get: (id) => faces.get(id),
    set: (face) => {
      const { before, after } = face;
      faces.set(after.id, face);
      const stay = new Set(addressesOf(after));
      for (const path of before ? addressesOf(before) : []) if (!stay.has(path)) freed.add(path);
      if (after.path !== null && after.path !== before?.path) folders.set(after.id, after.path);
      else folders.delete(after.id);
    },
    affect,
    without: (item, live) => {
      if (!affect(item)) return item;
      const face = isFace(item) ? undefined : moved(aboveOf(item));
      return face && atOldPlace(item, live(), face);
    },
  };
}

const aboveOf = ({ kind, fields }: LiveItem): ItemId | null | undefined =>
  'parent' in fields ? fields.parent : isDocument(kind) && 'channel' in fields ? fields.channel : undefined;

const addressesOf = ({ path, formerPaths }: LiveItem): PagePath[] => [...(path === null ? [] : [path]), ...formerPaths];

function standsAsBefore({ before, after }: Face): boolean {
  return (
    before?.kind === after.kind &&
    before.state === 'live' &&
    after.state === 'live' &&
    before.path === after.path &&
    before.formerPaths.join() === after.formerPaths.join() &&
    aboveOf(before) === aboveOf(after)
  );
}

function atOldPlace(item: LiveItem, live: LiveItem | undefined, { before, after }: Face): LiveItem | undefined {
  if (before?.state !== 'live' || before.path === null || after.path === null) return undefined;
  if (live) {
    const { path, formerPaths } = live;
    return aboveOf(live) === aboveOf(item) ? ({ ...item, path, formerPaths } as LiveItem) : undefined;
  }
  if (item.path?.startsWith(after.path) !== true) return undefined;
  const path = `${before.path}${item.path.slice(after.path.length)}`;
  // It may have been approved just before them.
  return item.formerPaths.some((former) => former !== path)
    ? undefined
    : ({ ...item, path, formerPaths: [] } as LiveItem);
}
