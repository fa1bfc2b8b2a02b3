import type { ReactNode } from 'react';
import { desk } from './api.ts';
import { entryOf } from './journal.ts';
import { textOfMarkup } from './text-of-markup.ts';
import type { Values } from './values.ts';

/** Something typed that never became a revision. */
export interface Unsaved {
  readonly from: 'desk' | 'here';
  readonly values: Values;
  readonly base: string;
  readonly at: number;
}

/** The newest of what the desk and this browser kept, where it differs from what the page showed; null for nothing. */
export async function findUnsaved(options: {
  readonly account: string;
  readonly item: string;
  readonly shown: Values;
}): Promise<Unsaved | null> {
  const { account, item, shown } = options;
  const entry = await entryOf(account, item).catch(() => undefined);
  const { mine } = await desk.call('GET /api/writing/:item', { params: { item } }).catch(() => ({ mine: null }));
  const found: Unsaved[] = [
    ...(entry && !(entry.kept && !mine) ? [{ from: 'here' as const, ...entry }] : []),
    ...(mine ? [{ from: 'desk' as const, ...mine }] : []),
  ];
  const [newest] = found.sort((one, other) => other.at - one.at);
  return newest && !sameValues(newest.values, shown) ? newest : null;
}

function sameValues(some: Values, others: Values): boolean {
  return [...new Set([...Object.keys(some), ...Object.keys(others)])].every(
    (name) => (some[name] ?? '') === (others[name] ?? ''),
  );
}

const moment = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'medium', timeStyle: 'medium' });

export function Recovery(props: {
  readonly unsaved: Unsaved;
  readonly base: string;
  readonly restore: (values: Values, base: string) => void;
  readonly drop: () => Promise<void>;
}): ReactNode {
  const { unsaved, base } = props;
  const words = textOfMarkup(unsaved.values['body'] ?? '');
  return (
    <div className="notice recovery" role="alert">
      <p>
        找到您 {moment.format(unsaved.at)} 写的、还没有保存的文字（{unsaved.from === 'here' ? '这台电脑上' : '工作台上'}
        ）。 <span lang="en">Found what you wrote and had not saved.</span>
      </p>
      <blockquote>
        {unsaved.values['title']}　{words.slice(0, 120)}
        {words.length > 120 && '…'}
      </blockquote>
      {unsaved.base !== base && (
        <p>
          它写在{unsaved.base === '' ? '第一个修订之前' : `修订 ${unsaved.base} 之上`}，现在已是修订 {base}
          ；恢复后再保存时会请您先看新的修订。
        </p>
      )}
      <p className="choices">
        <button
          type="button"
          onClick={() => {
            props.restore(unsaved.values, unsaved.base);
          }}
        >
          恢复 <span lang="en">Restore</span>
        </button>
        <button type="button" className="quiet" onClick={() => void props.drop()}>
          不要，用已存的修订 <span lang="en">Discard</span>
        </button>
      </p>
    </div>
  );
}
