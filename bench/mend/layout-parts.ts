import type { Facts } from './layouts.ts';

export const pad = (n: number): string => String(n).padStart(2, '0');
export const dashed = ({ year, month, day }: Facts): string => `${year}-${pad(month)}-${pad(day)}`;
export const written = ({ year, month, day }: Facts): string => `${year}年${month}月${day}日`;

/** So many of a list, from another one on for each page. */
export const some = <T>(list: readonly T[], { number }: Facts, count: number): T[] =>
  list.map((one, i) => list[(i + number) % list.length] ?? one).slice(0, count);
