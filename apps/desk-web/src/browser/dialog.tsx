import { createContext, useContext, useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { wordsOf } from './words-of.ts';

interface DialogProps {
  readonly zh: string;
  readonly en: string;
  readonly close: () => void;
  readonly children: ReactNode;
  /** What the main button says; without it there is only a way out. */
  readonly done?: string;
  /** Throws to stay open; what it threw is told. */
  readonly submit?: (fields: FormData) => void | Promise<void>;
}

/** Where the focus goes once what was asked is done; otherwise it goes back to where it came from. */
export const FocusWhenDone = createContext<() => void>(() => undefined);

/** A question of the application's, in the browser's own dialog: focus goes in, stays, and comes back. */
export function Dialog({ zh, en, close, children, done, submit }: DialogProps): ReactNode {
  const [problem, tell] = useState('');
  const [busy, setBusy] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const focusWhenDone = useContext(FocusWhenDone);
  const isDone = useRef(false);
  useLayoutEffect(() => {
    const own = dialog.current;
    own?.showModal();
    // Closed before it goes, it gives the focus back to where it came from.
    return () => {
      own?.close();
      // At once: a frame later, the first character typed would be lost.
      if (isDone.current) focusWhenDone();
    };
  }, [focusWhenDone]);
  const run = async (fields: FormData): Promise<void> => {
    setBusy(true);
    try {
      await submit?.(fields);
      isDone.current = true;
      close();
    } catch (error) {
      tell(wordsOf(error));
    }
    setBusy(false);
  };
  return createPortal(
    <dialog ref={dialog} aria-labelledby={title} onClose={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void run(new FormData(event.currentTarget));
        }}
      >
        <h2 id={title}>
          {zh} <span lang="en">{en}</span>
        </h2>
        {problem !== '' && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        {children}
        <p className="dialog-end">
          <button type="button" className="quiet" onClick={close}>
            {submit ? '取消' : '关闭'} <span lang="en">{submit ? 'Cancel' : 'Close'}</span>
          </button>
          {submit && <button disabled={busy}>{busy ? '请稍候…' : (done ?? '确定')}</button>}
        </p>
      </form>
    </dialog>,
    document.body,
  );
}

/** A line to type in, with its name. */
export function Line(props: {
  readonly name: string;
  readonly zh: string;
  readonly en?: string;
  readonly value?: string;
  readonly required?: boolean;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly hint?: string;
}): ReactNode {
  const id = useId();
  return (
    <p>
      <label htmlFor={id}>
        {props.zh} {props.en !== undefined && <span lang="en">{props.en}</span>}
      </label>
      <input
        id={id}
        name={props.name}
        defaultValue={props.value ?? ''}
        required={props.required}
        pattern={props.pattern}
        maxLength={props.maxLength ?? 500}
        aria-describedby={props.hint === undefined ? undefined : `${id}-hint`}
      />
      {props.hint !== undefined && <small id={`${id}-hint`}>{props.hint}</small>}
    </p>
  );
}

export const said = (fields: FormData, name: string): string => {
  const value = fields.get(name);
  return typeof value === 'string' ? value.trim() : '';
};
