import { itemList, type LiveChannel } from '@chengmen/content';
import type { Ledger } from '@chengmen/ledger';
import { itemId, kindNames, may, mayAnywhere, type Actor, type Permission, type SiteId } from '@chengmen/model';
import { newestRevisions, titleIn } from '@chengmen/revision';
import { wordForms } from './item-query.ts';

/** Somewhere a person may go. */
export interface GoPlace {
  readonly group: 'screen' | 'new' | 'channel' | 'item';
  readonly name: string;
  readonly detail: string;
  readonly href: string;
}

export const goGroups: Record<GoPlace['group'], string> = {
  screen: '前往',
  new: '新建',
  channel: '栏目',
  item: '条目',
};

interface Screen {
  readonly group: 'screen' | 'new';
  readonly zh: string;
  readonly en: string;
  readonly href: string;
  /** Held anywhere, or with `whole` for the whole site; nothing: everybody. */
  readonly needs?: Permission;
  readonly whole?: true;
}

const read = 'item.read-unpublished';
const screen = (zh: string, en: string, href: string, needs?: Permission, whole?: true): Screen => ({
  ...{ group: 'screen', zh, en, href },
  ...(needs === undefined ? {} : { needs }),
  ...(whole === undefined ? {} : { whole }),
});
const fresh = (zh: string, en: string, href: string, needs: Permission, whole?: true): Screen => ({
  ...screen(zh, en, href, needs, whole),
  group: 'new',
});

/** Every screen of the desk and every form something begins with, and who may use it. */
const screens: readonly Screen[] = [
  screen('待我处理', 'Inbox', '/'),
  screen('条目', 'Items', '/items', read),
  screen('栏目', 'Channels', '/channels', read),
  screen('版面', 'Pages', '/pages', read),
  screen('首页版面', 'Home page', '/pages/home-page', 'channel.write', true),
  screen('网站设置', 'Site settings', '/site', read),
  screen('导航', 'Navigation', '/site/navigation', 'channel.write', true),
  screen('跳转', 'Redirects', '/redirects', read),
  screen('媒体', 'Media', '/media', read),
  screen('采集', 'Intake', '/intake', read),
  screen('定时', 'Schedule', '/schedule', read),
  screen('紧急上线', 'Emergencies', '/emergencies', read),
  screen('发布', 'Releases', '/releases', read),
  screen('检查', 'Checks', '/checks', read),
  screen('繁体存疑', 'Doubtful Traditional forms', '/checks/traditional', read),
  screen('统计', 'Visits', '/statistics', read),
  screen('来信', 'Letters', '/letters', 'letter.read', true),
  screen('审计', 'Audit', '/audit', 'audit.read', true),
  screen('账号', 'Accounts', '/accounts', 'account.manage', true),
  screen('无障碍声明', 'Accessibility statement', '/accessibility', read),
  screen('我的账号', 'My account', '/me'),
  fresh('写文章', 'New article', '/items/new', 'item.write'),
  fresh('写政策文件', 'New policy', '/items/new?kind=policy', 'item.write'),
  fresh('写办事指南', 'New service guide', '/items/new?kind=service', 'item.write'),
  fresh('新建专题', 'New topic', '/pages/new', 'item.write'),
  fresh('上传图片、附件', 'Upload', '/upload', 'item.write'),
  fresh('采集旧页', 'Take old pages in', '/intake/new', 'intake.receive', true),
  fresh('新建栏目', 'New channel', '/channels/new', 'channel.write'),
  fresh('新建跳转', 'New redirect', '/redirects/new', 'channel.write', true),
];

const maySee = (actor: Actor, { needs, whole }: Screen): boolean =>
  needs === undefined || (whole ? may(actor, needs) : mayAnywhere(actor, needs));

/** The screen that a path is on or below, where this person may use it; else the inbox. Items and filters are a site's own. */
export function screenOf(path: string, actor: Actor): string {
  const [plain = '/'] = path.split('?');
  const over = screens.filter(({ href }) => href !== '/' && (plain === href || plain.startsWith(`${href}/`)));
  const nearest = over.filter((one) => maySee(actor, one)).sort((one, other) => other.href.length - one.href.length);
  return nearest[0]?.href ?? '/';
}

const mostItems = 8;

/** Where these words lead this person: screens first, then channels by name, then items by number and title. */
export async function goPlaces(
  {
    db,
    site,
    channels,
    actor,
  }: {
    readonly db: Ledger['db'];
    readonly site: SiteId;
    readonly channels: () => Promise<readonly LiveChannel[]>;
    readonly actor: Actor;
  },
  typed: string,
): Promise<GoPlace[]> {
  const words = typed.trim().normalize('NFC').toLowerCase();
  const own = screens.filter((one) => maySee(actor, one) && `${one.zh} ${one.en}`.toLowerCase().includes(words));
  const places = own.map(({ group, zh, en, href }): GoPlace => ({ group, name: zh, detail: en, href }));
  if (words === '' || !mayAnywhere(actor, read)) return places;
  const named = (await channels()).filter(({ name }) => name.toLowerCase().includes(words)).slice(0, 5);
  const byId = itemId.safeParse(words).success ? [...(await newestRevisions(db, site, [words])).values()] : [];
  const { items } = await itemList(db, site, { words: wordForms(words), limit: mostItems });
  const found = [
    ...byId.map(({ item, kind, fields }) => ({ item, kind, title: titleIn(fields, item) })),
    ...items.filter(({ item }) => !byId.some((one) => one.item === item)),
  ];
  return [
    ...places,
    ...named.map(({ id, name }): GoPlace => ({ group: 'channel', name, detail: id, href: `/channels/${id}` })),
    ...found.map(({ item, kind, title }): GoPlace => ({
      ...{ group: 'item', name: title, detail: `${kindNames[kind].zh} ${item}`, href: `/items/${item}` },
    })),
  ];
}
