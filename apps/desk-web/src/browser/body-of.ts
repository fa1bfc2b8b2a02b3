import { sanitise } from '@chengmen/html';
import type { Editor } from '@tiptap/core';
import { DOMSerializer, type Node } from '@tiptap/pm/model';

/** What stands in the editor as the clean body that is kept. */
export function bodyOf(editor: Editor): string {
  const content = editor.state.doc;
  // A document of its own, in which no picture is loaded.
  const inert = document.implementation.createHTMLDocument();
  const root = inert.createElement('div');
  DOMSerializer.fromSchema(content.type.schema).serializeFragment(content.content, { document: inert }, root);
  setCaptions(content, root);
  for (const table of root.querySelectorAll('table')) setHead(table);
  return sanitise(root.innerHTML).html;
}

/** The serialiser shows a caption's words; its marks stand in the attribute. */
function setCaptions(content: Node, root: HTMLElement): void {
  const captions: string[] = [];
  content.descendants((node) => {
    if (node.type.name === 'table') captions.push(node.attrs['caption'] as string);
  });
  for (const [index, table] of [...root.querySelectorAll('table')].entries())
    if (table.caption) table.caption.innerHTML = captions[index] ?? '';
}

/** Rows of header cells at the top are the table's head, unless they were kept out of it. */
function setHead(table: HTMLTableElement): void {
  const rows = [...table.querySelectorAll<HTMLTableRowElement>(':scope > tbody > tr')];
  const end = rows.findIndex((row) => !standsInHead(row));
  const head = rows.slice(0, end < 0 ? rows.length : end);
  // A table that is all head says nothing about its body.
  const inHead = end < 0 && !head.every(({ dataset }) => dataset['head'] === 'true') ? head.slice(0, 1) : head;
  if (inHead.length > 0) table.createTHead().append(...inHead);
}

function standsInHead(row: HTMLTableRowElement): boolean {
  const { head } = row.dataset;
  return head === 'true' || (head !== 'false' && [...row.cells].every(({ nodeName }) => nodeName === 'TH'));
}
