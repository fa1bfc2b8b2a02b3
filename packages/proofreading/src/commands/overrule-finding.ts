import {
  overrulerOf,
  personalDataIn,
  readPlainText,
  ruleTable,
  type CheckContext,
  type Finding,
  type Overruler,
  type RuleName,
} from '@chengmen/checks';
import type { Command, CommandContext, Need } from '@chengmen/ledger';
import {
  ChengmenError,
  mayWithin,
  reviewStages,
  stages,
  writePermission,
  type ItemId,
  type Permission,
  type RevisionId,
} from '@chengmen/model';
import {
  contentOf,
  contributorsOf,
  lockRevision,
  needsOf,
  plainText,
  revisionById,
  type KindHooks,
  type RevisionTable,
} from '@chengmen/revision';
import { z } from 'zod';
import { filesOf, findingNamed, type ReadFile } from '../find-all.ts';
import { contextIn } from '../proofreading-hooks.ts';
import type { ProofreadingTables } from '../tables.ts';

const input = z.strictObject({
  revision: z.string(),
  /** The hash that was seen. */
  hash: z.string(),
  finding: z.string().regex(/^[0-9a-f]{16}$/),
  /** Why it may stand; reviewers and auditors read it. */
  reason: plainText.min(4).max(500),
});

export interface OverruleRooms {
  readonly hooks: readonly KindHooks[];
  readonly readFile: ReadFile;
}

export const reviewPermissions: readonly Permission[] = reviewStages.map((stage) => stages[stage].permission);
export const overrulePermissions: readonly Permission[] = ['item.write', 'channel.write', ...reviewPermissions];

/**
 * A person's decision that a finding may stand, with its reason. Whether the rule lets a writer say so, only a reviewer who wrote none of it, or
 * nobody, is data (`overrulerOf`).
 */
export function overruleFinding({
  hooks,
  readFile,
}: OverruleRooms): Command<z.infer<typeof input>, { readonly item: ItemId; readonly finding: string }> {
  return {
    name: 'overrule-finding',
    permission: overrulePermissions,
    input,
    async prepare({ db, site }, { revision, hash }) {
      const found = await revisionById(db, site, revision);
      // The command says what is wrong with it.
      if (found?.hash === hash) await filesOf(db, site, { ...found, fields: { ...found.fields } }, readFile);
    },
    async needs(context, { revision, hash }) {
      return oneOfThese(context, hooks, await lockRevision(context, revision, hash));
    },
    async run(context, { revision, hash, finding: id, reason }) {
      const row = await lockRevision(context, revision, hash);
      const known = await contextIn(context);
      const finding = await findingOf(context, row, id, { context: known, readFile });
      await refuse(context, hooks, row, { rule: finding.rule, who: overrulerOf(finding.rule, known), revision });
      refuseNumbers(reason);
      const { site, tx, actor, now } = context;
      const { rule, shown, where } = finding;
      await tx
        .withTables<ProofreadingTables>()
        .insertInto('overrule')
        .values({
          ...{ site, item: row.item, finding: id, rule, field: where.field, shown, reason },
          ...{ account: actor.account, name: actor.name, at: now.toISOString() },
        })
        .onConflict((conflict) =>
          conflict
            .columns(['site', 'item', 'finding'])
            .doUpdateSet({ reason, account: actor.account, name: actor.name, at: now.toISOString() }),
        )
        .execute();
      return {
        result: { item: row.item, finding: id },
        event: { item: row.item, revision, finding: id, rule, field: where.field, reason },
      };
    },
  };
}

/** Whoever writes or reviews where the item stands: the one of these permissions that the actor holds. */
export async function oneOfThese(
  context: CommandContext,
  hooks: readonly KindHooks[],
  row: RevisionTable,
  permissions: readonly Permission[] = [writePermission(row.kind), ...reviewPermissions],
): Promise<readonly Need[]> {
  let refused: readonly Need[] = [];
  for (const permission of permissions) {
    const needs = await needsOf(context, hooks, { item: row.item, revision: contentOf(row), permission });
    if (needs.every((need) => mayWithin(context.actor, need.permission, need.place))) return needs;
    if (refused.length === 0) refused = needs;
  }
  return refused;
}

async function findingOf(
  context: CommandContext,
  row: RevisionTable,
  id: string,
  known: { readonly context: CheckContext; readonly readFile: ReadFile },
): Promise<Finding> {
  const { item, kind, fields } = contentOf(row);
  const text = { item, kind, fields: fields as Readonly<Record<string, unknown>> };
  const finding = await findingNamed(context.tx, context.site, text, { id, ...known });
  if (!finding) throw new ChengmenError('not-found', { what: '检查结果 (finding)', id });
  return finding;
}

async function refuse(
  context: CommandContext,
  hooks: readonly KindHooks[],
  row: RevisionTable,
  { rule, who, revision }: { readonly rule: RuleName; readonly who: Overruler; readonly revision: RevisionId },
): Promise<void> {
  const { actor } = context;
  if (who === 'nobody')
    throw new ChengmenError('not-overrulable', { rule: `${ruleTable[rule].zh} (${ruleTable[rule].en})` });
  if (who === 'writer') return;
  if ((await contributorsOf(context, row)).has(actor.account))
    throw new ChengmenError('author-cannot-review', { actor: actor.name });
  const needs = await oneOfThese(context, hooks, row, reviewPermissions);
  if (!needs.every((need) => mayWithin(actor, need.permission, need.place)))
    throw new ChengmenError('permission-denied', { actor: actor.name, permission: `放行 ${revision} (${rule})` });
}

/** The reason stays in the log for ever, so no number of a person may stand in it. */
function refuseNumbers(reason: string): void {
  const [number] = personalDataIn(readPlainText('reason', [reason]));
  if (number)
    throw new ChengmenError('invalid-input', {
      where: 'reason',
      problem: `理由会永久留存，不能写个人号码 (it is kept for ever: no personal numbers): ${number.shown ?? ''}`,
    });
}
