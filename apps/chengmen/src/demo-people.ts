import type { Role } from '@chengmen/model';

export interface DemoPerson {
  readonly username: string;
  readonly name: string;
  readonly role: string;
  readonly roles: readonly Role[];
}

/** The invented people who run the demonstration. Four of them make a page: one writes, three review. */
export const demoPeople = {
  writer: { username: 'caibian', name: '何采', role: '采编 writer', roles: ['writer'] },
  first: { username: 'chushen', name: '楚慎', role: '初审 first reviewer', roles: ['first-reviewer'] },
  second: { username: 'fushen', name: '傅声', role: '复审 second reviewer', roles: ['second-reviewer'] },
  final: { username: 'zhongshen', name: '钟申', role: '终审 final approver', roles: ['final-approver'] },
  channels: { username: 'lanmu', name: '蓝牧', role: '栏目编辑 channel editor', roles: ['channel-editor'] },
  operator: { username: 'yunwei', name: '云维', role: '运维 operator', roles: ['operator'] },
  auditor: { username: 'shenji', name: '沈稽', role: '审计 auditor', roles: ['auditor'] },
  security: {
    username: 'anquan',
    name: '安荃',
    role: '安全管理员 security administrator',
    roles: ['security-administrator'],
  },
} as const satisfies Record<string, DemoPerson>;

/** Writes for the district alone; everybody above works on both sites. */
export const districtWriter: DemoPerson = {
  username: 'qingcai',
  name: '秦采',
  role: '青渡区采编 writer of the district',
  roles: ['writer'],
};
