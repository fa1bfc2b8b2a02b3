import type { ReadKey } from '@chengmen/model';
import type { TargetRecord } from './memory.ts';
import type { Traces } from './traces.ts';

/** Reads that nobody makes any more once traces take these in; before they do. Costs by what the records read. */
export function unread(
  traces: Traces,
  {
    records,
    removed,
  }: { readonly records: Iterable<TargetRecord>; readonly removed: readonly TargetRecord['target'][] },
): ReadKey[] {
  const readersLost = new Map<ReadKey, number>();
  const gained = new Set<ReadKey>();
  const compare = (target: TargetRecord['target'], reads: TargetRecord['reads']): void => {
    const now = new Set(reads.map(([key]) => key));
    for (const [key] of traces.record(target)?.reads ?? [])
      if (!now.delete(key)) readersLost.set(key, (readersLost.get(key) ?? 0) + 1);
    for (const key of now) gained.add(key);
  };
  for (const target of removed) compare(target, []);
  for (const { target, reads } of records) compare(target, reads);
  return [...readersLost].flatMap(([key, lost]) => (lost === traces.countOf(key) && !gained.has(key) ? [key] : []));
}
