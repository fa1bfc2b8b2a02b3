import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { lookFor, replaceAll, replaceOne, stateOfFind, step } from './find.ts';

export function FindBar({ editor, close }: { readonly editor: Editor; readonly close: () => void }): ReactNode {
  const [by, setBy] = useState('');
  const [told, tell] = useState('');
  const first = useRef<HTMLInputElement>(null);
  const { count, at, words, fixed } = useEditorState({
    editor,
    selector: ({ editor: now }) => {
      const state = stateOfFind(now);
      return { count: state.found.length, at: state.at, words: state.words, fixed: !now.isEditable };
    },
  });
  useEffect(() => {
    const { from, to } = editor.state.selection;
    const selected = editor.state.doc.textBetween(from, to);
    if (selected !== '' && selected.length < 60) lookFor(editor, selected);
    first.current?.focus();
    first.current?.select();
    return () => {
      lookFor(editor, '');
    };
  }, [editor]);
  const leave = (): void => {
    close();
    editor.commands.focus();
  };
  return (
    <div
      className="find"
      role="search"
      onKeyDown={(event) => {
        if (event.key === 'Escape') leave();
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
          event.preventDefault();
          step(editor, event.shiftKey ? -1 : 1);
        }
      }}
    >
      <input
        ref={first}
        aria-label="查找 Find"
        placeholder="查找"
        value={words}
        onChange={(event) => {
          lookFor(editor, event.target.value);
        }}
      />
      <output>{words === '' ? '' : count === 0 ? '没有' : `${at + 1} / ${count}`}</output>
      <button
        type="button"
        className="tool"
        onClick={() => {
          step(editor, -1);
        }}
      >
        上一处
      </button>
      <button
        type="button"
        className="tool"
        onClick={() => {
          step(editor, 1);
        }}
      >
        下一处
      </button>
      <input
        aria-label="替换为 Replace by"
        placeholder="替换为"
        value={by}
        onChange={(event) => {
          setBy(event.target.value);
        }}
      />
      <button
        type="button"
        className="tool"
        disabled={count === 0 || fixed}
        onClick={() => {
          replaceOne(editor, by);
        }}
      >
        替换
      </button>
      <button
        type="button"
        className="tool"
        disabled={count === 0 || fixed}
        onClick={() => {
          tell(`已替换 ${replaceAll(editor, by)} 处`);
        }}
      >
        全部替换
      </button>
      <output>{told}</output>
      <button type="button" className="tool" onClick={leave}>
        关闭
      </button>
    </div>
  );
}
