import type { ItemId, LiveItem, ReadKey, Relation, Source } from '@chengmen/model';
import { planPress, renderTarget, trackReads } from '@chengmen/press';
import type { Change } from '@chengmen/seal';
import { createTheme } from '@chengmen/theme';
import type { Line } from './line.ts';

const theme = createTheme();
const article = 'item:';

/**
 * A first release whose article pages are stand-ins: a million of them would take a quiet machine ten minutes. What an edit
 * needs is all there and real: the city, what each page read with the hashes of the answers, every list, feed and site map,
 * an entry for each address. An article is a text as long as its page is with brotli, and says where it stands.
 */
export async function sealStandIns(line: Line, told: (done: number, total: number) => void): Promise<void> {
  const { city, traces, sealer } = line;
  const { targets } = planPress({ city, theme, traces, touched: 'everything' });
  const readsIn = new Map<ItemId, readonly ReadKey[]>();
  let done = 0;
  const changes = async function* (): AsyncGenerator<Change[]> {
    let batch: Change[] = [];
    for (const target of targets.keys()) {
      told(done++, targets.size);
      const item = target.startsWith(article) ? city.item(target.slice(article.length)) : undefined;
      if (item && isArticle(item) && item.path !== null) {
        const { id, path } = item;
        const known = readsIn.get(item.fields.channel);
        const reads = known ? readAs(city, known, id) : renderTarget(target, theme, city).record.reads;
        if (!known) readsIn.set(item.fields.channel, patternOf(reads, id));
        traces.commit({ theme: theme.version, records: [{ target, reads, paths: [path] }], removed: [] });
        batch.push(standIn(path, target));
      } else {
        const { record, outputs, provenance } = renderTarget(target, theme, city);
        if (outputs.length > 0) traces.commit({ theme: theme.version, records: [record], removed: [] });
        for (const { path, status, type, body, location } of outputs) {
          const place = location === undefined ? {} : { location };
          batch.push({ path, entry: { status, type, body: Buffer.from(body as string), provenance, ...place } });
        }
      }
      if (batch.length < 256) continue;
      yield batch;
      batch = [];
    }
    yield batch;
  };
  await sealer.seal(changes());
}

const isArticle = (item: LiveItem): item is LiveItem<'article'> => item.kind === 'article';

/** Articles of one channel read the same, each of itself. */
const self = '\0';
const patternOf = (reads: readonly (readonly [ReadKey, string])[], id: ItemId): ReadKey[] =>
  reads.map(([key]) => key.replace(`:${id}`, `:${self}`));

function readAs(city: Source, pattern: readonly ReadKey[], id: ItemId): [ReadKey, string][] {
  const { source, reads } = trackReads(city);
  for (const key of pattern) readAgain(source, key.replace(self, id));
  return [...reads].sort(([one], [other]) => (one < other ? -1 : 1));
}

function readAgain(source: Source, key: ReadKey): unknown {
  const [call, first = '', second = ''] = key.split(':');
  const place = first === '*' ? null : first;
  if (call === 'site') return source.site();
  if (call === 'item') return source.item(first);
  if (call === 'channels') return source.channels(place);
  if (call === 'newest') return source.newest(place, Number(second));
  if (call === 'neighbours') return source.neighbours(first);
  if (call === 'related') return source.related(first, second as Relation);
  throw new Error(`an article reads ${key}`);
}

const filling = '临江'.repeat(500);

function standIn(path: string, target: string): Change {
  const body = Buffer.from(`<!doctype html><title>${target}</title><p>${filling}</p><a href="${path}">${path}</a>`);
  const provenance = Buffer.from(`{"target":"${target}"}`);
  return { path, entry: { status: 200, type: 'text/html; charset=utf-8', body, provenance } };
}
