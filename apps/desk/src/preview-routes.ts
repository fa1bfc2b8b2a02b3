import type { Ledger } from '@chengmen/ledger';
import { ChengmenError, explainError, type PagePath, type SiteId } from '@chengmen/model';
import { html, printHtml } from '@chengmen/html';
import { revisionById, type Revision } from '@chengmen/revision';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { text, type DeskTools, type Params } from './desk-forms.ts';
import { isOwnLook } from './desk-request.ts';
import type { ItemView } from './pages/item.ts';
import { isView, previewPage, type ShownPreview } from './pages/preview.ts';
import {
  createPreviews,
  previewMinutes,
  previewToken,
  readPreviewToken,
  type Preview,
  type Previewed,
  type PreviewedPage,
  type PreviewFiles,
} from './previews.ts';
import type { SignedIn } from '@chengmen/identity';

export interface PreviewRoutes extends Pick<DeskTools, 'api' | 'who' | 'show' | 'need'> {
  readonly ledger: Ledger;
  readonly site: SiteId;
  readonly secret: string;
  readonly clock: () => Date;
  readonly preview: (revision: Revision) => Promise<Preview>;
  readonly previewFiles?: PreviewFiles;
  /** Styles, scripts and pictures from the sealed release. */
  readonly publishedFile: (path: string) => Promise<{ readonly type: string; readonly body: Uint8Array } | undefined>;
  /** Writes down that somebody of the chain looked, and the hash of the page they were shown first. */
  readonly note: (signedIn: SignedIn, revision: Revision, page: string) => Promise<void>;
  /** What the item's page shows, and what may be done there. */
  readonly viewOf: (signedIn: SignedIn, item: string, chosen: string) => Promise<ItemView>;
}

/**
 * The published page in an origin of its own: its scripts may run, but see neither the desk's session nor its pages, reach no server
 * and send no form. What else the portal's policy says holds here too.
 */
const sandbox = [
  'sandbox allow-scripts allow-modals',
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "media-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** Addresses that end, show one page each, tell nobody where they were followed from, and stand in no index. */
const previewHeaders = {
  'content-security-policy': sandbox,
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'unsafe-none',
  'x-robots-tag': 'noindex, nofollow, noarchive, nosnippet, noimageindex',
  'cache-control': 'no-store',
};

/** What a revision would be on the portal: a page of the desk with the public pages in frames, each at an address of its own. */
export function previewRoutes(app: FastifyInstance, tools: PreviewRoutes): void {
  const { ledger, site, secret, clock, who, need } = tools;
  const previews = createPreviews({ render: tools.preview, clock, files: tools.previewFiles });
  const stop = ledger.onCommit((committed) => {
    if (committed === site) previews.forget();
  });
  app.addHook('onClose', async () => {
    stop();
    return Promise.resolve();
  });

  const revisionOf = async (id: string): Promise<Revision> => {
    const revision = await revisionById(ledger.db, site, id);
    if (!revision) throw new ChengmenError('not-found', { what: '修订 (revision)', id });
    return revision;
  };
  const opened = (revision: Revision, previewed: Previewed): Opened => {
    const until = clock().getTime() + previewMinutes * 60_000;
    const token = previewToken(secret, { revision: revision.revision, until });
    const addressOf = ({ path, hash }: PreviewedPage): string =>
      `/preview/${revision.revision}/${token}/${hash.slice(0, 16)}${path}`;
    return { until, addressOf, ...previewed };
  };

  app.get<Params<'revision'>>('/preview/:revision', async (request, reply) => {
    const signedIn = await who(request);
    need(signedIn.actor, 'item.read-unpublished');
    const revision = await revisionOf(request.params.revision);
    const shown = opened(revision, await previews.of(revision));
    const view = await tools.viewOf(signedIn, revision.item, revision.revision);
    const [first] = [...shown.pages.values()].filter(({ own, type }) => own && type.startsWith('text/html'));
    if (view.allowed('item.comment') && isOwnLook(request)) await tools.note(signedIn, revision, first?.hash ?? '');
    const width = text(request.query, 'view');
    const state: ShownPreview = {
      ...{ ...shown, item: view, chosen: text(request.query, 'page') },
      view: isView(width) ? width : '1440',
    };
    return tools.show(reply, signedIn, (page) => previewPage(page, state));
  });
  tools.api('GET /api/preview/:revision', async ({ params }) => {
    const revision = await revisionOf(params.revision);
    const { until, pages, otherTargets, before, addressOf } = opened(revision, await previews.of(revision));
    return {
      ...{ revision: revision.revision, hash: revision.hash, until: new Date(until).toISOString(), otherTargets },
      before: before.map((one) => one.revision),
      pages: [...pages.values()].map((page) => ({
        ...{ path: page.path, status: page.status, type: page.type, hash: page.hash, own: page.own },
        address: addressOf(page),
      })),
    };
  });
  app.get<Params<'revision' | 'token' | 'hash' | '*'>>('/preview/:revision/:token/:hash/*', async (request, reply) => {
    const { revision: id, token, hash } = request.params;
    try {
      const until = readPreviewToken(secret, id, token);
      if (until === undefined) throw new ChengmenError('not-found', { what: '预览 (preview)', id });
      if (until <= clock().getTime()) throw new ChengmenError('preview-expired');
      const { pages } = await previews.of(await revisionOf(id));
      const page = pages.get(`/${request.params['*']}`);
      if (page?.hash.startsWith(hash) !== true) throw new ChengmenError('preview-changed');
      const isPrinted = text(request.query, 'as') === 'print' && page.type.startsWith('text/html');
      return await reply
        .headers({ ...previewHeaders, 'x-page-hash': page.hash })
        .type(page.type)
        .send(isPrinted ? withPrintStyle(Buffer.from(page.body).toString('utf8')) : Buffer.from(page.body));
    } catch (error) {
      if (!(error instanceof ChengmenError)) throw error;
      return refused(reply, error);
    }
  });
  for (const folder of ['/assets/', '/media/', '/files/']) {
    app.get<Params<never>>(`${folder}*`, async (request, reply) => {
      const path: PagePath = request.url.split('?')[0] ?? '';
      const file = (await tools.publishedFile(path)) ?? (await previews.file(path));
      if (!file) throw new ChengmenError('not-found', { what: '文件 (file)', id: request.url });
      const isPrinted = text(request.query, 'as') === 'print' && file.type.startsWith('text/css');
      return (
        reply
          .type(file.type)
          .header('cross-origin-resource-policy', 'cross-origin')
          // Modules are asked for by the rules for other origins, and a sandbox is one.
          .header('access-control-allow-origin', '*')
          .header('content-security-policy', "default-src 'none'; sandbox")
          .headers(folder === '/files/' ? { 'content-disposition': 'attachment' } : {})
          .send(isPrinted ? printOnScreen(Buffer.from(file.body).toString('utf8')) : Buffer.from(file.body))
      );
    });
  }
}

interface Opened extends Previewed {
  readonly until: number;
  readonly addressOf: (page: PreviewedPage) => string;
}

/** Where a frame cannot show its page it says so itself: the desk's own pages stand in no frame. */
async function refused(reply: FastifyReply, error: ChengmenError): Promise<FastifyReply> {
  const { zh, en, todo, status } = explainError(error);
  const page = html`<!doctype html>
    <html lang="zh-Hans">
      <head>
        <meta charset="utf-8" />
        <title>预览</title>
      </head>
      <body>
        <p>${zh}${todo.zh}</p>
        <p lang="en">${en} ${todo.en}</p>
      </body>
    </html>`;
  return reply.code(status).headers(previewHeaders).type('text/html; charset=utf-8').send(printHtml(page));
}

/** The page with its style sheets asked for as they are printed; all else as it is. */
function withPrintStyle(page: string): string {
  return page.replaceAll(/(<link rel="stylesheet" href="[^"?]+)"/g, '$1?as=print"');
}

/** A style sheet that shows on the screen what it says of paper. */
function printOnScreen(css: string): string {
  return css.replaceAll(/@media print\b/g, '@media all').replaceAll(/@media screen\b/g, '@media not all');
}
