import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import type { KeyboardEvent, ReactNode } from 'react';
import { bar, headings, levels, shownKeys, tableBar, type Action, type Asking } from './actions.ts';

interface BarProps {
  readonly editor: Editor;
  readonly ask: (what: Asking) => void;
  readonly disabled: boolean;
}

export function Toolbar(props: BarProps): ReactNode {
  const { editor } = props;
  const inTable = useEditorState({ editor, selector: ({ editor: now }) => now.isActive('table') });
  return (
    <div className="bars">
      <div className="bar" role="toolbar" aria-label="编辑 Editing" onKeyDown={moveInBar}>
        <Levels {...props} />
        {bar.map((group, index) => (
          <span className="group" key={index}>
            {group.map((action) => (
              <Button key={action.id} action={action} {...props} />
            ))}
          </span>
        ))}
      </div>
      {inTable && (
        <div className="bar bar-table" role="toolbar" aria-label="表格 Table" onKeyDown={moveInBar}>
          {tableBar.map((action) => (
            <Button key={action.id} action={action} {...props} />
          ))}
        </div>
      )}
    </div>
  );
}

function Levels({ editor, disabled }: BarProps): ReactNode {
  const level = useEditorState({
    editor,
    selector: ({ editor: now }) => (now.isActive('heading') ? Number(now.getAttributes('heading')['level']) : 0),
  });
  return (
    <select
      aria-label="段落样式 Paragraph style"
      value={level}
      disabled={disabled}
      onChange={(event) => {
        headings[levels.findIndex((one) => one.level === Number(event.target.value))]?.run(editor, () => undefined);
      }}
    >
      {levels.map((one) => (
        <option key={one.level} value={one.level}>
          {one.zh} {one.en}
        </option>
      ))}
    </select>
  );
}

function Button({ action, editor, ask, disabled }: BarProps & { readonly action: Action }): ReactNode {
  const { active, able } = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      active: action.active?.(now) ?? false,
      able: action.can?.(now) ?? true,
    }),
  });
  const keys = action.keys === undefined ? '' : ` (${shownKeys(action.keys)})`;
  return (
    <button
      type="button"
      className={`tool tool-${action.id}`}
      title={`${action.zh} ${action.en}${keys}`}
      aria-pressed={action.active ? active : undefined}
      disabled={(disabled && !reads.has(action.id)) || !able}
      onMouseDown={(event) => {
        event.preventDefault();
      }}
      onClick={() => {
        action.run(editor, ask);
      }}
    >
      {action.zh}
      <span className="unseen" lang="en">
        {' '}
        {action.en}
      </span>
    </button>
  );
}

/** What changes nothing can be done by who may only read. */
const reads = new Set(['find', 'shortcuts']);

/** Arrows go along the bar, as in every toolbar. */
function moveInBar(event: KeyboardEvent<HTMLDivElement>): void {
  const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (by === 0 || event.target instanceof HTMLSelectElement) return;
  const tools = [...event.currentTarget.querySelectorAll<HTMLElement>('button:not(:disabled), select:not(:disabled)')];
  const at = tools.findIndex((tool) => tool === document.activeElement);
  tools[(at + by + tools.length) % tools.length]?.focus();
  event.preventDefault();
}
