import type { Command, Ledger } from '@chengmen/ledger';
import { siteId, type Actor, type SiteId } from '@chengmen/model';
import { z } from 'zod';

const record = z.strictObject({ id: siteId, name: z.string(), origin: z.string() });

/** A site is made by whoever holds the data folder, as a file; its own log begins with it. */
const addSite: Command<z.infer<typeof record>, void> = {
  name: 'add-site',
  permission: 'account.manage',
  input: record,
  run: (_context, made) => Promise.resolve({ result: undefined, event: { ...made } }),
};

/** Leaves the event for a site that has none yet, whether it was made while this ran or before. */
export async function noteSite(
  ledger: Ledger,
  actor: Actor,
  { id, name, origin }: { readonly id: SiteId; readonly name: string; readonly origin: string },
): Promise<void> {
  const noted = await ledger.db
    .selectFrom('event')
    .select('seq')
    .where('site', '=', id)
    .where('command', '=', addSite.name)
    .executeTakeFirst();
  if (!noted) await ledger.execute(addSite, actor, { id, name, origin });
}
