import { z } from 'zod';

/** One route under `/api`. */
export interface ApiRoute {
  readonly zh: string;
  readonly en: string;
  readonly who: Who;
  /** Of the path's `:names`. */
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType | Files;
  readonly answer: z.ZodType;
}

/**
 * `session`: signed in, even where a second factor must be set up first. `person`: without that exception; what more is needed
 * hangs on the item or the command. `may`: who holds the permission for some part of the site. `mayEverywhere`: for the whole.
 */
export type Who = 'anybody' | 'session' | 'person' | { readonly may: string } | { readonly mayEverywhere: string };

/** A form with files (multipart), and the fields about each file that stand before it. */
export interface Files {
  readonly files: z.ZodObject;
}

const instant = z.iso.datetime();
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const item = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
const ofItem = z.object({ item });
const nothing = z.strictObject({});

// Kinds, roles and states are the model's; where one of them is missing here, the desk does not compile.
const kind = z.enum([
  'article',
  'policy',
  'interpretation',
  'service',
  'letter',
  'dataset',
  'leader',
  'department',
  'project',
  'gallery',
  'video',
  'topic',
  'channel',
  'site',
  'home',
  'redirect',
  'media',
  'statement',
]);
const role = z.enum([
  'writer',
  'first-reviewer',
  'second-reviewer',
  'final-approver',
  'channel-editor',
  'operator',
  'auditor',
  'security-administrator',
]);
const revisionState = z.enum([
  'draft',
  'submitted',
  'first-reviewed',
  'second-reviewed',
  'scheduled',
  'approved',
  'emergency',
  'returned',
  'superseded',
]);
const stage = z.enum(['first', 'second', 'final']);

const words = z.strictObject({ zh: z.string(), en: z.string() });

/** What the desk says when it refuses: an entry of `docs/errors.md`, in both languages, with what to do. */
export const told = z.strictObject({
  code: z.string(),
  zh: z.string(),
  en: z.string(),
  todo: words,
  status: z.int(),
  /** What a program goes by, beside the words. */
  parameters: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export const refusal = z.strictObject({ error: told });

const revision = z.strictObject({
  revision: z.string(),
  item,
  number: z.int(),
  kind,
  hash,
  fields: z.record(z.string(), z.unknown()),
  author: z.string(),
  authorName: z.string(),
  createdAt: instant,
  state: revisionState,
  reviews: z.array(
    z.strictObject({
      ...{ stage, account: z.string(), name: z.string(), hash, at: instant },
      decision: z.enum(['approve', 'return']),
      comment: z.string().nullable(),
    }),
  ),
});

const waiting = z.strictObject({
  ...{ revision: z.string(), item, kind, hash, title: z.string(), authorName: z.string() },
  createdAt: instant,
  since: instant,
  channel: item.optional(),
  state: revisionState,
  task: z.enum(['first', 'second', 'final', 'finish', 'rewrite']),
  /** A civil date in Asia/Shanghai; of an emergency the instant. */
  dueOn: z.string().optional(),
  isLate: z.boolean(),
});

const severity = z.enum(['must', 'should', 'hint']);
const finding = z.strictObject({
  id: z.string(),
  rule: z.string(),
  severity,
  where: z.strictObject({ field: z.string(), quote: z.string(), offset: z.int(), occurrence: z.int() }),
  shown: z.string(),
  message: words,
  suggestion: z.string().optional(),
  overruled: z.strictObject({ reason: z.string(), by: z.string(), at: instant }).optional(),
});
const checkSettings = z.strictObject({
  hosts: z.array(z.string()),
  words: z.array(
    z.strictObject({
      ...{ wrong: z.string(), right: z.string().optional(), except: z.array(z.string()).optional() },
      ...{ note: z.string().optional(), severity: severity.optional() },
    }),
  ),
  phrases: z.array(z.strictObject({ phrase: z.string(), except: z.array(z.string()).optional() })),
  leaders: z.array(z.strictObject({ name: z.string(), titles: z.array(z.string()) })),
  without: z.array(z.string()),
  rules: z.record(
    z.string(),
    z.strictObject({
      severity: z.enum([...severity.options, 'off']).optional(),
      overrule: z.enum(['writer', 'reviewer', 'nobody']).optional(),
    }),
  ),
});
const findings = z.strictObject({ findings: z.array(finding) });

const mediaItem = z.strictObject({ item, title: z.string(), alt: z.string(), type: z.string(), size: z.int() });
const uploaded = z.union([mediaItem, z.strictObject({ name: z.string(), refused: told })]);

const session = z.strictObject({
  ...{ session: z.string(), account: z.string(), begunAt: instant, usedAt: instant, endsAt: instant },
  ...{ address: z.string(), browser: z.string(), method: z.string(), secondFactor: z.boolean() },
});

const account = z.strictObject({
  ...{ account: z.string(), username: z.string(), name: z.string(), roles: z.array(role) },
  within: z.array(z.strictObject({ role, channel: item })),
  grants: z.array(z.strictObject({ role, channel: item.nullable(), by: z.string(), at: instant })),
  sessions: z.int(),
});

const scheduled = z.strictObject({
  ...{ id: z.int(), item, title: z.string(), at: instant, setBy: z.string() },
  action: z.enum(['publish', 'withdraw']),
  revision: z.string().nullable(),
  reason: z.string().nullable(),
  state: z.enum(['waiting', 'done', 'cancelled', 'failed']),
  endedAt: instant.nullable(),
  note: z.string().nullable(),
});

const emergency = z.strictObject({
  ...{ item, revision: z.string(), title: z.string(), reason: z.string(), at: instant, by: z.string(), dueAt: instant },
  state: z.enum(['waiting', 'refused', 'approved', 'replaced', 'withdrawn']),
  endedAt: instant.nullable(),
});

const preview = z.strictObject({
  ...{ revision: z.string(), hash, until: instant, otherTargets: z.int().optional() },
  /** Revisions that would go live before it. */
  before: z.array(z.string()),
  pages: z.array(
    z.strictObject({
      ...{ path: z.string(), status: z.int(), type: z.string(), hash, own: z.boolean(), address: z.string() },
    }),
  ),
});

const removal = z.strictObject({
  ...{ gone: z.array(z.string()), remade: z.array(z.string()), siteWide: z.boolean() },
  stays: z.array(z.strictObject({ item, title: z.string(), as: z.enum(['file', 'translation']) })),
  named: z
    .array(z.string())
    .optional()
    .describe('while the site is held: where it goes on being named, as far as was found'),
});

const once = z.strictObject({ at: instant, by: z.string() });
const askedFor = once.extend({ reason: z.string(), account: z.string() });
const hold = z.strictObject({
  ...{ id: z.int(), release: z.int(), root: z.string(), alone: z.boolean(), asked: askedFor },
  state: z.enum(['asked', 'held', 'ended', 'dropped']),
  confirmed: once.optional(),
  resume: askedFor.optional(),
  ended: once.optional(),
  served: z.int().optional(),
});

const addresses = z.strictObject({ count: z.int(), some: z.array(z.string()) });
const lookBack = z.strictObject({
  release: z.strictObject({ number: z.int(), root: z.string(), paths: z.int(), at: instant.optional() }),
  ...{ serves: z.int(), changed: addresses, lost: addresses, returning: addresses, withdrawn: addresses },
  naming: addresses
    .extend({ unread: z.int().describe('pages that differ and were not read') })
    .describe('pages that name what was withdrawn since'),
});

const causes = z.array(
  z.strictObject({
    cause: z.enum(['everything', 'theme', 'new', 'read']),
    read: z.string().optional().describe('the read that answers otherwise: `newest:news:20`'),
    targets: z.int().describe('how many it makes'),
  }),
);
const pressWork = z.strictObject({ since: instant, done: z.int(), total: z.int(), causes });

const count = z.int();
const intakeNumber = z.int().min(1).max(2_147_483_647);
const intakeRun = z.strictObject({
  ...{ run: count, name: z.string(), channel: item, at: instant, by: z.string(), stale: count },
  place: z.union([
    z.strictObject({ tray: z.string(), files: z.array(z.string()) }),
    z.strictObject({ folder: z.string() }),
  ]),
  mapping: z.record(z.string(), z.unknown()).nullable(),
  state: z.enum(['reading', 'read', 'handing', 'failed', 'ended']),
  problem: words.optional(),
  entries: count.nullable().describe('in its sources, once they were counted'),
  pages: z.strictObject({ read: count, refused: count, known: count, handing: count, taken: count }),
  ...{ gaps: count, alarmed: count },
});
const intakePage = z.strictObject({
  ...{ run: count, number: count, name: z.string(), address: z.string().nullable(), received: hash.nullable() },
  ...{ title: z.string(), channel: item.nullable(), verdict: z.enum(['clean', 'mended', 'gaps', 'none']) },
  counts: z
    .strictObject({ proved: count, accepted: count, undecided: count, lost: count, stated: count })
    .describe('`accepted` and `undecided` are the likely ones'),
  ...{ alarms: count, alarmKinds: z.array(z.string()), missing: z.array(z.string()), notes: z.array(z.string()) },
  state: z.enum(['read', 'refused', 'known', 'handing', 'taken']),
  ...{ item: item.nullable(), nearly: z.string().nullable(), problem: words.optional(), stale: z.boolean() },
});
const offsets = { at: count.min(0).describe('byte of the received page'), length: count.min(0) };
const ofRule = z.string().regex(/^[a-z0-9-]{1,40}$/);
const probability = z.number().min(0).max(1);
const oneLine = z
  .string()
  .max(500)
  .refine((text) => text.trim() !== '' && text.isWellFormed() && !/\p{Cc}/u.test(text));
const intakeChoice = z.union([
  z.strictObject({ ...offsets, take: z.string().min(1).max(200).describe('one of its candidates') }),
  z.strictObject({ ...offsets, refuse: z.literal(true) }),
  z.strictObject({ ...offsets, fill: z.string().min(1).max(50), source: oneLine.describe('from where it is known') }),
  z.strictObject({ ...offsets, undo: z.literal(true) }),
  z.strictObject({ rule: ofRule.optional(), from: probability.describe('accept from this probability on') }),
  z.strictObject({ rule: ofRule.optional(), upTo: probability.describe('refuse up to this one') }),
]);
const intakePlace = z.strictObject({
  ...{ ...offsets, before: z.string(), after: z.string(), out: count, rule: z.string(), open: z.string() },
  class: z.enum(['proved', 'likely', 'lost', 'stated']),
  candidates: z.array(z.strictObject({ text: z.string(), probability })),
  ...{ evidence: z.string().optional(), accepted: probability.optional() },
  ...{ received: z.string(), leading: z.string(), trailing: z.string() },
});
const numbered = z.string().regex(/^[1-9]\d{0,8}$/);

/** Fields as they stand in the editor's form. */
const values = z.record(z.string(), z.string());
/** The window that writes. */
const holding = z.object({ kind, tab: z.string().min(8).max(64) });
const text = z.strictObject({ kind, item: item.optional(), fields: z.record(z.string(), z.unknown()) });

/**
 * What the desk answers under `/api`, each route once, beside its commands (`POST /api/commands/NAME`), whose inputs are theirs.
 * From this table the desk registers and parses, `/api/openapi.json` is printed, tests check answers, and clients have their types.
 * The browser has the types alone.
 */
export const deskApi = {
  'GET /api/openapi.json': {
    ...{ zh: '本说明（OpenAPI 3.1）', en: 'This description (OpenAPI 3.1)' },
    who: 'anybody',
    answer: z.record(z.string(), z.unknown()),
  },
  'GET /api/me': {
    ...{ zh: '登录者本人，和改动时要带的令牌', en: 'Who is signed in, and the token that changes need' },
    who: 'session',
    answer: z.strictObject({
      ...{ account: z.string(), name: z.string(), roles: z.array(role), mustEnrol: z.boolean(), token: z.string() },
      within: z.array(z.strictObject({ role, channel: item })),
    }),
  },
  'GET /api/sessions': {
    ...{ zh: '本人在哪里登录着', en: 'Where one is signed in oneself' },
    who: 'session',
    answer: z.array(session),
  },
  'GET /api/accounts': {
    ...{ zh: '账号和角色', en: 'Accounts and their roles' },
    who: { mayEverywhere: 'account.manage' },
    answer: z.array(account),
  },
  'GET /api/accounts/:account/sessions': {
    ...{ zh: '某账号在哪里登录着', en: 'Where an account is signed in' },
    who: { mayEverywhere: 'account.manage' },
    params: z.object({ account: z.string() }),
    answer: z.array(session),
  },
  'GET /api/inbox': {
    ...{ zh: '等本人处理的，所有网站一起，先到先列', en: 'What waits for oneself on all sites, oldest first' },
    who: 'person',
    query: z.object({
      task: z.string().optional().describe('first, second, final, finish, rewrite'),
      kind: z.string().optional(),
      channel: z.string().optional().describe('with all below it'),
      late: z.string().optional().describe('yes: only what is overdue'),
      site: z.string().optional().describe('one of the sites one works on; all of them without it'),
    }),
    answer: z.array(waiting.extend({ site: z.string() })),
  },
  'GET /api/items/:item': {
    ...{ zh: '条目的最新修订和它的审核', en: 'The newest revision of an item, with its reviews' },
    who: { may: 'item.read-unpublished' },
    params: ofItem,
    answer: revision,
  },
  'POST /api/items': {
    ...{ zh: '存表单里的字为修订，可同时送审', en: 'Saves what stands in a form as a revision, and hands it in' },
    who: 'person',
    body: z.object({
      kind: kind.describe('of a document; what has a form of its own is saved by save-draft'),
      item: item.or(z.literal('')).default('').describe('empty: a new item'),
      base: z.string().default('').describe('the revision it was written on; empty for none'),
      values: values.default({}),
      action: z.enum(['save', 'submit']).default('save'),
    }),
    answer: z.strictObject({
      ...{ item, revision: z.string(), hash },
      removed: z.string().describe('what cleaning took out of the text, in words; empty for nothing'),
      page: z.string().describe('where it is shown, with what is to be said there'),
      refused: told.optional().describe('saved, and not handed in'),
    }),
  },
  'GET /api/items/:item/removal': {
    ...{ zh: '撤回会带走哪些地址', en: 'What a withdrawal would take from which addresses' },
    who: 'person',
    params: ofItem,
    answer: removal,
  },
  'GET /api/preview/:revision': {
    ...{ zh: '修订上线后的页面，和暂时的预览地址', en: 'The pages a revision would be, at addresses that end' },
    who: { may: 'item.read-unpublished' },
    params: z.object({ revision: z.string() }),
    answer: preview,
  },
  'GET /api/schedule': {
    ...{ zh: '定时上线和撤回', en: 'What is scheduled, has been done or has failed' },
    who: { may: 'item.read-unpublished' },
    answer: z.array(scheduled),
  },
  'GET /api/emergencies': {
    ...{ zh: '紧急上线', en: 'Emergency publications' },
    who: { may: 'item.read-unpublished' },
    answer: z.array(emergency),
  },
  'GET /api/audit': {
    ...{ zh: '做过的事，新的在前', en: 'What was done, newest first' },
    who: { mayEverywhere: 'audit.read' },
    query: z.object({
      who: z.string().optional().describe('an account'),
      act: z.string().optional().describe('a group of commands, as `/audit` has them'),
      item: z.string().optional().describe('an id, a revision, or an address of the portal'),
      channel: z.string().optional().describe('with all below it'),
      from: z.string().optional().describe('a day in Asia/Shanghai'),
      to: z.string().optional().describe('a day in Asia/Shanghai'),
      before: z.string().optional().describe('the number of an event'),
      after: z.string().optional().describe('the number of an event'),
    }),
    answer: z.strictObject({
      events: z.array(
        z.strictObject({
          ...{ site: z.string(), seq: z.int(), at: instant, account: z.string(), command: z.string() },
          payload: z.string().describe('canonical JSON, as it was hashed'),
          ...{ previous_hash: hash, hash, item: item.nullable(), title: z.string().nullable() },
        }),
      ),
      newer: z.boolean(),
      older: z.boolean(),
    }),
  },
  'GET /api/audit/chain': {
    ...{ zh: '核对事件链', en: 'Reads the whole chain of events, and says whether it is whole' },
    who: { mayEverywhere: 'audit.read' },
    answer: z.strictObject({
      ...{ events: z.int(), from: instant.nullable(), to: instant.nullable() },
      head: z.strictObject({ seq: z.int(), hash }),
      broken: z.strictObject({ seq: z.int(), problem: z.string() }).nullable(),
    }),
  },
  'GET /api/holds': {
    ...{ zh: '网站是否封存于先前的发布版', en: 'Whether the site is held at an earlier release, and was' },
    who: { may: 'item.read-unpublished' },
    answer: z.strictObject({
      ...{ held: hold.optional(), asked: hold.optional(), waiting: z.int(), withdrawn: z.array(item) },
      all: z.array(hold),
    }),
  },
  'GET /api/press': {
    ...{ zh: '正在付印什么，为什么，到哪里了', en: 'What the press makes now, why and how far' },
    who: { may: 'item.read-unpublished' },
    answer: z.strictObject({
      now: pressWork.optional(),
      beside: pressWork.optional().describe('a site-wide change, made beside the release that serves'),
      failed: z.strictObject({ at: instant, retryAt: instant }).optional(),
      made: z.array(z.strictObject({ release: z.int(), causes })).describe('since the press began, newest first'),
      release: z.int().describe('the newest; 0: none'),
      held: z.int().nullable().describe('the release the site is held at'),
      waiting: z.int().describe('items that wait while it is held'),
    }),
  },
  'GET /api/releases/:release/back': {
    ...{ zh: '回到先前的发布版会有什么不同', en: 'What would differ if an earlier release were in force again' },
    who: { mayEverywhere: 'release.roll-back' },
    params: z.object({ release: z.string().regex(/^[0-9]{1,15}$/) }),
    answer: lookBack,
  },
  'GET /api/writing': {
    ...{ zh: '本人没有保存的稿件', en: 'What one has typed and not saved' },
    who: 'person',
    answer: z.array(
      z.strictObject({ item, kind, base: z.string().nullable(), title: z.string(), at: z.int().describe('ms') }),
    ),
  },
  'GET /api/writing/:item': {
    ...{ zh: '本人在这一条里没有保存的字', en: 'What one has typed into an item and not saved' },
    who: 'person',
    params: ofItem,
    answer: z.strictObject({
      mine: z.strictObject({ values, base: z.string(), at: z.int().describe('ms') }).nullable(),
    }),
  },
  'POST /api/writing/:item/hold': {
    ...{ zh: '占住这一条来写，或接手', en: 'Holds an item to write in it, or takes it over' },
    who: 'person',
    params: ofItem,
    body: holding.extend({ take: z.boolean().default(false) }),
    answer: z.strictObject({ kept: z.string().optional().describe('the draft made of what the other had typed') }),
  },
  'POST /api/writing/:item/keep': {
    ...{ zh: '暂存正在写的字', en: 'Keeps what is being typed' },
    who: 'person',
    params: ofItem,
    body: holding.extend({ base: z.string().default(''), values: values.default({}), at: z.number().default(0) }),
    answer: z.strictObject({ keptAt: instant }),
  },
  'POST /api/writing/:item/checks': {
    ...{ zh: '检查表单里的字', en: 'What the rules find in what stands in a form' },
    who: { may: 'item.read-unpublished' },
    params: ofItem,
    body: z.object({ kind, values: values.default({}), outside: z.boolean().default(false) }),
    answer: findings,
  },
  'POST /api/writing/:item/leave': {
    ...{ zh: '不再占住', en: 'Ends one’s hold of an item' },
    who: 'person',
    params: ofItem,
    body: holding,
    answer: nothing,
  },
  'POST /api/writing/:item/drop': {
    ...{ zh: '丢掉没有保存的字', en: 'Drops what was typed and not saved' },
    who: 'person',
    params: ofItem,
    answer: nothing,
  },
  'GET /api/go': {
    zh: '几个字能去的界面、栏目和条目：您可以用的',
    en: 'Screens, channels and items that a few words lead to: those you may use',
    who: 'person',
    query: z.object({ words: z.string().max(100).optional() }),
    answer: z.array(
      z.strictObject({
        group: z.enum(['screen', 'new', 'channel', 'item']),
        ...{ name: z.string(), detail: z.string(), href: z.string() },
      }),
    ),
  },
  'GET /api/media': {
    ...{ zh: '图片和附件，最近的一百个', en: 'Pictures and files, the newest hundred' },
    who: { may: 'item.write' },
    query: z.object({
      words: z.string().max(200).optional().describe('words of the title or the alternative text'),
      what: z
        .enum(['picture', 'file', 'wordless'])
        .optional()
        .describe('`wordless`: pictures without alternative text'),
    }),
    answer: z.array(mediaItem),
  },
  'POST /api/media/:item/crop': {
    ...{
      zh: '裁剪图片、定焦点：存为草稿，可同时送审',
      en: 'Frames a picture and sets its focus: a draft, or sent at once',
    },
    who: { may: 'item.write' },
    params: ofItem,
    body: z.strictObject({
      base: z.string().describe('the revision that was seen'),
      area: z
        .strictObject({ left: z.int().min(0), top: z.int().min(0), width: z.int().min(1), height: z.int().min(1) })
        .describe('pixels of the whole picture; all of it: uncropped again'),
      focus: z
        .strictObject({ x: z.int().min(0).max(100), y: z.int().min(0).max(100) })
        .describe('hundredths of the area; 50, 50: none'),
      submit: z.boolean(),
    }),
    answer: z.strictObject({ revision: z.string(), hash }),
  },
  'GET /api/media/:item/replace': {
    ...{ zh: '哪些条目会换，如果另一个放在它的位置', en: 'What would change if another stood in its place' },
    who: { may: 'item.write' },
    params: ofItem,
    query: z.object({ by: item }),
    answer: z.array(
      z.strictObject({
        ...{ item, kind, title: z.string(), as: z.enum(['live', 'coming', 'draft']) },
        revision: z.string().describe('written last; what `POST` takes'),
        stands: z.boolean().describe('the old one stands in that revision'),
        allowed: z.boolean(),
      }),
    ),
  },
  'POST /api/media/:item/replace': {
    ...{
      zh: '处处换成另一个：每个条目一个修订',
      en: 'Puts another in its place: a revision of each item that shows it',
    },
    who: { may: 'item.write' },
    params: ofItem,
    body: z.strictObject({
      ...{ by: item, submit: z.boolean() },
      revisions: z.array(z.string()).min(1).max(1000).describe('in which, as they were written last'),
    }),
    answer: z.strictObject({
      done: z.array(
        z.strictObject({
          item: z.string(),
          title: z.string(),
          revision: z.string().optional(),
          refused: told.optional(),
        }),
      ),
      unsent: z.array(z.strictObject({ title: z.string(), refused: told })),
    }),
  },
  'POST /api/upload': {
    ...{ zh: '交图片和附件，每个存为草稿', en: 'Hands in pictures and files; each becomes a draft' },
    who: { may: 'item.write' },
    body: {
      files: z.object({
        owner: z.string().optional().describe('the channel it belongs to; empty for the site'),
        alt: z.string().optional().describe('words for a picture'),
        title: z.string().optional(),
        wordless: z.string().optional().describe('yes: its words are still to be written'),
      }),
    },
    answer: z.array(uploaded),
  },
  'POST /api/import': {
    ...{ zh: '读 Word 文档', en: 'Reads a Word document' },
    who: { may: 'item.write' },
    body: { files: z.object({}) },
    answer: z.strictObject({
      html: z.string().describe('not clean yet'),
      losses: z.record(z.string(), z.int()).describe('what is lost, how often'),
    }),
  },
  'POST /api/checks': {
    ...{ zh: '检查一稿', en: 'What the rules find in a text by itself' },
    who: { may: 'item.read-unpublished' },
    body: text,
    answer: findings,
  },
  'POST /api/checks/outside': {
    ...{ zh: '对照库里、附件里和网上检查一稿', en: 'What the database, files and links say about a text' },
    who: { may: 'item.read-unpublished' },
    body: text,
    answer: findings,
  },
  'GET /api/checks/settings': {
    ...{ zh: '检查所依的词表和规则', en: 'The words and rules that texts are checked by' },
    who: { may: 'item.read-unpublished' },
    answer: z.strictObject({
      settings: checkSettings.describe('as `change-checks` takes them'),
      hash,
      changed: z.strictObject({ at: instant, by: z.string() }).nullable(),
    }),
  },
  'GET /api/intake': {
    ...{ zh: '采集的批次，新的在前', en: 'Runs of intake, newest first' },
    who: { may: 'item.read-unpublished' },
    answer: z.array(intakeRun),
  },
  'GET /api/intake/:run/pages': {
    ...{ zh: '一批里的旧页', en: 'The old pages of a run' },
    who: { may: 'item.read-unpublished' },
    params: z.object({ run: numbered }),
    query: z.object({
      verdict: z.string().optional().describe('clean, mended, gaps, none'),
      state: z.string().optional().describe('read, handing, taken, known, refused'),
      alarm: z.string().optional().describe('a kind of alarm, or `any`'),
      words: z.string().max(200).optional(),
      sort: z.string().optional().describe('number, title, lost, undecided, alarms; `-` before it: descending'),
      page: z.string().optional().describe('fifty at a time, from 1'),
    }),
    answer: z.strictObject({ pages: z.array(intakePage), count }),
  },
  'GET /api/intake/:run/pages/:number': {
    ...{ zh: '一页的修复报告：原来、现在、为什么', en: 'The report of a page: before, after, why' },
    who: { may: 'item.read-unpublished' },
    params: z.object({ run: numbered, number: numbered }),
    answer: z.strictObject({
      page: intakePage,
      mechanism: z.string().nullable().describe('how it was hurt; null: it could not be read'),
      replays: z.boolean().describe('bytes and plan give the repaired page again'),
      places: z.array(intakePlace),
      alarms: z.array(
        z.strictObject({ kind: z.string(), at: count, evidence: z.string(), readings: z.array(z.string()) }),
      ),
      choices: z.array(
        z.strictObject({
          ...{ id: count, wide: z.boolean().describe('about all of the run'), choice: intakeChoice },
          ...{ at: instant, account: z.string(), by: z.string() },
        }),
      ),
    }),
  },
  'POST /api/intake/:run/decisions': {
    ...{ zh: '定旧页的修复：逐处，或按规则', en: 'Decides about repairs, by place or by rule' },
    who: { mayEverywhere: 'intake.receive' },
    params: z.object({ run: numbered }),
    body: z.strictObject({
      number: intakeNumber.optional().describe('the page; absent: all of the run, by rule alone'),
      choices: z.array(intakeChoice).min(1).max(1000),
    }),
    answer: nothing,
  },
  'POST /api/intake/:run/hand-over': {
    ...{
      zh: '交付：成为本人的草稿，可同时送审',
      en: 'Hands pages over: one’s own drafts, or to the reviewers at once',
    },
    who: { mayEverywhere: 'intake.receive' },
    params: z.object({ run: numbered }),
    body: z.strictObject({
      pages: z.array(intakeNumber).min(1).max(10_000).optional().describe('absent: all that were read'),
      whole: z.boolean().optional().describe('only those without gaps and alarms'),
      submit: z.boolean(),
    }),
    answer: z.strictObject({ pages: count }),
  },
  'POST /api/intake/:run/channels': {
    ...{
      zh: '改栏目对照：没有交付的照新的重读',
      en: 'Other channels for what was not handed over, which is read once more',
    },
    who: { mayEverywhere: 'intake.receive' },
    params: z.object({ run: numbered }),
    body: z.strictObject({
      channels: z
        .array(
          z.strictObject({ address: z.string().optional(), breadcrumb: z.string().optional(), channel: z.string() }),
        )
        .max(1000)
        .describe('rules as docs/formats/mapping.md has them'),
      channel: z.string().describe('where pages stand that no rule fits'),
    }),
    answer: z.strictObject({ pages: count }),
  },
  'POST /api/intake/:run/end': {
    ...{
      zh: '结束一批：不再交付，上传的文件删去',
      en: 'Ends a run: nothing more is handed over, what was uploaded is taken away',
    },
    who: { mayEverywhere: 'intake.receive' },
    params: z.object({ run: numbered }),
    answer: nothing,
  },
  'POST /api/settle': {
    ...{ zh: '等到已审定的都上线', en: 'Answers when everything approved so far is live' },
    who: 'person',
    answer: nothing,
  },
} as const satisfies Readonly<Record<`${'GET' | 'POST'} /api/${string}`, ApiRoute>>;

export type DeskApi = typeof deskApi;
export type Kind = z.infer<typeof kind>;
export type Role = z.infer<typeof role>;
export type Told = Reading<z.infer<typeof told>>;

/** As it is given to somebody who only reads it. */
export type Reading<T> = T extends readonly (infer E)[]
  ? readonly Reading<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Reading<T[K]> }
    : T;

export type Answer<K extends keyof DeskApi> = Reading<z.output<DeskApi[K]['answer']>>;

type Of<K extends keyof DeskApi, Part extends string> =
  DeskApi[K] extends Readonly<Record<Part, infer S>> ? S : undefined;

/** What a route's handler is given of it. */
export type Parsed<K extends keyof DeskApi, Part extends 'params' | 'query' | 'body'> =
  Of<K, Part> extends z.ZodType ? Reading<z.output<Of<K, Part>>> : undefined;

type Said<S, Part extends string> = S extends z.ZodType
  ? Readonly<Record<Part, Reading<z.input<S>>>>
  : S extends Files
    ? Readonly<Record<Part, FormData>>
    : unknown;

/** What a client gives to ask it. */
export type Asked<K extends keyof DeskApi> = Said<Of<K, 'params'>, 'params'> &
  Partial<Said<Of<K, 'query'>, 'query'>> &
  Said<Of<K, 'body'>, 'body'>;
