import type { LiveChannel } from '@chengmen/content';
import type { Ledger } from '@chengmen/ledger';
import type { SiteId } from '@chengmen/model';
import type { FastifyInstance } from 'fastify';
import { text, type DeskTools, type Params } from './desk-forms.ts';
import { goPlaces } from './go-places.ts';
import { goPage } from './pages/go.ts';

export interface GoRoutes extends Pick<DeskTools, 'api' | 'who' | 'show'> {
  readonly ledger: Ledger;
  readonly site: SiteId;
  readonly channels: () => Promise<readonly LiveChannel[]>;
}

/** To any screen, channel or item by a few words: a page, and what the palette asks while somebody types. */
export function goRoutes(app: FastifyInstance, tools: GoRoutes): void {
  const { ledger, site, channels, who, show, api } = tools;
  app.get<Params<never>>('/go', async (request, reply) => {
    const signedIn = await who(request);
    const words = text(request.query, 'words').slice(0, 100);
    const places = await goPlaces({ db: ledger.db, site, channels, actor: signedIn.actor }, words);
    return show(reply, signedIn, (page) => goPage(page, { words, places }));
  });
  api('GET /api/go', ({ signedIn: { actor }, query: { words = '' } }) =>
    goPlaces({ db: ledger.db, site, channels, actor }, words),
  );
}
