import type { ChildMessage } from './messages.ts';

type Progress = Extract<ChildMessage, { type: 'progress' }>;

/** Fewer pages are done before anybody could read how far it is. */
const worthTelling = 500;

/** Tells how far a large press is, at each hundredth. */
export function pressProgress(tell: (message: Progress) => void): (progress: { done: number; total: number }) => void {
  let told = -1;
  return ({ done, total }) => {
    if (total < worthTelling) return;
    const hundredth = Math.floor(((done + 1) / total) * 100);
    if (hundredth === told) return;
    told = hundredth;
    tell({ type: 'progress', zh: '排印页面', en: 'rendering pages', done: done + 1, total });
  };
}

const width = 24;

/** A bar where the number is known: `██████░░ 75/100 排印页面 · rendering pages`. */
export function progressLine({ zh, en, done, total }: Progress): string {
  if (done === undefined || total === undefined || total === 0) return `… ${zh} · ${en}`;
  const filled = Math.round((done / total) * width);
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${done}/${total} ${zh} · ${en}`;
}

/** The same where a bar cannot be drawn: once for each step. */
export function progressStep({ zh, en }: Progress): string {
  return `… ${zh} · ${en}`;
}
