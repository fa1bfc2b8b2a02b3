import type { Edition, SearchFilters, SearchRequest } from './search-port.ts';

/** What a search address asks for. */
export interface SearchForm extends Required<Pick<SearchRequest, 'query' | 'order' | 'page' | 'edition'>> {
  readonly filters: SearchFilters;
}

export const kindNames = {
  article: ['文章', '文章', 'Article'],
  policy: ['政策文件', '政策文件', 'Policy document'],
  interpretation: ['政策解读', '政策解讀', 'Explanation'],
  service: ['办事指南', '辦事指南', 'Service'],
  letter: ['来信', '來信', 'Letter'],
  dataset: ['数据集', '數據集', 'Data set'],
  project: ['重大项目', '重大項目', 'Major project'],
  gallery: ['图片集', '圖片集', 'Pictures'],
  video: ['视频', '影片', 'Film'],
  topic: ['专题', '專題', 'Topic'],
  department: ['部门', '部門', 'Department'],
  leader: ['领导', '領導', 'Leader'],
  channel: ['栏目', '欄目', 'Section'],
  page: ['本站说明', '本站說明', 'About this site'],
} as const satisfies Readonly<Record<string, readonly [hans: string, hant: string, en: string]>>;

/** As the pages of policy documents say it, and how the other editions write it. */
export const validities: readonly (readonly [hans: string, hant: string, en: string])[] = [
  ['有效', '有效', 'In force'],
  ['尚未生效', '尚未生效', 'Not yet in force'],
  ['部分失效', '部分失效', 'Partly in force'],
  ['失效', '失效', 'Expired'],
  ['废止', '廢止', 'Repealed'],
];

/** Where an edition stands, without a closing slash. */
export function rootOf(edition: Edition): string {
  return edition === 'zh-Hans' ? '' : edition === 'zh-Hant' ? '/zh-hant' : edition;
}

/** The edition of an address of the search below the top of one: `/en/search.html` and `search.html` give `/en`. */
export function editionAt(path: string, name: string): Edition | undefined {
  const root = path.endsWith(`/${name}`) ? path.slice(0, -name.length - 1) : undefined;
  if (root === undefined || !/^(?:\/[a-z0-9][a-z0-9-]{0,40})?$/.test(root)) return undefined;
  return root === '' ? 'zh-Hans' : root === '/zh-hant' ? 'zh-Hant' : (root as Edition);
}

/** The search page of an edition. */
export function searchPath(edition: Edition): string {
  return `${rootOf(edition)}/search.html`;
}

/**
 * Reads the address of a search: undefined where it is none, or asks for nothing. What is not well formed is left out; a query
 * that is no UTF-8 comes with replacement characters. No parameter of it is trusted beyond its own form.
 */
export function readSearchForm(target: string): SearchForm | undefined {
  const mark = target.indexOf('?');
  const edition = mark < 0 ? undefined : editionAt(target.slice(0, mark), 'search.html');
  if (!edition) return undefined;
  const given = new URLSearchParams(target.slice(mark + 1));
  const text = (name: string, shape: RegExp): string | undefined => {
    const value = given.get(name)?.trim().slice(0, 200);
    return value !== undefined && shape.test(value) ? value : undefined;
  };
  const query = (given.get('q') ?? '').slice(0, 2000).replace(/\s+/g, ' ').trim();
  if (query === '') return undefined;
  const day = /^\d{4}-\d\d-\d\d$/;
  return {
    query,
    edition,
    order: given.get('sort') === 'date' ? 'newest' : 'relevance',
    page: Number(text('page', /^[1-9]\d?$/) ?? 1),
    filters: {
      channel: text('in', /^\/(?:[A-Za-z0-9._~-]+\/)+$/),
      kind: text('type', /^[a-z]{1,20}$/),
      department: text('dept', /^[^\p{Cc}]{1,80}$/u),
      validity: text('valid', /^[^\p{Cc}]{1,10}$/u),
      from: text('from', day),
      to: text('to', day),
    },
  };
}

/** The address of a search, with some of it changed. Always the same for the same. */
export function searchAddress(form: SearchForm, change: Partial<SearchForm> = {}): string {
  const { query, edition, order, page, filters } = { ...form, ...change };
  const values: Readonly<Record<string, string | undefined>> = {
    q: query,
    in: filters.channel,
    type: filters.kind,
    dept: filters.department,
    valid: filters.validity,
    from: filters.from,
    to: filters.to,
    sort: order === 'newest' ? 'date' : undefined,
    page: page > 1 ? String(page) : undefined,
  };
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined && value !== '') given.set(name, value);
  return `${searchPath(edition)}?${given.toString()}`;
}
