import { lettersWithin } from '@chengmen/interaction';
import { canonicalJson, sha256, type Hash } from '@chengmen/model';
import { publishedByKind, viewsByDay } from '@chengmen/statistics';
import type { BackOffice } from '../back-office.ts';

export interface ReportField {
  readonly name: string;
  /** null: Chengmen does not know it, somebody has to. */
  readonly value: string | number | null;
  /** Where the value comes from, or why there is none. */
  readonly from: string;
}

/** 政府网站年度工作报表. The fields are those of the form (RPT-S2), in its order. */
export interface YearlyReport {
  readonly clause: 'RPT-S2';
  readonly year: number;
  readonly fields: readonly ReportField[];
  /** SHA-256 over the canonical JSON of year and fields. */
  readonly hash: Hash;
}

/** The yearly report as far as it is known by query; a number nobody counted is not made up. */
export async function yearlyReport(office: BackOffice, year: number): Promise<YearlyReport> {
  const { db } = office.ledger;
  const span = { from: `${year}-01-01`, to: `${year}-12-31` };
  const site = await office.siteSettings();
  const sum = async (dimension: 'views' | 'visitors'): Promise<number> =>
    (await viewsByDay(db, office.site, { dimension, ...span })).reduce((all, { count }) => all + count, 0);
  const published = await publishedByKind(db, office.site, span);
  const letters = await lettersWithin(db, office.site, span);
  const live = (kind: string): number => published.find((one) => one.kind === kind)?.live ?? 0;
  const within = (kind: string): number => published.find((one) => one.kind === kind)?.within ?? 0;
  const settings = '网站信息';
  const byDate = '在线内容，按发布日期';
  const rows: readonly (readonly [name: string, value: string | number | null | undefined, from: string])[] = [
    ['填报单位', site?.sponsor, settings],
    ['网站名称', site?.name, settings],
    ['首页网址', site?.origin, settings],
    ['主办单位', site?.sponsor, settings],
    ['政府网站标识码', site?.identificationCode, settings],
    ['ICP备案号', site?.icp, settings],
    ['公安机关备案号', site?.policeFiling, settings],
    ['独立用户访问总量', await sum('visitors'), '浏览计数，每天的独立访客之和'],
    ['网站总访问量', await sum('views'), '浏览计数'],
    ['信息发布总数', published.reduce((all, one) => all + one.within, 0), byDate],
    ['概况类信息更新量', null, '栏目尚未按此分类'],
    ['政务动态信息更新量', null, '栏目尚未按此分类'],
    ['信息公开目录信息更新量', within('policy'), `${byDate}：政策文件`],
    ['专题专栏维护数量', live('topic'), '在线专题'],
    ['专题专栏新开设数量', within('topic'), `${byDate}：专题`],
    ['解读信息发布总数', within('interpretation'), `${byDate}：政策解读`],
    ['回应公众关注热点或重大舆情数量', null, '未记录'],
    ['是否发布服务事项目录', live('service') > 0 ? '是' : '否', '在线办事指南'],
    ['注册用户数', null, '尚无个人中心'],
    ['政务服务事项数量', live('service'), '在线办事指南'],
    ['可全程在线办理政务服务事项数量', null, '未记录'],
    ['办件量', null, '在办理系统'],
    ['是否使用统一平台', '是', '窗口'],
    ['收到留言数量', letters.received, '来信，按收到日期'],
    ['办结留言数量', letters.answered, '来信，按答复日期'],
    ['平均办理时间（天）', letters.averageDays, '来信，收到至答复'],
    ['公开答复数量', within('letter'), `${byDate}：来信公开`],
    ['征集调查期数', null, '未记录'],
    ['在线访谈期数', null, '未记录'],
    ['是否提供智能问答', '否', '没有此功能'],
    ['安全检测评估次数', null, '未记录'],
    ['移动新媒体', null, '未记录'],
    ['多语言版本', site?.traditional ? '繁體中文' : '否', settings],
    ['无障碍浏览', '是', '每页'],
  ];
  const fields = rows.map(([name, value, from]) => ({ name, value: value ?? null, from }));
  return { clause: 'RPT-S2', year, fields, hash: sha256(canonicalJson({ year, fields })) };
}
