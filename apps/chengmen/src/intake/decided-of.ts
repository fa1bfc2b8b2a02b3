import type { DecidedChoice } from '@chengmen/content';
import type { Choice } from '@chengmen/intake';
import type { Decided } from './read-job.ts';

/**
 * Decisions as the reading takes them: rules for the whole run, then rules for the page, then places, of each the last. What was decided
 * and taken back again is not kept with the item; the log of events has it.
 */
export function decidedOf(all: readonly DecidedChoice[]): Decided {
  const rules = [...all.filter(({ wide }) => wide), ...all.filter(({ wide }) => !wide)].flatMap((one) =>
    'at' in one.choice ? [] : [one],
  );
  const places = new Map<string, DecidedChoice>();
  for (const one of all) {
    if (!('at' in one.choice)) continue;
    const key = `${one.choice.at}+${one.choice.length}`;
    if ('undo' in one.choice) places.delete(key);
    else places.set(key, one);
  }
  const standing = [...places.values()];
  return {
    choices: [
      ...rules.flatMap(({ choice }) => ('at' in choice ? [] : [choice])),
      ...standing.flatMap(({ choice }): Choice[] => {
        if ('take' in choice) return [{ at: choice.at, length: choice.length, text: choice.take }];
        return 'refuse' in choice ? [{ at: choice.at, length: choice.length, text: null }] : [];
      }),
    ],
    fills: standing.flatMap(({ choice, by }) =>
      'fill' in choice
        ? [{ at: choice.at, length: choice.length, text: choice.fill, source: `${choice.source.trim()}（${by}）` }]
        : [],
    ),
    record: [...rules, ...standing].map(({ choice, at, account, by, wide }) => ({
      ...choice,
      when: at,
      account,
      by,
      wide,
    })),
  };
}
