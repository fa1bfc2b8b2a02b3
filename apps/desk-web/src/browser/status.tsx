import type { ReactNode } from 'react';
import type { Kept } from './keeper.ts';

const clock = new Intl.DateTimeFormat('zh-CN', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** Where the words are, honestly. */
export function Status({ kept, count }: { readonly kept: Kept; readonly count: number }): ReactNode {
  return (
    <div className="status">
      <span>
        {count} 字 <span lang="en">words</span>
      </span>
      <span role="status" className={kept.problem || kept.where === 'nowhere' ? 'warn' : ''} data-kept={kept.where}>
        {wordsFor(kept)}
      </span>
    </div>
  );
}

function wordsFor({ where, at, problem, words }: Kept): string {
  if (where === 'nowhere') return '没有保存到任何地方：请不要关闭窗口，先复制文字 · kept nowhere';
  if (problem === 'away') return '连不上工作台，文字保存在本机，正在重试 · kept on this computer, trying again';
  if (problem === 'signed-out')
    return '登录已过期，文字保存在本机；请在新窗口登录 · kept on this computer, please sign in';
  if (problem === 'refused') return `${words ?? ''} 文字保存在本机 · kept on this computer`;
  if (where === 'typing') return '…';
  if (where === 'here') return '已存本机 · kept on this computer';
  if (where === 'desk' && at) return `已自动保存 ${clock.format(at)} · kept`;
  return '';
}
