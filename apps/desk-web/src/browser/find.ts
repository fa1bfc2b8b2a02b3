import { Extension, type Editor } from '@tiptap/core';
import { Plugin, PluginKey, TextSelection } from '@tiptap/pm/state';
import type { Node } from '@tiptap/pm/model';
import { Decoration, DecorationSet } from '@tiptap/pm/view';

export interface Found {
  readonly from: number;
  readonly to: number;
}

interface State {
  readonly words: string;
  readonly found: readonly Found[];
  readonly at: number;
}

const key = new PluginKey<State>('find');
const nothing: State = { words: '', found: [], at: -1 };

/** Find and replace: what is looked for is marked in the text, the present place more strongly. */
export const Find = Extension.create({
  name: 'find',
  addProseMirrorPlugins: () => [
    new Plugin<State>({
      key,
      state: {
        init: () => nothing,
        apply: (tr, state) => {
          const asked = tr.getMeta(key) as Partial<State> | undefined;
          if (!asked && !tr.docChanged) return state;
          const words = asked?.words ?? state.words;
          const found = asked?.words === undefined && !tr.docChanged ? state.found : places(tr.doc, words);
          return { words, found, at: Math.min(asked?.at ?? state.at, found.length - 1) };
        },
      },
      props: {
        decorations: (state) => {
          const { found, at } = key.getState(state) ?? nothing;
          return DecorationSet.create(
            state.doc,
            found.map(({ from, to }, index) =>
              Decoration.inline(from, to, { class: index === at ? 'found found-here' : 'found' }),
            ),
          );
        },
      },
    }),
  ],
});

/** Everywhere the words stand, small letters or capitals; never across paragraphs. */
export function places(doc: Node, words: string): Found[] {
  if (words === '') return [];
  const wanted = words.toLowerCase();
  const found: Found[] = [];
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true;
    const text = node.textBetween(0, node.content.size, undefined, '\ufffc').toLowerCase();
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length))
      found.push({ from: position + 1 + at, to: position + 1 + at + wanted.length });
    return false;
  });
  return found;
}

export function stateOfFind(editor: Editor): State {
  return key.getState(editor.state) ?? nothing;
}

export function lookFor(editor: Editor, words: string): void {
  const { from } = editor.state.selection;
  const found = places(editor.state.doc, words);
  const next = found.findIndex((place) => place.to >= from);
  show(editor, { words, at: found.length === 0 ? -1 : Math.max(0, next) });
}

export function step(editor: Editor, by: 1 | -1): void {
  const { found, at } = stateOfFind(editor);
  if (found.length > 0) show(editor, { at: (at + by + found.length) % found.length });
}

function show(editor: Editor, change: Partial<State>): void {
  editor.view.dispatch(editor.state.tr.setMeta(key, change));
  const { found, at } = stateOfFind(editor);
  const place = found[at];
  if (!place) return;
  const { tr, doc } = editor.state;
  editor.view.dispatch(tr.setSelection(TextSelection.create(doc, place.from, place.to)).scrollIntoView());
}

export function replaceOne(editor: Editor, by: string): void {
  const { found, at } = stateOfFind(editor);
  const place = found[at];
  if (!place) return;
  write(editor, [place], by);
  step(editor, 1);
  step(editor, -1);
}

/** How many were replaced, in one step of undo. */
export function replaceAll(editor: Editor, by: string): number {
  const { found } = stateOfFind(editor);
  write(editor, found, by);
  return found.length;
}

function write(editor: Editor, found: readonly Found[], by: string): void {
  const { tr } = editor.state;
  for (const { from, to } of found.toReversed()) tr.insertText(by, from, to);
  editor.view.dispatch(tr);
}
