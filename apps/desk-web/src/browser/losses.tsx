import { useEffect, useRef, type ReactNode } from 'react';
import type { LossReport } from './paste.ts';

/** What did not come along as it was: counted and listed, nothing silently. */
export function Losses({ report, close }: { readonly report: LossReport; readonly close: () => void }): ReactNode {
  const { from, losses, waiting, refused } = report;
  const place = useRef<HTMLElement>(null);
  // Where the page is narrow it stands below the text.
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <section ref={place} className="panel losses" aria-labelledby="losses-title">
      <h2 id="losses-title">
        {from}：没有原样带过来的 <span lang="en">What did not come along</span>
      </h2>
      <div role="status">
        {waiting > 0 && <p>{waiting} 张图片正在上传…</p>}
        {losses.length === 0 && refused.length === 0 && waiting === 0 && (
          <p>
            全部原样带过来了。 <span lang="en">Nothing was lost.</span>
          </p>
        )}
        <ul>
          {refused.map((words) => (
            <li key={words} className="warn">
              图片没有收下：{words}
            </li>
          ))}
          {losses.map(({ zh, english, count, sample }) => (
            <li key={zh}>
              {zh} <b>{count}</b> 处 <span lang="en">{english}</span>
              {sample !== '' && <div className="samples">如：{sample}</div>}
            </li>
          ))}
        </ul>
      </div>
      <p className="dialog-end">
        <button type="button" className="quiet" onClick={close}>
          知道了 <span lang="en">Close</span>
        </button>
      </p>
    </section>
  );
}
