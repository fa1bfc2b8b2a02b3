import { channelNames, furniture, spacedLabels } from './model-data/furniture.ts';
import { setApart } from './set-apart.ts';

/** What a portal's fixed strings say about a gap. Kept as data: pattern before, pattern after, filling, certainty. */
interface FurnitureRule {
  /** Matched against the source before the gap, tags left in. */
  readonly before: RegExp;
  /** Matched against the source after the gap and a sign already put back. */
  readonly after: RegExp;
  /** Given what matched before the gap, and the source after it. */
  readonly fill: (match: RegExpExecArray, after: string) => string;
  readonly probability: number;
}

/** First two digits of the administrative division, as in 公安备案号 (GB/T 2260). */
const divisions: Record<string, string> = {
  京: '11', 津: '12', 冀: '13', 晋: '14', 蒙: '15', 辽: '21', 吉: '22', 黑: '23', 沪: '31', 苏: '32', 浙: '33', 皖: '34',
  闽: '35', 赣: '36', 鲁: '37', 豫: '41', 鄂: '42', 湘: '43', 粤: '44', 桂: '45', 琼: '46', 渝: '50', 川: '51', 贵: '52',
  云: '53', 藏: '54', 陕: '61', 甘: '62', 青: '63', 宁: '64', 新: '65',
}; // prettier-ignore
const provinceRecord = new RegExp(`([${Object.keys(divisions).join('')}])公网安$`);

const rules: readonly FurnitureRule[] = [
  { before: /fontZoom\(18\)[^<>]{0,40}>$/i, after: /^\/a>/i, fill: () => '大', probability: 0.995 },
  { before: /fontZoom\(16\)[^<>]{0,40}>$/i, after: /^\/a>/i, fill: () => '中', probability: 0.995 },
  { before: /fontZoom\((?:14|12)\)[^<>]{0,40}>$/i, after: /^\/a>/i, fill: () => '小', probability: 0.995 },
  {
    before: /[〖【〔[(（](?:<[^<>]{0,120}>)?[大〓]<\/a>\s{0,2}(?:<[^<>]{0,120}>)?$/,
    after: /^\/a>\s{0,2}(?:<[^<>]{0,120}>)?小</,
    fill: () => '中',
    probability: 0.995,
  },
  { before: /[〖【〔[(（：:]\s?[大〓]\s{1,2}$/, after: /^\s{1,2}小/, fill: () => '中', probability: 0.99 },
  {
    before: /(?:^|[\s\u3000>])$/,
    after: /^<?a\s[^<>]{0,120}>[大〓]<\/a>[^【】]{0,300}小<\/a>\s{0,2}】/i,
    fill: () => '【',
    probability: 0.98,
  },
  // Both 【大 中 小】 and 〖大 中 小〗 are usual: where neither mark is left, nobody knows.
  {
    before: /字[号体][：:〓]\s?$/,
    after: /^<?a\s[^<>]{0,120}>[大〓]<(?![^\n]{0,400}[】〗])/i,
    fill: () => '【',
    probability: 0.6,
  },
  { before: /【[^【】\n]{1,300}<\/a>$/, after: /^(?:\s|<?\/)/, fill: () => '】', probability: 0.97 },
  { before: /】\s{0,2}$/, after: /^<?a\s[^<>]{0,120}>[^<>]{2,8}</i, fill: () => '【', probability: 0.98 },
  { before: /【[^【】<>\n〓]{1,12}$/, after: /^<?\/(?:a|span|li|div)>/i, fill: () => '】', probability: 0.99 },
  { before: /〖[^〖】\n]{1,300}$/, after: /^<?\/(?:td|span|div)>/i, fill: () => '〗', probability: 0.985 },
  {
    before: /(?:发布|成文|印发|更新|公开|生成)(?:日期|时间)$/,
    after: /^0\d\d[-年/.]/,
    fill: () => '：2',
    probability: 0.993,
  },
  {
    before:
      /(?<![，,。；][^<>\n]{0,30})(?:[浏阅][览读〓]次数|点击[数量率]|字号|字体|来源|作者|编辑|当前位置|主办|承办|版权所有|邮箱|电话|标识码|地址|邮编)$/,
    after: /^(?!\/?(?:b|strong|em|i|u|font)[\s>])/,
    fill: () => '：',
    probability: 0.985,
  },
  {
    before: /(?<![，,。；][^<>\n]{0,30})(?:浏览|阅读|点击|访问)(?:次数|人数|量|数|率)?$/,
    after: /^(?:<?[a-z]{1,6}(?:\s[^<>]{0,80})?>)?\s?\d/i,
    fill: () => '：',
    probability: 0.97,
  },
  {
    before: /(?:^|[>\s;\u3000])第[一二三四五六七八九十百零〇\d]{1,6}$/,
    after: /^[ \u3000\u00a0][^<>\n]{25}/,
    fill: () => '条',
    probability: 0.975,
  },
  {
    before: /(?:[路街巷弄道]\d{1,5}|地址[：:〓][^<>\n]{2,30}\d)$/,
    after: /^[\s\u3000，,<]/,
    fill: () => '号',
    probability: 0.975,
  },
  { before: /[路街道]\d{1,5}$/, after: /^&nbsp;?/, fill: () => '号', probability: 0.975 },
  {
    before: /[〔（([【〓](?:19|20)\d\d[〕）)\]】〓][^\d\s<>〓]{0,8}第?\d{1,5}$/,
    after: /^(?:[\s\u3000]|<?\/?[a-z])/i,
    fill: () => '号',
    probability: 0.98,
  },
  { before: /[发函字办规通](?:〔|〓)(?:19|20)\d\d$/, after: /^第?\d{1,5}[号〓]/, fill: () => '〕', probability: 0.98 },
  { before: /[发函字办规通]$/, after: /^(?:19|20)\d\d[〕〓]第?\d{1,5}[号〓]/, fill: () => '〔', probability: 0.98 },
  {
    before: /(?:^|[^\d.])(?:19|20)\d\d$/,
    after: /^[\s\u3000]?(?:第\s?\d{1,4}|〓\d{0,3})[号期〓]/,
    fill: () => '年',
    probability: 0.97,
  },
  {
    before: /(?:^|[\s>])\d{1,2}(?:月|〓)\d{0,2}$/,
    after: /^\s\d{1,2}[:：]\d\d/,
    fill: () => '日',
    probability: 0.97,
  },
  { before: /\d{1,2}[时〓]\d\d$/, after: /^[\s\u3000]/, fill: () => '分', probability: 0.96 },
  { before: /(?:发布|发表|刊发)$/, after: /^\s?<time\b/i, fill: () => '于', probability: 0.97 },
  {
    before: /[上下]一[篇条页][：:〓]?[\s\u3000]?(?:<[^<>]{0,80}>)?(?:已经)?没有$/,
    after: /^[\s<]|^\/a>/,
    fill: () => '了',
    probability: 0.985,
  },
  { before: /来源[：:〓]\s?本$/, after: /^[\s<]|^\//, fill: () => '站', probability: 0.93 },
  { before: /往期回$/, after: /^[\s<]|^\//, fill: () => '顾', probability: 0.98 },
  { before: /第[A-Z]?\d{2}$/, after: /^[\s:：〓<]/, fill: () => '版', probability: 0.93 },
  { before: /企业\d{2,3}$/, after: /^[\s<，。]|^\//, fill: () => '强', probability: 0.97 },
  { before: /建$/, after: /^使用[^<>。]{0,20}(?:分辨率|浏览器|\d{3,4})/, fill: () => '议', probability: 0.985 },
  {
    before: /[小〓]<\/a>\s{0,3}$/,
    after: /^(?:\s*<?\/(?:span|td|div|p|li|font)>)/i,
    fill: () => '】',
    probability: 0.97,
  },
  {
    before:
      /(?:交易|服务|信息|管理|数据|指挥|检测|监测|培训|文化|体育|会议|卫生|医疗|技术|研究|咨询|活动|调度|运营|发展|融媒体|宣传|教育|审批|救助|评估|认证)中$/,
    after: /^(?:[\s\u3000]|&nbsp;|<?\/?(?:p|div|td|li|span|a|br)\b)/i,
    fill: () => '心',
    probability: 0.98,
  },
  { before: /(?:字体|字号)[：:〓]?\s?$/, after: /^\s[中〓]\s小/, fill: () => '大', probability: 0.99 },
  { before: /(?:字体|字号)[：:〓]?\s?[大〓]\s$/, after: /^\s小/, fill: () => '中', probability: 0.99 },
  { before: /吗$/, after: /^(?:\s|<?\/?[a-z])/i, fill: () => '？', probability: 0.97 },
  { before: /是否满意$/, after: /^\s/, fill: () => '？', probability: 0.95 },
  { before: /[（〓]完$/, after: /^\s/, fill: () => '）', probability: 0.97 },
  { before: /(?:发信|发帖|发布|发表|回复)人[:：〓]\s?管理$/, after: /^\s/, fill: () => '员', probability: 0.97 },
  {
    before: /(?:审核|发布|来源|作者|单位|部门|人)[:：〓]\s?办公$/,
    after: /^[\s<]/,
    fill: () => '室',
    probability: 0.96,
  },
  { before: /博物$/, after: /^\s/, fill: () => '馆', probability: 0.95 },
  { before: /图书$/, after: /^\s/, fill: () => '馆', probability: 0.92 },
  { before: /委(?:组织|宣传|统战)$/, after: /^\s/, fill: () => '部', probability: 0.98 },
  { before: /(?:开发区|新区|园区|经济区)管委$/, after: /^\s/, fill: () => '会', probability: 0.97 },
  { before: /(?:大学|学院)(?:教务|人事|科研|学生|财务|招生)$/, after: /^\s/, fill: () => '处', probability: 0.96 },
  { before: /职业(?:技术)?学$/, after: /^\s/, fill: () => '院', probability: 0.98 },
  { before: /发表$/, after: /^\s(?:19|20)\d\d[-年/.]/, fill: () => '于', probability: 0.97 },
  { before: /[镇乡道]党政$/, after: /^[\s<]/, fill: () => '办', probability: 0.97 },
  { before: /版权所$/, after: /^/, fill: () => '有', probability: 0.995 },
  { before: /[省市县区旗乡镇州盟]人民政$/, after: /^/, fill: () => '府', probability: 0.99 },
  { before: /管理委员$/, after: /^/, fill: () => '会', probability: 0.985 },
  {
    before: /(?:(?:(?<!自治)[区县旗镇乡]|街道)(?:人民)?(?:政府|党工委|[委会])?|(?<!总)局|管委会)办公$/,
    after: /^/,
    fill: () => '室',
    probability: 0.98,
  },
  { before: /公网安$/, after: /^\s?\d/, fill: () => '备', probability: 0.995 },
  { before: /(?:ICP[备〓]\d{5,10}|公网安[备〓]\s?\d{8,18})$/, after: /^\s/, fill: () => '号', probability: 0.98 },
  {
    before:
      /(?:(?:[浏阅点][览读击]|访问|〓[览读])次数|点\s?击|浏\s?览|人\s?气)[：:〓]\s?(?:<[^<>]{0,80}>)?\d{1,9}(?:<\/[a-z]{1,9}>)?\s?$/i,
    after: /^\s/,
    fill: () => '次',
    probability: 0.97,
  },
  { before: /[(（【](?:本[报网刊台]|见习)?记$/, after: /^\s/, fill: () => '者', probability: 0.985 },
  {
    before: /(?:^|[\s\u3000(（>])通讯$/,
    after: /^[\s\u3000][^<>\s]{2,4}[\s\u3000)）<〓]/,
    fill: () => '员',
    probability: 0.975,
  },
  { before: /\d月[0-3]?\d$/, after: /^\s/, fill: () => '日', probability: 0.97 },
  { before: /满意[^\p{Script=Han}]{0,60}一$/u, after: /^[\s<]/, fill: () => '般', probability: 0.97 },
  { before: /一[般〓][^\p{Script=Han}]{0,60}不满$/u, after: /^[\s<]/, fill: () => '意', probability: 0.97 },
  { before: /(?:政府|办公室|局|委员会)[主承]$/, after: /^[\s\u3000]/, fill: () => '办', probability: 0.97 },
  { before: /世$/, after: /^00强/, fill: () => '界5', probability: 0.995 },
  {
    before: provinceRecord,
    after: /^\d{8,18}/,
    fill: (match, rest) => (rest.startsWith(divisions[match[1] ?? ''] ?? '-') ? '备 ' : ''),
    probability: 0.97,
  },
  {
    before: provinceRecord,
    after: /^\d{13}(?!\d)/,
    fill: (match) => `备${divisions[match[1] ?? '']?.[0] ?? ''}`,
    probability: 0.995,
  },
];

/** What stands round a gap in its own text node, or between white space and bars. */
const nodeLeft = /(?:^|[>\s|｜:：【\u3000])([^<>\s|｜:：【\u3000]{1,12})$/;
const nodeRight = /^([^<>\s|｜】\u3000]{0,12})(?:[<\s|｜】\u3000]|$)/;
const names = [...furniture, ...channelNames];

/** The one name of a channel or a label that the node round a gap of `length` characters can be. */
export function nameFilling(before: string, after: string, length: number, endsNode: boolean): string | undefined {
  const [, left = ''] = nodeLeft.exec(before) ?? [];
  const [, right] = endsNode ? ['', ''] : (nodeRight.exec(after) ?? []);
  if (left.length < 2 || right === undefined) return undefined;
  const fitting = names.filter(
    (name) => name.length === left.length + length + right.length && name.startsWith(left) && name.endsWith(right),
  );
  const [only, ...others] = new Set(fitting);
  return only !== undefined && others.length === 0 ? only.slice(left.length, left.length + length) : undefined;
}

const spaced = names.filter((name) => name.length <= 5).concat(spacedLabels);

/** The one label, set in letters apart, that the words round a gap can be: `〓 〓 号` is `索 引 号`. */
export function spacedFilling(
  before: string,
  after: string,
  endsNode: boolean,
  allowed: (char: string) => boolean,
): string | undefined {
  const label = setApart(before, endsNode ? '<' : after);
  if (label === undefined) return undefined;
  const left = label.before.trim();
  const at = left.length;
  const pattern = `${left}〓${label.after.replace(/[：\n]$/, '')}`;
  if (/^〓+$/.test(pattern)) return undefined;
  const fits = (name: string): boolean =>
    name.length === pattern.length &&
    [...pattern].every((char, i) => char === '〓' || char === name[i]) &&
    allowed(name[at] ?? '');
  const [only, ...others] = new Set(spaced.filter(fits).map((name) => name[at]));
  return others.length === 0 ? only : undefined;
}

/** Whether the words before an offset are a whole name of a channel or a label. */
export const isWholeName = (before: string): boolean => names.includes(nodeLeft.exec(before)?.[1] ?? '');

/** The filling of `length` characters that a furniture rule gives for a gap between two stretches of source. */
export function furnitureFilling(
  before: string,
  after: string,
  length: number,
): { text: string; probability: number } | undefined {
  for (const rule of rules) {
    const match = rule.before.exec(before);
    const text = match && rule.after.test(after) ? rule.fill(match, after) : '';
    if (text.length === length) return { text, probability: rule.probability };
  }
  return undefined;
}
