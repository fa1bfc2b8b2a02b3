/** Words on nearly every page, that people type because they ask a question. */
export const smallWords: ReadonlySet<string> = new Set(
  'a an and any are as at be been but by can did do does for from get had has have how i if in into is it its me my of on or our should so some than that the their them there they this to was we were what when where which who why will with would you your'.split(
    ' ',
  ),
);

/**
 * Beginnings of the other forms of an English word, besides the word itself: `ferries` gives `ferry`, `ferry` gives `ferrie`,
 * `registering` gives `register`. Too many rather than too few: what has the word itself ranks before.
 */
export function otherBeginnings(word: string): readonly string[] {
  const cut = (ending: string, more = ''): string[] =>
    word.endsWith(ending) && word.length - ending.length >= 3 ? [word.slice(0, -ending.length) + more] : [];
  if (word.endsWith('ies')) return cut('ies', 'y');
  if (/[^aeiou]y$/.test(word)) return cut('y', 'ie');
  if (/(?:ss|us|is)$/.test(word)) return [];
  if (/(?:x|ch|sh|ss|z)es$/.test(word)) return cut('es');
  return [...cut('s'), ...cut('ing'), ...cut('ed')].slice(0, 1);
}
