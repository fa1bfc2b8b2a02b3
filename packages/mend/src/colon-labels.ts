import { furniture, spacedLabels } from './model-data/furniture.ts';

/** Words of pages' lines about themselves that a colon follows. */
const labels = new Set([
  ...furniture.filter((name) => name.endsWith('：')).map((name) => name.slice(0, -1)),
  ...spacedLabels,
  ...`发布人 发布单位 发布机构 发布者 审核人 审核 校对 签发 录入 责编 供稿 供稿单位 供稿人 撰稿 摄影 文字 图片 记者 通讯员
 上一篇 下一篇 上一条 下一条 点击数 点击率 阅读 阅读量 访问量 人气 时间 日期 更新时间 更新日期 成文时间 生成日期 公开日期
 发文日期 发文单位 文章来源 稿件来源 来源单位 作者单位 联系人 办公电话 咨询电话 监督电话 网址 地点 位置 您的位置 您的当前位置 办公地址
 邮政编码 您当前的位置 您现在的位置 办公时间 工作时间 单位地址 单位名称 主管单位 开户银行 开户名称 账号 关键词 文章编号 信息类别 服务热线`
    .trim()
    .split(/\s+/),
]);

const since = /[^\s\u3000\u00a0>|｜·【\[（(;&，。、：:]{1,8}$/;

/** Whether the words before an offset and one character more are a whole label. */
export const endsLabel = (before: string, char: string): boolean =>
  labels.has((since.exec(before.slice(-8))?.[0] ?? '') + char);

/** Whether the words before an offset are a whole label. */
export const isLabelBefore = (before: string): boolean => endsLabel(before, '');

/** How sure it is that the sign that went with the end of a label is a colon. */
export const labelCertainty = 0.97;
