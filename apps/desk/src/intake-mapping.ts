import { ChengmenError } from '@chengmen/model';
import { text, type Choice, type Form } from './desk-forms.ts';

/** Columns of a table, as the form asks for them. */
export const tableColumns = {
  title: '标题',
  body: '正文',
  date: '日期',
  source: '来源',
  author: '作者',
  address: '旧网址',
  channel: '旧栏目',
} as const;

/** A mapping (docs/formats/mapping.md) from the fields of the form; null where nothing is filled in. Throws `mapping-invalid`. */
export function mappingOf(form: Form, channels: readonly Choice[]): Record<string, unknown> | null {
  const columns = Object.fromEntries(
    Object.keys(tableColumns).flatMap((name) => {
      const column = text(form, `column-${name}`).trim();
      return column === '' ? [] : [[name, column] as const];
    }),
  );
  const source = text(form, 'constant-source').trim();
  const sheet = text(form, 'sheet').trim();
  const rules = channelRulesOf(form, channels);
  const mapping = {
    ...(Object.keys(columns).length > 0 ? { columns } : {}),
    ...(rules.length > 0 ? { channels: rules } : {}),
    ...(source === '' ? {} : { constants: { source } }),
    ...(text(form, 'body') === 'text' ? { body: 'text' } : {}),
    ...(sheet === '' ? {} : { sheet }),
  };
  return Object.keys(mapping).length === 0 ? null : mapping;
}

/** Its rules for channels alone, a line each. */
export function channelRulesOf(form: Form, channels: readonly Choice[]): Record<string, string>[] {
  return text(form, 'channels')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => ruleOf(line, channels));
}

/** The rules of a mapping as a person types them. */
export function typedRules(mapping: Readonly<Record<string, unknown>> | null): string {
  const rules = (mapping?.['channels'] ?? []) as { address?: string; breadcrumb?: string; channel: string }[];
  return rules.map(({ address, breadcrumb = '', channel }) => `${address ?? breadcrumb} → ${channel}`).join('\n');
}

/** `/xwzx/ → news`, `old.example.gov.cn/xwzx/ = 新闻`, `通知公告 → notices`: what has a slash is an address, else a name in the breadcrumb. */
function ruleOf(line: string, channels: readonly Choice[]): Record<string, string> {
  const [, from = '', to = ''] = /^(.+?)\s*(?:→|=>|->|=|＝)\s*(.+)$/.exec(line) ?? [];
  const named = channels.filter(({ id, name }) => id === to || name === to);
  const [channel] = named;
  if (from === '' || !channel || named.length > 1)
    throw new ChengmenError('mapping-invalid', {
      file: line.slice(0, 100),
      problem:
        from === ''
          ? '一行写“旧地址开头或旧栏目名 → 栏目” (an old address or breadcrumb, →, a channel)'
          : named.length > 1
            ? `叫“${to}”的栏目不止一个，请写编号 (more than one channel has this name: give its id)`
            : `没有栏目“${to}” (there is no such channel)`,
    });
  return { [from.includes('/') ? 'address' : 'breadcrumb']: from, channel: channel.id };
}
