/** How a text was broken into lines by hand, or by a program that knew no paragraphs. */
export interface Wrapping {
  /** Columns; a Chinese character takes two. */
  readonly width: number;
  /** Columns of the first line that are taken by its indentation. */
  readonly indent?: number;
  /** Marks that may not begin a line hang at the end of the one before, as editors' programs and typesetters have it. */
  readonly hanging?: boolean;
}

const columns = (char: string): number => (char < '\u0250' ? 1 : 2);
const hangs = /^[，。；：、！？”’》）】]/;

/** The lines of a paragraph. */
export function wrapped(text: string, { width, indent = 0, hanging = false }: Wrapping): string[] {
  const lines: string[] = [];
  let [line, taken] = ['', indent];
  for (const char of text) {
    const full = taken + columns(char) > width;
    if (full && !(hanging && hangs.test(char))) {
      lines.push(line);
      [line, taken] = ['', 0];
    }
    line += char;
    taken += columns(char);
  }
  return line === '' ? lines : [...lines, line];
}

/** The lines of a paragraph that somebody broke where it suited, after a mark or within a sentence, each of another length. */
export function brokenAtWill(text: string, shortest: number, longest: number, seed: number): string[] {
  const lines: string[] = [];
  let [rest, turn] = [text, seed];
  while (rest.length > longest) {
    turn = (turn * 1103 + 12_345) % 65_537;
    const size = shortest + (turn % (longest - shortest + 1));
    lines.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  return [...lines, rest];
}
