import { bodyOf, gapSign, type Block, type Run } from '@chengmen/html';
import type { Kind } from '@chengmen/model';

/** A paragraph, heading, item, cell, or one value of a field. */
export interface TextLine {
  readonly text: string;
  /** Where it begins in the words of its field. */
  readonly offset: number;
  /** It stands in a table. */
  readonly cell: boolean;
  /** 2 to 4 for headings, else 0. */
  readonly level: number;
}

export interface FieldText {
  readonly field: string;
  /** The lines with one line feed between them. */
  readonly words: string;
  readonly lines: readonly TextLine[];
}

export interface BodyLink {
  readonly field: string;
  readonly href: string;
  readonly words: string;
  readonly offset: number;
}

export interface BodyPicture {
  readonly field: string;
  readonly src: string;
  readonly alt: string;
  readonly offset: number;
}

/** An item as the rules look at it: all it says, with where it says it. */
export interface Content {
  readonly kind: Kind;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly texts: readonly FieldText[];
  readonly links: readonly BodyLink[];
  readonly pictures: readonly BodyPicture[];
}

/** Fields that are names of other things, codes or dates, and what earlier programs wrote: not words of this text. */
const notWords = new Set(
  'channel image attachments picture video captions items show as hash type owner department publishedBy leads responsible interprets relatedTo translates edition altIn original mending charset madeBy forms segment parent layout date askedOn answeredOn madeOn inForceFrom inForceTo trackingCode code indexNumber validity domain origin identificationCode icp policeFiling conac traditional search home'.split(
    ' ',
  ),
);
const markupFields = new Set(['body', 'answer']);
/** Records deeper than this are not of any kind. */
const deepest = 6;

const contents = new WeakMap<Readonly<Record<string, unknown>>, Content>();

/**
 * Reads the fields of an item, saved or as they stand in an editor: nothing need be there, and nothing need be clean. Time grows with their
 * length, and is spent once: who asks again about the same object, which must not have changed, gets what was read.
 */
export function readContent(kind: Kind, fields: Readonly<Record<string, unknown>>): Content {
  const kept = contents.get(fields);
  if (kept?.kind === kind) return kept;
  const content = readFields(kind, fields);
  contents.set(fields, content);
  return content;
}

function readFields(kind: Kind, fields: Readonly<Record<string, unknown>>): Content {
  const [texts, links, pictures]: [FieldText[], BodyLink[], BodyPicture[]] = [[], [], []];
  const plain = new Map<string, { text: string; cell: boolean }[]>();
  for (const [name, value] of Object.entries(fields)) {
    if (notWords.has(name)) continue;
    links.push(...blockLinks(name, value));
    if (markupFields.has(name) && typeof value === 'string') readMarkup(name, value, { texts, links, pictures });
    else collect(name, value, plain, 0);
  }
  for (const [field, values] of plain)
    texts.push(
      fieldText(
        field,
        values.map(({ text, cell }) => ({ text, cell, level: 0 })),
      ),
    );
  return { kind, fields, texts, links, pictures };
}

/** A text on its own, for files and short answers. */
export function readPlainText(field: string, lines: readonly string[], cell = false): FieldText {
  return fieldText(
    field,
    lines.map((text) => ({ text, cell, level: 0 })),
  );
}

/** Links that stand in records and not in a text: those of a topic's blocks. */
function blockLinks(field: string, value: unknown): BodyLink[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((block: { links?: unknown } | null) =>
    Array.isArray(block?.links)
      ? block.links.flatMap((link: { name?: unknown; address?: unknown } | null) =>
          typeof link?.name === 'string' && typeof link.address === 'string'
            ? [{ field: `${field}.links`, href: link.address, words: link.name, offset: 0 }]
            : [],
        )
      : [],
  );
}

function collect(
  name: string,
  value: unknown,
  into: Map<string, { text: string; cell: boolean }[]>,
  depth: number,
): void {
  const add = (text: string, cell: boolean): void => {
    const known = into.get(name);
    if (known) known.push({ text, cell });
    else into.set(name, [{ text, cell }]);
  };
  if (typeof value === 'string') {
    for (const text of value.split('\n')) if (text.trim() !== '') add(text.trim(), false);
  } else if (Array.isArray(value)) {
    if (value.every(isCell) && depth > 0) add(value.map((cell) => String(cell ?? '')).join('\t'), true);
    else for (const member of value) collect(name, member, into, depth + 1);
  } else if (typeof value === 'object' && value !== null && depth < deepest) {
    for (const [key, member] of Object.entries(value))
      if (!notWords.has(key)) collect(`${name}.${key}`, member, into, depth + 1);
  }
}

const isCell = (value: unknown): boolean => value === null || typeof value === 'string' || typeof value === 'number';

interface Parts {
  readonly texts: FieldText[];
  readonly links: BodyLink[];
  readonly pictures: BodyPicture[];
}

function readMarkup(field: string, html: string, { texts, links, pictures }: Parts): void {
  const lines: Omit<TextLine, 'offset'>[] = [];
  let offset = 0;
  for (const { runs, cell, level } of linesIn(bodyOf(html), false)) {
    const raw = runs.map(wordsOf).join('');
    const start = raw.length - raw.trimStart().length;
    const text = raw.trim();
    readRuns(runs, (at) => offset + Math.min(text.length, Math.max(0, at - start)), { field, links, pictures });
    if (text === '') continue;
    lines.push({ text, cell, level });
    offset += text.length + 1;
  }
  texts.push(fieldText(field, lines));
}

function wordsOf(run: Run): string {
  if (run.kind === 'text') return run.text;
  return run.kind === 'gap' ? gapSign : run.kind === 'break' ? '\n' : '';
}

function readRuns(
  runs: readonly Run[],
  place: (at: number) => number,
  { field, links, pictures }: Omit<Parts, 'texts'> & { readonly field: string },
): void {
  let at = 0;
  let open: { href: string; words: string; offset: number } | undefined;
  const close = (): void => {
    if (open) links.push({ field, ...open });
    open = undefined;
  };
  for (const run of runs) {
    const href = run.kind === 'break' ? undefined : run.marks.find(({ name }) => name === 'a')?.href;
    if (href !== open?.href) close();
    if (href !== undefined) {
      open ??= { href, words: '', offset: place(at) };
      open.words += run.kind === 'image' ? run.alt : wordsOf(run);
    }
    if (run.kind === 'image') pictures.push({ field, src: run.src, alt: run.alt, offset: place(at) });
    at += wordsOf(run).length;
  }
  close();
}

interface BodyLine {
  readonly runs: readonly Run[];
  readonly cell: boolean;
  readonly level: number;
}

function linesIn(blocks: readonly Block[], cell: boolean): BodyLine[] {
  return blocks.flatMap((block): BodyLine[] => {
    if (block.kind === 'line')
      return [{ runs: block.runs, cell, level: block.name === 'p' ? 0 : Number(block.name[1]) }];
    if (block.kind === 'box') return linesIn(block.children, cell);
    if (block.kind === 'rule') return [];
    const cells = [...block.head, ...block.rows].flat();
    return [...linesIn(block.caption, false), ...cells.flatMap(({ children }) => linesIn(children, true))];
  });
}

function fieldText(field: string, lines: readonly Omit<TextLine, 'offset'>[]): FieldText {
  let offset = 0;
  const placed = lines.map((line) => {
    const here = { ...line, offset };
    offset += line.text.length + 1;
    return here;
  });
  return { field, words: lines.map(({ text }) => text).join('\n'), lines: placed };
}
