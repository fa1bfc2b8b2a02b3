import type { AccountId, ItemId, SiteId } from './ids.ts';
import type { Kind } from './kinds.ts';

/**
 * What a person may do on a site. 三审三校 needs four different people: who wrote cannot review,
 * who reviewed once cannot review again (SEC-07).
 */
export const roles = [
  'writer',
  'first-reviewer',
  'second-reviewer',
  'final-approver',
  'channel-editor',
  'operator',
  'auditor',
  'security-administrator',
] as const;
export type Role = (typeof roles)[number];

/** Roles that may be held for a channel and everything below it; the others are held for the whole site or not at all. */
export const subtreeRoles: readonly Role[] = [
  'writer',
  'first-reviewer',
  'second-reviewer',
  'final-approver',
  'channel-editor',
];

/**
 * Roles whose holder holds no other: who reads everything changes nothing, and who makes accounts touches no content.
 * Whoever could do both would be all the others at once.
 */
export const exclusiveRoles: readonly Role[] = ['auditor', 'security-administrator'];

/** The exclusive role that keeps these from being one person's, or undefined where they go together. */
export function conflictOf(held: readonly Role[]): Role | undefined {
  const different = new Set(held);
  return different.size > 1 ? exclusiveRoles.find((role) => different.has(role)) : undefined;
}

/** Roles that are in force only where their holder signed in with a second factor. */
export const secondFactorRoles: readonly Role[] = [
  'first-reviewer',
  'second-reviewer',
  'final-approver',
  'operator',
  'security-administrator',
];

/** A role held for a channel and everything below it. */
export interface SubtreeGrant {
  readonly role: Role;
  readonly channel: ItemId;
}

export const roleNames: Record<Role, { zh: string; en: string }> = {
  writer: { zh: '采编', en: 'writer' },
  'first-reviewer': { zh: '初审', en: 'first reviewer' },
  'second-reviewer': { zh: '复审', en: 'second reviewer' },
  'final-approver': { zh: '终审', en: 'final approver' },
  'channel-editor': { zh: '栏目编辑', en: 'channel editor' },
  operator: { zh: '运维', en: 'operator' },
  auditor: { zh: '审计', en: 'auditor' },
  'security-administrator': { zh: '安全管理员', en: 'security administrator' },
};

/** Who acts. Made only from a checked session or by the operator's command line. */
export interface Actor {
  readonly account: AccountId;
  readonly name: string;
  readonly site: SiteId;
  /** Held for the whole site. */
  readonly roles: readonly Role[];
  /** Held for a part of it. */
  readonly within?: readonly SubtreeGrant[];
}

/** The permissions commands ask for, and the roles that hold them. Everything not listed is refused. */
export const permissions = {
  'item.write': ['writer'],
  /** The tree of channels and, for the whole site, the site's settings and what it states of itself. */
  'channel.write': ['channel-editor'],
  'item.review.first': ['first-reviewer'],
  'item.review.second': ['second-reviewer'],
  'item.review.final': ['final-approver'],
  'item.withdraw': ['final-approver'],
  /** Live at once, the reviews to follow. */
  'item.publish-emergency': ['final-approver'],
  /** When what is approved shall be live or withdrawn. */
  'schedule.set': ['final-approver'],
  /** Only at its time, which the command itself looks at. */
  'schedule.carry-out': ['operator'],
  'item.read-unpublished': [
    'writer',
    'first-reviewer',
    'second-reviewer',
    'final-approver',
    'channel-editor',
    'operator',
    'auditor',
  ],
  /** Remarks on passages, and having looked: those who stand in the chain. */
  'item.comment': ['writer', 'first-reviewer', 'second-reviewer', 'final-approver', 'channel-editor'],
  /** How many working days each step of the chain may take. */
  'review-times.change': ['channel-editor'],
  /** Words, hosts and rules that texts are checked by. */
  'checks.change': ['channel-editor'],
  'intake.receive': ['writer', 'operator'],
  'letter.answer': ['writer'],
  'letter.read': ['writer', 'first-reviewer', 'second-reviewer', 'final-approver', 'auditor'],
  /** What everybody did, with titles and reasons: for who reads everything. */
  'audit.read': ['auditor'],
  'release.publish': ['operator'],
  /** To go back to an earlier release and stay there, and to go on: asked by one, confirmed by another. */
  'release.roll-back': ['final-approver', 'operator'],
  'account.manage': ['security-administrator'],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof permissions;

/** What each lets somebody do, as people are told of it. */
export const permissionNames: Record<Permission, { zh: string; en: string }> = {
  'item.write': { zh: '写稿', en: 'write items' },
  'channel.write': { zh: '改栏目和网站设置', en: 'change channels and site settings' },
  'item.review.first': { zh: '初审', en: 'first review' },
  'item.review.second': { zh: '复审', en: 'second review' },
  'item.review.final': { zh: '终审', en: 'final approval' },
  'item.withdraw': { zh: '撤下', en: 'withdraw items' },
  'item.publish-emergency': { zh: '紧急发布', en: 'emergency publication' },
  'schedule.set': { zh: '定时', en: 'set schedules' },
  'schedule.carry-out': { zh: '按时执行', en: 'carry out schedules' },
  'item.read-unpublished': { zh: '看未发布的内容', en: 'read what is not published' },
  'item.comment': { zh: '批注', en: 'comment on items' },
  'review-times.change': { zh: '改审核期限', en: 'change the days for reviews' },
  'checks.change': { zh: '改检查规则', en: 'change the rules of checks' },
  'intake.receive': { zh: '采集', en: 'take old pages in' },
  'letter.answer': { zh: '答复来信', en: 'answer letters' },
  'letter.read': { zh: '看来信', en: 'read letters' },
  'audit.read': { zh: '看审计记录', en: 'read the audit' },
  'release.publish': { zh: '发布', en: 'publish' },
  'release.roll-back': { zh: '退回和封存', en: 'roll back and hold' },
  'account.manage': { zh: '管理账号', en: 'manage accounts' },
};

/** Kinds that belong to the site as such. */
const wholeSite: ReadonlySet<Kind> = new Set(['site', 'home', 'redirect', 'statement']);

/** The permission to write items of a kind. */
export function writePermission(kind: Kind): Permission {
  return wholeSite.has(kind) || kind === 'channel' ? 'channel.write' : 'item.write';
}

/** True when the actor holds the permission for the whole site. */
export function may(actor: Actor, permission: Permission): boolean {
  return actor.roles.some((role) => holds(role, permission));
}

/**
 * True when the actor holds the permission for a place: a channel and those above it, nearest first.
 * The empty place is the site itself.
 */
export function mayWithin(actor: Actor, permission: Permission, place: readonly ItemId[]): boolean {
  if (may(actor, permission)) return true;
  return (actor.within ?? []).some(({ role, channel }) => holds(role, permission) && place.includes(channel));
}

/** True when the actor holds the permission for the site or some part of it: what screens offer, never what commands go by. */
export function mayAnywhere(actor: Actor, permission: Permission): boolean {
  return may(actor, permission) || (actor.within ?? []).some(({ role }) => holds(role, permission));
}

function holds(role: Role, permission: Permission): boolean {
  const holders: readonly Role[] = permissions[permission];
  return holders.includes(role);
}
