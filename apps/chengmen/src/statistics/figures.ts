import { liveChannels, liveItemsOf } from '@chengmen/content';
import { letterCounts } from '@chengmen/interaction';
import { devices, figureItems, kindNames, origins, type FieldsOf, type ItemId } from '@chengmen/model';
import { publishedByKind, viewsByDay, viewsByValue, type Dimension } from '@chengmen/statistics';
import type { BackOffice } from '../back-office.ts';

type Dataset = FieldsOf<'dataset'>;

export interface Figure {
  readonly item: ItemId;
  readonly fields: Dataset;
}

export interface FiguresAsked {
  readonly channel: ItemId;
  readonly department: ItemId;
  /** The last civil day that is counted. Default yesterday. */
  readonly upTo?: string;
}

/** What the figures are reckoned from. */
export type FiguresOffice = Pick<BackOffice, 'ledger' | 'site' | 'siteSettings' | 'today'>;

/** As many days as a drawing can show. */
const days = 21;
const mostSections = 12;

/**
 * The figures of the page of visit statistics, as data sets: they go through the reviews as everything does, and stand there with
 * chart, table and files. Up to yesterday, whose day is over.
 */
export async function figures(office: FiguresOffice, asked: FiguresAsked): Promise<readonly Figure[]> {
  const { db } = office.ledger;
  const to = asked.upTo ?? before(office.today(), 1);
  const from = before(to, days - 1);
  const site = await office.siteSettings();
  const common = {
    ...{ channel: asked.channel, department: asked.department },
    date: `${before(to, -1)} 00:00`,
    source: site?.organiser ?? site?.name ?? '',
    keywords: ['访问统计', '网站'],
    period: `${from} 至 ${to}`,
    updateCycle: '每天',
    licence: '可自由使用，须注明来源',
    body: '<p>按“访问统计”页所列规则计数，不使用 Cookie，不保存个人信息。</p>',
  };
  const byValue = async (dimension: Dimension): Promise<readonly (readonly [string, number])[]> =>
    (await viewsByValue(db, office.site, { dimension, from, to })).map(({ value, count }) => [value, count]);
  const named = (
    names: Readonly<Record<string, { readonly zh: string }>>,
    rows: readonly (readonly [string, number])[],
  ) => rows.map(([value, count]): [string, number] => [names[value]?.zh ?? value, count]);
  const table = (
    first: string,
    second: string,
    rows: Dataset['rows'],
    unit = '次',
  ): Pick<Dataset, 'columns' | 'rows' | 'unit'> => ({
    unit,
    columns: [
      { name: first, type: 'text' },
      { name: second, type: 'number' },
    ],
    rows,
  });
  return [
    {
      item: figureItems.days,
      fields: {
        ...common,
        title: '网站每天的浏览、访问和访客',
        summary: '每天的浏览次数、访问次数和独立访客数。',
        unit: '次',
        columns: [
          { name: '日期', type: 'text' },
          { name: '浏览', type: 'number' },
          { name: '访问', type: 'number' },
          { name: '访客', type: 'number' },
        ],
        rows: await dayRows(office, from, to),
      },
    },
    {
      item: figureItems.sections,
      fields: {
        ...common,
        title: '网站各栏目的浏览次数',
        summary: '浏览次数最多的栏目。',
        ...table('栏目', '浏览', await sectionRows(office, await byValue('section'))),
      },
    },
    {
      item: figureItems.devices,
      fields: {
        ...common,
        title: '网站访问所用的设备',
        summary: '手机、平板、电脑各浏览多少次。',
        ...table('设备', '浏览', named(devices, await byValue('device'))),
      },
    },
    {
      item: figureItems.origins,
      fields: {
        ...common,
        title: '网站访问的来源',
        summary: '直接访问、站内、搜索引擎、政府网站等各多少次。',
        ...table('来源', '浏览', named(origins, await byValue('origin'))),
      },
    },
    {
      item: figureItems.contents,
      fields: {
        ...common,
        title: '网站信息发布和来信办理',
        summary: '在线的各类信息多少件，来信收到和办结多少件。',
        period: `截至${to}`,
        ...table('项目', '数量', await contentRows(office), '件'),
      },
    },
  ];
}

async function dayRows(office: FiguresOffice, from: string, to: string): Promise<Dataset['rows']> {
  const of = async (dimension: 'views' | 'visits' | 'visitors'): Promise<ReadonlyMap<string, number>> =>
    new Map(
      (await viewsByDay(office.ledger.db, office.site, { dimension, from, to })).map(({ day, count }) => [day, count]),
    );
  const [views, visits, visitors] = [await of('views'), await of('visits'), await of('visitors')];
  // A day on which nobody counted is no day without readers: the table begins with the first that has a number.
  return [...views.keys()]
    .sort()
    .map((day) => [
      `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`,
      views.get(day) ?? 0,
      visits.get(day) ?? 0,
      visitors.get(day) ?? 0,
    ]);
}

async function sectionRows(
  office: FiguresOffice,
  rows: readonly (readonly [string, number])[],
): Promise<Dataset['rows']> {
  const { db } = office.ledger;
  const ids = (await liveChannels(db, office.site)).map(({ id }) => id);
  const names = new Map<string, string>([['/', '首页及说明']]);
  for (const { path, fields } of await liveItemsOf(db, office.site, ids))
    if (path) names.set(path, (fields as FieldsOf<'channel'>).name);
  const known = rows.flatMap(([path, count]): [string, number][] => {
    const name = names.get(path);
    return name === undefined ? [] : [[name, count]];
  });
  const shown = known.slice(0, mostSections);
  const others = rows.reduce((sum, [, count]) => sum + count, 0) - shown.reduce((sum, [, count]) => sum + count, 0);
  return others > 0 ? [...shown, ['其他', others]] : shown;
}

async function contentRows(office: FiguresOffice): Promise<Dataset['rows']> {
  const { db } = office.ledger;
  const published = await publishedByKind(db, office.site, { from: '', to: '' });
  const letters = await letterCounts(db, office.site);
  const rows = published.map(({ kind, live }): [string, number] => [kindNames[kind].zh, live]);
  return [
    ...rows.sort(([, one], [, two]) => two - one),
    ['来信收到', letters.received],
    ['来信办结', letters.answered],
  ];
}

function before(date: string, count: number): string {
  return new Date(Date.parse(date) - count * 86_400_000).toISOString().slice(0, 10);
}
