import type { CommandContext } from '@chengmen/ledger';
import type { ItemId, Kind } from '@chengmen/model';
import { cancelSchedule } from './commands/cancel-schedule.ts';
import { carryOutSchedule } from './commands/carry-out-schedule.ts';
import { changeReviewTimes } from './commands/change-review-times.ts';
import { changeSchedule } from './commands/change-schedule.ts';
import { commentPassage } from './commands/comment-passage.ts';
import { dropWriting } from './commands/drop-writing.ts';
import { holdItem } from './commands/hold-item.ts';
import { keepWriting } from './commands/keep-writing.ts';
import { leaveItem } from './commands/leave-item.ts';
import { noteOpening } from './commands/note-opening.ts';
import { notePreview } from './commands/note-preview.ts';
import { publishEmergency } from './commands/publish-emergency.ts';
import { publishStanding } from './commands/publish-standing.ts';
import { resolveComment } from './commands/resolve-comment.ts';
import { reviewRevision } from './commands/review-revision.ts';
import { saveDraft, writeDraft, type SavedDraft } from './commands/save-draft.ts';
import { scheduleWithdrawal } from './commands/schedule-withdrawal.ts';
import { submitRevision } from './commands/submit-revision.ts';
import { withdrawItem } from './commands/withdraw-item.ts';
import type { KindHooks } from './hooks.ts';

/** The commands of the approval chain, with what the rooms have registered for their kinds. */
export interface Revisions {
  /** What the rooms have registered. */
  readonly hooks: readonly KindHooks[];
  readonly saveDraft: ReturnType<typeof saveDraft>;
  readonly submitRevision: ReturnType<typeof submitRevision>;
  readonly reviewRevision: ReturnType<typeof reviewRevision>;
  readonly publishEmergency: ReturnType<typeof publishEmergency>;
  readonly withdrawItem: ReturnType<typeof withdrawItem>;
  readonly scheduleWithdrawal: ReturnType<typeof scheduleWithdrawal>;
  readonly changeSchedule: ReturnType<typeof changeSchedule>;
  readonly cancelSchedule: ReturnType<typeof cancelSchedule>;
  /** For `keepSchedule`. */
  readonly carryOutSchedule: ReturnType<typeof carryOutSchedule>;
  /** For `keepStanding`. */
  readonly publishStanding: ReturnType<typeof publishStanding>;
  readonly holdItem: ReturnType<typeof holdItem>;
  readonly keepWriting: ReturnType<typeof keepWriting>;
  readonly leaveItem: ReturnType<typeof leaveItem>;
  readonly dropWriting: ReturnType<typeof dropWriting>;
  readonly commentPassage: ReturnType<typeof commentPassage>;
  readonly resolveComment: ReturnType<typeof resolveComment>;
  readonly noteOpening: typeof noteOpening;
  readonly notePreview: ReturnType<typeof notePreview>;
  readonly changeReviewTimes: ReturnType<typeof changeReviewTimes>;
  /** For commands of other rooms that end in a draft, inside their own transaction. */
  readonly writeDraft: (
    context: CommandContext,
    input: { readonly item?: ItemId | undefined; readonly kind: Kind; readonly fields: unknown },
  ) => Promise<SavedDraft>;
}

export function createRevisions(hooks: readonly KindHooks[]): Revisions {
  return {
    hooks,
    saveDraft: saveDraft(hooks),
    submitRevision: submitRevision(hooks),
    reviewRevision: reviewRevision(hooks),
    publishEmergency: publishEmergency(hooks),
    withdrawItem: withdrawItem(hooks),
    scheduleWithdrawal: scheduleWithdrawal(hooks),
    changeSchedule: changeSchedule(hooks),
    cancelSchedule: cancelSchedule(hooks),
    carryOutSchedule: carryOutSchedule(hooks),
    publishStanding: publishStanding(hooks),
    holdItem: holdItem(hooks),
    keepWriting: keepWriting(hooks),
    leaveItem: leaveItem(),
    dropWriting: dropWriting(),
    commentPassage: commentPassage(hooks),
    resolveComment: resolveComment(hooks),
    noteOpening,
    notePreview: notePreview(hooks),
    changeReviewTimes: changeReviewTimes(),
    writeDraft: (context, input) => writeDraft(context, hooks, input),
  };
}
