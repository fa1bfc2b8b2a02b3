import fc from 'fast-check';
import type { SmallCommand } from './small-world.ts';

const number = fc.nat({ max: 997 });
const day = fc.nat({ max: 1000 });
const weighted = (weight: number, arbitrary: fc.Arbitrary<SmallCommand>): fc.WeightedArbitrary<SmallCommand> => ({
  weight,
  arbitrary,
});
/** Two hundred commands, additions the most frequent. */
export const smallCommands: fc.Arbitrary<SmallCommand[]> = fc.array(
  fc.oneof(
    weighted(6, fc.record({ do: fc.constant('add' as const), kind: number, channel: number, day, to: number })),
    weighted(3, fc.record({ do: fc.constant('edit' as const), item: number, text: number })),
    weighted(3, fc.record({ do: fc.constant('approve' as const), item: number })),
    weighted(2, fc.record({ do: fc.constant('withdraw' as const), item: number })),
    weighted(2, fc.record({ do: fc.constant('back-date' as const), item: number, day })),
    weighted(1, fc.record({ do: fc.constant('pin' as const), item: number })),
    weighted(2, fc.record({ do: fc.constant('move-item' as const), item: number, channel: number })),
    weighted(1, fc.record({ do: fc.constant('rename-channel' as const), channel: number, segment: number })),
    weighted(1, fc.record({ do: fc.constant('move-channel' as const), channel: number, below: number })),
    weighted(1, fc.record({ do: fc.constant('withdraw-channel' as const), channel: number })),
    weighted(1, fc.record({ do: fc.constant('change-site' as const), text: number })),
    weighted(1, fc.record({ do: fc.constant('change-picture' as const), item: number, text: number })),
  ),
  { minLength: 200, maxLength: 200, size: 'max' },
);
