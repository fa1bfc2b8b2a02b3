import tsCharacters from 'opencc-js/dict/TSCharacters';

let forms: ReadonlyMap<string, string> | undefined;

/** A text with each Traditional character as its Simplified one, by OpenCC's table; a character with several takes the first. */
export function simplified(text: string): string {
  forms ??= new Map(
    tsCharacters.split('|').map((pair) => {
      const [from = '', to = from] = pair.split(' ');
      return [from, to] as const;
    }),
  );
  const known = forms;
  return Array.from(text, (character) => known.get(character) ?? character).join('');
}
