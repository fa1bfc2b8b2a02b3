import fc from 'fast-check';
import type { SmallCommand } from './small-world.ts';

const number = fc.nat({ max: 997 });
const day = fc.nat({ max: 1000 });
const weighted = (weight: number, arbitrary: fc.Arbitrary<SmallCommand>): fc.WeightedArbitrary<SmallCommand> => ({
  weight,
  arbitrary,
});
/** Anything that may happen to a small city, additions the most frequent. */
export const smallCommand: fc.Arbitrary<SmallCommand> = fc.oneof(
  weighted(6, fc.record({ do: fc.constant('add' as const), kind: number, channel: number, day, to: number })),
  weighted(3, fc.record({ do: fc.constant('edit' as const), item: number, text: number })),
  weighted(3, fc.record({ do: fc.constant('approve' as const), item: number })),
  weighted(2, fc.record({ do: fc.constant('withdraw' as const), item: number })),
  weighted(2, fc.record({ do: fc.constant('back-date' as const), item: number, day })),
  weighted(1, fc.record({ do: fc.constant('pin' as const), item: number })),
  weighted(1, fc.record({ do: fc.constant('relate' as const), item: number, to: number })),
  weighted(2, fc.record({ do: fc.constant('move-item' as const), item: number, channel: number })),
  weighted(1, fc.record({ do: fc.constant('rename-channel' as const), channel: number, segment: number })),
  weighted(1, fc.record({ do: fc.constant('name-channel' as const), channel: number, text: number })),
  weighted(1, fc.record({ do: fc.constant('move-channel' as const), channel: number, below: number })),
  weighted(1, fc.record({ do: fc.constant('merge-channel' as const), channel: number, to: number })),
  weighted(1, fc.record({ do: fc.constant('withdraw-channel' as const), channel: number })),
  weighted(2, fc.record({ do: fc.constant('change-language' as const), channel: number, text: number })),
  weighted(1, fc.record({ do: fc.constant('change-site' as const), text: number })),
  weighted(2, fc.record({ do: fc.constant('change-blocks' as const), channel: number, to: number })),
  weighted(1, fc.record({ do: fc.constant('change-home' as const), text: number, to: number })),
  weighted(1, fc.record({ do: fc.constant('redirect' as const), text: number, to: number })),
  weighted(1, fc.record({ do: fc.constant('change-picture' as const), item: number, text: number })),
);

/** Up to two hundred of them. */
export const smallCommands: fc.Arbitrary<SmallCommand[]> = fc.array(smallCommand, {
  minLength: 1,
  maxLength: 200,
  size: 'max',
});
