/** The body of an article as values: what the sanitiser reads and the printer writes. Nothing else can stand in a body. */

/** `note`: what it holds is a footnote to the words before it; where notes are shown is the page's business. */
export type MarkName = 'note' | 'a' | 'strong' | 'em' | 'sub' | 'sup' | 'ruby' | 'rt' | 'rp';

export interface Mark {
  readonly name: MarkName;
  /** For `a`. */
  readonly href?: string;
}

/** A stretch of a line. `marks` from the outermost to the innermost. */
export type Run =
  | { readonly kind: 'text'; readonly text: string; readonly marks: readonly Mark[] }
  | { readonly kind: 'gap'; readonly marks: readonly Mark[] }
  | { readonly kind: 'image'; readonly src: string; readonly alt: string; readonly marks: readonly Mark[] }
  | { readonly kind: 'break' };

export type LineName = 'p' | 'h2' | 'h3' | 'h4';

/** Text of its own: a paragraph or a heading. */
export interface Line {
  readonly kind: 'line';
  readonly name: LineName;
  readonly runs: readonly Run[];
}

export type BoxName = 'blockquote' | 'ul' | 'ol' | 'li' | 'figure' | 'figcaption';

export interface Box {
  readonly kind: 'box';
  readonly name: BoxName;
  readonly children: readonly Block[];
}

export interface Cell {
  readonly name: 'td' | 'th';
  readonly columns: number;
  readonly rows: number;
  readonly scope?: string;
  readonly children: readonly Block[];
}

export interface Table {
  readonly kind: 'table';
  readonly caption: readonly Block[];
  readonly head: readonly (readonly Cell[])[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface Rule {
  readonly kind: 'rule';
}

export type Block = Line | Box | Table | Rule;

/** Printed where something is missing and has not been restored. */
export const gapSign = '〓';
export const gapLabel = '此处原文缺损，无法复原';
/** The one form in which a gap stands in a body. */
export const gapMarkup = `<span class="gap" role="img" aria-label="${gapLabel}">${gapSign}</span>`;
/** How a footnote begins in a body; it ends with its `</span>`. */
export const noteStart = '<span class="note">';
