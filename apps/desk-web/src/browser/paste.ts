import type { Editor } from '@tiptap/core';
import { cleanPaste, type PastedPicture } from '../clean-paste.ts';
import { countedLosses, type Loss } from '../losses.ts';
import { desk, upload } from './api.ts';
import { wordsOf } from './words-of.ts';

/** What came in and what did not, for the person who pasted. */
export interface LossReport {
  readonly from: string;
  readonly losses: readonly Loss[];
  /** Pictures still on their way to the desk. */
  readonly waiting: number;
  /** Pictures the desk would not have, and why. */
  readonly refused: readonly string[];
}

export interface Paster {
  readonly handle: (editor: Editor, data: DataTransfer | null) => boolean;
  /** What this editor itself put on the clipboard comes back as it was. */
  readonly copied: (data: DataTransfer | null) => void;
  /** Reads a Word document at the desk and puts it where the caret is. */
  readonly importWord: (editor: Editor, file: File) => Promise<void>;
  /** Resolves when no picture is on its way any more. */
  readonly settled: () => Promise<void>;
}

let pastes = 0;

/** Everything that comes from outside goes through here, cleaned, and is told about. */
export function createPaster(options: {
  readonly owner: () => string;
  readonly report: (change: (report: LossReport | undefined) => LossReport | undefined) => void;
}): Paster {
  const { owner, report } = options;
  const sending = new Set<Promise<void>>();
  let own = '';

  const insert = (editor: Editor, from: string, markup: string, more: readonly Loss[] = []): void => {
    const { html, losses, pictures } = cleanPaste(markup);
    const mine = `media:pasted-${Date.now().toString(36)}${pastes++}-`;
    report(() => ({ from, losses: [...more, ...losses], waiting: pictures.length, refused: [] }));
    editor.view.pasteHTML(html.replaceAll('media:pasted-', mine));
    for (const picture of pictures) {
      const source = picture.source.replace('media:pasted-', mine);
      const sent = send(editor, { ...picture, source }, owner(), report);
      sending.add(sent);
      void sent.finally(() => sending.delete(sent));
    }
  };
  return {
    handle: (editor, data) => {
      if (!data) return false;
      const markup = data.getData('text/html');
      if (markup !== '' && markup === own) return false;
      const files = [...data.files].filter(({ type }) => type.startsWith('image/'));
      if (markup !== '') insert(editor, '粘贴', markup);
      else if (files.length > 0)
        void pasteFiles(files, (html) => {
          insert(editor, '粘贴', html);
        });
      else return false;
      return true;
    },
    importWord: async (editor, file) => {
      const form = new FormData();
      form.set('file', file);
      const { html, losses } = await desk.call('POST /api/import', { body: form });
      insert(editor, file.name, html, countedLosses(losses));
    },
    settled: async () => {
      await Promise.all(sending);
    },
    copied: (data) => {
      own = data?.getData('text/html') ?? '';
    },
  };
}

async function pasteFiles(files: readonly File[], insert: (html: string) => void): Promise<void> {
  const all = await Promise.all(files.map(dataOf));
  insert(`<figure>${all.map((data) => `<img src="${data}" alt="">`).join('')}</figure>`);
}

function dataOf(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      resolve(String(reader.result));
    };
    reader.onerror = () => {
      reject(reader.error ?? new Error(file.name));
    };
    reader.readAsDataURL(file);
  });
}

/** Hands a picture in and puts the media item in its place; one that is refused goes, and is told. */
async function send(
  editor: Editor,
  { source, data, alt }: PastedPicture,
  owner: string,
  report: Parameters<typeof createPaster>[0]['report'],
): Promise<void> {
  try {
    const { item } = await upload(fileOf(data), { alt, owner, wordless: true });
    replace(editor, source, `media:${item}`);
    report((now) => now && { ...now, waiting: now.waiting - 1 });
  } catch (error) {
    replace(editor, source, undefined);
    report((now) => now && { ...now, waiting: now.waiting - 1, refused: [...now.refused, wordsOf(error)] });
  }
}

function fileOf(data: string): File {
  const [, type = 'image/png', encoded = ''] = /^data:([^;,]+)[^,]*,([\s\S]*)$/.exec(data) ?? [];
  const bytes = Uint8Array.from(atob(encoded.replace(/\s/g, '')), (sign) => sign.charCodeAt(0));
  const ending = type.replace('image/', '').replace('jpeg', 'jpg');
  return new File([bytes], `粘贴的图片.${ending}`, { type });
}

function replace(editor: Editor, source: string, by: string | undefined): void {
  if (editor.isDestroyed) return;
  const { tr, doc } = editor.state;
  doc.descendants((node, position) => {
    if (node.type.name !== 'image' || node.attrs['src'] !== source) return;
    if (by === undefined) tr.delete(tr.mapping.map(position), tr.mapping.map(position + node.nodeSize));
    else tr.setNodeMarkup(tr.mapping.map(position), undefined, { ...node.attrs, src: by });
  });
  // Undoing the paste must not bring back a picture that is nowhere.
  editor.view.dispatch(tr.setMeta('addToHistory', false));
}
