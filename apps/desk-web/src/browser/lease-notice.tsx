import { useState, type ReactNode } from 'react';
import { base } from './base.ts';
import { wordsOf } from './words-of.ts';
import type { Keeper, Lease } from './keeper.ts';

/** Somebody else writes here: said plainly, with a way to take over that loses nothing. */
export function LeaseNotice(props: {
  readonly lease: Lease;
  readonly keeper: Keeper;
  readonly item: string;
}): ReactNode {
  const { lease, keeper, item } = props;
  const [problem, tell] = useState('');
  if (lease.held !== 'other') return null;
  const { by, own, lost } = lease;
  const take = async (): Promise<void> => {
    try {
      if (lost) await keeper.flush();
      await keeper.hold(true);
      // Where the other stood is the newest revision now; this page shows an older one.
      if (!own && keeper.state().lease.held === 'mine') location.replace(`${base}/items/${item}/edit`);
    } catch (error) {
      tell(wordsOf(error));
    }
  };
  return (
    <div className="problem lease" role="alert">
      <p>
        {own
          ? '这一条在您的另一个窗口里打开着。'
          : lost
            ? `${by} 已接手这一条。您写到的内容没有丢失：送达工作台的已存为您的草稿；还没送达的留在这台电脑上，也仍在下面，可以复制。`
            : `${by} 正在写这一条，现在只能看。`}{' '}
        <span lang="en">
          {own
            ? 'Open in another window of yours.'
            : lost
              ? `${by} has taken over; what you wrote is kept as a draft of yours and in this browser.`
              : `${by} is writing here.`}
        </span>
      </p>
      {problem !== '' && <p>{problem}</p>}
      <p className="choices">
        <button type="button" className="quiet" onClick={() => void take()}>
          {own ? '在这里接着写' : lost ? '接回来' : '接手'} <span lang="en">{own ? 'Go on here' : 'Take over'}</span>
        </button>
        <a href={`${base}/items/${item}`}>
          看各修订 <span lang="en">Revisions</span>
        </a>
      </p>
      {!own && !lost && <p className="hint">接手后，对方还没存的文字会存为对方的草稿修订，您从那里接着写。</p>}
    </div>
  );
}
