import { readMigrations } from '@chengmen/ledger';

export { contributorsOf } from './contributors.ts';
export { createRevisions, type Revisions } from './create-revisions.ts';
export type { SavedDraft } from './commands/save-draft.ts';
export type { Reviewed } from './commands/review-revision.ts';
export type { HookRevision, KindHooks, PlaceReader } from './hooks.ts';
export { missingStage } from './emergencies.ts';
export { mayGoFirst } from './may-go-first.ts';
export { contentOf, lockRevision } from './lock-revision.ts';
export { allowedOn, needsOf, placeOf } from './places.ts';
export { plainText } from './plain-text.ts';
export { prepareSubmission } from './prepare-submission.ts';
export { keepStanding, type KeepStandingOptions, type StandingAlarm } from './keep-standing.ts';
export type { Looking } from './keep-looking.ts';
export {
  keepSchedule,
  scheduleAccount,
  scheduleActor,
  type KeepScheduleOptions,
  type ScheduleAlarm,
} from './keep-schedule.ts';
export { emergencyHours } from './commands/publish-emergency.ts';
export * from './queries/comments.ts';
export * from './queries/emergencies.ts';
export * from './queries/review-times.ts';
export * from './queries/seen-previews.ts';
export * from './queries/revisions.ts';
export { isLate, scheduleAlarms, schedules, type Scheduled } from './queries/schedules.ts';
export { standingPublicationOf } from './queries/standing-publications.ts';
export {
  isFiguresLate,
  newestDue,
  nextDue,
  openFigures,
  standingOrder,
  type DueFigures,
  type StandingOrder,
} from './standing-order.ts';
export { leaseSeconds } from './item-lease.ts';
export { liveRevisions } from './live-revisions.ts';
export * from './queries/writings.ts';
export { withdrawnSince } from './queries/withdrawn-since.ts';
export { watchEmergencies, type WatchEmergencies } from './watch-emergencies.ts';
export { rehearseApproval } from './rehearse-approval.ts';
export { rehearseWithdrawal } from './rehearse-withdrawal.ts';
export { revisionHash } from './revision-hash.ts';
export type { EmergencyTable, ItemTable, ReviewTable, RevisionTable, RevisionTables, ScheduleTable } from './tables.ts';

/** The tables of this room. */
export const revisionMigrations = readMigrations('revision', new URL('../sql/', import.meta.url));
