/** Writes one change after another into an index, from where it left off, and tells of each. */
import { openIndex, type SearchPage } from '../index.ts';

const [, , file = ''] = process.argv;
const index = openIndex({ file });
const page = (number: number): SearchPage => ({
  path: `/${number}.html`,
  title: `第${number}号通知`,
  date: '2026-11-20 09:30',
  kind: 'article',
  channel: '/',
  department: '',
  validity: '',
  lines: [`第${number}号通知`, '城门市政府'],
});
for (let round = Number(index.fact('root') ?? 0) + 1; ; round++) {
  index.apply(
    [
      { path: `/${round - 1}.html`, hash: String(round), page: undefined },
      { path: `/${round}.html`, hash: String(round), page: page(round) },
      { path: `/${round + 1}.html`, hash: String(round), page: page(round + 1) },
    ],
    { root: String(round) },
  );
  process.send?.(round);
  await new Promise(setImmediate);
}
