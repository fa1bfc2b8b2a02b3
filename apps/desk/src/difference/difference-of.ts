import { blockReferences, canonicalJson, type Block, type FieldsOf } from '@chengmen/model';
import type { Revision } from '@chengmen/revision';
import { fieldText, labelOf } from '../field-words.ts';
import { bodyLines } from './body-lines.ts';
import { compareBlocks, type BlockChange } from './compare-blocks.ts';
import { compareLines, type LineChange } from './compare-lines.ts';
import { compareWords, type Stretch } from './compare-words.ts';

type Compared = Pick<Revision, 'kind' | 'fields'>;

export interface BlocksChange {
  readonly label: string;
  readonly changes: readonly BlockChange[];
}

export interface FieldChange {
  readonly name: string;
  readonly label: string;
  readonly before: string;
  readonly after: string;
  readonly stretches: readonly Stretch[];
}

/** What changed from one revision to another of the same item. */
export interface Difference {
  /** All lines of each text, where any of them changed. */
  readonly texts: readonly { readonly label: string; readonly lines: readonly LineChange[] }[];
  readonly fields: readonly FieldChange[];
  /** Lists of blocks, where one came, went, moved or changed. */
  readonly blocks: readonly BlocksChange[];
  /** Items that those name, to be called by their titles. */
  readonly named: readonly string[];
  /** Items of pictures and files that came or went, wherever they are shown. */
  readonly media: readonly { readonly item: string; readonly was: 'added' | 'removed' }[];
}

const holdBlocks = ['home', 'edition'];

/** Fields that hold markup. */
const markup = ['body', 'answer'];

export function differenceOf(before: Compared, after: Compared): Difference {
  const names = [...new Set([...Object.keys(after.fields), ...Object.keys(before.fields)])];
  const changed = names.filter(
    (name) => canonicalJson(valueOf(before, name) ?? null) !== canonicalJson(valueOf(after, name) ?? null),
  );
  const texts = changed.filter((name) => markup.includes(name));
  const [old, now] = [blocksIn(before), blocksIn(after)];
  const blocks = Object.entries(now).flatMap(([label]) => blocksChange(label, old[label] ?? [], now[label] ?? []));
  return {
    blocks,
    named: [...new Set([...Object.values(old), ...Object.values(now)].flat().flatMap(blockReferences))].map(
      ({ item }) => item,
    ),
    texts: texts.map((name) => ({
      label: labelOf(after.kind, name),
      lines: compareLines(bodyLines(markupOf(before, name)), bodyLines(markupOf(after, name))),
    })),
    fields: changed
      .filter((name) => !markup.includes(name) && name !== 'blocks')
      .map((name) => fieldChange(before, after, name))
      // Of what holds blocks beside other things, those are told by themselves.
      .filter((change) => !holdBlocks.includes(change.name) || change.before !== change.after),
    media: mediaChanges(before, after),
  };
}

function blocksChange(label: string, before: readonly Block[], after: readonly Block[]): BlocksChange[] {
  const changes = compareBlocks(before, after);
  return changes.every(({ was }) => was === 'same') ? [] : [{ label, changes }];
}

/** Every list of blocks of a revision, by what it is called. */
function blocksIn({ kind, fields }: Compared): Readonly<Record<string, readonly Block[]>> {
  const { blocks, home, edition } = fields as Partial<FieldsOf<'home'> & FieldsOf<'site'> & FieldsOf<'channel'>>;
  return {
    // A channel without blocks shows what stands in it.
    版块: blocks ?? (kind === 'channel' && !edition ? [{ show: 'list' }] : []),
    首页默认版块: home?.blocks ?? [],
    外文版首页版块: edition?.home.blocks ?? [],
  };
}

const valueOf = ({ fields }: Compared, name: string): unknown => (fields as Record<string, unknown>)[name];
const markupOf = (revision: Compared, name: string): string => String(valueOf(revision, name) ?? '');

function fieldChange(before: Compared, after: Compared, name: string): FieldChange {
  const [was, is] = [before, after].map((one) => fieldText(one.kind, name, valueOf(one, name)));
  const [old = '', now = ''] = [was, is];
  return {
    ...{ name, label: labelOf(after.kind, name), before: old, after: now },
    stretches: compareWords(old, now),
  };
}

function mediaChanges(before: Compared, after: Compared): Difference['media'] {
  const [had, has] = [mediaIn(before), mediaIn(after)];
  return [
    ...[...had].filter((item) => !has.has(item)).map((item) => ({ item, was: 'removed' as const })),
    ...[...has].filter((item) => !had.has(item)).map((item) => ({ item, was: 'added' as const })),
  ];
}

/** Every picture and file that a revision shows: in its texts, and by the fields that name them. */
function mediaIn(revision: Compared): Set<string> {
  const { fields } = revision;
  const { image, attachments, pictures, video, captions, logo } = fields as Record<string, unknown>;
  const gallery = (Array.isArray(pictures) ? pictures : []).map((one: { picture?: unknown }) => one.picture);
  const named = [image, video, captions, logo, ...(Array.isArray(attachments) ? attachments : []), ...gallery];
  const inTexts = markup.flatMap((name) =>
    [...markupOf({ fields } as Compared, name).matchAll(/media:([a-z0-9-]+)/g)].map(([, item]) => item),
  );
  const inBlocks = Object.values(blocksIn(revision))
    .flat()
    .flatMap(blockReferences)
    .flatMap(({ item, as }) => (as === 'media' ? [item] : []));
  return new Set([...named, ...inBlocks, ...inTexts].filter((item): item is string => typeof item === 'string'));
}
