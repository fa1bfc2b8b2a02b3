/** Why pages are made, and how many: for one read that answers otherwise, or for all of another reason. */
export interface PressCause {
  readonly cause: 'everything' | 'theme' | 'new' | 'read';
  /** Text of the read, as the press writes it: `newest:news:20`. */
  readonly read?: string;
  readonly targets: number;
}

/** What is being rendered. */
export interface PressWork {
  /** ISO 8601 instant, UTC. */
  readonly since: string;
  readonly done: number;
  readonly total: number;
  /** Most first. */
  readonly causes: readonly PressCause[];
}

/** What the press is at, and why it made what it has made since it began. */
export interface PressView {
  readonly now: PressWork | undefined;
  /** A site-wide change that is being made beside the live release. */
  readonly beside: PressWork | undefined;
  /** The last round failed, and is tried again. */
  readonly failed: { readonly at: string; readonly retryAt: string } | undefined;
  /** Newest first. */
  readonly made: readonly { readonly release: number; readonly causes: readonly PressCause[] }[];
}

/** Of a desk beside which no press runs. */
export const noPress: PressView = { now: undefined, beside: undefined, failed: undefined, made: [] };

/** A cause in words. `names`: titles of items and channels, by id. */
export function causeWords(
  { cause, read = '' }: Pick<PressCause, 'cause' | 'read'>,
  names: ReadonlyMap<string, string>,
): string {
  if (cause === 'everything') return '全部重排';
  if (cause === 'theme') return '模板变了';
  if (cause === 'new') return '新的页面';
  const [call = '', of = '', second = ''] = read.split(':');
  const place = of === '*' ? '全站' : `“${names.get(of) ?? of}”`;
  const words: Readonly<Record<string, string>> = {
    site: '网站信息',
    item: `${place}本身`,
    channels: of === '*' ? '一级栏目' : `${place}的下级栏目`,
    newest: `${place}最新的 ${second} 条`,
    all: `${place}的全部条目`,
    months: `${place}有内容的月份`,
    month: `${place} ${second} 的条目`,
    extent: `${place} ${second} 的条数`,
    addresses: `${of} 的地址（网站地图）`,
    'address-parts': '网站地图的分册',
    neighbours: `${place}的上一篇、下一篇`,
    related: `与${place}相关的内容`,
    bytes: '图片或附件的字节',
  };
  return words[call] ?? read;
}

/** The ids that some causes name. */
export function namedIn(causes: readonly PressCause[]): string[] {
  return [
    ...new Set(
      causes.flatMap(({ read = '' }) => (/^(?:addresses|bytes)/.test(read) ? [] : (read.split(':')[1] ?? []))),
    ),
  ].filter((id) => id !== '*' && id !== '');
}
