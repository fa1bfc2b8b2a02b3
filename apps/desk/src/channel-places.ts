import type { ChannelOverview, ChannelRow } from '@chengmen/content';
import { ChengmenError, mayWithin, type Actor, type ItemId } from '@chengmen/model';
import { placeBetween } from './place-between.ts';

/** The channels right below one, in their order. */
export function siblingsIn(
  channels: readonly ChannelRow[],
  parent: ItemId | null,
): { id: ItemId; name: string; position: number }[] {
  return channels
    .filter(({ fields }) => fields.parent === parent)
    .map(({ id, fields: { name, position } }) => ({ id, name, position }));
}

/** The position before one of its siblings, or behind them all. Throws `invalid-input` where there is no place. */
export function placed(
  siblings: readonly { id: ItemId; position: number }[],
  id: ItemId,
  before: ItemId | undefined,
): number {
  const position = placeBetween(
    siblings.filter((sibling) => sibling.id !== id),
    before,
  );
  if (position === undefined)
    throw new ChengmenError('invalid-input', {
      where: 'position',
      problem:
        '前后两个栏目序号相同，请先改其中一个的序号 (two channels have the same position; change one of them first)',
    });
  return position;
}

/** What gets another address with a channel. */
export interface Moved {
  readonly channels: number;
  readonly documents: number;
}

export function moved({ channels }: ChannelOverview, { id, below }: ChannelRow): Moved {
  return { channels: channels.filter(({ line }) => line.includes(id)).length, documents: below };
}

/** May change the channel itself. */
export function mayChange(actor: Actor, { line }: Pick<ChannelRow, 'line'>): boolean {
  return mayWithin(actor, 'channel.write', line);
}
