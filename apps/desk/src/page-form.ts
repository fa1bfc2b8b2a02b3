import { mostBlocks, type Block, type BlockKind } from '@chengmen/model';
import { blockForms, emptyBlock, isBlockKind, typedBlock, type TypedBlock } from './block-forms.ts';
import { text, type Form } from './desk-forms.ts';
import {
  actOnRows,
  freshKey,
  keysIn,
  readTyped,
  rearranged,
  type RowAct,
  type TypedField,
  type TypedGroup,
} from './typed-form.ts';

/** A form of blocks with a few fields above them, as it was typed. */
export interface PageForm {
  readonly head: TypedGroup;
  readonly blocks: readonly TypedBlock[];
}

/** What the fields above the blocks are called by. */
export const headPrefix = 'page';

export function pageFormOf(head: TypedGroup, blocks: readonly Block[]): PageForm {
  return { head, blocks: blocks.map((block, at) => typedBlock(block, `b${at + 1}`)) };
}

export function readPageForm(form: Form, headFields: readonly TypedField[]): PageForm {
  return {
    head: readTyped(form, headPrefix, headFields),
    blocks: keysIn(form, 'block').flatMap((key) => {
      const show = text(form, `${key}.show`);
      return isBlockKind(show) ? [{ key, show, typed: readTyped(form, key, blockForms[show].fields) }] : [];
    }),
  };
}

/** What a button of the form does to it, and where that is to be looked at; undefined for none of its own buttons. */
export function acted(
  page: PageForm,
  action: string,
  { add, allowed }: { readonly add: string; readonly allowed: readonly BlockKind[] },
): { readonly page: PageForm; readonly at: string } | undefined {
  const [act = '', key = '', field = '', row = ''] = action.split(':');
  const { blocks } = page;
  switch (act) {
    case 'up':
    case 'down':
    case 'remove':
      return { page: { ...page, blocks: rearranged(blocks, key, act) }, at: act === 'remove' ? '' : key };
    case 'add': {
      if (!isBlockKind(add) || !allowed.includes(add) || blocks.length >= mostBlocks) return { page, at: '' };
      const block = emptyBlock(add, freshBlock(blocks));
      return { page: { ...page, blocks: [...blocks, block] }, at: block.key };
    }
    case 'row-up':
    case 'row-down':
    case 'row-remove':
    case 'row-add':
      return onRows(page, key, { field, row, act: act.slice(4) as RowAct['act'] });
    case 'take':
      return onRows(page, key, { field, row: '', act: 'add', typed: { item: row } });
    default:
      return undefined;
  }
}

const freshBlock = (blocks: readonly TypedBlock[]): string => freshKey(blocks).replace('r', 'b');

function onRows(page: PageForm, key: string, act: RowAct): { readonly page: PageForm; readonly at: string } {
  const blocks = page.blocks.map((block) => {
    const field = blockForms[block.show].fields.find(({ name }) => name === act.field);
    return block.key === key && field?.as === 'rows' ? { ...block, typed: actOnRows(block.typed, act) } : block;
  });
  return { page: { ...page, blocks }, at: key };
}
