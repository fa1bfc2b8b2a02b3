import { inOrder, type Finding } from '@chengmen/checks';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import {
  addressOf,
  channelMerges,
  channelsWithin,
  holdState,
  intakeOf,
  intakePageOf,
  itemList,
  liveChannels,
  mediaUses,
  siteNames,
  type Holds,
  type LiveChannel,
} from '@chengmen/content';
import { bundleDesk, type DeskBundle } from '@chengmen/desk-web';
import type { SafeHtml } from '@chengmen/html';
import {
  createAccount,
  grantRole,
  endSession,
  resetPassword,
  resetSecondFactor,
  revokeRole,
  revokeSessions,
  type Identity,
  type SignedIn,
} from '@chengmen/identity';
import { answerLetter, letterForDesk, lettersForDesk } from '@chengmen/interaction';
import type { Command, Ledger } from '@chengmen/ledger';
import { fileLimits, type TakenFile } from '@chengmen/media';
import {
  ChengmenError,
  explainError,
  isDocument,
  isKind,
  isPictureType,
  itemId,
  may,
  mayAnywhere,
  requestFault,
  mayWithin,
  newItemId,
  sha256,
  writePermission,
  type AccessibilityRecord,
  type Actor,
  type DocumentKind,
  type FieldsOf,
  type ItemId,
  type Permission,
  type PictureArea,
  type SiteId,
} from '@chengmen/model';
import { changeChecks, type Proofreading, type TextToCheck } from '@chengmen/proofreading';
import {
  allowedOn,
  commentsOn,
  contributorsOf,
  countWaiting,
  emergencies,
  emergencyCounts,
  itemHistory,
  itemState,
  newestRevisions,
  placeOf,
  revisionById,
  scheduleAlarms,
  schedules,
  hasOpened,
  seenPreviews,
  standingOrder,
  titleIn,
  type Revision,
  type Revisions,
} from '@chengmen/revision';
import type { WordText } from '@chengmen/word';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { checkOrigin, checkToken, formToken, isOwnLook, readNotice, signedNotice } from './desk-request.ts';
import { accessibilityRoutes } from './accessibility-routes.ts';
import { accountRoutes } from './account-routes.ts';
import { apiDoor } from './api-door.ts';
import { auditRoutes } from './audit-routes.ts';
import { channelRoutes } from './channel-routes.ts';
import { checkable, checkRoutes } from './check-routes.ts';
import { cropRoutes } from './crop-routes.ts';
import {
  instantOf,
  itemOf,
  problemOf,
  text,
  typedIn,
  type Choice,
  type DeskTools,
  type Form,
  type Params,
  type Refused,
  type Show,
} from './desk-forms.ts';
import { commandAnswers, type AnyCommand } from './desk-commands.ts';
import { deskScripts, newNonce } from './desk-scripts.ts';
import { noIntake, type IntakeDoor } from './intake-door.ts';
import { intakeRoutes } from './intake-routes.ts';
import { itemFieldRoutes } from './item-field-routes.ts';
import { mediaRoutes } from './media-routes.ts';
import { meRoutes } from './me-routes.ts';
import { screenOf } from './go-places.ts';
import { goRoutes } from './go-routes.ts';
import { pageRoutes } from './page-routes.ts';
import { settingsRoutes } from './settings-routes.ts';
import { signInRoutes } from './sign-in-routes.ts';
import { pathWithin, printWithin, siteHome } from './site-base.ts';
import { keptForm } from './kept-form.ts';
import { fieldsOf, valuesOf } from './item-form.ts';
import { differenceOf } from './difference/difference-of.ts';
import { differencePage, type DifferenceView } from './pages/difference.ts';
import {
  beginAt,
  editAt,
  editorPage,
  removedNotice,
  unsentNotice,
  type EditorState,
  type UnsentFile,
} from './pages/editor.ts';
import { emergenciesPage } from './pages/emergencies.ts';
import { itemsAtOnce, itemFilter, itemQuery } from './item-query.ts';
import { itemListPage } from './pages/item-list.ts';
import { itemPage, type ItemView } from './pages/item.ts';
import { openRemarks, type RemarksView } from './pages/remarks.ts';
import { schedulePage } from './pages/schedule.ts';
import { letterListPage, letterPage } from './pages/letters.ts';
import { problemPage } from './pages/problem.ts';
import { signInPage } from './pages/sign-in.ts';
import { filesAtOnce, uploadPage } from './pages/upload.ts';
import { openApi } from './open-api.ts';
import { previewRoutes } from './preview-routes.ts';
import type { Preview, PreviewFiles } from './previews.ts';
import type { ListedRelease, LookBack } from './look-back.ts';
import type { DeskPage } from './pages/frame.ts';
import { noPress, type PressView } from './press-view.ts';
import { releaseRoutes } from './release-routes.ts';
import type { Probe, Removal } from './removals.ts';
import { replaceRoutes } from './replace-routes.ts';
import { reviewRoutes } from './review-routes.ts';
import { stylesheet } from './stylesheet.ts';
import { statisticsRoutes } from './statistics-routes.ts';
import { withdrawalRoutes } from './withdrawal-routes.ts';
import { writingRoutes, type SaveItem } from './writing-routes.ts';
import { takeUploads, type UploadPart } from './take-uploads.ts';

export interface DeskOptions {
  readonly ledger: Ledger;
  readonly identity: Identity;
  readonly revisions: Revisions;
  readonly proofreading: Proofreading;
  readonly site: SiteId;
  /** What stands before the addresses of this desk, where it is not alone; see `siteBase`. */
  readonly base?: string;
  readonly siteName: () => Promise<string>;
  /** What another site is called that has no settings live yet. */
  readonly nameOf?: (site: SiteId) => string | undefined;
  readonly portal: string;
  /** Signs form tokens. */
  readonly secret: string;
  /** The very bytes that would be served once a revision is approved. Rejects with what would hold the approval back. */
  readonly preview: (revision: Revision) => Promise<Preview>;
  /** What would go from which addresses if an item were withdrawn. Rejects with what would hold that back. */
  readonly removal: (item: ItemId) => Promise<Removal>;
  /** Whether what was withdrawn is gone from the release that serves; undefined for what has no address of its own. */
  readonly probe: (item: ItemId) => Promise<Probe | undefined>;
  /** Going back to an earlier release and staying there. */
  readonly holds: Holds;
  /** The newest releases, newest first. */
  readonly releases: () => Promise<readonly ListedRelease[]>;
  /** What an earlier release has otherwise than the one that serves; undefined where there is none of this number. */
  readonly lookBack: (release: number) => Promise<LookBack | undefined>;
  /** What the press is at now. */
  readonly pressView?: () => PressView;
  /** Taking old pages in. */
  readonly intake?: IntakeDoor;
  /** Pictures and files that previews show and no release has yet; shared with the desks of other sites. */
  readonly previewFiles?: PreviewFiles;
  /** By what several revisions of another site are approved: its own checks and files. */
  readonly officeOf?: (site: SiteId) => Promise<Pick<DeskOptions, 'ledger' | 'revisions'>>;
  /** Styles and pictures previews refer to, from the sealed release. */
  readonly publishedFile: (path: string) => Promise<{ readonly type: string; readonly body: Uint8Array } | undefined>;
  /** Takes a file handed in; see the room `media`. */
  readonly takeFile: (
    bytes: AsyncIterable<Uint8Array>,
    about: { readonly name: string; readonly alt: string; readonly wordless: boolean },
  ) => Promise<TakenFile>;
  /** Cuts a part out of a picture; see the room `media`. */
  readonly cropPicture: (fields: FieldsOf<'media'>, area: PictureArea | undefined) => Promise<FieldsOf<'media'>>;
  /** Reads a Word document handed in; see the room `word`. */
  readonly readWord: (bytes: AsyncIterable<Uint8Array>, name: string) => Promise<WordText>;
  /** Bytes of a media item, published or not. */
  readonly fileBytes: (hash: string) => Promise<Uint8Array | undefined>;
  /** Resolves when everything approved so far is live. */
  readonly settle: () => Promise<void>;
  readonly today: () => string;
  /** Proxies whose X-Forwarded-For is believed: addresses or networks, separated by commas. */
  readonly trustedProxies?: string;
  readonly clock: () => Date;
  /** What the tests of the portal's templates found, for the accessibility statement. */
  readonly accessibility?: AccessibilityRecord;
  /** How many minutes after its time something scheduled is late. */
  readonly lateMinutes: number;
  /** Whether there is a mail server to tell people by. */
  readonly canMail?: boolean;
}

const stylesheetPath = `/desk/${sha256(stylesheet).slice(0, 12)}.css`;

const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; frame-src 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'x-robots-tag': 'noindex, nofollow',
  'cache-control': 'no-store',
};

/** The desk (工作台): server-rendered, complete without scripts; the same commands under /api as JSON. */
export async function createDesk(options: DeskOptions): Promise<FastifyInstance> {
  const { ledger, identity, revisions, site, secret, base = '' } = options;
  const { db } = ledger;
  const { trustedProxies = '' } = options;
  const app = fastify({
    bodyLimit: 4 * 1024 * 1024,
    ...(trustedProxies === '' ? {} : { trustProxy: trustedProxies }),
    // An address that cannot be read is refused before there are hooks; in the desk's words all the same.
    frameworkErrors: (error, request, reply) => {
      reply.headers(securityHeaders);
      void fail(reply, request, error);
    },
  });
  await app.register(formbody);
  await app.register(multipart, {
    // A byte more than is allowed tells a file that is too large from one that is just as large as may be.
    limits: { fileSize: fileLimits.size + 1, files: filesAtOnce, fields: 3 * filesAtOnce + 3, fieldSize: 8192 },
    throwFileSizeLimit: false,
  });

  app.addHook('onSend', async (_request, reply) => {
    await Promise.resolve();
    const leads = reply.getHeader('location');
    if (typeof leads === 'string') reply.header('location', pathWithin(base, leads));
    for (const [name, value] of Object.entries(securityHeaders)) if (!reply.hasHeader(name)) reply.header(name, value);
  });
  app.addHook('preHandler', async (request) => {
    await Promise.resolve();
    if (request.method !== 'GET' && request.method !== 'HEAD') checkOrigin(request);
  });
  app.setErrorHandler((error, request, reply) => fail(reply, request, error));
  app.setNotFoundHandler((request, reply) =>
    fail(reply, request, new ChengmenError('not-found', { what: '页面 (page)', id: request.url })),
  );

  const fail = async (reply: FastifyReply, request: FastifyRequest, raw: unknown): Promise<FastifyReply> => {
    const known =
      raw instanceof ChengmenError
        ? raw
        : (requestFault(raw) ?? new ChengmenError('unexpected', { reference: request.id }));
    if (known.code === 'unexpected')
      process.stderr.write(
        `${site}: desk ${request.id}: ${raw instanceof Error ? (raw.stack ?? raw.message) : String(raw)}\n`,
      );
    const told = explainError(known);
    if (known.code === 'sign-in-wait') reply.header('retry-after', String(known.parameters['seconds']));
    const asked = request.headers['content-type'] ?? '';
    if (request.url.startsWith('/api/') || asked.startsWith('application/json'))
      return reply.code(told.status).send({ error: { ...told, ...parametersOf(known) } });
    if (known.code === 'second-factor-needed') return reply.redirect('/me/authenticator', 303);
    // Who asks for the desk, and works on another site, is meant to be there.
    if (known.code === 'site-closed' && request.method === 'GET' && request.url === '/')
      return reply.redirect(siteHome(String(known.parameters['instead'])), 303);
    const kept = known.code === 'sign-in-needed' ? keptForm(request) : undefined;
    if (known.code === 'sign-in-needed' && !kept)
      return reply.redirect(
        `/sign-in?${new URLSearchParams({ next: request.method === 'GET' ? request.url : '/' }).toString()}`,
        303,
      );
    // Where even this fails, what went wrong first is still told.
    const signedIn = await identity.actorOf(request.headers.cookie).catch(() => null);
    if (signedIn) return show(reply, signedIn, (page) => problemPage(page, problemOf(told)), told.status);
    const page = signInPage({
      siteName: await options.siteName(),
      stylesheet: stylesheetPath,
      nonce: allowScript(reply),
      passkeyAt: identity.passkeyAt,
      oidcName: identity.oidcName,
      username: '',
      next: request.method === 'GET' ? request.url : '/',
      problem: kept ? sessionEnded : problemOf(told),
      kept,
    });
    return reply.code(told.status).type('text/html; charset=utf-8').send(printWithin(base, page));
  };

  const whoever = async (request: FastifyRequest): Promise<SignedIn> => {
    const signedIn = await identity.actorOf(request.headers.cookie);
    if (!signedIn) throw new ChengmenError('sign-in-needed');
    const [instead] = signedIn.elsewhere;
    // Whoever works on other sites alone sees of this one nothing at all.
    if (instead && holdsNothing(signedIn) && request.routeOptions.url !== '/sign-out')
      throw new ChengmenError('site-closed', { site: await options.siteName(), instead: instead.site });
    return signedIn;
  };
  const who = async (request: FastifyRequest): Promise<SignedIn> => {
    const signedIn = await whoever(request);
    if (signedIn.mustEnrol) throw new ChengmenError('second-factor-needed');
    return signedIn;
  };
  const { hooks } = revisions;
  /** Letters, the audit and accounts are the whole site's; what stands in channels may be a part's. */
  const need = (actor: Actor, permission: Permission): void => {
    if (!mayAnywhere(actor, permission))
      throw new ChengmenError('permission-denied', { actor: actor.name, permission });
  };
  const needWhole = (actor: Actor, permission: Permission): void => {
    if (!may(actor, permission)) throw new ChengmenError('permission-denied', { actor: actor.name, permission });
  };
  const showWith = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    page: Show,
    { status = 200, waiting }: { readonly status?: number; readonly waiting?: number },
  ): Promise<FastifyReply> => {
    const { actor, session } = signedIn;
    const notice = readNotice(secret, session, reply.request.query as Form);
    const late = { now: options.clock(), lateMinutes: options.lateMinutes };
    const body = page({
      actor,
      mustEnrol: signedIn.mustEnrol,
      token: formToken(secret, session),
      siteName: await options.siteName(),
      portal: options.portal,
      stylesheet: stylesheetPath,
      waiting: waiting ?? (await countEverywhere([actor, ...signedIn.elsewhere])),
      sites: await sitesOf(signedIn, reply.request.url),
      alarms: await scheduleAlarms(db, site, late),
      emergencies: await emergencyCounts(db, site, late.now),
      hold: await holdState(db, site),
      ...late,
      notice,
      palette: allowScript(reply),
    });
    return reply.code(status).type('text/html; charset=utf-8').send(printWithin(base, body));
  };
  const countEverywhere = async (actors: readonly Actor[]): Promise<number> => {
    let count = 0;
    for (const one of actors) count += await countWaiting(db, one, hooks);
    return count;
  };
  /** The sites of somebody who works on several; none where there is nothing to choose. */
  const sitesOf = async (
    { actor, mustEnrol, elsewhere }: SignedIn,
    path: string,
  ): Promise<NonNullable<DeskPage['sites']>> => {
    if (elsewhere.length === 0) return [];
    const here = holdsNothing({ actor, mustEnrol }) ? [] : [actor];
    const all = [...here, ...elsewhere].sort((one, other) => (one.site < other.site ? -1 : 1));
    const names = await siteNames(
      db,
      all.map((one) => one.site),
    );
    return all.map((one) => ({
      ...{ site: one.site, name: names.get(one.site) ?? options.nameOf?.(one.site) ?? one.site },
      ...{ here: one.site === site, screen: screenOf(path, one) },
    }));
  };
  const show: DeskTools['show'] = (reply, signedIn, page, status = 200) => showWith(reply, signedIn, page, { status });
  const postOf =
    (asked: typeof who): DeskTools['post'] =>
    async (request, reply, work) => {
      const signedIn = await asked(request);
      const form = (request.body ?? {}) as Form;
      checkToken(secret, signedIn, form['_token']);
      return work(signedIn, form);
    };
  const [post, own] = [postOf(who), postOf(whoever)];
  /** The page after a form, with one sentence about what was done. */
  const back = async (
    reply: FastifyReply,
    { session }: Pick<SignedIn, 'session'>,
    path: string,
    done: string,
  ): Promise<FastifyReply> =>
    reply.redirect(`${path}${path.includes('?') ? '&' : '?'}${signedNotice(secret, session, done).toString()}`, 303);
  const channels = (): Promise<readonly LiveChannel[]> => liveChannels(db, site);
  /** The channels in which this person may write. */
  const writable = async (actor: Actor): Promise<readonly Choice[]> => {
    const all = await channels();
    if (may(actor, 'item.write')) return all;
    const at = { tx: db, site };
    const held = await Promise.all(
      all.map(async ({ id }) =>
        mayWithin(
          actor,
          'item.write',
          await placeOf(at, hooks, { item: '', kind: 'article', fields: { channel: id } as never }),
        ),
      ),
    );
    return all.filter((_, index) => held[index]);
  };
  const uploadState = async (
    actor: Actor,
    done: Parameters<typeof uploadPage>[1]['done'],
  ): Promise<Parameters<typeof uploadPage>[1]> => ({
    done,
    limit: fileLimits.size,
    owners: await writable(actor),
    site: may(actor, 'item.write'),
  });

  /** As the form shows it, in the channel that the one it names was merged into. */
  const standingValues = async (from: Revision): Promise<Record<string, string>> => {
    const values = valuesOf(from);
    const into = (await channelMerges(db, site)).get(values['channel'] ?? '');
    return into === undefined ? values : { ...values, channel: into };
  };
  const showEditor = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    state: Omit<EditorState, 'channels' | 'bundle'>,
    status = 200,
  ): Promise<FastifyReply> => {
    const all = await writable(signedIn.actor);
    const bundle = await browserApp();
    const nonce = bundle && allowScript(reply);
    return show(
      reply,
      signedIn,
      (page) => editorPage(page, { ...state, channels: all, bundle: bundle && { ...bundle, nonce: nonce ?? '' } }),
      status,
    );
  };
  /** Where the application cannot be made, the form stays what it is without it, and the operator is told. */
  const browserApp = (): Promise<DeskBundle | undefined> =>
    bundleDesk().catch((error: unknown) => {
      process.stderr.write(`desk: the editors' application could not be made: ${String(error)}\n`);
      return undefined;
    });
  /** One's own pictures and attachments that were put into the text go with it to the reviewers; answers which could not. */
  const submitMedia = async (actor: Actor, fields: string): Promise<UnsentFile[]> => {
    const named = new Set([...fields.matchAll(/media:([a-z0-9-]+)/g)].map(([, id = '']) => id));
    const unsent: UnsentFile[] = [];
    for (const newest of (await newestRevisions(db, site, [...named])).values()) {
      if (newest.kind !== 'media' || newest.state !== 'draft' || newest.author !== actor.account) continue;
      const { revision, hash } = newest;
      try {
        await ledger.execute(revisions.submitRevision, actor, { revision, hash });
      } catch (error) {
        if (!(error instanceof ChengmenError)) throw error;
        unsent.push({ title: (newest.fields as FieldsOf<'media'>).title, refused: error });
      }
    }
    return unsent;
  };
  const saveItem: SaveItem = async (actor, { kind, item, base, values, submit }) => {
    const { fields, removed } = fieldsOf(kind, values);
    const saved = await ledger.execute(revisions.saveDraft, actor, {
      ...(item === '' ? {} : { item }),
      ...(typeof base === 'string' ? { base: base === '' ? null : base } : {}),
      ...{ kind, fields },
    });
    if (!submit) return { saved, removed };
    try {
      await ledger.execute(revisions.submitRevision, actor, { revision: saved.revision, hash: saved.hash });
    } catch (error) {
      // It is saved all the same, and whoever asks must know on what to go on.
      if (error instanceof ChengmenError) return { saved, removed, refused: error };
      throw error;
    }
    return { saved, removed, unsent: await submitMedia(actor, JSON.stringify(fields)) };
  };

  const findingsOf = async (text: TextToCheck, askLinks = false): Promise<readonly Finding[]> => {
    const { check, outside } = options.proofreading;
    return inOrder([...(await check(text)), ...(await outside(text, { askLinks }))]);
  };
  const compared = async (
    before: Revision,
    after: Revision,
  ): Promise<Pick<DifferenceView, 'difference' | 'media' | 'titles'>> => {
    const difference = differenceOf(before, after);
    const moved = difference.media.map(({ item }) => item);
    const newest = [...(await newestRevisions(db, site, moved)).values()].filter(({ kind }) => kind === 'media');
    const media = newest.map(({ item, fields }) => {
      const { title, alt, type } = fields as FieldsOf<'media'>;
      return [item, { title, alt, isPicture: isPictureType(type) }] as const;
    });
    const named = await newestRevisions(db, site, difference.named);
    const titles = new Map([...named].map(([id, { fields }]) => [id, titleIn(fields, id)]));
    return { difference, media: new Map(media), titles };
  };
  const viewOf = async (
    { actor }: SignedIn,
    item: string,
    chosen: string | undefined,
    askLinks = false,
  ): Promise<ItemView> => {
    need(actor, 'item.read-unpublished');
    const state = await itemState(db, site, item);
    const history = state ? await itemHistory(db, site, item) : [];
    const shown = history.find(({ revision }) => revision === chosen) ?? history[0];
    if (!state || !shown) throw new ChengmenError('not-found', { what: '条目 (item)', id: item });
    const live = history.find(({ revision }) => revision === state.live);
    return {
      ...{ state, history, shown },
      compared: live && live !== shown ? await compared(live, shown) : undefined,
      address: await addressOf(db, site, item),
      intake: await intakeOf(db, site, item),
      intakePage: await intakePageOf(db, site, item),
      scheduled: await schedules(db, site, item),
      allowed: await allowedOn({ tx: db, site }, hooks, actor, shown),
      contributors: await contributorsOf({ tx: db, site }, shown),
      emergencies: await emergencies(db, site, item),
      findings: await findingsOf(shown, askLinks),
      context: await options.proofreading.context(),
      comments: await commentsOn(db, site, item),
      seen: await seenPreviews(db, site, item),
      uses: shown.kind === 'media' ? await mediaUses(db, site, [item]) : [],
    };
  };
  const showItem = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    item: string,
    {
      chosen,
      problem,
      status,
      askLinks,
      remark,
      opened,
    }: {
      chosen?: string | undefined;
      problem?: { zh: string; en: string };
      status?: number;
      askLinks?: boolean;
      remark?: RemarksView['chosen'];
      opened?: (revision: Revision) => Promise<void>;
    } = {},
  ): Promise<FastifyReply> => {
    const view = await viewOf(signedIn, item, chosen, askLinks);
    await opened?.(view.shown);
    // Where the release cannot be read, the item's page must not fail with it.
    const probed =
      view.state.state === 'withdrawn' ? await options.probe(item).catch(() => 'unread' as const) : undefined;
    const shown = { ...view, probed, problem, chosen: remark };
    return show(reply, signedIn, (page) => itemPage(page, shown), status);
  };
  /** Runs a command from a form; a refusal leaves everything as it was and is told where the form stands. */
  const run = async <I, R>(
    signedIn: SignedIn,
    command: Command<I, R>,
    input: unknown,
    then: { readonly done: () => Promise<FastifyReply>; readonly refused: Refused },
  ): Promise<FastifyReply> => {
    try {
      await ledger.execute(command, signedIn.actor, input);
    } catch (error) {
      if (!(error instanceof ChengmenError)) throw error;
      const told = explainError(error);
      return then.refused(problemOf(told), told.status);
    }
    return then.done();
  };
  const onItem = <I, R>(
    reply: FastifyReply,
    signedIn: SignedIn,
    at: { item: string; revision?: string },
    command: Command<I, R>,
    input: unknown,
    done: string,
  ): Promise<FastifyReply> =>
    run(signedIn, command, input, {
      done: () => back(reply, signedIn, `/items/${at.item}`, done),
      refused: (problem, status) => showItem(reply, signedIn, at.item, { chosen: at.revision, problem, status }),
    });

  app.get(stylesheetPath, (_request, reply) =>
    reply
      .type('text/css; charset=utf-8')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(stylesheet),
  );

  for (const { path, text: script } of Object.values(deskScripts))
    app.get(path, (_request, reply) =>
      reply
        .type('text/javascript; charset=utf-8')
        .header('cache-control', 'public, max-age=31536000, immutable')
        .send(script),
    );
  app.get<Params<'file'>>('/desk/app/:file', async (request, reply) => {
    const bundle = await bundleDesk();
    const file = [bundle.script, bundle.style].find(({ path }) => path === `/desk/app/${request.params.file}`);
    if (!file) throw new ChengmenError('not-found', { what: '文件 (file)', id: request.url });
    return reply
      .type(file.path.endsWith('.js') ? 'text/javascript; charset=utf-8' : 'text/css; charset=utf-8')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('content-encoding', 'gzip')
      .send(Buffer.from(file.body));
  });
  /** One a page: whoever asks again is let in by the same. */
  const nonces = new WeakMap<FastifyReply, string>();
  const allowScript = (reply: FastifyReply): string => {
    const known = nonces.get(reply);
    if (known !== undefined) return known;
    const nonce = newNonce();
    nonces.set(reply, nonce);
    const policy = `${securityHeaders['content-security-policy']}; script-src 'nonce-${nonce}'; connect-src 'self'`;
    reply.header('content-security-policy', policy);
    return nonce;
  };
  const door: Omit<DeskTools, 'api'> = {
    ...{ who, whoever, post, own, show, allowScript, need, run, back },
    checkToken: (signedIn, token) => {
      checkToken(secret, signedIn, token);
    },
  };
  const api = apiDoor(app, { ...door, needWhole });
  const tools: DeskTools = { ...door, api };
  const print = (page: SafeHtml): string => printWithin(base, page);
  signInRoutes(app, { ...tools, print, base, identity, siteName: options.siteName, stylesheet: stylesheetPath });
  meRoutes(app, { ...tools, ledger, identity, site, canMail: options.canMail ?? false });

  reviewRoutes(app, {
    ...{ ...tools, ledger, revisions, site, clock: options.clock, channels, showWith, onItem },
    ...(options.officeOf ? { officeOf: options.officeOf } : {}),
  });

  const isHeld = async (): Promise<boolean> => (await holdState(db, site)).held !== undefined;
  app.get<Params<never>>('/items', async (request, reply) => {
    const signedIn = await who(request);
    need(signedIn.actor, 'item.read-unpublished');
    const query = itemQuery(request.query);
    const all = await channels();
    const filter = itemFilter(query, (channel) => channelsWithin(all, channel));
    const listed = await itemList(db, site, { ...filter, limit: itemsAtOnce });
    return show(reply, signedIn, (page) => itemListPage(page, { ...listed, query, channels: all }));
  });
  app.get<Params<never>>('/items/new', async (request, reply) => {
    const signedIn = await who(request);
    const kind = text(request.query, 'kind') || (mayAnywhere(signedIn.actor, 'item.write') ? 'article' : 'channel');
    if (!isKind(kind)) throw new ChengmenError('not-found', { what: '类别 (kind)', id: kind });
    if (kind !== 'statement') need(signedIn.actor, writePermission(kind));
    const begun = beginAt(kind);
    if (begun !== undefined || !isDocument(kind)) return reply.redirect(begun ?? '/', 303);
    const given = text(request.query, 'item');
    const item = itemId.safeParse(given).success && !(await itemState(db, site, given)) ? given : newItemId();
    const values = { date: `${options.today()} 09:00`, channel: 'headlines' };
    return showEditor(reply, signedIn, { kind, item, base: '', values });
  });
  /** Once for each person and revision; whoever wrote it knows it. */
  const noteOpening = async ({ actor }: SignedIn, request: FastifyRequest, opened: Revision): Promise<void> => {
    const { author, revision, hash } = opened;
    if (author === actor.account || !isOwnLook(request) || (await hasOpened(db, site, actor.account, opened))) return;
    await ledger.execute(revisions.noteOpening, actor, { revision, hash });
  };
  app.get<Params<'item'>>('/items/:item', async (request, reply) => {
    const signedIn = await who(request);
    return showItem(reply, signedIn, request.params.item, {
      opened: (revision) => noteOpening(signedIn, request, revision),
      chosen: text(request.query, 'revision'),
      askLinks: text(request.query, 'links') === 'ask',
      ...(text(request.query, 'quote') === ''
        ? {}
        : {
            remark: {
              field: text(request.query, 'field'),
              quote: text(request.query, 'quote'),
              place: text(request.query, 'place'),
            },
          }),
    });
  });
  app.get<Params<'item'>>('/items/:item/difference', async (request, reply) => {
    const signedIn = await who(request);
    need(signedIn.actor, 'item.read-unpublished');
    const { item } = request.params;
    const history = await itemHistory(db, site, item);
    const named = (name: string): Revision | undefined =>
      history.find(({ revision }) => revision === text(request.query, name));
    const after = named('to') ?? history[0];
    const before = named('from') ?? history[1] ?? after;
    if (!before || !after) throw new ChengmenError('not-found', { what: '条目 (item)', id: item });
    const as = text(request.query, 'as') === 'side' ? 'side' : 'inline';
    const view: DifferenceView = { item, history, before, after, as, ...(await compared(before, after)) };
    return show(reply, signedIn, (page) => differencePage(page, view));
  });
  app.get<Params<'item'>>('/items/:item/edit', async (request, reply) => {
    const signedIn = await who(request);
    const history = await itemHistory(db, site, request.params.item);
    const from = history.find(({ revision }) => revision === text(request.query, 'revision')) ?? history[0];
    if (!from) throw new ChengmenError('not-found', { what: '条目 (item)', id: request.params.item });
    need(signedIn.actor, writePermission(from.kind));
    await noteOpening(signedIn, request, from);
    const { kind, item } = from;
    if (!isDocument(kind)) return reply.redirect(editAt(from), 303);
    const findings = await findingsOf(from);
    const values = await standingValues(from);
    const remarks = openRemarks(await commentsOn(db, site, item), item);
    return showEditor(reply, signedIn, { kind, item, base: history[0]?.revision ?? '', values, findings, remarks });
  });
  /** The form again, with what the checks find in what was typed; nothing is saved. */
  const showChecked = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    { kind, item, form }: { kind: DocumentKind; item: string; form: Form },
  ): Promise<FastifyReply> => {
    need(signedIn.actor, writePermission(kind));
    const { fields } = fieldsOf(kind, form);
    const findings = await findingsOf(checkable({ kind, fields, ...(item === '' ? {} : { item }) }));
    return showEditor(reply, signedIn, { kind, item, base: text(form, 'base'), values: typedIn(form), findings });
  };
  app.post('/items', (request, reply) =>
    post(request, reply, async (signedIn, form) => {
      const { actor } = signedIn;
      const kind = text(form, 'kind');
      if (!isKind(kind) || !isDocument(kind)) throw new ChengmenError('not-found', { what: '类别 (kind)', id: kind });
      const item = text(form, 'item');
      try {
        if (text(form, 'action') === 'check') return await showChecked(reply, signedIn, { kind, item, form });
        const submit = text(form, 'action') === 'submit';
        const input = { kind, item, base: form['base'], values: form, submit };
        const { saved, removed, unsent = [], refused } = await saveItem(actor, input);
        if (refused) {
          // It is saved, and its page has the findings and what may be done about them.
          const told = explainError(refused);
          return await showItem(reply, signedIn, saved.item, { problem: problemOf(told), status: told.status });
        }
        return await back(
          reply,
          signedIn,
          `/items/${saved.item}`,
          `${submit ? '已送审。' : '已保存。'}${unsentNotice(unsent)}${removedNotice(removed)}`,
        );
      } catch (error) {
        if (!(error instanceof ChengmenError)) throw error;
        const told = explainError(error);
        // Seen and read, a newer revision may be built on: the form comes back standing on it.
        const newest = error.code === 'changed-meanwhile' ? String(error.parameters['newest']) : text(form, 'base');
        const state = { kind, item, base: newest, values: typedIn(form), problem: problemOf(told) };
        return showEditor(reply, signedIn, state, told.status);
      }
    }),
  );
  releaseRoutes(app, { ...tools, ...options, pressView: options.pressView ?? (() => noPress) });
  withdrawalRoutes(app, { ...tools, ...options, viewOf });
  app.post<Params<'revision'>>('/revisions/:revision/submit', (request, reply) =>
    post(request, reply, (signedIn, form) => {
      const { revision } = request.params;
      return onItem(
        reply,
        signedIn,
        { item: itemOf(revision), revision },
        revisions.submitRevision,
        { revision, hash: text(form, 'hash') },
        '已送审。',
      );
    }),
  );
  app.post<Params<'revision'>>('/revisions/:revision/review', (request, reply) =>
    post(request, reply, async (signedIn, form) => {
      const { revision } = request.params;
      const [stage, decision, comment] = [text(form, 'stage'), text(form, 'decision'), text(form, 'comment')];
      const publishAt = decision === 'approve' ? instantOf(form) : undefined;
      const input = {
        revision,
        hash: text(form, 'hash'),
        stage,
        decision,
        ...(comment === '' ? {} : { comment }),
        ...(publishAt === undefined ? {} : { publishAt }),
      };
      return onItem(
        reply,
        signedIn,
        { item: itemOf(revision), revision },
        revisions.reviewRevision,
        input,
        reviewNotice(stage, decision, { publishAt, held: await isHeld() }),
      );
    }),
  );

  app.post<Params<'revision'>>('/revisions/:revision/emergency', (request, reply) =>
    post(request, reply, async (signedIn, form) => {
      const { revision } = request.params;
      const input = { revision, hash: text(form, 'hash'), reason: text(form, 'reason') };
      const at = { item: itemOf(revision), revision };
      const live = (await isHeld()) ? '已批准紧急上线；发布已封存，解除后才看得到。' : '已紧急上线，';
      return onItem(reply, signedIn, at, revisions.publishEmergency, input, `${live}缺的审请尽快补齐。`);
    }),
  );
  app.get('/emergencies', async (request, reply) => {
    const signedIn = await who(request);
    need(signedIn.actor, 'item.read-unpublished');
    const all = await emergencies(db, site);
    return show(reply, signedIn, (page) => emergenciesPage(page, all));
  });
  api('GET /api/emergencies', () => emergencies(db, site));

  const showSchedule = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    problem?: { zh: string; en: string },
    status = 200,
  ): Promise<FastifyReply> => {
    need(signedIn.actor, 'item.read-unpublished');
    const scheduled = await schedules(db, site);
    const standing = await standingOrder(db, site);
    const shown = { scheduled, standing, ...(problem ? { problem } : {}) };
    return show(reply, signedIn, (page) => schedulePage(page, shown), status);
  };
  const onSchedule = <I, R>(
    reply: FastifyReply,
    signedIn: SignedIn,
    command: Command<I, R>,
    input: unknown,
    done: string,
  ): Promise<FastifyReply> =>
    run(signedIn, command, input, {
      done: () => back(reply, signedIn, '/schedule', done),
      refused: (problem, status) => showSchedule(reply, signedIn, problem, status),
    });
  app.get('/schedule', async (request, reply) => showSchedule(reply, await who(request)));
  app.post<Params<'id'>>('/schedule/:id/change', (request, reply) =>
    post(request, reply, (signedIn, form) => {
      const at = instantOf(form);
      const input = { id: Number(request.params.id), ...(at === undefined ? {} : { at }) };
      return onSchedule(reply, signedIn, revisions.changeSchedule, input, '时间已改。');
    }),
  );
  app.post<Params<'id'>>('/schedule/:id/cancel', (request, reply) =>
    post(request, reply, (signedIn, form) => {
      const input = { id: Number(request.params.id), reason: text(form, 'reason') };
      return onSchedule(reply, signedIn, revisions.cancelSchedule, input, '已取消。');
    }),
  );

  previewRoutes(app, {
    ...{ ...tools, ...options, need, viewOf },
    note: async ({ actor }, { revision, hash }, page) => {
      await ledger.execute(revisions.notePreview, actor, { revision, hash, page });
    },
  });
  mediaRoutes(app, { ...tools, ledger, revisions, site, writable });
  replaceRoutes(app, {
    ...{ ...tools, ledger, revisions, site, writable },
    ...{ takeFile: options.takeFile, submitMedia },
  });
  cropRoutes(app, { ...tools, ledger, revisions, site, cropPicture: options.cropPicture });
  intakeRoutes(app, { ...tools, ledger, site, channels, intake: options.intake ?? noIntake });
  app.get('/upload', async (request, reply) => {
    const signedIn = await who(request);
    need(signedIn.actor, 'item.write');
    const state = await uploadState(signedIn.actor, []);
    return show(reply, signedIn, (page) => uploadPage(page, state));
  });
  app.post('/upload', async (request, reply) => {
    const signedIn = await who(request);
    const { actor } = signedIn;
    need(actor, 'item.write');
    const done = await takeUploads(request.parts() as AsyncIterable<UploadPart>, {
      check: (token) => {
        checkToken(secret, signedIn, token);
      },
      takeFile: options.takeFile,
      save: async (fields, submit) => {
        const { item, revision, hash } = await ledger.execute(revisions.saveDraft, actor, { kind: 'media', fields });
        if (submit) await ledger.execute(revisions.submitRevision, actor, { revision, hash });
        return { item, revision };
      },
    });
    const refusal = done.find((each) => 'refused' in each);
    const status = refusal && 'refused' in refusal ? refusal.refused.status : 200;
    const state = await uploadState(actor, done);
    return show(reply, signedIn, (page) => uploadPage(page, state), status);
  });
  app.get<Params<'revision'>>('/bytes/:revision', async (request, reply) => {
    const { actor } = await who(request);
    need(actor, 'item.read-unpublished');
    const revision = await revisionById(db, site, request.params.revision);
    const fields = revision?.kind === 'media' ? (revision.fields as FieldsOf<'media'>) : undefined;
    const form = fields && formOf(fields, text(request.query, 'size'));
    const bytes = form && (await options.fileBytes(form.hash));
    if (!form || !bytes) throw new ChengmenError('not-found', { what: '文件 (file)', id: request.params.revision });
    // It may be what a reviewer must not be harmed by: no rights of the desk, and nothing but pictures is opened.
    if (!isPictureType(form.type)) reply.header('content-disposition', 'attachment');
    return reply.type(form.type).header('content-security-policy', "default-src 'none'; sandbox").send(bytes);
  });
  app.get('/letters', async (request, reply) => {
    const signedIn = await who(request);
    needWhole(signedIn.actor, 'letter.read');
    const letters = await lettersForDesk(db, site);
    return show(reply, signedIn, (page) => letterListPage(page, letters, options.today()));
  });
  const showLetter = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    reference: string,
    problem?: { zh: string; en: string },
    status = 200,
  ): Promise<FastifyReply> => {
    needWhole(signedIn.actor, 'letter.read');
    const letter = await letterForDesk(db, site, reference);
    if (!letter) throw new ChengmenError('not-found', { what: '来信 (letter)', id: reference });
    return show(reply, signedIn, (page) => letterPage(page, letter, problem), status);
  };
  app.get<Params<'reference'>>('/letters/:reference', async (request, reply) =>
    showLetter(reply, await who(request), request.params.reference),
  );
  app.post<Params<'reference'>>('/letters/:reference/answer', (request, reply) =>
    post(request, reply, async (signedIn, form) => {
      const { reference } = request.params;
      try {
        await ledger.execute(answerLetter, signedIn.actor, {
          reference,
          department: text(form, 'department'),
          answer: text(form, 'answer'),
        });
      } catch (error) {
        if (!(error instanceof ChengmenError)) throw error;
        const told = explainError(error);
        return showLetter(reply, signedIn, reference, { zh: told.zh, en: told.en }, told.status);
      }
      return back(reply, signedIn, `/letters/${reference}`, '已答复。');
    }),
  );

  writingRoutes(app, { ...tools, ...options, saveItem });

  const { proofreading } = options;
  checkRoutes(app, {
    ...{ ...tools, ledger, site, proofreading, back },
    mayRead: ({ actor }) => {
      need(actor, 'item.read-unpublished');
    },
    onRevision: (reply, signedIn, revision, command, input, done) =>
      onItem(reply, signedIn, { item: itemOf(revision), revision }, command, input, done),
  });
  const accountsNow = (): ReturnType<typeof identity.accounts> => identity.accounts();
  auditRoutes(app, {
    ...{ ...tools, ledger, site, clock: options.clock, channels, accounts: accountsNow },
    mayAudit: ({ actor }) => {
      needWhole(actor, 'audit.read');
    },
  });
  channelRoutes(app, {
    ...tools,
    ledger,
    revisions,
    site,
    today: options.today,
    accounts: accountsNow,
    removal: options.removal,
  });
  const ofPages = { ...tools, needWhole, ledger, revisions, site, today: options.today, channels };
  pageRoutes(app, { ...ofPages, submitMedia });
  settingsRoutes(app, ofPages);
  itemFieldRoutes(app, { ...ofPages, writable, noteOpening });
  goRoutes(app, { ...tools, ledger, site, channels });
  statisticsRoutes(app, {
    ...{ ...tools, ledger, site, today: options.today },
    mayRead: ({ actor }) => {
      need(actor, 'item.read-unpublished');
    },
  });
  accessibilityRoutes(app, {
    ...{ ...tools, ledger, revisions, site, today: options.today },
    accessibility: options.accessibility ?? { checkedOn: options.today(), tests: 0, facts: [] },
  });
  accountRoutes(app, { ...tools, ledger, identity, need: needWhole, channels });

  const { saveDraft, submitRevision, reviewRevision, publishEmergency, withdrawItem } = revisions;
  const { scheduleWithdrawal, changeSchedule, cancelSchedule } = revisions;
  const onAccountsToo = [
    createAccount,
    grantRole,
    revokeRole,
    resetPassword,
    resetSecondFactor,
    endSession,
    revokeSessions,
  ];
  const commands = [
    ...[saveDraft, submitRevision, reviewRevision, publishEmergency, withdrawItem],
    ...[scheduleWithdrawal, changeSchedule, cancelSchedule, revisions.commentPassage, revisions.resolveComment],
    ...[revisions.notePreview, revisions.changeReviewTimes],
    ...[options.holds.askRollBack, options.holds.confirmRollBack, options.holds.dropHoldRequest],
    ...[options.holds.askResume, options.holds.confirmResume],
    ...[answerLetter, changeChecks, proofreading.overruleFinding, proofreading.withdrawOverrule, ...onAccountsToo],
  ].map((command) => command as unknown as AnyCommand);
  for (const command of commands)
    app.post(
      `/api/commands/${command.name}`,
      { config: { answer: z.strictObject({ result: commandAnswers[command.name]?.result ?? z.unknown() }) } },
      async (request) => {
        const signedIn = await who(request);
        checkToken(secret, signedIn, request.headers['x-form-token']);
        // Permission and input are asked for there: a refused command leaves its audit line.
        return { result: await ledger.execute(command, signedIn.actor, request.body) };
      },
    );
  let described: ReturnType<typeof openApi> | undefined;
  api('GET /api/openapi.json', () => (described ??= openApi({ commands, cookie: identity.sessionCookie })));
  api('GET /api/me', ({ signedIn: { actor, session, mustEnrol } }) => {
    const { account, name, roles, within = [] } = actor;
    return { account, name, roles, within, mustEnrol, token: formToken(secret, session) };
  });
  api('GET /api/sessions', ({ signedIn }) => identity.sessions([signedIn.actor.account]));
  api('GET /api/accounts/:account/sessions', async ({ params }) => {
    const known = (await identity.accounts()).some(({ account }) => account === params.account);
    if (!known) throw new ChengmenError('not-found', { what: '账号 (account)', id: params.account });
    return identity.sessions([params.account]);
  });
  api('GET /api/accounts', () => identity.accounts());
  api('GET /api/schedule', () => schedules(db, site));
  api('POST /api/settle', async () => {
    await options.settle();
    return {};
  });
  return app;
}

/** `small` as a list shows it, the narrowest of the forms a browser reads; `whole` before it was cropped. */
function formOf(fields: FieldsOf<'media'>, size: string): Pick<FieldsOf<'media'>, 'hash' | 'type'> {
  const form = size === 'small' ? fields.forms?.[0] : size === 'whole' ? fields.uncropped : undefined;
  return form ?? fields;
}

const holdsNothing = ({ actor: { roles, within = [] }, mustEnrol }: Pick<SignedIn, 'actor' | 'mustEnrol'>): boolean =>
  roles.length + within.length === 0 && !mustEnrol;

const sessionEnded = {
  zh: '登录已过期。您写的内容还在，登录后可以接着保存。',
  en: 'Your session has ended. What you wrote is still here: sign in to save it.',
};

function reviewNotice(
  stage: string,
  decision: string,
  { publishAt, held }: { readonly publishAt: string | undefined; readonly held: boolean },
): string {
  if (decision === 'return') return '已退回。';
  if (publishAt !== undefined) return '已审定，到时上线。';
  if (stage === 'final' && held) return '已审定；发布已封存，解除后上线。';
  return stage === 'final' ? '已审定，正在上线。' : '已通过，交下一审。';
}

/** What the browser application goes by, beside the words. */
function parametersOf({ code, parameters }: ChengmenError): object {
  return code === 'item-held' || code === 'changed-meanwhile' ? { parameters } : {};
}
