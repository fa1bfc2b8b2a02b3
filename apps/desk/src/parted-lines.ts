/**
 * Values in a line, parted by ｜, as people type them. What a value holds of the signs that part is written with \\ before it, a line
 * break as ⏎; backslashes mean themselves but before those. What is shown is read as it was, whatever it holds.
 */
const inParts = /(\\*)([｜|\t⏎\n]|$)/g;
/** Of a value that has its line to itself. */
const inLines = /(\\*)([⏎\n]|$)/g;

/** A value as it stands among others in a line. */
export const shownPart = (value: string): string => shown(value, inParts);
/** The values of a line; blanks beside the signs that part are none of theirs. */
export const partsIn = (line: string): string[] => split(line).map((part) => read(part, inParts));

/** A value as it stands in a line of its own. */
export const shownLine = (value: string): string => shown(value, inLines);
export const lineIn = (line: string): string => read(line, inLines);

function shown(value: string, signs: RegExp): string {
  return value.replace(signs, (_, slashes: string, sign: string) => {
    const kept = slashes + slashes;
    return kept + (sign === '\n' ? '⏎' : sign === '' ? '' : `\\${sign}`);
  });
}

function read(typed: string, signs: RegExp): string {
  const text = typed.replace(/^[ \r]+|[ \r]+$/g, '');
  return text.replace(signs, (_, slashes: string, sign: string) => {
    const odd = slashes.length % 2 === 1;
    const kept = slashes.slice(0, Math.floor(slashes.length / 2));
    if (sign === '') return odd ? `${kept}\\` : kept;
    return kept + (sign === '⏎' && !odd ? '\n' : sign);
  });
}

/** At ｜ and tabs; at | where there is neither. */
function split(line: string): string[] {
  const bars = /[｜\t]/.test(line.replace(/\\[^]/g, '')) ? '｜\t' : '|';
  const parts: string[] = [];
  let from = 0;
  let slashes = 0;
  for (let at = 0; at < line.length; at++) {
    const sign = line.charAt(at);
    if (bars.includes(sign) && slashes % 2 === 0) {
      parts.push(line.slice(from, at));
      from = at + 1;
    }
    slashes = sign === '\\' ? slashes + 1 : 0;
  }
  return [...parts, line.slice(from)];
}
