export * from './template.ts';
export { sanitise, isCleanBody, type Sanitised } from './sanitise.ts';
export type { Removal } from './removals.ts';
export { newTally, type Counted, type Tally } from './tally.ts';
export { linkAddress, pictureAddress, type BodyAddresses } from './address.ts';
export { textOf, excerpt } from './text-of.ts';
export { bodyOf } from './body-of.ts';
export {
  gapLabel,
  gapMarkup,
  gapSign,
  noteStart,
  type Block,
  type Cell,
  type Line,
  type Mark,
  type Run,
} from './body.ts';
export { textIn } from './body-reader.ts';
export { parseTree, type CommentNode, type ElementNode, type TextNode, type TreeNode } from './parse-tree.ts';
