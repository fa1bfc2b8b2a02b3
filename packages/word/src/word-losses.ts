/** What Word's document holds that its text does not show, how often. */
export type WordLosses = Readonly<Record<string, number>>;

const signs: Readonly<Record<string, RegExp>> = {
  deleted: /<w:del /g,
  comment: /<w:commentReference\b/g,
  drawing: /<(?:wps:txbx|v:textbox|wpg:wgp|c:chart|dgm:relIds)\b/g,
  formula: /<m:oMath>/g,
  underline: /<w:u w:val="(?!none)/g,
  strike: /<w:d?strike(?:\/>| w:val="(?:1|true|on)")/g,
  colour: /<w:(?:color w:val="(?!auto|000000)|highlight )/g,
  alignment: /<w:jc w:val="(?:center|right|end)"/g,
};

/** Told by the document's own XML: the reader leaves these out without a word. `renumbered`: levels numbered otherwise than 1, 2, 3. */
export function wordLosses(document: string, numbering: string): WordLosses {
  const counted = Object.entries(signs).map(([name, sign]) => [name, document.match(sign)?.length ?? 0] as const);
  const used = new Set([...document.matchAll(/<w:numId w:val="(\d+)"/g)].map(([, id]) => id));
  const others = used.size > 0 ? (numbering.match(/<w:numFmt w:val="(?!decimal"|bullet"|none")/g)?.length ?? 0) : 0;
  return Object.fromEntries([...counted, ['renumbered', others] as const].filter(([, count]) => count > 0));
}
