import { civilMinuteAt } from '@chengmen/calendar';
import {
  checkContent,
  checkOutside,
  linksOutOf,
  withOverrules,
  type CheckContext,
  type Finding,
} from '@chengmen/checks';
import type { Ledger } from '@chengmen/ledger';
import type { SiteId } from '@chengmen/model';
import type { KindHooks } from '@chengmen/revision';
import { overruleFinding } from './commands/overrule-finding.ts';
import { withdrawOverrule } from './commands/withdraw-overrule.ts';
import { factsOf, type ReadFile, type TextToCheck } from './find-all.ts';
import { checkSettingsOf, type KeptSettings } from './queries/check-settings.ts';
import { overrulesOf } from './queries/overrules.ts';
import { siteFacts, type SiteFacts } from './site-facts.ts';
import { keepMissingPrints } from './text-prints.ts';

export interface Proofreading {
  /** What the rules need to know besides the text: kept between commits, so that asking costs nothing. */
  readonly context: () => Promise<CheckContext>;
  /** What the rules find in a text by itself, with what was decided about its item. Some milliseconds. */
  readonly check: (text: TextToCheck) => Promise<readonly Finding[]>;
  /** What the database, the kept files and, where the desk may go out, the network say about it. Some seconds at most. */
  readonly outside: (text: TextToCheck, how?: { readonly askLinks: boolean }) => Promise<readonly Finding[]>;
  readonly settings: () => Promise<KeptSettings>;
  readonly overruleFinding: ReturnType<typeof overruleFinding>;
  readonly withdrawOverrule: ReturnType<typeof withdrawOverrule>;
  /** Prints of what was published before there were any. */
  readonly keepMissingPrints: () => Promise<number>;
}

export interface ProofreadingOptions {
  readonly ledger: Ledger;
  readonly site: SiteId;
  readonly clock: () => Date;
  /** What the rooms have registered, for where items stand. */
  readonly hooks: readonly KindHooks[];
  readonly readFile: ReadFile;
  /** Asks whether addresses outside answer: why not, or null. Undefined where the desk has no way out. */
  readonly askLinks?: ((hrefs: readonly string[]) => Promise<ReadonlyMap<string, string | null>>) | undefined;
}

interface Known {
  readonly facts: SiteFacts;
  readonly kept: KeptSettings;
}

/** 校对: the checks of `checks` with what a site knows and decides. */
export function createProofreading(options: ProofreadingOptions): Proofreading {
  const { ledger, site, clock, hooks, readFile, askLinks } = options;
  const { db } = ledger;
  let known: Promise<Known> | undefined;
  ledger.onCommit((of) => {
    if (of === site) known = undefined;
  });
  const read = async (): Promise<Known> => ({
    facts: await siteFacts(db, site),
    kept: await checkSettingsOf(db, site),
  });
  const ask = async (): Promise<Known> => {
    const asked = (known ??= read());
    return asked.catch((error: unknown) => {
      if (known === asked) known = undefined;
      throw error;
    });
  };
  const context = async (): Promise<CheckContext> => {
    const { facts, kept } = await ask();
    return { ...facts, now: civilMinuteAt(clock()), settings: kept.settings };
  };
  const decided = async (findings: readonly Finding[], { item }: TextToCheck): Promise<readonly Finding[]> =>
    item === undefined || findings.length === 0 ? findings : withOverrules(findings, await overrulesOf(db, site, item));
  return {
    context,
    check: async (text) => decided(checkContent(text.kind, text.fields, await context()), text),
    async outside(text, { askLinks: isAsked } = { askLinks: true }) {
      const about = await context();
      const [facts, links] = await Promise.all([
        factsOf(db, site, text, readFile),
        isAsked ? askLinks?.(linksOutOf(text.kind, text.fields, about)) : undefined,
      ]);
      return decided(checkOutside(text.kind, text.fields, { ...facts, ...(links ? { links } : {}) }, about), text);
    },
    settings: async () => (await ask()).kept,
    overruleFinding: overruleFinding({ hooks, readFile }),
    withdrawOverrule: withdrawOverrule(hooks),
    keepMissingPrints: () => keepMissingPrints(db, site),
  };
}
