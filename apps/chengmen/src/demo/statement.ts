import type { AccessibilityRecord, FieldsOf } from '@chengmen/model';

type Statement = FieldsOf<'statement'>;

/** What the city's statement says of its own site. */
export const cityStatement: Pick<Statement, 'limits' | 'contact'> = {
  limits: [
    { what: '“旧网页整理”栏目里的旧文章没有逐篇核对图片的文字说明。', until: '2027-06-30' },
    { what: '办事窗口提交材料的页面由另一系统提供，不在本声明之内。' },
  ],
  contact: { name: '临江市数据局网站管理科', phone: '0999-8810016', email: 'webmaster@linjiang.example' },
};

/** The accessibility statement of a site of the demonstration, as somebody signs it who has tried the site. */
export function demoStatement({
  record,
  by,
  on,
  own,
}: {
  readonly record: AccessibilityRecord;
  readonly by: string;
  readonly on: string;
  readonly own: Pick<Statement, 'limits' | 'contact'>;
}): Statement {
  return {
    title: '无障碍声明',
    checkedOn: record.checkedOn,
    facts: [...record.facts],
    ...own,
    signedBy: by,
    signedOn: on,
  };
}
