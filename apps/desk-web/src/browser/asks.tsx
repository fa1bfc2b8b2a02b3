import { linkAddress } from '@chengmen/html';
import type { Editor } from '@tiptap/core';
import { useCallback, useState, type ReactNode } from 'react';
import { documentNumber } from '../document-number.ts';
import { all, shownKeys, type Asking } from './actions.ts';
import { upload, type MediaItem } from './api.ts';
import { Dialog, FocusWhenDone, Line, said } from './dialog.tsx';
import { describePicture } from './describe-picture.ts';
import { FileField, Library } from './library.tsx';
import { givesOf, Played, playedKind, type Given } from './played.tsx';
import { textOfMarkup } from './text-of-markup.ts';

interface AskProps {
  readonly editor: Editor;
  readonly close: () => void;
  /** Which channel an uploaded file belongs to. */
  readonly owner: string;
  readonly importWord: (file: File) => Promise<void>;
}

export function Ask(props: AskProps & { readonly what: Asking }): ReactNode {
  const { view } = props.editor;
  const focusEditor = useCallback(() => {
    view.focus();
  }, [view]);
  return (
    <FocusWhenDone value={focusEditor}>
      <AskWhat {...props} />
    </FocusWhenDone>
  );
}

function AskWhat({ what, ...props }: AskProps & { readonly what: Asking }): ReactNode {
  switch (what) {
    case 'link':
      return <AskLink {...props} />;
    case 'picture':
      return <AskPicture {...props} />;
    case 'attachment':
      return <AskAttachment {...props} />;
    case 'note':
      return <AskNote {...props} />;
    case 'number':
      return <AskNumber {...props} />;
    case 'caption':
      return <AskCaption {...props} />;
    case 'import':
      return <AskImport {...props} />;
    case 'shortcuts':
      return <Shortcuts {...props} />;
    default:
      return null;
  }
}

function AskLink({ editor, close }: AskProps): ReactNode {
  const href = (editor.getAttributes('link')['href'] as string | undefined) ?? '';
  const { empty } = editor.state.selection;
  const hasText = !empty || href !== '';
  return (
    <Dialog
      {...{ zh: '链接', en: 'Link', close }}
      submit={(fields) => {
        const chain = editor.chain().focus().extendMarkRange('link');
        if (said(fields, 'href') === '') {
          chain.unsetMark('link').run();
          return;
        }
        const to = linkAddress(said(fields, 'href'));
        if (to === undefined)
          throw new Error(
            '这个地址不能用：请写 https:// 开头的网址、本站地址或 mailto:、tel:。 This address cannot be used.',
          );
        if (hasText) chain.setMark('link', { href: to }).run();
        else insertMarked(editor, said(fields, 'words') || to, { type: 'link', attrs: { href: to } });
      }}
    >
      <Line
        {...{ name: 'href', zh: '地址', en: 'Address', value: href, maxLength: 2000 }}
        hint="网址、本站路径，或 item:条目编号（改版后不断链）。清空即取消链接。"
      />
      {!hasText && <Line {...{ name: 'words', zh: '文字', en: 'Words' }} />}
    </Dialog>
  );
}

function insertMarked(editor: Editor, text: string, mark: { type: string; attrs?: Record<string, string> }): void {
  editor
    .chain()
    .focus()
    .insertContent({ type: 'text', text, marks: [mark] })
    .unsetMark(mark.type)
    .run();
}

/** The picture that is selected, where it is. */
function selectedPicture(editor: Editor): { src: string; alt: string } | undefined {
  return editor.isActive('image') ? (editor.getAttributes('image') as { src: string; alt: string }) : undefined;
}

function AskPicture({ editor, close, owner }: AskProps): ReactNode {
  const [selected] = useState(() => selectedPicture(editor));
  const [chosen, choose] = useState<MediaItem>();
  const [file, setFile] = useState<File>();
  if (selected)
    return (
      <Dialog
        {...{ zh: '图片说明', en: 'What the picture shows', close }}
        submit={async (fields) => {
          const alt = said(fields, 'alt');
          await describePicture(selected.src, alt);
          editor.chain().focus().updateAttributes('image', { alt }).run();
        }}
      >
        <AltLine value={selected.alt} />
      </Dialog>
    );
  return (
    <Dialog
      {...{ zh: '插入图片', en: 'Insert a picture', close }}
      done="插入"
      submit={async (fields) => {
        const alt = said(fields, 'alt');
        if (!chosen && !file)
          throw new Error('请选择一个图片文件，或选用图库中的一张。 Choose a file or one of the library.');
        const item = file ? await upload(file, { alt, owner }) : chosen;
        if (!item?.type.startsWith('image/')) throw new Error('这不是图片；文件请用“附件”。 This is not a picture.');
        insertFigure(editor, [{ item: item.item, alt: alt || item.alt }], said(fields, 'caption'));
      }}
    >
      <FileField accept="image/jpeg,image/png,image/webp,image/gif" file={setFile} />
      <AltLine key={chosen?.item} value={chosen?.alt ?? ''} />
      <Line {...{ name: 'caption', zh: '图题', en: 'Caption', hint: '显示在图下，可不填。' }} />
      {!file && <Library what="picture" chosen={chosen} choose={choose} />}
    </Dialog>
  );
}

function AltLine({ value }: { readonly value: string }): ReactNode {
  return (
    <Line
      {...{ name: 'alt', zh: '图中是什么（必填）', en: 'What it shows', value, required: true, pattern: '.*\\S.*' }}
      hint="一句话，读给看不到图片的人听；不要写“图片”“如图”。"
    />
  );
}

function insertFigure(
  editor: Editor,
  pictures: readonly { readonly item: string; readonly alt: string }[],
  caption: string,
): void {
  const images = pictures.map(({ item, alt }) => ({ type: 'image', attrs: { src: `media:${item}`, alt } }));
  // Into a figure already there: another of its pictures.
  if (editor.isActive('figure')) {
    editor.chain().focus().insertContent(images).run();
    return;
  }
  const line =
    caption === '' ? { type: 'figcaption' } : { type: 'figcaption', content: [{ type: 'text', text: caption }] };
  editor
    .chain()
    .focus()
    .insertContent({ type: 'figure', content: [{ type: 'paragraph', content: images }, line] })
    .run();
}

function AskAttachment({ editor, close, owner }: AskProps): ReactNode {
  const [chosen, choose] = useState<MediaItem>();
  const [file, setFile] = useState<File>();
  const [given, give] = useState<Given>({});
  const { empty } = editor.state.selection;
  const played = playedKind(file ?? chosen);
  return (
    <Dialog
      {...{ zh: '插入附件', en: 'Insert an attachment', close }}
      done="插入"
      submit={async (fields) => {
        if (!chosen && !file) throw new Error('请选择一个文件。 Choose a file.');
        const item = file ? await upload(file, { title: said(fields, 'title'), owner }) : chosen;
        if (!item) return;
        if (played) await givesOf(item, { ...given, transcript: said(fields, 'transcript') }, owner);
        const mark = { type: 'link', attrs: { href: `media:${item.item}` } };
        if (empty) insertMarked(editor, said(fields, 'title') || item.title, mark);
        else editor.chain().focus().setMark('link', mark.attrs).run();
      }}
    >
      <FileField file={setFile} />
      {empty && (
        <Line
          {...{ name: 'title', zh: '名称', en: 'Name', hint: '不填则用文件名。视频、音频单独成一段时，页上直接播放。' }}
        />
      )}
      {!file && <Library chosen={chosen} choose={choose} />}
      {played && <Played key={file?.name ?? chosen?.item} kind={played} given={given} give={give} />}
    </Dialog>
  );
}

function AskImport({ close, importWord }: AskProps): ReactNode {
  const [file, setFile] = useState<File>();
  return (
    <Dialog
      {...{ zh: '导入 Word 文档', en: 'Import a Word document', close }}
      done="导入"
      submit={async () => {
        if (!file) throw new Error('请选择一个 .docx 文件。 Choose a .docx file.');
        await importWord(file);
      }}
    >
      <FileField accept=".docx" file={setFile} />
      <p className="hint">
        文字、表格、图片、脚注放到光标所在处；没有带过来的逐项列出。.doc 和 .wps 请先另存为 .docx，或打开后复制粘贴。
      </p>
    </Dialog>
  );
}

function AskNote({ editor, close }: AskProps): ReactNode {
  const inNote = editor.isActive('note');
  const { empty } = editor.state.selection;
  return (
    <Dialog
      {...{ zh: '脚注', en: 'Footnote', close }}
      submit={(fields) => {
        const text = said(fields, 'note');
        if (inNote) editor.chain().focus().extendMarkRange('note').unsetMark('note').run();
        else if (text !== '') {
          if (!empty) editor.commands.setTextSelection(editor.state.selection.to);
          insertMarked(editor, text, { type: 'note' });
        }
      }}
      done={inNote ? '改回正文' : '插入'}
    >
      {inNote ? (
        <p>光标所在的脚注可以直接在文中修改；要把它改回正文，请按下面的按钮。</p>
      ) : (
        <Line
          {...{ name: 'note', zh: '注释文字', en: 'Text of the note', required: true, maxLength: 2000 }}
          hint="上线后在文中显示为编号，注文列在文末。"
        />
      )}
    </Dialog>
  );
}

function AskNumber({ editor, close }: AskProps): ReactNode {
  return (
    <Dialog
      {...{ zh: '发文字号', en: 'Document number', close }}
      done="插入"
      submit={(fields) => {
        const number = documentNumber(said(fields, 'issuer'), said(fields, 'year'), said(fields, 'number'));
        editor.chain().focus().insertContent({ type: 'text', text: number }).run();
      }}
    >
      <Line {...{ name: 'issuer', zh: '机关代字', en: 'Issuer', required: true, hint: '如：临政办发' }} />
      <Line
        {...{
          name: 'year',
          zh: '年份',
          en: 'Year',
          required: true,
          pattern: '\\d{4}',
          value: String(new Date().getFullYear()),
        }}
      />
      <Line {...{ name: 'number', zh: '序号', en: 'Number', required: true, pattern: '\\d{1,5}' }} />
      <p className="hint">在文中直接键入 [2026]12号 也会变成 〔2026〕12号。</p>
    </Dialog>
  );
}

function AskCaption({ editor, close }: AskProps): ReactNode {
  const caption = (editor.getAttributes('table')['caption'] as string | undefined) ?? '';
  const words = textOfMarkup(caption);
  return (
    <Dialog
      {...{ zh: '表题', en: 'Caption of the table', close }}
      submit={(fields) => {
        const text = said(fields, 'caption');
        const escaped = text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
        if (text !== words) editor.chain().focus().updateAttributes('table', { caption: escaped }).run();
      }}
    >
      <Line {...{ name: 'caption', zh: '表题', en: 'Caption', value: words }} />
    </Dialog>
  );
}

function Shortcuts({ close }: AskProps): ReactNode {
  const keys = [
    ...all.filter((action) => action.keys !== undefined),
    { id: 'save', zh: '保存草稿', en: 'Save', keys: 'Mod-s' },
  ];
  return (
    <Dialog {...{ zh: '快捷键', en: 'Keys', close }}>
      <dl className="keys">
        {keys.map(({ id, zh, en, keys: pressed = '' }) => (
          <div key={id}>
            <dt>
              {zh} <span lang="en">{en}</span>
            </dt>
            <dd>
              <kbd>{shownKeys(pressed)}</kbd>
            </dd>
          </div>
        ))}
      </dl>
      <p className="hint">在工具栏中用左右方向键移动；表格中按 Tab 到下一格。</p>
    </Dialog>
  );
}
