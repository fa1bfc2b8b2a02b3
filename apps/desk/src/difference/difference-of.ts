import { canonicalJson } from '@chengmen/model';
import type { Revision } from '@chengmen/revision';
import { fieldText, labelOf } from '../field-words.ts';
import { bodyLines } from './body-lines.ts';
import { compareLines, type LineChange } from './compare-lines.ts';
import { compareWords, type Stretch } from './compare-words.ts';

type Compared = Pick<Revision, 'kind' | 'fields'>;

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
  /** Items of pictures and files that came or went, wherever they are shown. */
  readonly media: readonly { readonly item: string; readonly was: 'added' | 'removed' }[];
}

/** Fields that hold markup. */
const markup = ['body', 'answer'];

export function differenceOf(before: Compared, after: Compared): Difference {
  const names = [...new Set([...Object.keys(after.fields), ...Object.keys(before.fields)])];
  const changed = names.filter(
    (name) => canonicalJson(valueOf(before, name) ?? null) !== canonicalJson(valueOf(after, name) ?? null),
  );
  const texts = changed.filter((name) => markup.includes(name));
  return {
    texts: texts.map((name) => ({
      label: labelOf(after.kind, name),
      lines: compareLines(bodyLines(markupOf(before, name)), bodyLines(markupOf(after, name))),
    })),
    fields: changed.filter((name) => !markup.includes(name)).map((name) => fieldChange(before, after, name)),
    media: mediaChanges(before, after),
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
function mediaIn({ fields }: Compared): Set<string> {
  const { image, attachments, pictures, video, captions, logo } = fields as Record<string, unknown>;
  const gallery = (Array.isArray(pictures) ? pictures : []).map((one: { picture?: unknown }) => one.picture);
  const named = [image, video, captions, logo, ...(Array.isArray(attachments) ? attachments : []), ...gallery];
  const inTexts = markup.flatMap((name) =>
    [...markupOf({ fields } as Compared, name).matchAll(/media:([a-z0-9-]+)/g)].map(([, item]) => item),
  );
  return new Set([...named, ...inTexts].filter((item): item is string => typeof item === 'string'));
}
