import { sanitise } from '@chengmen/html';
import { EditorContent, useEditor, type Editor } from '@tiptap/react';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { countWords } from '../count-words.ts';
import { sameBody } from '../same-body.ts';
import { base } from './base.ts';
import { runKeys, type Asking } from './actions.ts';
import type { Kind } from '../desk-api.ts';
import { desk, Refusal } from './api.ts';
import { Ask } from './asks.tsx';
import { Checks } from './checks.tsx';
import { bodyOf } from './body-of.ts';
import { wordsOf } from './words-of.ts';
import { Find } from './find.ts';
import { FindBar } from './find-bar.tsx';
import { createKeeper, type Keeper } from './keeper.ts';
import { Losses } from './losses.tsx';
import { createPaster, type LossReport } from './paste.ts';
import { LeaseNotice } from './lease-notice.tsx';
import { findUnsaved, Recovery, type Unsaved } from './recovery.tsx';
import { bodySchema } from './schema.ts';
import { editPicture } from './shown-picture.ts';
import { Status } from './status.tsx';
import { Toolbar } from './toolbar.tsx';
import { Unfinished } from './unfinished.tsx';
import { fieldOf, fill, setField, valuesOf, type Values } from './values.ts';

interface Message {
  readonly kind: 'notice' | 'problem';
  readonly text: string;
  /** A newer revision to look at before saving again. */
  readonly newer?: string;
}

const fieldsOfForm = (form: HTMLFormElement): { account: string; item: string; kind: Kind } => ({
  account: form.dataset['account'] ?? '',
  item: fieldOf(form, 'item'),
  // The desk wrote it there.
  kind: fieldOf(form, 'kind') as Kind,
});

/** The editor in the place of the form's text area; every other field stays the form's own. */
export function Writing({ form }: { readonly form: HTMLFormElement }): ReactNode {
  const { account, item, kind } = useMemo(() => fieldsOfForm(form), [form]);
  const [given] = useState(() => sanitise(fieldOf(form, 'body')).html);
  const [asking, setAsking] = useState<Asking>();
  const [message, tell] = useState<Message>();
  const [count, setCount] = useState(0);
  const [changes, setChanges] = useState(0);
  const [report, setReport] = useState<LossReport>();
  const [unsaved, setUnsaved] = useState<Unsaved | null>();
  const latest = useRef<{ editor: Editor | null; keeper: Keeper | undefined }>({ editor: null, keeper: undefined });
  /** Typed before it is known whether older text waits for its writer, which it must not be kept over. */
  const early = useRef({ isOver: false, typed: false });
  const changed = useCallback((): void => {
    setChanges((sum) => sum + 1);
    if (early.current.isOver) latest.current.keeper?.changed();
    else early.current.typed = true;
  }, []);

  const paster = useMemo(() => createPaster({ owner: () => fieldOf(form, 'channel'), report: setReport }), [form]);

  const takeIn = (event: Event, data: DataTransfer | null): boolean => {
    const own = latest.current.editor;
    if (!own?.isEditable || !paster.handle(own, data)) return false;
    event.preventDefault();
    return true;
  };

  const editor = useEditor({
    extensions: useMemo(() => [...bodySchema('在这里写正文，也可以从 Word、WPS 或网页粘贴'), Find], []),
    content: given,
    injectCSS: false,
    editable: false,
    editorProps: {
      attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': '正文 Body', class: 'body' },
      handleDOMEvents: {
        // Before the editor reads it: styles of others must not even reach a document of ours.
        paste: (_view, event) => takeIn(event, event.clipboardData),
        drop: ({ dragging }, event) => dragging === null && takeIn(event, event.dataTransfer),
      },
      handleKeyDown: (_view, event) => {
        const own = latest.current.editor;
        if (!own || !runKeys(event, own, setAsking)) return false;
        event.preventDefault();
        return true;
      },
    },
    onCreate: ({ editor: made }) => {
      setCount(countWords(made.getText()));
      for (const name of ['copy', 'cut'] as const)
        made.view.dom.addEventListener(name, ({ clipboardData }) => {
          paster.copied(clipboardData);
        });
      made.view.dom.addEventListener(editPicture, (event) => {
        made.commands.setNodeSelection((event as CustomEvent<number>).detail);
        setAsking('picture');
      });
    },
    onUpdate: ({ editor: written }) => {
      setCount(countWords(written.getText()));
      changed();
    },
  });
  latest.current.editor = editor;

  const values = useCallback((): Values => {
    const own = latest.current.editor;
    if (own && !own.isDestroyed) setField(form, 'body', bodyOf(own));
    return valuesOf(form);
  }, [form]);
  const keeper = useMemo(
    () =>
      createKeeper({
        ...{ account, item, kind },
        base: () => fieldOf(form, 'base'),
        values,
      }),
    [form, account, item, kind, values],
  );
  latest.current.keeper = keeper;
  const { lease, kept } = useSyncExternalStore(keeper.subscribe, keeper.state);

  const [isNew] = useState(() => fieldOf(form, 'base') === '');
  const holdsAll = useMemo(() => sameBody(given, bodyOf(editor)), [editor, given]);
  // While the desk is asked, one writes: nearly always it says yes.
  const closed = lease.held === 'other' || (unsaved !== undefined && unsaved !== null);
  const writable = !closed && holdsAll;
  useEffect(() => {
    if (lease.held === 'asking' || unsaved !== null || early.current.isOver) return;
    early.current.isOver = true;
    if (early.current.typed) keeper.changed();
  }, [keeper, lease.held, unsaved]);

  useEffect(() => {
    void keeper.hold();
    // Opened again, it is the same item: what was typed into it is found.
    if (location.pathname === `${base}/items/new`)
      history.replaceState(null, '', `${base}/items/new?kind=${kind}&item=${item}`);
    void findUnsaved({ account, item, shown: valuesOf(form) }).then(setUnsaved);
    const typed = ({ target }: Event): void => {
      // What is looked for in the text is no field of the item.
      if (!(target instanceof Element) || !target.hasAttribute('name')) return;
      changed();
    };
    form.addEventListener('input', typed);
    return () => {
      form.removeEventListener('input', typed);
      keeper.stop();
    };
  }, [keeper, form, account, item, kind, changed]);
  const left = useRef<HTMLElement>(undefined);
  useEffect(() => {
    editor.setEditable(writable, false);
    // Inert, not disabled: what a disabled field holds is not read with the form.
    const { activeElement } = document;
    if (closed && activeElement instanceof HTMLElement && form.contains(activeElement)) left.current ??= activeElement;
    for (const part of form.querySelectorAll<HTMLElement>('.fields-of-item')) part.inert = closed;
    if (closed) return;
    // Whoever was in a field when this application came goes on there.
    if (document.activeElement === document.body) left.current?.focus();
    left.current = undefined;
  }, [editor, writable, form, closed]);

  const saveNow = useCallback(
    async (action: 'save' | 'submit', over?: string): Promise<boolean> => {
      const base = over ?? fieldOf(form, 'base');
      await paster.settled();
      const lacking = holdsAll ? lackingPicture(editor, action) : undefined;
      if (lacking) {
        editor.commands.setNodeSelection(lacking.position);
        tell({ kind: 'problem', text: lacking.text });
        if (lacking.describe) setAsking('picture');
        return false;
      }
      if (holdsAll) setField(form, 'body', bodyOf(editor));
      try {
        const saved = await keeper.saving(() =>
          desk.call('POST /api/items', { body: { kind, item, base, action, values: valuesOf(form) } }),
        );
        setField(form, 'base', saved.revision);
        if (action === 'submit' && !saved.refused) {
          location.assign(base + saved.page);
          return true;
        }
        if (location.pathname === `${base}/items/new`)
          history.replaceState(null, '', `${base}/items/${saved.item}/edit`);
        tell(
          saved.refused
            ? {
                kind: 'problem',
                text: `已存为修订 ${saved.revision}，没有送审。${wordsOf(new Refusal(saved.refused))}`,
              }
            : { kind: 'notice', text: `已存为修订 ${saved.revision}。${saved.removed} Saved.` },
        );
        return true;
      } catch (error) {
        const changed = error instanceof Refusal && error.told.code === 'changed-meanwhile';
        const newest = changed ? String(error.told.parameters?.['newest'] ?? '') : '';
        tell({ kind: 'problem', text: wordsOf(error), ...(newest === '' ? {} : { newer: newest }) });
        return false;
      }
    },
    [editor, form, holdsAll, item, keeper, kind, paster],
  );
  const last = useRef<Promise<boolean>>(Promise.resolve(true));
  /** One after another: the second of two quick presses stands on what the first one made. */
  const save = useCallback(
    (action: 'save' | 'submit', over?: string): Promise<boolean> => {
      last.current = last.current.catch(() => false).then(() => saveNow(action, over));
      return last.current;
    },
    [saveNow],
  );
  useEffect(() => {
    const submitted = (event: SubmitEvent): void => {
      event.preventDefault();
      const { submitter } = event;
      void save(submitter instanceof HTMLButtonElement && submitter.value === 'submit' ? 'submit' : 'save');
    };
    const pressed = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      if (form.reportValidity()) void save('save');
    };
    form.addEventListener('submit', submitted);
    addEventListener('keydown', pressed);
    return () => {
      form.removeEventListener('submit', submitted);
      removeEventListener('keydown', pressed);
    };
  }, [form, save]);

  const restore = (values: Unsaved['values'], base: string): void => {
    fill(form, values);
    setField(form, 'base', base);
    editor.commands.setContent(sanitise(values['body'] ?? '').html);
    setUnsaved(null);
    keeper.changed();
  };
  return (
    <>
      {createPortal(
        <>
          {isNew && <Unfinished account={account} item={item} />}
          <LeaseNotice lease={lease} keeper={keeper} item={item} />
          {unsaved && lease.held === 'mine' && (
            <Recovery
              unsaved={unsaved}
              base={fieldOf(form, 'base')}
              restore={restore}
              drop={async () => {
                await keeper.drop();
                setUnsaved(null);
              }}
            />
          )}
          {message && (
            <div className={message.kind} role={message.kind === 'problem' ? 'alert' : 'status'}>
              <p>{message.text}</p>
              {message.newer !== undefined && (
                <p className="choices">
                  <a href={`${base}/items/${item}?revision=${message.newer}`} target="_blank" rel="noreferrer">
                    看修订 {message.newer} <span lang="en">Look at it</span>
                  </a>
                  <button type="button" className="quiet" onClick={() => void save('save', message.newer)}>
                    看过了，仍把我的存为新修订 <span lang="en">Save mine as a newer one</span>
                  </button>
                </p>
              )}
            </div>
          )}
        </>,
        form.querySelector('#writing-notices') ?? document.body,
      )}
      {holdsAll ? (
        <>
          <Toolbar editor={editor} ask={setAsking} disabled={!writable} />
          {asking === 'find' && (
            <FindBar
              editor={editor}
              close={() => {
                setAsking(undefined);
              }}
            />
          )}
          <EditorContent editor={editor} className="page" />
          {asking !== undefined && asking !== 'find' && (
            <Ask
              key={asking}
              what={asking}
              editor={editor}
              owner={fieldOf(form, 'channel')}
              importWord={(file) => paster.importWord(editor, file)}
              close={() => {
                setAsking(undefined);
              }}
            />
          )}
        </>
      ) : (
        <SourceNotice form={form} />
      )}
      {holdsAll &&
        createPortal(
          <Checks {...{ editor, form, item, kind, values, changes }} save={() => save('save')} />,
          form.querySelector('#writing-side') ?? document.body,
        )}
      {report &&
        createPortal(
          <Losses
            report={report}
            close={() => {
              setReport(undefined);
            }}
          />,
          form.querySelector('#writing-side') ?? document.body,
        )}
      {createPortal(<Status kept={kept} count={count} />, form.querySelector('#writing-status') ?? document.body)}
    </>
  );
}

/** A picture that would not be there for its readers: never handed in whole, or, for reviewers, without words. */
function lackingPicture(
  editor: Editor,
  action: 'save' | 'submit',
): { readonly position: number; readonly text: string; readonly describe: boolean } | undefined {
  let found: ReturnType<typeof lackingPicture>;
  editor.state.doc.descendants((node, position) => {
    if (found || node.type.name !== 'image') return;
    const { src, alt } = node.attrs as { src: string; alt: string };
    if (src.startsWith('media:pasted-'))
      found = {
        ...{ position, describe: false },
        text: '有一张粘贴的图片没有传上来，请删去或重新插入。 A pasted picture never arrived; delete it or insert it again.',
      };
    else if (action === 'submit' && alt.trim() === '')
      found = {
        ...{ position, describe: true },
        text: '送审前请为这张图片写一句说明。 Say what this picture shows before it is reviewed.',
      };
  });
  return found;
}

/** A body with what the editor cannot hold is not opened in it: it would lose something without a word. */
function SourceNotice({ form }: { readonly form: HTMLFormElement }): ReactNode {
  useEffect(() => {
    form.classList.add('as-source');
  }, [form]);
  return (
    <p className="problem">
      这篇正文中有编辑器放不下的东西，为了不丢失任何内容，请在下面直接修改源码。{' '}
      <span lang="en">
        The editor cannot hold everything in this body; so that nothing is lost, it is edited as source.
      </span>
    </p>
  );
}
