import { z } from 'zod';
import { accessibilityFact } from './accessibility.ts';
import { blockList, channelBlocks } from './blocks.ts';
import { civilDate, civilMinute, line, linkAddress, text } from './field-parsers.ts';
import { itemId, pagePath } from './ids.ts';
import { mediaTypeNames } from './media-types.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** One repair or gap of a mended page, as the reader is told about it. `place` quotes some characters round it. */
export const mendingPlace = z.object({
  class: z.enum(['proved', 'likely', 'lost', 'stated']),
  place: text,
  before: text,
  after: text,
  rule: z.string(),
  /** For `likely`: probability of the accepted candidate. For `stated`: where it is known from. */
  probability: z.number().min(0).max(1).optional(),
  source: z.string().optional(),
});

/** The note to the reader on a mended page: what was mended, what is missing, and why. */
export const mendingNote = z.object({
  received: hash,
  mechanism: z.string(),
  /** Places of the whole page as received, by class. */
  counts: z.object({ proved: z.number(), likely: z.number(), lost: z.number(), stated: z.number() }),
  /** Places that fall in what is published (title, date, body). */
  places: z.array(mendingPlace),
  /** Hijacked names found and left out, with their readings. */
  alarms: z.array(z.object({ kind: z.string(), evidence: text, readings: z.array(z.string()) })),
  removed: z.array(z.string()),
});
export type MendingNote = z.infer<typeof mendingNote>;

const document = z.object({
  title: line,
  channel: itemId,
  date: civilMinute,
  /** Publishing body or origin, shown as 来源 (PAGE-08, META-10). */
  source: line,
  author: line.optional(),
  summary: text.optional(),
  keywords: z.array(line).max(12).optional(),
  /** A `media` item shown as lead picture. */
  image: itemId.optional(),
  /** `media` items listed below the text, in this order; those the text itself links to follow them. */
  attachments: z.array(itemId).max(100).optional(),
  /** Clean HTML fragment; pictures as `<img src="media:ITEM" alt="…">`, links to items as `<a href="item:ITEM">`. */
  body: text,
  pinned: z.boolean().optional(),
  mending: mendingNote.optional(),
  /** Original address, where the item was taken in from elsewhere. */
  original: z.string().max(2000).optional(),
  /** 已归档: kept as it was, no longer kept up to date (ARCH-01). */
  archived: z.object({ on: civilDate, why: line.optional() }).optional(),
  /** The item this one says in another language. Kept here alone: the original finds its translations by it. */
  translates: itemId.optional(),
});

/** What a department publishes of its work: found from the department's own page. */
const published = document.extend({
  /** 发布部门: a `department`. `source` is what is printed, and may be somebody else. */
  publishedBy: itemId.optional(),
});

export const article = published;
/** 政策文件 (POL-01 … POL-05). */
export const policy = published.extend({
  indexNumber: line,
  topic: line,
  issuer: line,
  documentNumber: line,
  madeOn: civilDate,
  validity: z.enum(['有效', '失效', '废止', '部分失效', '尚未生效']),
  inForceFrom: civilDate.optional(),
  inForceTo: civilDate.optional(),
});
/** 政策解读, linked both ways with its document (POL-06). */
export const interpretation = published.extend({ interprets: z.array(itemId).min(1), form: line.optional() });
/** 办事指南: eight elements (VETO-09). */
export const service = document.extend({
  department: itemId,
  lifeEvent: line,
  audience: z.enum(['个人', '企业', '个人和企业']),
  basis: text,
  conditions: z.array(line).min(1),
  materials: z.array(z.object({ name: line, form: line, copies: z.number().int().min(0) })).min(1),
  steps: z.array(z.object({ name: line, text: line })).min(1),
  legalDays: z.number().int().min(0),
  promisedDays: z.number().int().min(0),
  fee: line,
  place: line,
  hours: line,
  phone: line,
});
/** A published letter with its answer (留言公开). The letter stands in `body`; names are masked (PII-01). */
export const letter = document.extend({
  trackingCode: line,
  topic: line,
  sender: line,
  askedOn: civilDate,
  department: itemId,
  answeredOn: civilDate,
  answer: text,
  satisfaction: z.enum(['满意', '基本满意', '不满意', '未评价']).optional(),
});
/** An open data set with a small table (数据发布). */
export const dataset = document.extend({
  department: itemId,
  unit: line.optional(),
  period: line,
  updateCycle: line,
  licence: line,
  columns: z.array(z.object({ name: line, unit: line.optional(), type: z.enum(['text', 'number']) })).min(1),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
});
export const leader = document.extend({
  post: line,
  duties: z.array(line).min(1),
  /** 分管部门: departments, in the order of the duties. Kept here alone: a department finds its leaders by it. */
  leads: z.array(itemId).max(60).optional(),
  office: line.optional(),
  phone: line.optional(),
  email: z.string().email().optional(),
  order: z.number().int(),
});
export const department = document.extend({
  address: line,
  phone: line,
  hours: line,
  email: z.string().email().optional(),
  head: line.optional(),
  duties: z.array(line).min(1),
  /** 内设机构: what each is there for, and its own number. */
  divisions: z
    .array(z.object({ name: line, duty: line, phone: line }))
    .max(60)
    .optional(),
  order: z.number().int(),
});
/** 重大建设项目 (PROJ-01 … PROJ-08). */
export const project = document.extend({
  code: line,
  responsible: itemId,
  place: line,
  investment: line,
  stage: z.enum(['前期', '在建', '竣工']),
  progress: z.number().min(0).max(100),
  parties: z.array(z.object({ role: line, name: line })),
  approvals: z.array(z.object({ name: line, number: line, date: civilDate, body: line })),
  milestones: z.array(z.object({ date: civilDate, text: line, done: z.boolean() })),
  relatedTo: z.array(itemId).optional(),
});

/** 图片集: pictures in an order, each with its own words. */
export const gallery = published.extend({
  pictures: z
    .array(z.object({ picture: itemId, caption: line }))
    .min(1)
    .max(60),
});
/** 视频: with captions, and all that is said and shown as text, a paragraph a line. */
export const video = published.extend({
  /** A `media` item of a video. */
  video: itemId,
  /** A `media` item of WebVTT captions. */
  captions: itemId.optional(),
  transcript: text,
  /** Seconds. */
  duration: z.number().int().positive().max(86_400).optional(),
});

/** 专题: a page put together from blocks. */
export const topic = document.extend({ blocks: blockList.min(1) });

/** How often what stands in a channel must be followed by something newer; inspectors count channels that were not (VETO-06). */
export const updateClasses = ['two-weeks', 'six-months', 'year', 'as-needed'] as const;
export type UpdateClass = (typeof updateClasses)[number];

/** 热门检索: offered below the search field. */
const words = z.array(line).max(8);

/** Home page: what stands on it, in this order. Where no block says `focus`, the focus channel stands first. */
const homeOf = z.object({ focus: itemId, words: words.optional(), blocks: blockList });

/** The one item of kind `home`. */
export const homePageItem = 'home-page';

/** 首页版面: what stands on the home page once it has been edited by blocks; until then the site's settings say it. */
export const home = z.object({ words: words.optional(), blocks: blockList.min(1) });

/** 跳转: an address that leads to an item, wherever that stands. */
export const redirect = z.object({
  from: pagePath.max(300).refine((path) => !/(?:^|\/)\.{1,2}(?:\/|$)/.test(path), '不能有 . 或 .. (no dot segments)'),
  to: itemId,
  note: line.optional(),
});

/**
 * 外文版: what makes a channel of the top level an edition of the site in another language. All below it is in that language,
 * and its own page is the edition's home. What is not said here is as the site says it.
 */
const edition = z.strictObject({
  /** BCP 47: `en`, `ar`, `pt-BR`. */
  language: z.string().regex(/^(?!zh\b)[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/),
  direction: z.enum(['ltr', 'rtl']).optional(),
  /** The language in its own words, for the switch: `English`. */
  languageName: line,
  /** Said in this language on pages that have no version in it: `This page has not been translated into English.` */
  missing: line,
  name: line,
  shortName: line,
  sponsor: line,
  organiser: line,
  copyright: line,
  address: line,
  phone: line.optional(),
  email: z.string().email().optional(),
  demonstration: line.optional(),
  home: homeOf,
  /** The theme's own words in this language, by their Chinese text; those that are missing are those of the theme, or English. */
  words: z.record(z.string().max(300), z.string().min(1).max(500)).optional(),
});

/** 栏目: its own address segment, its place in the tree, and what inspectors ask of it (META-04 … 07). */
export const channel = z.object({
  name: line,
  segment: z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/),
  parent: itemId.nullable(),
  /** Among its siblings, smallest first; a fraction puts it between two of them. */
  position: z.number(),
  type: line,
  description: line,
  keywords: z.array(line).min(1),
  /** How its page is laid out. */
  layout: z.enum([
    'list',
    'pictures',
    'policies',
    'services',
    'letters',
    'datasets',
    'people',
    'departments',
    'projects',
    'topics',
    'landing',
  ]),
  navigation: z.boolean(),
  /** What its page is put together from; without them its template alone. */
  blocks: channelBlocks.optional(),
  update: z.enum(updateClasses).optional(),
  /** The channel that what stood in this one stands in now, with its addresses: it has been merged, and is no more. */
  mergedInto: itemId.optional(),
  /** Of a channel of the top level alone. */
  edition: edition.optional(),
  /** The channel of the main language that this one stands for in its own. */
  translates: itemId.optional(),
});

/** 网站基本信息: one place to edit, shown on every page (PAGE-01 … PAGE-07). */
export const site = z.object({
  name: line,
  shortName: line,
  englishName: line,
  domain: line,
  /** Base address used in canonical links, without a closing slash. */
  origin: z.string().url(),
  identificationCode: z.string().regex(/^(\d{10}|bm\d{8})$/),
  icp: z.string().regex(/^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]ICP备\d{8}号(-\d+)?$/),
  policeFiling: z.string().regex(/^.公网安备\s?\d{14}号$/),
  conac: z.string().regex(/^[0-9A-F]{32}$/),
  sponsor: line,
  organiser: line,
  copyright: line,
  phone: line,
  email: z.string().email(),
  address: line,
  postcode: line,
  /** Address of the counter (窗口), where letters and corrections are written; another origin, so that the portal stays static. */
  counter: z.url({ protocol: /^https?$/ }).optional(),
  /** Shown on every page when set; the demo city must never pass for a real one. */
  demonstration: line.optional(),
  hue: z.number().min(0).max(360).optional(),
  /** A `media` item that stands for the drawing of the gate: in the header and as the sign of the window. */
  logo: itemId.optional(),
  /** 繁體版: a Traditional twin of every page, in the forms of Hong Kong or Taiwan, with names that conversion must not touch. */
  traditional: z
    .object({
      variant: z.enum(['hk', 'tw']),
      names: z
        .array(z.object({ simplified: line, traditional: line }))
        .max(5000)
        .optional(),
    })
    .optional(),
  /** 长者版: the channels that have a plain, large form, with the articles and services in them. */
  elder: z.object({ channels: z.array(itemId).min(1).max(100) }).optional(),
  /**
   * 访问统计: its figures go live each day at this time (Asia/Shanghai) by themselves, with numbers up to the day before; who approves
   * these settings approves that. Not before 00:05: the last views of the day must have been added up.
   */
  statistics: z
    .object({
      at: z.string().regex(/^(?:00:(?:0[5-9]|[1-5]\d)|(?:0[1-9]|1\d|2[0-3]):[0-5]\d)$/),
      /** Where the data sets stand, and whose they are. */
      channel: itemId,
      department: itemId,
    })
    .optional(),
  /** 安全联络: `/.well-known/security.txt` (RFC 9116), for who finds a weakness. */
  security: z
    .strictObject({
      contact: z.union([z.email(), z.url({ protocol: /^https$/ })]),
      /** The last day on which this may be relied on; less than a year ahead is good practice. */
      expires: civilDate,
      policy: z.url({ protocol: /^https$/ }).optional(),
    })
    .optional(),
  /** 检索: words that mean the same, a group each. */
  search: z.object({ synonyms: z.array(z.array(line).min(2).max(20)).max(2000).optional() }).optional(),
  /** 导航: entries in this order, channels of the top level or links. Without it: the channels that say they stand there. */
  navigation: z
    .array(z.union([z.strictObject({ channel: itemId }), z.strictObject({ name: line, address: linkAddress })]))
    .min(1)
    .max(16)
    .optional(),
  /** 页脚: links that follow those every site has. */
  footer: z.strictObject({ links: z.array(z.strictObject({ name: line, address: linkAddress })).max(20) }).optional(),
  home: homeOf,
});

/** A picture in one size and type; its bytes are a blob named by `hash`. */
const pictureForm = z.object({
  hash,
  type: z.enum(['image/jpeg', 'image/png', 'image/webp']),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  size: z.number().int().positive(),
});
export type PictureForm = z.infer<typeof pictureForm>;

/** In pixels of the whole picture, from its left upper corner. */
const pictureArea = z.object({
  left: z.number().int().nonnegative(),
  top: z.number().int().nonnegative(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
export type PictureArea = z.infer<typeof pictureArea>;

const hundredth = z.number().int().min(0).max(100);

/** A picture or attachment; its bytes are a blob named by `hash`. */
export const media = z.object({
  title: line,
  /** The channel it belongs to: who holds a role there may work on it. Without one it is the whole site's. */
  owner: itemId.optional(),
  hash,
  type: z.enum(mediaTypeNames),
  alt: text,
  /** The same in the languages of other editions, by their tags. */
  altIn: z.record(z.string().max(35), text).optional(),
  width: z.number().int().optional(),
  height: z.number().int().optional(),
  size: z.number().int().positive(),
  /** What the file was called when it was handed in: proposed where it is saved, never part of an address. */
  name: line.optional(),
  /** Of a film: the `media` item of the picture that stands there until it is played. */
  image: itemId.optional(),
  /** Of a film or a recording: a `media` item of WebVTT captions, and all that is said and shown, a paragraph a line. */
  captions: itemId.optional(),
  transcript: text.optional(),
  /** Of text that is not in UTF-8. */
  charset: z.literal('gb18030').optional(),
  /** The same picture in other sizes and types, narrow to wide: made once, when it was handed in. */
  forms: z.array(pictureForm).max(8).optional(),
  /** What made `hash` and `forms` out of the bytes handed in. */
  madeBy: line.optional(),
  /** The part of `uncropped` that is shown. */
  crop: pictureArea.optional(),
  /** The whole picture where a part of it is shown: kept, and on no page. */
  uncropped: pictureForm.extend({ forms: z.array(pictureForm).max(8).optional(), madeBy: line.optional() }).optional(),
  /** What stays in sight where a page shows less than the picture: hundredths of its width and height. */
  focus: z.object({ x: hundredth, y: hundredth }).optional(),
});

/** 无障碍声明: what the tests had found when somebody signed for it, what is known not to be right, and who answers. */
export const statement = z.object({
  title: line,
  /** Civil date of the run of the tests. */
  checkedOn: civilDate,
  facts: z.array(accessibilityFact).min(1).max(120),
  /** What does not work yet, for readers, and by when it shall. */
  limits: z.array(z.object({ what: line, until: civilDate.optional() })).max(40),
  contact: z.object({ name: line, phone: line.optional(), email: z.string().email().optional() }),
  /** The person's name, and the civil date. */
  signedBy: line,
  signedOn: civilDate,
});

/** Every kind of item, with the parser of its fields. A field not named here is refused. */
export const kinds = {
  article: article.strict(),
  policy: policy.strict(),
  interpretation: interpretation.strict(),
  service: service.strict(),
  letter: letter.strict(),
  dataset: dataset.strict(),
  leader: leader.strict(),
  department: department.strict(),
  project: project.strict(),
  gallery: gallery.strict(),
  video: video.strict(),
  topic: topic.strict(),
  channel: channel.strict(),
  site: site.strict(),
  home: home.strict(),
  redirect: redirect.strict(),
  media: media.strict(),
  statement: statement.strict(),
} as const;

export type Kind = keyof typeof kinds;
export type FieldsOf<K extends Kind> = z.infer<(typeof kinds)[K]>;
export type Fields = FieldsOf<Kind>;
const bare = ['channel', 'site', 'home', 'redirect', 'media', 'statement'] as const satisfies readonly Kind[];
/** The kinds that stand in a channel and have a page of their own. */
export type DocumentKind = Exclude<Kind, (typeof bare)[number]>;
export type DocumentFields = z.infer<typeof document>;

export const kindNames: Record<Kind, { zh: string; en: string }> = {
  article: { zh: '文章', en: 'article' },
  policy: { zh: '政策文件', en: 'policy document' },
  interpretation: { zh: '政策解读', en: 'interpretation' },
  service: { zh: '办事指南', en: 'service guide' },
  letter: { zh: '来信', en: 'letter' },
  dataset: { zh: '数据集', en: 'data set' },
  leader: { zh: '领导', en: 'leader' },
  department: { zh: '部门', en: 'department' },
  project: { zh: '重大项目', en: 'major project' },
  gallery: { zh: '图片集', en: 'gallery' },
  video: { zh: '视频', en: 'video' },
  topic: { zh: '专题', en: 'topic' },
  channel: { zh: '栏目', en: 'channel' },
  site: { zh: '网站信息', en: 'site settings' },
  home: { zh: '首页版面', en: 'home page' },
  redirect: { zh: '跳转', en: 'redirect' },
  media: { zh: '图片附件', en: 'media' },
  statement: { zh: '无障碍声明', en: 'accessibility statement' },
};

export function isKind(value: string): value is Kind {
  return Object.hasOwn(kinds, value);
}

export function isDocument(kind: Kind): kind is DocumentKind {
  return !(bare as readonly Kind[]).includes(kind);
}
