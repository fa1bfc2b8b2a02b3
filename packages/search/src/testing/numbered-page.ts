import type { SearchPage } from '../index.ts';

export function numberedPage(number: number): SearchPage {
  return {
    path: `/${number}.html`,
    title: `第${number}号通知`,
    date: '2026-11-20 09:30',
    kind: 'article',
    channel: '/',
    department: '',
    validity: '',
    lines: [`第${number}号通知`, '城门市政府'],
  };
}
