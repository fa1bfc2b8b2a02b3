/** Writes one change after another into an index, from where it left off, and tells of each. */
import { openIndex } from '../index.ts';
import { numberedPage } from './numbered-page.ts';

const [, , file = ''] = process.argv;
const index = openIndex({ file });
for (let round = Number(index.fact('root') ?? 0) + 1; ; round++) {
  index.apply(
    [
      { path: `/${round - 1}.html`, hash: String(round), page: undefined },
      { path: `/${round}.html`, hash: String(round), page: numberedPage(round) },
      { path: `/${round + 1}.html`, hash: String(round), page: numberedPage(round + 1) },
    ],
    { root: String(round) },
  );
  process.send?.(round);
  await new Promise(setImmediate);
}
