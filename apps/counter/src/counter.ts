import formbody from '@fastify/formbody';
import type { WorkingDays } from '@chengmen/calendar';
import { citizenActor, submitLetter, trackedLetter } from '@chengmen/interaction';
import type { Ledger } from '@chengmen/ledger';
import { ChengmenError, explainError, originHost, requestFault, sha256, type SiteId } from '@chengmen/model';
import { printHtml, type SafeHtml } from '@chengmen/html';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { createLimiter } from './limiter.ts';
import { frontPage, letterForm, letterReceived, messagePage, trackingPage, type Furniture } from './pages.ts';
import { stylesheet } from './stylesheet.ts';

export interface CounterOptions {
  readonly ledger: Ledger;
  readonly site: SiteId;
  readonly days: WorkingDays;
  /** Read at each request, so that an approved change of the site's name shows at once. */
  readonly furniture: () => Promise<Furniture>;
  readonly clock?: () => Date;
}

const stylesheetPath = `/assets/counter.${sha256(stylesheet).slice(0, 12)}.css`;

/** A form has no session to steal: a letter is posted by nobody in particular. What is guarded is volume and origin. */
const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  // Not stricter: with no referrer at all a browser sends its own forms with the Origin “null”.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex, nofollow',
};

/** The counter (窗口): citizens write letters and corrections, and follow them by their query code. */
export async function createCounter(options: CounterOptions): Promise<FastifyInstance> {
  const { ledger, site, days, furniture, clock = () => new Date() } = options;
  const app = fastify({ bodyLimit: 64 * 1024, logger: false });
  const letters = createLimiter({ most: 10, within: 10 * 60_000, clock });
  const lookups = createLimiter({ most: 30, within: 10 * 60_000, clock });
  const submit = submitLetter(days);
  await app.register(formbody);

  app.addHook('onSend', async (_request, reply) => {
    await Promise.resolve();
    for (const [name, value] of Object.entries(securityHeaders)) if (!reply.hasHeader(name)) reply.header(name, value);
  });
  app.addHook('preHandler', async (request) => {
    await Promise.resolve();
    const { origin, host } = request.headers;
    const crossSite =
      request.headers['sec-fetch-site'] === 'cross-site' || (origin !== undefined && originHost(origin) !== host);
    if (request.method === 'POST' && crossSite)
      throw new ChengmenError('permission-denied', { actor: origin ?? '其他网站', permission: 'same-origin' });
  });

  const show = async (
    reply: FastifyReply,
    status: number,
    page: (furniture: Furniture) => SafeHtml,
  ): Promise<string> => {
    reply.code(status).type('text/html; charset=utf-8');
    return printHtml(page({ ...(await furniture()), stylesheet: stylesheetPath }));
  };

  app.setErrorHandler(async (error, request, reply) => {
    const known =
      error instanceof ChengmenError
        ? error
        : (requestFault(error) ?? new ChengmenError('unexpected', { reference: request.id }));
    if (known.code === 'unexpected') report(error);
    const { status, zh, en, todo } = explainError(known);
    return reply.send(
      await show(reply, status, (page) =>
        messagePage(page, { title: '没有办成', zh: `${zh}${todo.zh}`, en: `${en} ${todo.en}` }),
      ),
    );
  });
  app.setNotFoundHandler(async (_request, reply) =>
    reply.send(
      await show(reply, 404, (page) =>
        messagePage(page, {
          title: '没有这一页',
          zh: '窗口没有这个地址。请从首页进入。',
          en: 'There is no such page at the counter. Please start from its front page.',
        }),
      ),
    ),
  );

  app.get(stylesheetPath, async (_request, reply) =>
    reply
      .type('text/css; charset=utf-8')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(stylesheet),
  );
  app.get('/', async (_request, reply) => show(reply, 200, frontPage));

  app.get('/letters/new', async ({ query }, reply) => {
    const { kind = 'consultation', page: about = '' } = textsOf(query);
    return show(reply, 200, (page) => letterForm(page, { values: { kind, page: about } }));
  });

  app.post('/letters', async ({ body, ip }, reply) => {
    const values = textsOf(body);
    const wait = letters.take(ip);
    if (wait > 0) {
      reply.header('retry-after', String(Math.ceil(wait / 1000)));
      return show(reply, 429, (page) => letterForm(page, { values, problem: tooMany(wait) }));
    }
    try {
      const submitted = await ledger.execute(submit, citizenActor(site), values);
      return await show(reply, 201, (page) => letterReceived(page, submitted));
    } catch (error) {
      if (!(error instanceof ChengmenError) || error.code !== 'invalid-input') throw error;
      const { zh, en } = explainError(error);
      return show(reply, 400, (page) =>
        letterForm(page, { values, problem: { zh, en, field: String(error.parameters['where']) } }),
      );
    }
  });

  app.get('/letters/track', async (_request, reply) => show(reply, 200, (page) => trackingPage(page, {})));
  // The code travels in the body: addresses end up in logs and histories.
  app.post('/letters/track', async ({ body, ip }, reply) => {
    const wait = lookups.take(ip);
    if (wait > 0) {
      reply.header('retry-after', String(Math.ceil(wait / 1000)));
      return show(reply, 429, (page) => trackingPage(page, { problem: tooMany(wait) }));
    }
    const letter = await trackedLetter(ledger.db, site, textsOf(body)['code'] ?? '');
    if (letter) return show(reply, 200, (page) => trackingPage(page, { letter }));
    return show(reply, 404, (page) =>
      trackingPage(page, {
        problem: {
          zh: '没有找到这封信。请核对查询码：12 位字母和数字，不分大小写。',
          en: 'No letter has this code. Please check it: 12 letters and digits, in either case.',
          field: 'code',
        },
      }),
    );
  });
  return app;
}

/** Fields of a form or an address; of one that is there twice, the last. What is no form has none. */
function textsOf(sent: unknown): Record<string, string> {
  const entries = Object.entries(typeof sent === 'object' && sent ? sent : {}) as [string, unknown][];
  return Object.fromEntries(
    entries.flatMap(([name, value]) => {
      const text = Array.isArray(value) ? (value.at(-1) as unknown) : value;
      return typeof text === 'string' ? [[name, text]] : [];
    }),
  );
}

function tooMany(wait: number): { zh: string; en: string; field: string } {
  const minutes = Math.ceil(wait / 60_000);
  return {
    zh: `提交得太频繁，请 ${minutes} 分钟后再试。已填写的内容都在。`,
    en: `Too many at once; please try again in ${minutes} min. Nothing you typed is lost.`,
    field: '',
  };
}

function report(error: unknown): void {
  process.stderr.write(`counter: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
