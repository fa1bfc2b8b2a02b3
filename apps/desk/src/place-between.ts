import type { ItemId } from '@chengmen/model';

export interface Placed {
  readonly id: ItemId;
  readonly position: number;
}

/**
 * The position that puts something right before one of its future siblings, or, without one, behind them all; the others keep
 * theirs. Undefined where nothing stands between two of the same position.
 */
export function placeBetween(siblings: readonly Placed[], before: ItemId | undefined): number | undefined {
  const found = siblings.findIndex(({ id }) => id === before);
  const at = found < 0 ? siblings.length : found;
  const [low, high] = [siblings[at - 1]?.position, siblings[at]?.position];
  if (low === undefined) return high === undefined ? 1 : Math.floor(high) - 1;
  if (high === undefined) return Math.ceil(low) + 1;
  for (let digits = 0; digits <= 12; digits++) {
    const middle = Number(((low + high) / 2).toFixed(digits));
    if (middle > low && middle < high) return middle;
  }
  return undefined;
}
