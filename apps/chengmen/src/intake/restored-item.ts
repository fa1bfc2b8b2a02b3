import type { Hash, ItemId } from '@chengmen/model';

/** The item that received bytes become, unless their words are known already. */
export const restoredItem = (received: Hash): ItemId => `restored-${received.slice(0, 12)}`;
