import type { Holds } from '@chengmen/content';
import type {
  createAccount,
  endSession,
  grantRole,
  resetPassword,
  resetSecondFactor,
  revokeRole,
  revokeSessions,
} from '@chengmen/identity';
import type { answerLetter } from '@chengmen/interaction';
import type { Command } from '@chengmen/ledger';
import type { changeChecks, Proofreading } from '@chengmen/proofreading';
import type { DeskCommands, Reading } from '@chengmen/desk-web';
import type { Revisions } from '@chengmen/revision';
import { z } from 'zod';

export type AnyCommand = Command<never, unknown>;

export interface CommandAnswer {
  readonly zh: string;
  readonly en: string;
  readonly result: z.ZodType;
}

const done = z.null();
const ofRevision = { revision: z.string() };
const ofItem = { item: z.string() };
const scheduled = z.strictObject({ id: z.int() });
const passage = z.strictObject({ comment: z.int() });
const overruled = z.strictObject({ ...ofItem, finding: z.string() });
const held = z.strictObject({ hold: z.int() });
const answer = (zh: string, en: string, result: z.ZodType = done): CommandAnswer => ({ zh, en, result });

/** What each command under `/api/commands` does, and what it answers. */
export const commandAnswers: Readonly<Record<string, CommandAnswer>> = {
  'save-draft': answer(
    ...(['存为草稿', 'Writes a new draft revision of a new or existing item'] as const),
    z.strictObject({ ...ofItem, ...ofRevision, hash: z.string() }),
  ),
  'submit-revision': answer('送初审', 'Hands a draft to the first reviewer', z.strictObject(ofRevision)),
  'review-revision': answer(
    ...(['审核一个修订', 'One of the three reviews of a revision'] as const),
    z.strictObject({ ...ofRevision, state: z.string() }),
  ),
  'publish-emergency': answer(
    ...(['紧急上线，审核后补', 'Live at once, the reviews to follow'] as const),
    z.strictObject({ ...ofRevision, dueAt: z.iso.datetime() }),
  ),
  'withdraw-item': answer('撤回', 'Takes an item from public view', z.strictObject(ofItem)),
  'schedule-withdrawal': answer('定时撤回', 'Withdraws an item at a time', scheduled),
  'change-schedule': answer('改时间', 'Moves what is scheduled', z.strictObject({ at: z.iso.datetime() })),
  'cancel-schedule': answer('取消定时', 'Cancels what is scheduled', scheduled),
  'comment-passage': answer('加批注', 'Remarks on a passage', passage),
  'resolve-comment': answer('处理批注', 'Resolves a remark', passage),
  'note-preview': answer('记下看过预览', 'Writes down that a preview was seen'),
  'change-review-times': answer('改审核期限', 'Changes how many working days each review may take'),
  'ask-roll-back': answer('请求回到先前的发布版', 'Asks to go back to an earlier release', held),
  'confirm-roll-back': answer('确认回到先前的发布版', 'Confirms it, as another person', held),
  'ask-resume': answer('请求解除封存', 'Asks to go on from there', held),
  'confirm-resume': answer('确认解除封存', 'Confirms that, as another person', held),
  'drop-hold-request': answer('撤销这样的请求', 'Drops such a request', held),
  'answer-letter': answer(
    ...(['答复来信', 'Answers a letter'] as const),
    z.strictObject({ reference: z.string(), late: z.boolean() }),
  ),
  'change-checks': answer(
    ...(['改检查的词表和规则', 'Changes what texts are checked by'] as const),
    z.strictObject({ hash: z.string() }),
  ),
  'overrule-finding': answer('放行一处', 'Lets a finding stand, with a reason', overruled),
  'withdraw-overrule': answer('收回放行', 'Takes such a decision back', overruled),
  'create-account': answer(
    ...(['开账号', 'Makes an account; its password is told once'] as const),
    z.strictObject({ account: z.string(), username: z.string(), password: z.string() }),
  ),
  'grant-role': answer('授予角色', 'Grants a role', z.strictObject({ added: z.boolean() })),
  'revoke-role': answer('收回角色', 'Revokes a role'),
  'reset-password': answer(
    ...(['重设密码', 'Resets a password; the new one is told once'] as const),
    z.strictObject({ password: z.string() }),
  ),
  'reset-second-factor': answer('重设第二因素', 'Takes a lost second factor off an account'),
  'end-session': answer('结束一处登录', 'Ends one session'),
  'revoke-sessions': answer('结束全部登录', 'Ends all sessions of an account', z.strictObject({ sessions: z.int() })),
};

/** What a command takes before it is parsed, and what it answers. */
type Run<C> = C extends Command<infer I, infer R> ? (input: Reading<I>) => R : never;
interface Given {
  readonly 'save-draft': Revisions['saveDraft'];
  readonly 'submit-revision': Revisions['submitRevision'];
  readonly 'review-revision': Revisions['reviewRevision'];
  readonly 'publish-emergency': Revisions['publishEmergency'];
  readonly 'withdraw-item': Revisions['withdrawItem'];
  readonly 'schedule-withdrawal': Revisions['scheduleWithdrawal'];
  readonly 'change-schedule': Revisions['changeSchedule'];
  readonly 'cancel-schedule': Revisions['cancelSchedule'];
  readonly 'comment-passage': Revisions['commentPassage'];
  readonly 'resolve-comment': Revisions['resolveComment'];
  readonly 'note-preview': Revisions['notePreview'];
  readonly 'change-review-times': Revisions['changeReviewTimes'];
  readonly 'ask-roll-back': Holds['askRollBack'];
  readonly 'confirm-roll-back': Holds['confirmRollBack'];
  readonly 'ask-resume': Holds['askResume'];
  readonly 'confirm-resume': Holds['confirmResume'];
  readonly 'drop-hold-request': Holds['dropHoldRequest'];
  readonly 'answer-letter': typeof answerLetter;
  readonly 'overrule-finding': Proofreading['overruleFinding'];
  readonly 'withdraw-overrule': Proofreading['withdrawOverrule'];
  readonly 'change-checks': typeof changeChecks;
  readonly 'create-account': typeof createAccount;
  readonly 'grant-role': typeof grantRole;
  readonly 'revoke-role': typeof revokeRole;
  readonly 'revoke-sessions': typeof revokeSessions;
  readonly 'reset-password': typeof resetPassword;
  readonly 'reset-second-factor': typeof resetSecondFactor;
  readonly 'end-session': typeof endSession;
}
type Taken = { readonly [N in keyof Given]: Run<Given[N]> };
type Promised = { readonly [N in keyof DeskCommands]: (input: DeskCommands[N]['input']) => DeskCommands[N]['result'] };

/** What clients have types of fits the commands: this does not compile where it does not. */
export const promised = (taken: Taken): Promised => taken;
