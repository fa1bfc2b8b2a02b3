/**
 * - `must`: holds back submission until it is mended or overruled with a reason.
 * - `should`: shown to everybody, stops nobody.
 * - `hint`: worth a look.
 */
export const severities = ['must', 'should', 'hint'] as const;
export type Severity = (typeof severities)[number];

/** Who may overrule: whoever may write the item; only a reviewer who wrote none of it; nobody. */
export const overrulers = ['writer', 'reviewer', 'nobody'] as const;
export type Overruler = (typeof overrulers)[number];

/**
 * How sure the rule itself is: `C` read in a law, notice or standard; `W` seen on many real pages; `M` from memory;
 * `X` measured on texts.
 */
export type Certainty = 'C' | 'W' | 'M' | 'X';

export interface Rule {
  readonly zh: string;
  readonly en: string;
  readonly severity: Severity;
  readonly overrule: Overruler;
  /** Requirement, law or standard, and how sure it is. */
  readonly source: string;
  readonly certainty: Certainty;
}

/** Every check, in the order in which its findings are shown among equals. A site may set severity and overruler otherwise. */
export const ruleTable = {
  'id-number': {
    zh: '公民身份号码',
    en: 'identity number',
    severity: 'must',
    overrule: 'reviewer',
    source: '个人信息保护法第28条，GB 11643-1999 (PII-01, PII-03)',
    certainty: 'C',
  },
  'bank-card': {
    zh: '银行卡号',
    en: 'bank card number',
    severity: 'must',
    overrule: 'reviewer',
    source: '个人信息保护法第28条，GB/T 15694.1、ISO/IEC 7812 (PII-01)',
    certainty: 'C',
  },
  'phone-number': {
    zh: '手机号码',
    en: 'mobile phone number',
    severity: 'must',
    overrule: 'writer',
    source: '政务公开去标识化要求 (PII-01)',
    certainty: 'C',
  },
  word: {
    zh: '常见差错',
    en: 'common error',
    severity: 'should',
    overrule: 'writer',
    source: '政府网站检查：严重表述错误 (VETO-01)',
    certainty: 'C',
  },
  'set-phrase': {
    zh: '固定表述',
    en: 'set phrase',
    severity: 'must',
    overrule: 'writer',
    source: '政府网站检查：严重表述错误 (VETO-01)',
    certainty: 'C',
  },
  'leader-name': {
    zh: '领导姓名',
    en: 'leader’s name',
    severity: 'should',
    overrule: 'writer',
    source: '政府网站检查：严重表述错误、领导信息 (VETO-01, DED-01)',
    certainty: 'C',
  },
  'leader-title': {
    zh: '领导职务',
    en: 'leader’s title',
    severity: 'should',
    overrule: 'writer',
    source: '政府网站检查：严重表述错误、领导信息 (VETO-01, DED-01)',
    certainty: 'C',
  },
  'damage-leftover': {
    zh: '缺损残留',
    en: 'leftover of damage',
    severity: 'must',
    overrule: 'writer',
    source: '网页整洁，不露编辑残留 (SEC-10)',
    certainty: 'W',
  },
  'label-missing': {
    zh: '页面标签缺失',
    en: 'missing page label',
    severity: 'must',
    overrule: 'nobody',
    source: '政府网站发展指引：网页标签 (META-04 … META-10, META-L2, PAGE-08)',
    certainty: 'W',
  },
  'label-wanting': {
    zh: '页面标签建议补充',
    en: 'page label worth adding',
    severity: 'hint',
    overrule: 'writer',
    source: '政府网站发展指引：网页标签 (META-11, META-13, META-14)',
    certainty: 'W',
  },
  'document-number': {
    zh: '发文字号格式',
    en: 'form of the document number',
    severity: 'should',
    overrule: 'writer',
    source: 'GB/T 9704-2012 (POL-04)',
    certainty: 'C',
  },
  'alt-missing': {
    zh: '图片缺替代文字',
    en: 'picture without words',
    severity: 'must',
    overrule: 'writer',
    source: '无障碍环境建设法，GB/T 37668，WCAG 2.2 1.1.1 (A11Y-01)',
    certainty: 'C',
  },
  'alt-empty-words': {
    zh: '替代文字没有说明内容',
    en: 'words that say nothing about the picture',
    severity: 'should',
    overrule: 'writer',
    source: 'GB/T 37668，WCAG 2.2 1.1.1 (A11Y-01)',
    certainty: 'C',
  },
  'heading-order': {
    zh: '标题层次',
    en: 'heading order',
    severity: 'should',
    overrule: 'writer',
    source: 'WCAG 2.2 1.3.1、2.4.6 (A11Y-12)',
    certainty: 'C',
  },
  'link-inside': {
    zh: '内部地址',
    en: 'link into an internal network',
    severity: 'must',
    overrule: 'reviewer',
    source: '政府网站检查：错链断链 (LINK-03)',
    certainty: 'W',
  },
  'link-dead': {
    zh: '错链、断链',
    en: 'dead link',
    severity: 'should',
    overrule: 'writer',
    source: '政府网站检查：错链断链 (LINK-03, DED-12)',
    certainty: 'C',
  },
  'link-not-government': {
    zh: '指向非政府网站',
    en: 'link to a site that is not the government’s',
    severity: 'should',
    overrule: 'writer',
    source: '政府网站发展指引：链接管理 (LINK-02, PAGE-11)',
    certainty: 'M',
  },
  'link-outside': {
    zh: '站外链接',
    en: 'links that leave the site',
    severity: 'hint',
    overrule: 'writer',
    source: '政府网站发展指引：链接管理 (LINK-01)',
    certainty: 'M',
  },
  'link-words': {
    zh: '链接文字',
    en: 'words of a link',
    severity: 'hint',
    overrule: 'writer',
    source: 'WCAG 2.2 2.4.4 (A11Y-12)',
    certainty: 'C',
  },
  'date-ahead': {
    zh: '未来的发布时间',
    en: 'publication date in the future',
    severity: 'should',
    overrule: 'writer',
    source: '政府网站检查：虚假发布时间 (VETO-03, META-L5)',
    certainty: 'C',
  },
  'date-in-text': {
    zh: '正文日期存疑',
    en: 'doubtful date in the text',
    severity: 'should',
    overrule: 'writer',
    source: '政府网站检查：严重表述错误 (VETO-01)',
    certainty: 'X',
  },
  'old-news': {
    zh: '疑似旧稿重发',
    en: 'old news as new',
    severity: 'should',
    overrule: 'writer',
    source: '政府网站检查：旧稿重发 (VETO-03)',
    certainty: 'C',
  },
  'traditional-doubt': {
    zh: '繁体转换存疑',
    en: 'doubtful Traditional form',
    severity: 'hint',
    overrule: 'writer',
    source: 'OpenCC 词库，两千余篇稿件统计',
    certainty: 'X',
  },
  'file-unread': {
    zh: '附件未能检查',
    en: 'file that could not be read',
    severity: 'hint',
    overrule: 'writer',
    source: '政务公开去标识化要求 (PII-01)',
    certainty: 'C',
  },
} as const satisfies Record<string, Rule>;

export type RuleName = keyof typeof ruleTable;
export const ruleNames = Object.keys(ruleTable) as RuleName[];
