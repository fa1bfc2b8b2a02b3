import type { Command } from '@chengmen/ledger';
import { itemId } from '@chengmen/model';
import { z } from 'zod';
import { dropWriting as drop } from '../item-lease.ts';

const input = z.strictObject({ item: itemId });

/** What one typed and never saved is not wanted any more. Only one's own. */
export function dropWriting(): Command<z.infer<typeof input>, object> {
  return {
    name: 'drop-writing',
    permission: null,
    input,
    async run(context, { item }) {
      await drop(context, item);
      return { result: {}, event: null };
    },
  };
}
