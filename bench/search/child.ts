/** Opens an index as the search process does, answers every query it is sent, and tells how long each took and what it holds. */
import { openIndex, search } from '@chengmen/search';

const index = openIndex({ file: process.argv[2] ?? '' });

process.on(
  'message',
  ({ queries, order }: { readonly queries: readonly string[]; readonly order: 'newest' | 'relevance' }) => {
    const times = queries.map((query) => {
      const start = performance.now();
      search(index, { query, order, limit: 20 });
      return performance.now() - start;
    });
    process.send?.({ times, bytes: process.memoryUsage.rss() });
  },
);
