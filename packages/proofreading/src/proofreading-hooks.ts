import { civilMinuteAt } from '@chengmen/calendar';
import {
  checkContent,
  checkOutside,
  holdingBack,
  ruleTable,
  withOverrules,
  type CheckContext,
  type OutsideFacts,
} from '@chengmen/checks';
import type { CommandContext } from '@chengmen/ledger';
import { ChengmenError, isDocument, kinds, type Kind } from '@chengmen/model';
import type { HookRevision, KindHooks } from '@chengmen/revision';
import { factsOf, filesOf, type ReadFile, type TextToCheck } from './find-all.ts';
import { checkSettingsOf } from './queries/check-settings.ts';
import { overrulesOf } from './queries/overrules.ts';
import { siteFacts } from './site-facts.ts';
import { keepPrint } from './text-prints.ts';

const checkedKinds = (Object.keys(kinds) as Kind[]).filter((kind) => kind !== 'site');

/** What this room adds to the approval chain: nothing is submitted while something in it must be mended first. */
export const proofreadingHooks = (readFile: ReadFile): readonly KindHooks[] => [
  {
    kinds: checkedKinds,
    prepareSubmission: async ({ tx, site }, { kind, item, fields }) => {
      if (kind === 'media') await filesOf(tx, site, { kind, item, fields: { ...fields } }, readFile);
    },
    whenSubmitted: (context, revision) => holdBack(context, revision, readFile),
  },
];

/** What the rules need to know, as it is in a command's own transaction. */
export async function contextIn({ tx, site, now }: CommandContext): Promise<CheckContext> {
  const { settings } = await checkSettingsOf(tx, site);
  return { ...(await siteFacts(tx, site)), now: civilMinuteAt(now), settings };
}

/** What must be asked of the world before a text may go on: of a file its words, of a document what this site holds it back for. */
async function worldFacts(
  { tx, site }: CommandContext,
  { settings }: CheckContext,
  text: TextToCheck,
  readFile: ReadFile,
): Promise<OutsideFacts> {
  if (text.kind === 'media') return factsOf(tx, site, text, readFile);
  const isAsked = (['old-news', 'link-dead'] as const).some((rule) => settings.rules[rule]?.severity === 'must');
  return isAsked ? factsOf(tx, site, text, () => Promise.resolve({ lines: [], complete: true })) : {};
}

/** How many findings a refusal names. */
const mostNamed = 3;

async function holdBack(context: CommandContext, revision: HookRevision, readFile: ReadFile): Promise<void> {
  const { tx, site } = context;
  const { item, kind, number } = revision;
  const fields = revision.fields as Readonly<Record<string, unknown>>;
  const known = await contextIn(context);
  const facts = await worldFacts(context, known, { kind, item, fields }, readFile);
  const all = [...checkContent(kind, fields, known), ...checkOutside(kind, fields, facts, known)];
  const held = holdingBack(withOverrules(all, await overrulesOf(tx, site, item)));
  if (held.length > 0)
    throw new ChengmenError('checks-hold-back', {
      count: held.length,
      list: `${held
        .slice(0, mostNamed)
        .map(({ rule, shown }) => `${ruleTable[rule].zh}${shown === '' ? '' : `“${shown}”`}`)
        .join('，')}${held.length > mostNamed ? ' 等 (and more)' : ''}`,
    });
  if (isDocument(kind)) await keepPrint(tx, site, { item, number, kind, fields });
}
