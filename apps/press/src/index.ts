export { createPress, type CreatePressOptions, type Press, type Settled } from './create-press.ts';
export type { PreviewedPages, PreviewReading } from './preview-pages.ts';
export type { RemovedPages } from './removed-pages.ts';
export { plannedPages, type PlannedPage } from './planned-pages.ts';
export { exclusively, type PressMemory } from './ledger-feed.ts';
export { draw, pressSteps, type Drawn, type PressStep } from './press-round.ts';
export { releaseChange } from './release-change.ts';
export type { Release } from './releases.ts';
export { createTextFile, type TextFile } from './text-file.ts';
