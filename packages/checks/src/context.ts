import type { ProtectedName, Variant } from '@chengmen/chinese';
import { z } from 'zod';
import { overrulers, ruleNames, severities } from './rule-table.ts';

const line = z.string().trim().min(1).max(60).normalize('NFC');
const said = z.string().trim().max(200).normalize('NFC');

/** A wrong word and what should stand there. */
const checkedWord = z.strictObject({
  wrong: line.min(2),
  /** Without it the word is only shown. */
  right: line.optional(),
  /** Longer words in which it is right: 不良反应问题. */
  except: z.array(line).max(20).optional(),
  note: said.optional(),
  severity: z.enum(severities).optional(),
});
export type CheckedWord = z.infer<typeof checkedWord>;

/** A phrase that must be written exactly so: one character off is reported. */
const setPhrase = z.strictObject({ phrase: line.min(5), except: z.array(line).max(20).optional() });
export type SetPhrase = z.infer<typeof setPhrase>;

const leader = z.strictObject({ name: line.min(2).max(20), titles: z.array(line).min(1).max(12) });
export type CheckedLeader = z.infer<typeof leader>;

/** What a site decides about its checks; people edit it in the desk. */
export const checkSettings = z.strictObject({
  /** Hosts that count as the government's, with all below them: `people.com.cn`. */
  hosts: z
    .array(
      z
        .string()
        .toLowerCase()
        .regex(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+$/)
        .max(200),
    )
    .max(1000),
  words: z.array(checkedWord).max(5000),
  phrases: z.array(setPhrase).max(1000),
  leaders: z.array(leader).max(500),
  /** Built-in words and phrases this site does not want to hear of, as they stand in the list. */
  without: z.array(line).max(1000),
  /** Rules that are to be graver, milder or in other hands here. */
  rules: z.partialRecord(
    z.enum(ruleNames),
    z.strictObject({ severity: z.enum([...severities, 'off']).optional(), overrule: z.enum(overrulers).optional() }),
  ),
});
export type CheckSettings = z.infer<typeof checkSettings>;

export const noSettings: CheckSettings = { hosts: [], words: [], phrases: [], leaders: [], without: [], rules: {} };

/** What the rules need to know besides the text. */
export interface CheckContext {
  /** Civil minute in Asia/Shanghai: `2026-11-20 09:30`. */
  readonly now: string;
  /** Hosts of the site itself. */
  readonly ownHosts: readonly string[];
  readonly settings: CheckSettings;
  /** The site's own leaders as it publishes them, besides those in the settings. */
  readonly leaders: readonly CheckedLeader[];
  /** The Traditional edition, where the site has one. */
  readonly traditional?:
    { readonly variant: Variant; readonly names?: readonly ProtectedName[] | undefined } | undefined;
}
