import { checkSettings, type CheckSettings } from '@chengmen/checks';
import type { Command } from '@chengmen/ledger';
import { canonicalJson, ChengmenError, type Hash } from '@chengmen/model';
import { z } from 'zod';
import { checkSettingsOf, settingsHash } from '../queries/check-settings.ts';
import type { ProofreadingTables } from '../tables.ts';

const input = z.strictObject({
  settings: checkSettings,
  /** The hash of what was changed, so that two people do not undo each other. */
  was: z.string(),
});

/** Changes the words, hosts, leaders and rules a site checks by. The event tells what came and went. */
export const changeChecks: Command<z.infer<typeof input>, { readonly hash: Hash }> = {
  name: 'change-checks',
  permission: 'checks.change',
  input,
  async run({ tx, site, actor, now }, { settings, was }) {
    const before = await checkSettingsOf(tx, site);
    if (before.hash !== was)
      throw new ChengmenError('hash-mismatch', { given: was.slice(0, 12), actual: before.hash.slice(0, 12) });
    const hash = settingsHash(settings);
    if (hash === before.hash) return { result: { hash }, event: null };
    const row = {
      settings: canonicalJson(settings),
      hash,
      changed_at: now.toISOString(),
      changed_by: actor.account,
      changed_by_name: actor.name,
    };
    await tx
      .withTables<ProofreadingTables>()
      .insertInto('check_settings')
      .values({ site, ...row })
      .onConflict((conflict) => conflict.column('site').doUpdateSet(row))
      .execute();
    return { result: { hash }, event: { hash, ...changes(before.settings, settings) } };
  },
};

/** Entries of each list that are new and that are gone. */
function changes(before: CheckSettings, after: CheckSettings): Record<string, unknown> {
  const texts = (settings: CheckSettings, name: keyof CheckSettings): string[] => {
    const value = settings[name];
    const all = Array.isArray(value) ? value : Object.entries(value);
    return all.map((entry) => canonicalJson(entry));
  };
  return Object.fromEntries(
    (Object.keys(after) as (keyof CheckSettings)[]).flatMap((name) => {
      const [was, is] = [new Set(texts(before, name)), new Set(texts(after, name))];
      const [added, removed] = [[...is].filter((one) => !was.has(one)), [...was].filter((one) => !is.has(one))];
      return added.length + removed.length === 0 ? [] : [[name, { added, removed }]];
    }),
  );
}
