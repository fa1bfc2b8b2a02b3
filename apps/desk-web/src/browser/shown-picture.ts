import type { NodeViewRenderer } from '@tiptap/core';
import { base } from './base.ts';

/** Asked for when a picture is to be described or exchanged; the application shows its dialog. */
export const editPicture = 'chengmen-edit-picture';

/** A picture as the editor shows it: from the desk's own store, never from elsewhere; what it lacks is said beside it. */
export const shownPicture: NodeViewRenderer = ({ node, getPos, editor }) => {
  const dom = document.createElement('span');
  dom.className = 'picture';
  const { src, alt } = node.attrs as { src: string; alt: string };
  dom.append(shownAs(src, alt), words(alt));
  dom.addEventListener('dblclick', () => {
    const position = getPos();
    if (position !== undefined) editor.view.dom.dispatchEvent(new CustomEvent(editPicture, { detail: position }));
  });
  return { dom };
};

function shownAs(src: string, alt: string): HTMLElement {
  if (src.startsWith('media:pasted-')) return coming();
  return src.startsWith('media:') ? image(src, alt) : stranger(src, alt);
}

function image(src: string, alt: string): HTMLElement {
  const shown = document.createElement('img');
  shown.src = `${base}/media-of/${src.slice('media:'.length)}`;
  shown.alt = alt;
  return shown;
}

function coming(): HTMLElement {
  const shown = document.createElement('span');
  shown.className = 'picture-coming';
  shown.textContent = '图片正在上传… · uploading';
  return shown;
}

function stranger(src: string, alt: string): HTMLElement {
  const shown = document.createElement('span');
  shown.className = 'picture-away';
  shown.textContent = `站外图片，上线后不显示 · picture from elsewhere, not shown to the public：${alt} ${src}`;
  return shown;
}

function words(alt: string): HTMLElement {
  const shown = document.createElement('span');
  shown.className = alt.trim() === '' ? 'picture-words missing' : 'picture-words';
  shown.textContent = alt.trim() === '' ? '缺文字说明（双击填写） · no text alternative' : alt;
  return shown;
}
