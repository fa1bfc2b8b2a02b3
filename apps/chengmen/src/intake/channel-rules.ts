import type { Crumb } from '@chengmen/intake';
import type { ItemId } from '@chengmen/model';

/** Which channel the pages of a source stand in: the first rule that fits, else `otherwise`. */
export interface ChannelRules {
  readonly otherwise: ItemId;
  readonly rules: readonly ChannelRule[];
}

/** All that a rule names must fit. */
export interface ChannelRule {
  /** The beginning of the old address: a path (`/xw/`), or a host and a path (`old.example.gov.cn/xw/`). */
  readonly address?: string | undefined;
  /** A name in the page's own breadcrumb. */
  readonly breadcrumb?: string | undefined;
  readonly channel: ItemId;
}

/** Where pages stand whose source says nothing else. */
export const restoredChannel: ItemId = 'restored';

export function channelOf(
  { rules, otherwise }: ChannelRules,
  page: { readonly address: string | undefined; readonly breadcrumb: readonly Crumb[] },
): ItemId {
  const fits = ({ address, breadcrumb }: ChannelRule): boolean =>
    (address === undefined || beginsWith(page.address, address)) &&
    // A name that was put over another says nothing of the page.
    (breadcrumb === undefined || page.breadcrumb.some(({ text, hijacked }) => !hijacked && text === breadcrumb));
  return rules.find(fits)?.channel ?? otherwise;
}

function beginsWith(address: string | undefined, start: string): boolean {
  const full = address?.replace(/^https?:\/\//i, '') ?? '';
  return (start.startsWith('/') ? full.slice(Math.max(0, full.indexOf('/'))) : full).startsWith(start);
}
