export { createCity, type City, type CityOptions, type SharedCity } from './city.ts';
export type { LongTexts, TextPlace } from './long-texts.ts';
export type { Memory, MemoryDelta, PressState, Remembered, TargetRecord } from './memory.ts';
export {
  gather,
  planPress,
  planSteps,
  press,
  pressPages,
  renderTarget,
  type ChangedRead,
  type Gathering,
  type Page,
  type Plan,
  type Rendered,
  type PageChange,
  type Pressed,
  type PressOptions,
  type Why,
} from './press.ts';
export { readKey, subjectOf } from './read-key.ts';
export { createTraces, type TraceChange, type Traces } from './traces.ts';
export { unread } from './unread.ts';
export { trackReads, type TrackedSource } from './track-reads.ts';
