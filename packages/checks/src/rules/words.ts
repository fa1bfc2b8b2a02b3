import type { CheckContext, CheckedLeader } from '../context.ts';
import type { Found } from '../finding.ts';
import type { Content, FieldText } from '../read-content.ts';
import { wordFinder } from './word-finder.ts';

/** Common errors and set phrases, from the built-in list and the site's own (VETO-01). */
export function words({ texts }: Content, { settings }: CheckContext): Found[] {
  const finder = wordFinder(settings);
  return texts.flatMap((text) => [...finder.words(text), ...finder.phrases(text)]);
}

/** Names and titles of leaders that do not go together (VETO-01, DED-01). */
export function leaders({ kind, texts }: Content, context: CheckContext): Found[] {
  // A leader's own page tells of the posts they held before.
  if (kind === 'leader') return [];
  if (context.settings.leaders.length + context.leaders.length === 0) return [];
  const known = leaderIndex(context);
  return texts.flatMap((text) => [...wrongTitles(text, known), ...wrongNames(text, known)]);
}

interface LeaderIndex {
  /** Titles each name holds. */
  readonly titles: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names by title. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  readonly anyName: RegExp;
  readonly anyTitle: RegExp;
}

type Leaders = readonly CheckedLeader[];
const indexes = new WeakMap<Leaders, { readonly own: Leaders; readonly index: LeaderIndex }>();

/** Made once for each pair of lists: the site's published leaders, and its own of the settings. */
function leaderIndex({ leaders: published, settings: { leaders: own } }: CheckContext): LeaderIndex {
  const kept = indexes.get(published);
  if (kept?.own === own) return kept.index;
  const index = makeIndex([...own, ...published]);
  indexes.set(published, { own, index });
  return index;
}

function makeIndex(all: Leaders): LeaderIndex {
  const [titles, names] = [new Map<string, Set<string>>(), new Map<string, string[]>()];
  for (const leader of all)
    for (const title of leader.titles) {
      titles.set(leader.name, (titles.get(leader.name) ?? new Set()).add(title));
      names.set(title, [...(names.get(title) ?? []), leader.name]);
    }
  return {
    titles,
    names,
    anyName: oneOf([...titles.keys()]),
    anyTitle: oneOf([...new Set([...names.keys(), ...commonTitles])]),
  };
}

/** Titles that stand before names, besides those somebody holds. */
const commonTitles = [
  '市委书记',
  '市委副书记',
  '市长',
  '副市长',
  '常务副市长',
  '代市长',
  '区长',
  '副区长',
  '县长',
  '副县长',
  '区委书记',
  '县委书记',
  '省长',
  '副省长',
  '市政协主席',
  '秘书长',
];

const oneOf = (words: readonly string[]): RegExp =>
  new RegExp(
    [...words]
      .sort((a, b) => b.length - a.length)
      .map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
      .join('|') || '(?!)',
    'g',
  );

/** Longest title that ends where a name begins. */
const titleBefore = 12;

function wrongTitles({ field, words: text }: FieldText, { titles, anyName, anyTitle }: LeaderIndex): Found[] {
  return [...text.matchAll(anyName)].flatMap(({ 0: name, index }): Found[] => {
    const before = text.slice(Math.max(0, index - titleBefore), index);
    const title = [...before.matchAll(anyTitle)].find((found) => found.index + found[0].length === before.length)?.[0];
    const held = titles.get(name);
    if (title === undefined || !held || [...held].some((own) => isCalled(own, title))) return [];
    // 时任 and 原 tell of a post of before.
    if (/(?:时任|原|前|曾任|历任)[^，。；、]{0,8}$/.test(before.slice(0, before.length - title.length))) return [];
    return [
      {
        rule: 'leader-title',
        field,
        quote: title + name,
        offset: index - title.length,
        zh: `${name}的职务是“${[...held].join('、')}”，不是“${title}”。`,
        en: `${name} is ${[...held].join(', ')}, not ${title}.`,
      },
    ];
  });
}

/** 市政府秘书长 may be called 秘书长, 常务副市长 副市长; a 副市长 is no 市长. */
const isCalled = (own: string, title: string): boolean =>
  own.endsWith(title) && !/[副代]$/.test(own.slice(0, own.length - title.length));

function wrongNames({ field, words: text }: FieldText, { titles, names, anyTitle }: LeaderIndex): Found[] {
  return [...text.matchAll(anyTitle)].flatMap(({ 0: title, index }): Found[] => {
    const at = index + title.length;
    return (names.get(title) ?? []).flatMap((name): Found[] => {
      const quote = text.slice(at, at + name.length);
      if (name.length < 3 || titles.has(quote) || !isOneCharacterOff(quote, name)) return [];
      return [
        {
          rule: 'leader-name',
          field,
          quote: title + quote,
          offset: index,
          zh: `${title}是“${name}”，这里写作“${quote}”。`,
          en: `The ${title} is ${name}; here stands ${quote}.`,
          suggestion: title + name,
        },
      ];
    });
  });
}

function isOneCharacterOff(there: string, name: string): boolean {
  if (there.length !== name.length || !/^\p{sc=Han}+$/u.test(there)) return false;
  return [...name].filter((character, at) => there[at] !== character).length === 1;
}
