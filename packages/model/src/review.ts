import type { Permission, Role } from './actors.ts';

/** The three steps of review, in order. */
export const reviewStages = ['first', 'second', 'final'] as const;
export type ReviewStage = (typeof reviewStages)[number];

/**
 * - `draft`: being written; may be replaced by its author.
 * - `submitted` → `first-reviewed` → `second-reviewed` → `approved`.
 * - `returned`: sent back with a reason; the writer makes a new revision.
 * - `scheduled`: approved by all three, and live at a stated time; the earlier one stays up until then.
 * - `emergency`: live by one person's decision, its reviews to follow.
 * - `superseded`: a later revision of the same item was approved.
 */
export type RevisionState =
  | 'draft'
  | 'submitted'
  | 'first-reviewed'
  | 'second-reviewed'
  | 'scheduled'
  | 'approved'
  | 'emergency'
  | 'returned'
  | 'superseded';

export const stages: Record<
  ReviewStage,
  { from: RevisionState; to: RevisionState; permission: Permission; role: Role; zh: string; en: string }
> = {
  first: {
    from: 'submitted',
    to: 'first-reviewed',
    permission: 'item.review.first',
    role: 'first-reviewer',
    zh: '初审',
    en: 'first review',
  },
  second: {
    from: 'first-reviewed',
    to: 'second-reviewed',
    permission: 'item.review.second',
    role: 'second-reviewer',
    zh: '复审',
    en: 'second review',
  },
  final: {
    from: 'second-reviewed',
    to: 'approved',
    permission: 'item.review.final',
    role: 'final-approver',
    zh: '终审',
    en: 'final approval',
  },
};
