import { roleNames, stages } from '@chengmen/model';

/** Kinds of act the log can be asked for. */
export const actKinds = {
  writing: { zh: '写稿', en: 'writing' },
  seeing: { zh: '看稿', en: 'looking' },
  reviewing: { zh: '审核', en: 'reviewing' },
  publishing: { zh: '上线与撤回', en: 'publishing' },
  settings: { zh: '设置', en: 'settings' },
  letters: { zh: '来信', en: 'letters' },
  accounts: { zh: '账号', en: 'accounts' },
} as const;
export type ActKind = keyof typeof actKinds;

interface Act {
  readonly kind: ActKind;
  readonly zh: string;
  readonly en: string;
}

const of =
  (kind: ActKind) =>
  (zh: string, en: string): Act => ({ kind, zh, en });
const [writing, reviewing, publishing] = [of('writing'), of('reviewing'), of('publishing')];
const [settings, letters, accounts] = [of('settings'), of('letters'), of('accounts')];

/** Every command that leaves an event or can be refused, in words. */
export const actNames: Readonly<Record<string, Act>> = {
  'save-draft': writing('存稿', 'saved a draft'),
  'submit-revision': writing('送审', 'submitted'),
  'hold-item': writing('接过来写', 'took over the writing'),
  'keep-writing': writing('自动保存', 'kept unsaved words'),
  'drop-writing': writing('丢弃未存的字', 'dropped unsaved words'),
  'leave-item': writing('离开编辑', 'left the item'),
  'take-in': writing('采集旧页', 'took an old page in'),
  'open-intake': writing('开始采集一批旧页', 'began to take old pages in'),
  'decide-intake': writing('定旧页的修复', 'decided about places of an old page'),
  'hand-over-intake': writing('交付采集的旧页', 'handed old pages over'),
  'report-intake': writing('一批旧页读完', 'the pages of a run were read'),
  'remap-intake': writing('改一批旧页的栏目', 'gave the pages of a run other channels'),
  'end-intake': writing('结束一批采集', 'ended a run of intake'),
  'resume-intake': writing('接着采集', 'went on with a run of intake'),
  'take-in-file': writing('采集旧文件', 'took an old file in'),
  'relink-draft': writing('改草稿里的链接', 'changed links of a draft'),
  'note-opening': of('seeing')('打开看过', 'opened it'),
  'note-preview': of('seeing')('看过预览', 'opened the preview'),
  'review-revision': reviewing('审核', 'reviewed'),
  'comment-passage': reviewing('批注', 'remarked'),
  'resolve-comment': reviewing('了结批注', 'resolved a remark'),
  'overrule-finding': reviewing('放行检查所见', 'let a finding pass'),
  'withdraw-overrule': reviewing('收回放行', 'took back a let-pass'),
  'publish-emergency': publishing('紧急上线', 'published before the reviews'),
  'withdraw-item': publishing('撤回', 'withdrew'),
  'schedule-withdrawal': publishing('定时撤回', 'scheduled a withdrawal'),
  'change-schedule': publishing('改定时', 'changed a time'),
  'cancel-schedule': publishing('取消定时', 'cancelled a time'),
  'carry-out-schedule': publishing('到时执行', 'carried out at its time'),
  'publish-standing': publishing('依常设审定公布', 'published by a standing order'),
  'fail-schedule': publishing('到时未成', 'failed at its time'),
  'ask-roll-back': publishing('提出退回旧版', 'asked to go back to an earlier release'),
  'confirm-roll-back': publishing('确认退回旧版', 'confirmed going back'),
  'ask-resume': publishing('提出恢复更新', 'asked to go on'),
  'confirm-resume': publishing('确认恢复更新', 'confirmed going on'),
  'drop-hold-request': publishing('撤销退回或恢复的提议', 'let a request fall'),
  'hold-alone': publishing('一人退回旧版', 'went back by one person’s word'),
  'resume-alone': publishing('一人恢复更新', 'went on by one person’s word'),
  'add-site': settings('建网站', 'made a site'),
  'change-checks': settings('改检查的词和规则', 'changed words and rules of the checks'),
  'change-review-times': settings('改审核时限', 'changed the times of review'),
  'choose-notices': settings('改自己的通知', 'changed one’s notices'),
  'submit-letter': letters('收到来信', 'a letter came'),
  'answer-letter': letters('答复来信', 'answered a letter'),
  'create-account': accounts('建账号', 'made an account'),
  'grant-role': accounts('授予角色', 'gave a role'),
  'revoke-role': accounts('收回角色', 'took a role'),
  'reset-password': accounts('重置口令', 'reset a password'),
  'reset-second-factor': accounts('重置第二要素', 'reset a second factor'),
  'revoke-sessions': accounts('退出其全部登录', 'ended all sessions'),
  'end-session': accounts('退出一处登录', 'ended a session'),
  'change-password': accounts('改口令', 'changed the password'),
  'enrol-totp': accounts('设置身份验证器', 'set up an authenticator'),
  'give-totp': accounts('发身份验证器密钥', 'gave an authenticator’s key'),
  'remove-totp': accounts('停用身份验证器', 'removed the authenticator'),
  'renew-recovery-codes': accounts('换恢复码', 'renewed recovery codes'),
  'use-recovery-code': accounts('用恢复码', 'used a recovery code'),
  'add-passkey': accounts('添加通行密钥', 'added a passkey'),
  'remove-passkey': accounts('删除通行密钥', 'removed a passkey'),
  'link-oidc': accounts('关联统一身份', 'linked an identity provider'),
  'unlink-oidc': accounts('解除统一身份', 'unlinked an identity provider'),
  'sign-in': accounts('登录', 'signed in'),
};

/** The commands of a kind of act, or the one of this name; undefined for a word that is neither. */
export function commandsOf(act: string): readonly string[] | undefined {
  if (Object.hasOwn(actNames, act)) return [act];
  if (!Object.hasOwn(actKinds, act)) return undefined;
  return Object.keys(actNames).filter((name) => actNames[name]?.kind === act);
}

/** A command in words; one this program does not know is called by its name. */
export const actName = (command: string): string =>
  (Object.hasOwn(actNames, command) ? actNames[command]?.zh : undefined) ?? command;

/** What an event says beyond its command: 终审通过；理由：…. `payload`: JSON. */
export function detailOf({ command, payload }: { readonly command: string; readonly payload: string }): string {
  const told = JSON.parse(payload) as Readonly<Record<string, unknown>>;
  const one = (name: string): string => {
    const value = told[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const said = (zh: string, value: string): string[] => (value === '' ? [] : [`${zh}${value}`]);
  const stage = Object.entries(stages).find(([name]) => name === one('stage'))?.[1].zh;
  const decision = { approve: '通过', return: '退回' }[one('decision')] ?? '';
  const role = Object.entries(roleNames).find(([name]) => name === one('role'))?.[1].zh ?? '';
  return [
    ...(stage === undefined ? [] : [`${stage}${decision}${told['afterwards'] === true ? '（补审）' : ''}`]),
    ...(command === 'review-revision' && one('state') === 'approved' && told['afterwards'] !== true ? ['上线'] : []),
    ...said('定于 ', one('publishAt')),
    ...said('角色：', role),
    ...said('栏目：', one('channel')),
    ...said('账号名：', one('username')),
    ...said('发布版：', one('release')),
    ...said('理由：', one('reason')),
    ...said('问题：', one('problem')),
    ...said('编号：', one('reference')),
    ...said('由 ', one('by')),
  ].join('；');
}
