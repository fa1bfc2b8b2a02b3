import type { Editor } from '@tiptap/core';
import { TextSelection } from '@tiptap/pm/state';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Answer, Kind } from '../desk-api.ts';
import { desk } from './api.ts';
import { Dialog, Line, said } from './dialog.tsx';
import { places, type Found } from './find.ts';
import type { Values } from './values.ts';

export type Finding = Answer<'POST /api/writing/:item/checks'>['findings'][number];

interface ChecksProps {
  readonly editor: Editor;
  readonly form: HTMLFormElement;
  readonly item: string;
  readonly kind: Kind;
  readonly values: () => Values;
  /** Counts up with each change. */
  readonly changes: number;
  /** Makes a revision of what is there; whether it did. */
  readonly save: () => Promise<boolean>;
}

const pause = 1200;

/** What the rules of the site find in the text as it stands, with the way to each place, and to letting it stand with a reason. */
export function Checks(props: ChecksProps): ReactNode {
  const { editor, form, item, kind, values, changes } = props;
  const [findings, setFindings] = useState<readonly Finding[]>();
  const [outside, setOutside] = useState<readonly Finding[] | 'asking'>([]);
  const [overruling, overrule] = useState<Finding>();
  const [asked, askAgain] = useState(0);
  const newest = useRef(0);
  useEffect(() => {
    const mine = ++newest.current;
    const timer = setTimeout(
      () => {
        desk.call('POST /api/writing/:item/checks', { params: { item }, body: { kind, values: values() } }).then(
          (told) => {
            if (mine === newest.current) setFindings(told.findings);
          },
          // What was found last stays; the desk says elsewhere that it is away.
          () => undefined,
        );
      },
      changes === 0 ? 0 : pause,
    );
    return () => {
      clearTimeout(timer);
    };
  }, [changes, asked, item, kind, values]);
  const look = (): void => {
    setOutside('asking');
    desk
      .call('POST /api/writing/:item/checks', {
        params: { item },
        body: {
          kind,
          values: values(),
          outside: true,
        },
      })
      .then(
        (told) => {
          setOutside(told.findings);
        },
        () => {
          setOutside([]);
        },
      );
  };
  if (!findings) return null;
  const every = [...findings, ...(outside === 'asking' ? [] : outside)];
  const open = every.filter(({ overruled }) => !overruled);
  const settled = every.filter(({ overruled }) => overruled);
  return (
    <section className="panel checks" aria-labelledby="checks-title">
      <h2 id="checks-title">
        检查 <span lang="en">Checks</span> <b className="count">{open.length}</b>
      </h2>
      {open.length === 0 && (
        <p className="hint">
          没有发现问题。 <span lang="en">Nothing found.</span>
        </p>
      )}
      <ul>
        {open.map((finding) => (
          <li key={`${finding.id} ${finding.where.occurrence}`} className={`severity-${finding.severity}`}>
            <p>
              {finding.message.zh} <span lang="en">{finding.message.en}</span>
            </p>
            {finding.shown !== '' && <p className="samples">{finding.shown}</p>}
            <p className="choices">
              <button
                type="button"
                className="tool"
                onClick={() => {
                  show(editor, form, finding);
                }}
              >
                去看 <span lang="en">Show</span>
              </button>
              {finding.suggestion !== undefined && finding.where.field === 'body' && (
                <button
                  type="button"
                  className="tool"
                  onClick={() => {
                    correct(editor, finding, finding.suggestion ?? '');
                  }}
                >
                  改为“{finding.suggestion}”
                </button>
              )}
              <button
                type="button"
                className="tool"
                onClick={() => {
                  overrule(finding);
                }}
              >
                放行… <span lang="en">Let it stand</span>
              </button>
            </p>
          </li>
        ))}
      </ul>
      <p className="choices">
        <button type="button" className="tool" disabled={outside === 'asking'} onClick={look}>
          {outside === 'asking' ? '正在查…' : '再查链接、附件和旧稿'} <span lang="en">Links, files, earlier texts</span>
        </button>
      </p>
      {settled.length > 0 && (
        <details>
          <summary>已放行 {settled.length}</summary>
          <ul>
            {settled.map(({ id, where, message, overruled }) => (
              <li key={`${id} ${where.occurrence}`}>
                {message.zh}
                <div className="samples">
                  {overruled?.by}：{overruled?.reason}
                </div>
              </li>
            ))}
          </ul>
        </details>
      )}
      {overruling && (
        <Overrule
          {...props}
          finding={overruling}
          close={() => {
            overrule(undefined);
            askAgain((count) => count + 1);
          }}
        />
      )}
    </section>
  );
}

/** Where in the text the words of a finding stand now. */
function placeOf(editor: Editor, { where }: Finding): Found | undefined {
  const found = places(editor.state.doc, where.quote);
  return found[where.occurrence] ?? found[0];
}

function show(editor: Editor, form: HTMLFormElement, finding: Finding): void {
  const { field } = finding.where;
  const place = field === 'body' ? placeOf(editor, finding) : undefined;
  if (place) {
    const { tr, doc } = editor.state;
    editor.view.dispatch(tr.setSelection(TextSelection.create(doc, place.from, place.to)).scrollIntoView());
    editor.view.focus();
    return;
  }
  if (field === 'body') {
    editor.commands.focus();
    return;
  }
  const control = form.elements.namedItem(field.split('.')[0] ?? '');
  if (control instanceof HTMLElement) control.focus();
}

function correct(editor: Editor, finding: Finding, by: string): void {
  const place = placeOf(editor, finding);
  if (place) editor.view.dispatch(editor.state.tr.insertText(by, place.from, place.to));
}

/** A decision is about a revision somebody can look at, so what is there is saved first. */
function Overrule(props: ChecksProps & { readonly finding: Finding; readonly close: () => void }): ReactNode {
  const { finding, item, save, close } = props;
  return (
    <Dialog
      {...{ zh: '放行', en: 'Let it stand', close }}
      submit={async (fields) => {
        if (!(await save())) throw new Error('还没有保存成功，请先看保存时的提示。 It could not be saved first.');
        const { revision, hash } = await desk.call('GET /api/items/:item', { params: { item } });
        const reason = said(fields, 'reason');
        await desk.command('overrule-finding', { revision, hash, finding: finding.id, reason });
      }}
    >
      <p>{finding.message.zh}</p>
      <Line
        {...{ name: 'reason', zh: '为什么可以这样', en: 'Why it may stand', required: true }}
        hint="审稿人和审计都看得到；会先把现在的文字存为修订。"
      />
    </Dialog>
  );
}
