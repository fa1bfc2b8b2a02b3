import type { Block, Run } from './body.ts';

/** Every line inside a block, in order. */
export function linesOf(block: Block): (readonly Run[])[] {
  switch (block.kind) {
    case 'line':
      return [block.runs];
    case 'rule':
      return [];
    case 'box':
      return block.children.flatMap(linesOf);
    case 'table':
      return [block.caption, ...[...block.head, ...block.rows].flat().map(({ children }) => children)].flatMap(
        (blocks) => blocks.flatMap(linesOf),
      );
  }
}

/** Blocks as one line, for places where only a phrase may stand. */
export function phraseOf(blocks: readonly Block[]): Block[] {
  const runs = blocks
    .flatMap(linesOf)
    .flatMap((line, index): readonly Run[] => (index === 0 ? line : [{ kind: 'break' }, ...line]));
  return runs.length === 0 ? [] : [{ kind: 'line', name: 'p', runs }];
}
