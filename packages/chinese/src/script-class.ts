import hkVariants from 'opencc-js/dict/HKVariants';
import stCharacters from 'opencc-js/dict/STCharacters';
import stPhrases from 'opencc-js/dict/STPhrases';
import tsCharacters from 'opencc-js/dict/TSCharacters';
import twVariants from 'opencc-js/dict/TWVariants';

/**
 * One character for all that the scripts write in its place: 发, 發 and 髮 give the same, and so do 着 and 著. Any conversion
 * between the scripts by OpenCC's tables, by character or by phrase, leaves the text of these characters as it was, so who
 * compares them finds what is written in either. Characters that stand in no table are themselves.
 */
export function scriptClass(character: string): string {
  classes ??= makeClasses();
  return classes.get(character) ?? character;
}

let classes: ReadonlyMap<string, string> | undefined;

/** Characters that may take each other's place, joined into classes; each is called after its first by code point. */
function makeClasses(): ReadonlyMap<string, string> {
  const parents = new Map<string, string>();
  const root = (one: string): string => {
    let at = one;
    for (let up = parents.get(at); up !== undefined && up !== at; up = parents.get(at)) at = up;
    return at;
  };
  const join = (one: string, other: string): void => {
    const [a, b] = [root(one), root(other)];
    if (a === b) return;
    const [low, high] = (a.codePointAt(0) ?? 0) < (b.codePointAt(0) ?? 0) ? [a, b] : [b, a];
    parents.set(high, low);
  };
  for (const table of [tsCharacters, stCharacters, hkVariants, twVariants, stPhrases])
    for (const pair of table.split('|')) joinPair(pair, join);
  return new Map([...parents.keys()].map((one) => [one, root(one)]));
}

/** `头发 頭髮`, or `发 發 髮` where there are several. */
function joinPair(pair: string, join: (one: string, other: string) => void): void {
  const [from = '', ...forms] = pair.split(' ');
  const left = [...from];
  for (const form of forms) {
    const right = [...form];
    if (left.length !== right.length) continue;
    for (const [at, one] of left.entries()) if (one !== right[at]) join(one, right[at] ?? one);
  }
}
