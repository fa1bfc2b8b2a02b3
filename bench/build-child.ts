/**
 * Builds a release of a city of so many articles in a process of its own and prints what it took: from a Source that is
 * ready, or, given the address of a PostgreSQL that is empty, from what is approved there.
 */
import { contentMigrations, liveItemBatches, liveItemsOf, pressMemory } from '@chengmen/content';
import { openLedger } from '@chengmen/ledger';
import { createPress, createTextFile, type TextFile } from '@chengmen/press-app';
import { verifyRelease } from '@chengmen/release';
import { revisionMigrations } from '@chengmen/revision';
import { createSealer, DirectoryStore, signerOf } from '@chengmen/seal';
import { folderStore } from '@chengmen/serve';
import { createTheme } from '@chengmen/theme';
import { cityOf } from './city.ts';
import { fillDatabase } from './fill-database.ts';
import { advance, benchKey, openLine } from './line.ts';
import { secondsOf } from './measure.ts';

export interface Built {
  /** Addresses in the release. */
  readonly pages: number;
  /** Seconds from the Source, or from the database, to the signed release. */
  readonly seconds: number;
  /** Seconds to verify the whole release, if asked for. */
  readonly verifying?: number;
  /** Largest resident memory, bytes. */
  readonly memory: number;
}

const [folder = '', count = '0', ...flags] = process.argv.slice(2);
const articles = Number(count);
const compress = !flags.includes('plain');
const database = flags.find((flag) => flag.startsWith('postgres:'));
const texts = createTextFile(`${folder}.texts`);
const built = database === undefined ? await fromSource(texts) : await fromDatabase(database, texts);
texts.close();
const memory = process.resourceUsage().maxRSS * 1024;
const verifying = flags.includes('verify') ? { verifying: await secondsOf(verify) } : {};
console.log(JSON.stringify({ ...built, memory, ...verifying } satisfies Built));

type Result = Pick<Built, 'pages' | 'seconds'>;

async function fromSource(texts: TextFile): Promise<Result> {
  const store = new DirectoryStore(folder);
  const line = openLine(cityOf(articles), store, { compress, texts });
  let pages = 0;
  const seconds = await secondsOf(async () => {
    ({ pages } = await advance(line, 'everything'));
    // With the indexes of its packs, which the release does not wait for.
    await store.close();
  });
  return { pages, seconds };
}

async function fromDatabase(url: string, texts: TextFile): Promise<Result> {
  const site = 'bench';
  const ledger = await openLedger({ url, migrations: [...revisionMigrations, ...contentMigrations] });
  await fillDatabase(ledger.db, site, cityOf(articles));
  const store = new DirectoryStore(folder);
  const sealer = createSealer({ store, signer: signerOf(benchKey.skey), site, compress });
  const bytes = (): undefined => undefined;
  const seconds = await secondsOf(async () => {
    const theme = createTheme();
    const press = createPress({
      ...{ ledger, site, theme, bytes, texts, store, sealer, memory: pressMemory, liveItemBatches, liveItemsOf },
      onError: (error) => {
        throw error;
      },
    });
    await press.settle();
    await press.close();
    await store.close();
  });
  const state = await sealer.state();
  await ledger.close();
  return { pages: state?.map.count ?? 0, seconds };
}

async function verify(): Promise<void> {
  const report = await verifyRelease({ store: folderStore(folder, { blocking: true }), key: benchKey.vkey });
  if (!report.ok) throw new Error(JSON.stringify(report.problems.slice(0, 3)));
}
