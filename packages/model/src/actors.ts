import type { AccountId, SiteId } from './ids.ts';

/**
 * What a person may do on a site. 三审三校 needs four different people: who wrote cannot review,
 * who reviewed once cannot review again (SEC-07).
 */
export const roles = [
  'writer',
  'first-reviewer',
  'second-reviewer',
  'final-approver',
  'operator',
  'auditor',
  'security-administrator',
] as const;
export type Role = (typeof roles)[number];

export const roleNames: Record<Role, { zh: string; en: string }> = {
  writer: { zh: '采编', en: 'writer' },
  'first-reviewer': { zh: '初审', en: 'first reviewer' },
  'second-reviewer': { zh: '复审', en: 'second reviewer' },
  'final-approver': { zh: '终审', en: 'final approver' },
  operator: { zh: '运维', en: 'operator' },
  auditor: { zh: '审计', en: 'auditor' },
  'security-administrator': { zh: '安全管理员', en: 'security administrator' },
};

/** Who acts. Made only from a checked session or by the operator's command line. */
export interface Actor {
  readonly account: AccountId;
  readonly name: string;
  readonly site: SiteId;
  readonly roles: readonly Role[];
}

/** The permissions commands ask for, and the roles that hold them. Everything not listed is refused. */
export const permissions = {
  'item.write': ['writer'],
  'item.review.first': ['first-reviewer'],
  'item.review.second': ['second-reviewer'],
  'item.review.final': ['final-approver'],
  'item.withdraw': ['final-approver'],
  /** When what is approved shall be live or withdrawn. */
  'schedule.set': ['final-approver'],
  /** Only at its time, which the command itself looks at. */
  'schedule.carry-out': ['operator'],
  'item.read-unpublished': ['writer', 'first-reviewer', 'second-reviewer', 'final-approver', 'operator', 'auditor'],
  'intake.receive': ['writer', 'operator'],
  'letter.answer': ['writer'],
  'letter.read': ['writer', 'first-reviewer', 'second-reviewer', 'final-approver', 'auditor'],
  'audit.read': ['auditor', 'security-administrator'],
  'release.publish': ['operator'],
  'account.manage': ['security-administrator'],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof permissions;

/** True when one of the actor's roles holds the permission. */
export function may(actor: Actor, permission: Permission): boolean {
  const holders: readonly Role[] = permissions[permission];
  return actor.roles.some((role) => holders.includes(role));
}
