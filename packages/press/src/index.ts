export { createCity, type City, type CityOptions } from './city.ts';
export type { Memory, MemoryDelta, PressState, Remembered, TargetRecord } from './memory.ts';
export {
  press,
  pressPages,
  type ChangedRead,
  type Page,
  type PageChange,
  type Pressed,
  type PressOptions,
  type Why,
} from './press.ts';
export { readKey, subjectOf } from './read-key.ts';
export { createTraces, type TraceChange, type Traces } from './traces.ts';
export { trackReads, type TrackedSource } from './track-reads.ts';
