import type { SignedIn } from '@chengmen/identity';
import type { Ledger } from '@chengmen/ledger';
import type { SiteId } from '@chengmen/model';
import { standingOrder } from '@chengmen/revision';
import { viewsByDay, viewsByValue } from '@chengmen/statistics';
import type { FastifyInstance } from 'fastify';
import { csvLine } from './csv-line.ts';
import type { DeskTools, Form } from './desk-forms.ts';
import { statisticsPage, type StatisticsShown } from './pages/statistics.ts';
import { daysOf, statisticsAddress, statisticsQuery } from './statistics-query.ts';

export interface StatisticsRoutes extends Pick<DeskTools, 'who' | 'show'> {
  readonly ledger: Ledger;
  readonly site: SiteId;
  readonly today: () => string;
  /** Throws unless they may see the statistics. */
  readonly mayRead: (signedIn: SignedIn) => void;
}

const shownValues = 200;

/** Visits day by day and by what they are of, as a page and as CSV of all its numbers. */
export function statisticsRoutes(app: FastifyInstance, tools: StatisticsRoutes): void {
  const { who, show, ledger, site, today, mayRead } = tools;
  const read = async (form: Form, limit: number): Promise<StatisticsShown> => {
    const query = statisticsQuery(form, today());
    const { from, to, by, below, basis } = query;
    const ofDay = async (dimension: 'views' | 'visits' | 'visitors'): Promise<ReadonlyMap<string, number>> =>
      new Map(
        (await viewsByDay(ledger.db, site, { from, to, basis, dimension })).map(({ day, count }) => [day, count]),
      );
    const [views, visits, visitors] = [await ofDay('views'), await ofDay('visits'), await ofDay('visitors')];
    const values = await viewsByValue(ledger.db, site, { from, to, basis, dimension: by, below, limit });
    const days = daysOf(query).map((day) => ({
      day,
      views: views.get(day) ?? 0,
      visits: visits.get(day) ?? 0,
      visitors: visitors.get(day) ?? 0,
    }));
    return { query, days, values };
  };
  app.get<{ Querystring: Form }>('/statistics', async (request, reply) => {
    const signedIn = await who(request);
    mayRead(signedIn);
    const shown = await read(request.query, shownValues);
    const standing = await standingOrder(ledger.db, site);
    return show(reply, signedIn, (page) => statisticsPage(page, { ...shown, standing }));
  });
  app.get<{ Querystring: Form }>('/statistics.csv', async (request, reply) => {
    mayRead(await who(request));
    const { query, days, values } = await read(request.query, 100_000);
    const rows = [
      ['日期', '浏览', '访问', '访客'],
      ...days.map(({ day, views, visits, visitors }) => [day, views, visits, visitors]),
      [],
      [query.by, '浏览'],
      ...values.map(({ value, count }) => [value, count]),
    ];
    const name = statisticsAddress(query)
      .replace(/[^\w-]+/g, '-')
      .replace(/^-+/, '');
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${name}.csv"`)
      .send(`\uFEFF${rows.map(csvLine).join('')}`);
  });
}
