import { textOf } from '@chengmen/html';
import {
  parseDecisions,
  readPage,
  type Choice,
  type Crumb,
  type Decisions,
  type Mender,
  type Missing,
} from '@chengmen/intake';
import { withoutSite, type Addresses, type Decision, type MendResult } from '@chengmen/mend';
import { ChengmenError, sha256, type ErrorCode, type ErrorParameters, type FieldsOf } from '@chengmen/model';
import { channelOf, type ChannelRules } from './channel-rules.ts';
import { addressKeys } from './old-address.ts';
import { ownAddress } from './old-site.ts';
import { shownMend, type ShownMend } from './shown-mend.ts';

/** A page to mend and read, as plain data that crosses to a thread. */
export interface ReadJob {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly address: string | undefined;
  readonly decisions: { readonly name: string; readonly text: string } | undefined;
  /** What was decided at the desk. */
  readonly decided?: Decided | undefined;
  readonly channels: ChannelRules;
  /** Where addresses of the old site lead, by key. */
  readonly references: Readonly<Record<string, string>>;
}

/** Decisions of people at the desk, as the reading takes them, and as they are kept with the item. */
export interface Decided {
  readonly choices: readonly Choice[];
  readonly fills: readonly Decision[];
  readonly record: readonly unknown[];
}

/** What is kept of a page that was read. */
export interface PageRead {
  readonly fields: FieldsOf<'article'>;
  readonly plan: MendResult['plan'];
  readonly alarms: MendResult['alarms'];
  readonly verdict: MendResult['verdict'];
  readonly breadcrumb: readonly Crumb[];
  /** Where the whole was asked for. */
  readonly shown?: ShownMend;
  readonly decisions: readonly unknown[];
  readonly notes: readonly string[];
  readonly missing: readonly Missing[];
  /** Links and pictures of the body that lead to items here. */
  readonly linked: number;
  /** The words of the body. */
  readonly text: string;
}

/** The page, or why it cannot be taken in. */
export type ReadDone =
  { readonly read: PageRead } | { readonly failed: { readonly code: ErrorCode; readonly parameters: ErrorParameters } };

/** What a person who looks at a page wants besides. */
export interface LookMeans {
  /** One that remembers. */
  readonly mender: Mender;
}

/** Mends and reads one page; for somebody who looks, with all that the repair is judged by. Never throws but for faults of the program. */
export function readJob(job: ReadJob, look?: LookMeans): ReadDone {
  const { name, bytes, address, decided, channels, references } = job;
  try {
    const given = decisionsOf(job);
    const links = linksOut(bytes, address, references);
    const read = readPage({
      name,
      bytes,
      channel: channels.otherwise,
      addresses: links.addresses,
      ...(look ? { mend: look.mender } : {}),
      ...(decided ? { choices: decided.choices } : {}),
      ...(given ? { decisions: given } : {}),
    });
    const channel = channelOf(channels, { address, breadcrumb: read.breadcrumb });
    return {
      read: {
        fields: { ...read.fields, channel },
        plan: read.mend.plan,
        alarms: read.mend.alarms,
        verdict: read.mend.verdict,
        breadcrumb: read.breadcrumb,
        ...(look ? { shown: shownMend(read.mend, bytes, read.removed) } : {}),
        decisions: decided?.record ?? given?.decisions ?? [],
        notes: read.notes,
        missing: read.missing,
        linked: links.linked(),
        text: textOf(read.fields.body),
      },
    };
  } catch (error) {
    if (!(error instanceof ChengmenError)) throw error;
    return { failed: { code: error.code, parameters: error.parameters } };
  }
}

function decisionsOf({ name, bytes, decisions, decided }: ReadJob): Decisions | undefined {
  if (decisions) return parseDecisions(decisions.text, decisions.name);
  return decided && decided.fills.length > 0
    ? { file: name, page: sha256(bytes), decisions: decided.fills }
    : undefined;
}

interface LinksOut {
  readonly addresses: Addresses;
  readonly linked: () => number;
}

function linksOut(bytes: Uint8Array, address: string | undefined, references: ReadJob['references']): LinksOut {
  const own = ownAddress(bytes);
  const known = new Map(Object.entries(references));
  let linked = 0;
  const lead = (given: string): string | undefined => {
    const found = addressKeys(given, address, own).map((key) => known.get(key));
    const reference = found.find((one) => one !== undefined);
    if (reference !== undefined) linked++;
    return reference;
  };
  const { link, picture } = withoutSite;
  return {
    addresses: {
      link: (given, base) => lead(given) ?? link(given, base),
      picture: (given, base) => lead(given) ?? picture(given, base),
    },
    linked: () => linked,
  };
}
