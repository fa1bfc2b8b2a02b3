import { readMigrations } from '@chengmen/ledger';

export { takeIn, type TakenInDraft } from './commands/take-in.ts';
export { takeInFile, type TakenInFile } from './commands/take-in-file.ts';
export { relinkDraft } from './commands/relink-draft.ts';
export { openIntake, type IntakePlace } from './commands/open-intake.ts';
export { decideIntake, intakeChoice, type IntakeChoice } from './commands/decide-intake.ts';
export { handOverIntake } from './commands/hand-over-intake.ts';
export { reportIntake, type IntakeReported } from './commands/report-intake.ts';
export { resumeIntake } from './commands/resume-intake.ts';
export { createHolds, wakesPress, type Holds } from './create-holds.ts';
export { contentHooks } from './content-hooks.ts';
export * from './queries/acts.ts';
export { channelMerges } from './queries/channel-merges.ts';
export * from './queries/channel-overview.ts';
export { draftsLinking } from './queries/drafts-linking.ts';
export * from './queries/event-log.ts';
export * from './queries/explain-item.ts';
export * from './queries/holds.ts';
export * from './queries/intake-book.ts';
export * from './queries/intake-pages.ts';
export { itemsAt } from './queries/items-at.ts';
export * from './queries/item-list.ts';
export { channelsWithin, liveChannels, type LiveChannel } from './queries/live-channels.ts';
export * from './queries/live-items.ts';
export { siteNames } from './queries/site-names.ts';
export { mediaBefore } from './queries/media-before.ts';
export * from './queries/media-list.ts';
export * from './queries/media-uses.ts';
export { replacedMedia, type Replacement } from './replace-media.ts';
export * from './queries/press-memory.ts';
export { releaseNotes, type ReleaseNote } from './queries/release-notes.ts';
export { staysBehind, type StaysBehind } from './queries/stays-behind.ts';
export { receivedBefore, type ReceivedBefore } from './queries/received-before.ts';
export { updateDays, updateState, type UpdateLight, type UpdateState } from './update-light.ts';
export type { AddressTable, ContentTables, IntakeTable } from './tables.ts';

/** The tables of this room. */
export const contentMigrations = readMigrations('content', new URL('../sql/', import.meta.url));
