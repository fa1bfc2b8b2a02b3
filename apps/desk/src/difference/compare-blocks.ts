import { blockKindNames, blockKindOf, blockReferences, canonicalJson, type Block } from '@chengmen/model';
import { blockForms } from '../block-forms.ts';
import { compareWords, type Stretch } from './compare-words.ts';
import { lineOf, rowsOf, typedOf, type TypedField } from '../typed-form.ts';

export interface BlockChange {
  readonly was: 'added' | 'removed' | 'moved' | 'changed' | 'same';
  /** Its kind and its name: `文字：开放时间`. Items it names stand as `{id}`. */
  readonly label: string;
  /** Places counted from 1; of one that was removed the old one. */
  readonly from?: number;
  readonly to?: number;
  /** What changed in it, by field. */
  readonly fields: readonly { readonly label: string; readonly stretches: readonly Stretch[] }[];
}

/** Which blocks came, went, moved or changed, in the new order with those that went where they stood. */
export function compareBlocks(before: readonly Block[], after: readonly Block[]): BlockChange[] {
  const pairs = paired(before, after);
  const stayed = inOrder([...pairs].sort((a, b) => a[1] - b[1]).map(([old]) => old));
  const oldOf = new Map([...pairs].map(([old, now]) => [now, old]));
  const changes = after.map((block, now): BlockChange => {
    const old = oldOf.get(now);
    if (old === undefined) return { was: 'added', label: blockName(block), to: now + 1, fields: [] };
    const fields = fieldChanges(before[old] as Block, block);
    const was = fields.length > 0 ? 'changed' : stayed.has(old) ? 'same' : 'moved';
    const moved = stayed.has(old) ? {} : { from: old + 1 };
    return { was, label: blockName(block), ...moved, to: now + 1, fields };
  });
  before.forEach((block, old) => {
    if (pairs.has(old)) return;
    changes.splice(placeOf(old, pairs, changes), 0, {
      was: 'removed',
      label: blockName(block),
      from: old + 1,
      fields: [],
    });
  });
  return changes;
}

/** Behind what stood before it and stands there still. */
function placeOf(old: number, pairs: ReadonlyMap<number, number>, changes: readonly BlockChange[]): number {
  for (let at = old - 1; at >= 0; at--) {
    const now = pairs.get(at);
    const place = changes.findIndex(({ was, to, from }) =>
      now === undefined ? was === 'removed' && from === at + 1 : to === now + 1,
    );
    if (place >= 0) return place + 1;
  }
  return 0;
}

/** Old places by new ones: what is equal, then what is of one kind and names the same, then what is of one kind. */
function paired(before: readonly Block[], after: readonly Block[]): Map<number, number> {
  const pairs = new Map<number, number>();
  const taken = new Set<number>();
  for (const alike of [canonicalJson, naming, blockKindOf] as const)
    before.forEach((block, old) => {
      if (pairs.has(old)) return;
      const now = after.findIndex((other, at) => !taken.has(at) && alike(other as never) === alike(block as never));
      if (now < 0) return;
      pairs.set(old, now);
      taken.add(now);
    });
  return pairs;
}

const naming = (block: Block): string =>
  `${blockKindOf(block)} ${blockReferences(block)
    .map(({ item }) => item)
    .join(' ')} ${'title' in block ? (block.title ?? '') : ''}`;

/** The most of them that keep their order: what is not among them was moved. */
function inOrder(places: readonly number[]): ReadonlySet<number> {
  const best: number[][] = [];
  places.forEach((place, at) => {
    const longest = best
      .slice(0, at)
      .filter((run) => (run.at(-1) ?? -1) < place)
      .reduce<number[]>((a, b) => (b.length > a.length ? b : a), []);
    best.push([...longest, place]);
  });
  return new Set(best.reduce<number[]>((a, b) => (b.length > a.length ? b : a), []));
}

/** What it is called among others. */
export function blockName(block: Block): string {
  const { zh } = blockKindNames[blockKindOf(block)];
  const title = 'title' in block ? block.title : undefined;
  const [first] = blockReferences(block);
  const name = title ?? (first && `{${first.item}}`);
  return name === undefined ? zh : `${zh}：${name}`;
}

function fieldChanges(before: Block, after: Block): BlockChange['fields'] {
  const [was, is] = [blockFields(before), blockFields(after)];
  return is.flatMap(({ label, text }, at) => {
    const old = was[at]?.text ?? '';
    return old === text ? [] : [{ label, stretches: compareWords(old, text) }];
  });
}

/** A block as people read it: a line for each field, rows below one another. */
export function blockFields(block: Block): { readonly label: string; readonly text: string }[] {
  const { fields } = blockForms[blockKindOf(block)];
  const typed = typedOf(fields, block);
  return fields.map((field) => ({
    label: field.zh.replace(/（.*）$/, ''),
    text:
      field.as === 'rows'
        ? rowsOf(typed, field.name)
            .map((row) =>
              field.parts
                .map((part) => shown(part, row.typed[part.name] ?? ''))
                .filter(Boolean)
                .join('｜'),
            )
            .join('\n')
        : shown(field, lineOf(typed, field.name)),
  }));
}

const namesItem = new Set<TypedField['as']>(['channel', 'dataset', 'picture', 'document']);

function shown(field: TypedField, typed: string): string {
  if (typed === '') return '';
  if (namesItem.has(field.as)) return `{${typed}}`;
  if (field.as === 'yes') return field.zh;
  return field.as === 'choice' ? (field.choices.find(([value]) => value === typed)?.[1] ?? typed) : typed;
}
