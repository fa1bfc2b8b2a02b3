import type { Readable } from 'node:stream';
import {
  intakeChoice,
  intakePage,
  intakePages,
  intakeRuns,
  type IntakeChoice,
  type ListedPage,
  type LiveChannel,
} from '@chengmen/content';
import type { SignedIn } from '@chengmen/identity';
import type { Ledger } from '@chengmen/ledger';
import { ChengmenError, explainError, may, type SiteId } from '@chengmen/model';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { list, problemOf, text, type DeskTools, type Form, type Params, type Problem } from './desk-forms.ts';
import type { IntakeDoor, IntakeTray } from './intake-door.ts';
import { intakeCsv } from './intake-csv.ts';
import { channelRulesOf, mappingOf } from './intake-mapping.ts';
import { intakeAddress, intakeFilter, intakeQuery, type IntakeQuery } from './intake-query.ts';
import { intakeListPage } from './pages/intake.ts';
import { newIntakePage, type NewIntakeState } from './pages/intake-new.ts';
import { intakeReportPage, placeId, shownPlaces, type ReportQuery } from './pages/intake-report.ts';
import type { UploadPart } from './take-uploads.ts';

export interface IntakeRoutes extends Pick<
  DeskTools,
  'api' | 'who' | 'post' | 'show' | 'allowScript' | 'need' | 'back' | 'checkToken'
> {
  readonly ledger: Ledger;
  readonly site: SiteId;
  readonly intake: IntakeDoor;
  readonly channels: () => Promise<readonly LiveChannel[]>;
}

/** Fewer pages are read while the browser waits; for more there is the list, which tells how far they are. */
const patience = 4000;
/** Files of one form, and bytes of one of them; what each kind may have the tray says. */
const limits = { files: 501, fileSize: 257 * 1024 * 1024, fields: 40, fieldSize: 64 * 1024 };

/** Taking old pages in: sources are read and mended, a person looks and decides, and what is handed over becomes drafts. */
export function intakeRoutes(app: FastifyInstance, tools: IntakeRoutes): void {
  const { ledger, site, intake, who, post, show, need, back } = tools;
  const { db } = ledger;
  const reader = async (request: FastifyRequest): Promise<SignedIn> => {
    const signedIn = await who(request);
    need(signedIn.actor, 'item.read-unpublished');
    return signedIn;
  };
  const refuseOthers = ({ actor }: SignedIn): void => {
    if (!may(actor, 'intake.receive'))
      throw new ChengmenError('permission-denied', { actor: actor.name, permission: 'intake.receive' });
  };
  const told = (error: unknown): { readonly problem: Problem; readonly status: number } => {
    if (!(error instanceof ChengmenError)) throw error;
    const explained = explainError(error);
    return { problem: problemOf(explained), status: explained.status };
  };

  const showList = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    query: IntakeQuery,
    { problem, status, typed }: { problem?: Problem; status?: number; typed?: Form | undefined } = {},
  ): Promise<FastifyReply> => {
    const listed = await intakePages(db, site, intakeFilter(query));
    const runs = await intakeRuns(db, site, query.run === '' ? { limit: 20 } : { run: Number(query.run) });
    if (query.run !== '' && runs.length === 0)
      throw new ChengmenError('not-found', { what: '采集批次 (run)', id: query.run });
    const channels = await tools.channels();
    const nonce = tools.allowScript(reply);
    const state = { ...listed, runs, query, channels, nonce, problem, typed };
    return show(reply, signedIn, (page) => intakeListPage(page, state), status);
  };
  app.get<{ Querystring: Form }>('/intake', async (request, reply) =>
    showList(reply, await reader(request), intakeQuery(request.query)),
  );

  const showNew = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    { status, ...state }: Partial<NewIntakeState> & { readonly path?: string; readonly status?: number } = {},
  ): Promise<FastifyReply> => {
    refuseOthers(signedIn);
    const channels = await tools.channels();
    const folder = await intake.folder(state.path ?? '');
    const nonce = tools.allowScript(reply);
    return show(reply, signedIn, (page) => newIntakePage(page, { channels, folder, nonce, ...state }), status);
  };
  app.get<{ Querystring: Form }>('/intake/new', async (request, reply) =>
    showNew(reply, await who(request), { path: text(request.query, 'folder').slice(0, 1000) }),
  );

  /** Reads for a moment; then leads to the one page there is, or to the list. */
  const shownRun = async (reply: FastifyReply, signedIn: SignedIn, run: number): Promise<FastifyReply> => {
    await intake.settled(patience);
    const { pages, count } = await intakePages(db, site, { run, offset: 0, limit: 1 });
    const [one] = pages;
    const [now] = await intakeRuns(db, site, { run });
    const done = now?.state === 'read' ? '已读完。' : '已收下，正在逐页读入。';
    return count === 1 && one && one.state !== 'refused'
      ? back(reply, signedIn, `/intake/${run}/${one.number}`, '已读入并修复。')
      : back(reply, signedIn, intakeAddress({ run: String(run) }), done);
  };
  app.post('/intake/upload', async (request, reply) => {
    const signedIn = await who(request);
    refuseOthers(signedIn);
    const { form, tray, refused } = await receiveForm(request, {
      check: (token) => {
        tools.checkToken(signedIn, token);
      },
      openTray: intake.openTray,
    });
    try {
      const [first] = tray?.files ?? [];
      if (!tray || first === undefined)
        throw (
          refused[0] ??
          new ChengmenError('invalid-input', { where: '文件 (files)', problem: '没有选择文件 (none was chosen)' })
        );
      const name =
        text(form, 'name').trim() || (tray.files.length === 1 ? first : `${first} 等 ${tray.files.length} 个文件`);
      const run = await intake.begin(signedIn.actor, {
        ...(await asked(form)),
        name: name.slice(0, 200),
        from: { tray },
      });
      if (refused.length > 0) {
        const status = refused[0] ? explainError(refused[0]).status : 400;
        await intake.settled(patience);
        return await showList(reply, signedIn, intakeQuery({ run: String(run) }), {
          problem: together(refused),
          status,
        });
      }
      return await shownRun(reply, signedIn, run);
    } catch (error) {
      await tray?.drop();
      return showNew(reply, signedIn, { ...told(error), form });
    }
  });
  app.post('/intake/folder', (request, reply) =>
    post(request, reply, async (signedIn, form) => {
      const folder = text(form, 'folder');
      try {
        const name = text(form, 'name').trim() || folder.split('/').at(-1) || '采集文件夹';
        return await shownRun(
          reply,
          signedIn,
          await intake.begin(signedIn.actor, { ...(await asked(form)), name: name.slice(0, 200), from: { folder } }),
        );
      } catch (error) {
        return showNew(reply, signedIn, { ...told(error), form, path: folder });
      }
    }),
  );
  const asked = async (form: Form): Promise<Pick<Parameters<IntakeDoor['begin']>[1], 'mapping' | 'channel'>> => ({
    mapping: mappingOf(form, await tools.channels()),
    channel: text(form, 'channel') || 'restored',
  });

  const showReport = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    at: { readonly run: string; readonly number: string },
    query: ReportQuery,
    { problem, status, typed }: { problem?: Problem; status?: number; typed?: Form } = {},
  ): Promise<FastifyReply> => {
    const report = await intake.report(numbered(at.run), numbered(at.number));
    const channels = await tools.channels();
    const nonce = tools.allowScript(reply);
    return show(
      reply,
      signedIn,
      (page) => intakeReportPage(page, { report, query, channels, nonce, problem, typed }),
      status,
    );
  };
  app.get<Params<'run' | 'number'>>('/intake/:run/:number', async (request, reply) =>
    showReport(reply, await reader(request), request.params, reportQuery(request.query)),
  );
  app.get<Params<'run'>>('/intake/:run/pages.csv', async (request, reply) => {
    await reader(request);
    const run = numbered(request.params.run);
    if ((await intakeRuns(db, site, { run })).length === 0)
      throw new ChengmenError('not-found', { what: '采集批次 (run)', id: String(run) });
    const pages = async (offset: number): Promise<readonly ListedPage[]> =>
      (await intakePages(db, site, { run, offset, limit: 500 })).pages;
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="intake-${run}.csv"`)
      .send(intakeCsv(pages));
  });
  app.get<Params<'run' | 'number'>>('/intake/:run/:number/bytes', async (request, reply) => {
    await reader(request);
    const page = await intakePage(db, site, numbered(request.params.run), numbered(request.params.number));
    const bytes = page?.received ? await intake.bytes(page.received) : undefined;
    if (!bytes) throw new ChengmenError('not-found', { what: '收到的字节 (bytes)', id: request.url });
    // It may be what did the harm: nothing opens it here.
    return reply
      .type('application/octet-stream')
      .header('content-disposition', `attachment; filename="${page?.received ?? ''}.bin"`)
      .header('content-security-policy', "default-src 'none'; sandbox")
      .send(Buffer.from(bytes));
  });
  tools.api('GET /api/intake', () => intakeRuns(db, site));
  tools.api('GET /api/intake/:run/pages', ({ params, query }) =>
    intakePages(db, site, intakeFilter(intakeQuery({ ...query, run: params.run }))),
  );
  tools.api('GET /api/intake/:run/pages/:number', async ({ params }) => {
    const { page, choices, read } = await intake.report(Number(params.run), Number(params.number));
    const { places = [], alarms = [], replays = true } = read ?? {};
    return { page, choices, places, alarms, replays, mechanism: read?.encoding.mechanism ?? null };
  });
  tools.api('POST /api/intake/:run/decisions', async ({ signedIn, params, body: { number, choices } }) => {
    const about = number === undefined ? {} : { number };
    await intake.decide(signedIn.actor, { run: Number(params.run), ...about, choices });
    return {};
  });
  tools.api('POST /api/intake/:run/hand-over', async ({ signedIn, params, body: { pages, whole, submit } }) => {
    const asked = { ...(pages ? { pages } : {}), ...(whole === undefined ? {} : { whole }), submit };
    return { pages: await intake.handOver(signedIn.actor, { run: Number(params.run), ...asked }) };
  });
  tools.api('POST /api/intake/:run/channels', async ({ signedIn, params, body }) => ({
    pages: await intake.remap(signedIn.actor, { run: Number(params.run), ...body }),
  }));
  tools.api('POST /api/intake/:run/end', async ({ signedIn, params }) => {
    await intake.end(signedIn.actor, Number(params.run));
    return {};
  });
  return decisionRoutes();

  function decisionRoutes(): void {
    app.post<Params<'run' | 'number'>>('/intake/:run/:number/decide', (request, reply) =>
      post(request, reply, async (signedIn, form) => {
        const { run, number } = request.params;
        const query = reportQuery(form);
        try {
          const choice = choiceOf(form);
          const before = await intake.report(numbered(run), numbered(number));
          const next = nextPlace(before, query, choice);
          await intake.decide(signedIn.actor, { run: numbered(run), number: numbered(number), choices: [choice] });
          const path = `/intake/${run}/${number}${queryText(query)}`;
          return await reply.redirect(`${path}${next === undefined ? '' : `#${next}`}`, 303);
        } catch (error) {
          return showReport(reply, signedIn, request.params, query, { ...told(error), typed: form });
        }
      }),
    );
    app.post<Params<'run' | 'number'>>('/intake/:run/:number/rule', (request, reply) =>
      post(request, reply, async (signedIn, form) => {
        const { run, number } = request.params;
        const query = reportQuery(form);
        const wide = text(form, 'scope') === 'run';
        try {
          const about = wide ? {} : { number: numbered(number) };
          await intake.decide(signedIn.actor, { run: numbered(run), ...about, choices: [ruleOf(form)] });
          const path = `/intake/${run}/${number}${queryText(query)}`;
          return await back(reply, signedIn, path, wide ? '这一批都按这条办，正在逐页重读。' : '这一页按这条办了。');
        } catch (error) {
          return showReport(reply, signedIn, request.params, query, { ...told(error), typed: form });
        }
      }),
    );
    const handed = async (
      reply: FastifyReply,
      signedIn: SignedIn,
      form: Form,
      about: Parameters<IntakeDoor['handOver']>[1],
      path: string,
    ): Promise<FastifyReply> => {
      const pages = await intake.handOver(signedIn.actor, about);
      await intake.settled(patience);
      return back(
        reply,
        signedIn,
        path,
        about.submit ? `${pages} 页已交付送审。` : `${pages} 页已交付，存为您的草稿。`,
      );
    };
    app.post<Params<'run' | 'number'>>('/intake/:run/:number/hand', (request, reply) =>
      post(request, reply, async (signedIn, form) => {
        const { run, number } = request.params;
        const query = reportQuery(form);
        try {
          const about = { run: numbered(run), pages: [numbered(number)], submit: text(form, 'action') === 'submit' };
          return await handed(reply, signedIn, form, about, `/intake/${run}/${number}`);
        } catch (error) {
          return showReport(reply, signedIn, request.params, query, told(error));
        }
      }),
    );
    app.post<Params<'run'>>('/intake/:run/hand', (request, reply) =>
      post(request, reply, async (signedIn, form) => {
        const { run } = request.params;
        const action = text(form, 'action');
        const chosen = list(form, 'page').map(numbered);
        const query = intakeQuery({ ...form, run, page: text(form, 'at') });
        try {
          const [whole, all] = [action.startsWith('whole'), action === 'all-draft'];
          if (!whole && !all && chosen.length === 0)
            throw new ChengmenError('invalid-input', { where: '网页 (pages)', problem: '没有勾选 (none was chosen)' });
          const about = {
            run: numbered(run),
            submit: action.endsWith('submit'),
            ...(whole ? { whole } : all ? {} : { pages: chosen }),
          };
          return await handed(reply, signedIn, form, about, intakeAddress(query));
        } catch (error) {
          return showList(reply, signedIn, query, told(error));
        }
      }),
    );
    const onRun = (
      path: string,
      act: (signedIn: SignedIn, run: number, form: Form) => Promise<string | undefined>,
    ): void => {
      app.post<Params<'run'>>(`/intake/:run/${path}`, (request, reply) =>
        post(request, reply, async (signedIn, form) => {
          const { run } = request.params;
          try {
            const done = await act(signedIn, numbered(run), form);
            if (done === undefined) return await shownRun(reply, signedIn, numbered(run));
            return await back(reply, signedIn, intakeAddress({ run }), done);
          } catch (error) {
            // Another form of the page must not come back as one that empties the channels.
            const typed = path === 'channels' ? form : undefined;
            return showList(reply, signedIn, intakeQuery({ run }), { ...told(error), typed });
          }
        }),
      );
    };
    onRun('resume', async ({ actor }, run) => {
      await intake.resume(actor, run);
      return undefined;
    });
    onRun('channels', async ({ actor }, run, form) => {
      const channels = channelRulesOf(form, await tools.channels());
      const pages = await intake.remap(actor, { run, channels, channel: text(form, 'channel') || 'restored' });
      await intake.settled(patience);
      return `${pages} 页按新的对照放。`;
    });
    onRun('end', async ({ actor }, run) => {
      await intake.end(actor, run);
      return '这一批已结束。';
    });
  }
}

/** Throws `not-found` for what is no number of a run or page. */
function numbered(given: string): number {
  if (!/^[1-9]\d{0,8}$/.test(given))
    throw new ChengmenError('not-found', { what: '采集的网页 (page)', id: given.slice(0, 40) });
  return Number(given);
}

function reportQuery(form: Form): ReportQuery {
  const [show, from] = [text(form, 'show'), text(form, 'from')];
  return {
    show: Object.hasOwn(shownPlaces, show) ? (show as ReportQuery['show']) : 'all',
    from: /^[1-9]\d{0,5}$/.test(from) ? Number(from) : 0,
  };
}

function queryText({ show, from }: ReportQuery): string {
  const asked = new URLSearchParams({
    ...(show === 'all' ? {} : { show }),
    ...(from === 0 ? {} : { from: String(from) }),
  }).toString();
  return asked === '' ? '' : `?${asked}`;
}

/** What a form about one place says. Throws `invalid-input`. */
function choiceOf(form: Form): IntakeChoice {
  const place = { at: Number(text(form, 'place')), length: Number(text(form, 'length')) };
  const [take, act] = [text(form, 'take'), text(form, 'act')];
  return parsedChoice(
    take !== ''
      ? { ...place, take }
      : act === 'fill'
        ? { ...place, fill: text(form, 'fill'), source: text(form, 'source').trim() }
        : { ...place, [act]: true },
  );
}

function ruleOf(form: Form): IntakeChoice {
  const rule = text(form, 'rule');
  const percent = Number(text(form, 'percent').replace(/[%％\s]/g, '')) / 100;
  return parsedChoice({
    ...(rule === '' ? {} : { rule }),
    [text(form, 'action') === 'refuse' ? 'upTo' : 'from']: percent,
  });
}

const fieldNames: Readonly<Record<string, string>> = {
  fill: '填什么 (text)',
  source: '出处 (source)',
  from: '概率 (probability)',
  upTo: '概率 (probability)',
};

function parsedChoice(given: object): IntakeChoice {
  const named = Object.keys(given).find((name) => name in fieldNames);
  if ('fill' in given && String((given as { source?: unknown }).source ?? '') === '')
    throw new ChengmenError('invalid-input', {
      where: '出处 (source)',
      problem: '填字必须写明从哪里知道的 (say from where it is known)',
    });
  const { success, data } = intakeChoice.safeParse(given);
  if (success) return data;
  throw new ChengmenError('invalid-input', {
    where: fieldNames[named ?? ''] ?? '决定 (decision)',
    problem: '写得不对：最多 50 字，不换行 (not as it must be: at most 50 characters, on one line)',
  });
}

/** The next place that waits for somebody, after the one decided about; itself where there is none. */
function nextPlace(
  report: Awaited<ReturnType<IntakeDoor['report']>>,
  query: ReportQuery,
  choice: IntakeChoice,
): string | undefined {
  if (!('at' in choice)) return undefined;
  const places = (report.read?.places ?? []).filter(shownPlaces[query.show].fits);
  const at = places.findIndex((place) => place.at === choice.at && place.length === choice.length);
  const next = places.slice(at + 1).find(shownPlaces.open.fits) ?? places[at];
  return next && placeId(next);
}

/** Several refusals as one. */
function together(refused: readonly ChengmenError[]): Problem {
  const all = refused.slice(0, 5).map((one) => problemOf(explainError(one)));
  const more = refused.length - all.length;
  return {
    zh: all.map(({ zh }) => zh).join('') + (more > 0 ? `另有 ${more} 个也没有收下。` : ''),
    en: all.map(({ en }) => en).join(' ') + (more > 0 ? ` ${more} more were not taken.` : ''),
  };
}

interface ReceivedForm {
  readonly form: Form;
  readonly tray: IntakeTray | undefined;
  readonly refused: readonly ChengmenError[];
}

/** A form with files, which stand after its fields: each is kept as it comes in, and one that is refused does not hold up the others. */
async function receiveForm(
  request: FastifyRequest,
  { check, openTray }: { readonly check: (token: unknown) => void; readonly openTray: IntakeDoor['openTray'] },
): Promise<ReceivedForm> {
  const form: Record<string, string> = {};
  const refused: ChengmenError[] = [];
  let tray: IntakeTray | undefined;
  try {
    for await (const part of request.parts({ limits }) as AsyncIterable<UploadPart>) {
      if (part.type === 'field') {
        form[part.fieldname] = typeof part.value === 'string' ? part.value : '';
        continue;
      }
      check(form['_token']);
      const { file, filename = '' } = part;
      if (filename === '') {
        file.resume();
        continue;
      }
      tray ??= await openTray();
      await addTo(tray, filename, file).catch((error: unknown) => {
        file.resume();
        if (!(error instanceof ChengmenError)) throw error;
        refused.push(error);
      });
    }
  } catch (error) {
    await tray?.drop();
    throw error;
  }
  check(form['_token']);
  return { form, tray, refused };
}

async function addTo(tray: IntakeTray, name: string, file: Readable): Promise<void> {
  await tray.add(name, file);
}
