import { ChengmenError, type Kind } from '@chengmen/model';
import { text, type Form } from './desk-forms.ts';
import { lineIn, partsIn, shownLine, shownPart } from './parted-lines.ts';

/** How a field of a kind is typed: by itself, or, for lists of records and the rows of a table, a line each with parts parted by ｜. */
export type FieldForm =
  | { readonly as: 'line' | 'date' | 'text' | 'number' | 'lines' | 'items' | 'table' | 'blocks' }
  | { readonly as: 'choice'; readonly choices: readonly string[] }
  | { readonly as: 'records'; readonly parts: readonly Part[] };

/** `yes`: 是 or nothing; `maybe`: may be empty; `type`: 数字, or whatever else is 文字. */
interface Part {
  readonly name: string;
  readonly zh: string;
  readonly as?: 'number' | 'yes' | 'maybe' | 'type';
}

export type KindField = FieldForm & {
  readonly name: string;
  readonly zh: string;
  readonly required: boolean;
  readonly hint?: string;
};

const part = (name: string, zh: string, as?: Part['as']): Part => ({ name, zh, ...(as ? { as } : {}) });
const field = (name: string, zh: string, form: FieldForm = { as: 'line' }, more: Partial<KindField> = {}): KindField =>
  ({ name, zh, required: true, ...form, ...more }) as KindField;
const optional = (one: KindField): KindField => ({ ...one, required: false });
const choice = (...choices: string[]): FieldForm => ({ as: 'choice', choices });
const records = (...parts: Part[]): FieldForm => ({ as: 'records', parts });
const publishedBy = optional(field('publishedBy', '发布部门（条目编号）'));
const department = field('department', '主管部门（条目编号）');

/** What each kind adds to a document, in the order it is asked for. One table, read both ways: into the form and out of it. */
export const kindFields: Partial<Record<Kind, readonly KindField[]>> = {
  article: [publishedBy],
  policy: [
    field('indexNumber', '索引号'),
    field('documentNumber', '发文字号'),
    field('issuer', '发文机关'),
    field('topic', '主题分类'),
    field('madeOn', '成文日期', { as: 'date' }),
    field('validity', '有效性', choice('有效', '失效', '废止', '部分失效', '尚未生效')),
    optional(field('inForceFrom', '生效日期', { as: 'date' })),
    optional(field('inForceTo', '失效日期', { as: 'date' })),
    publishedBy,
  ],
  interpretation: [
    field('interprets', '解读的政策（条目编号，用、隔开）', { as: 'items' }),
    optional(field('form', '解读形式')),
    publishedBy,
  ],
  service: [
    department,
    field('lifeEvent', '生活事件'),
    field('audience', '办理对象', choice('个人', '企业', '个人和企业')),
    field('basis', '办理依据', { as: 'text' }),
    field('conditions', '办理条件（一行一条）', { as: 'lines' }),
    field(
      'materials',
      '申请材料',
      records(part('name', '名称'), part('form', '形式'), part('copies', '份数', 'number')),
    ),
    field('steps', '办理流程', records(part('name', '环节'), part('text', '说明'))),
    field('legalDays', '法定时限（工作日）', { as: 'number' }),
    field('promisedDays', '承诺时限（工作日）', { as: 'number' }),
    field('fee', '收费'),
    field('place', '办理地点'),
    field('hours', '办理时间'),
    field('phone', '咨询电话'),
  ],
  letter: [
    field('trackingCode', '信件编号'),
    field('topic', '类别'),
    field('sender', '来信人（已隐去姓名）'),
    field('askedOn', '来信日期', { as: 'date' }),
    field('department', '答复单位（条目编号）'),
    field('answeredOn', '答复日期', { as: 'date' }),
    field('answer', '答复（HTML）', { as: 'text' }),
    optional(field('satisfaction', '来信人评价', choice('满意', '基本满意', '不满意', '未评价'))),
  ],
  dataset: [
    department,
    field('period', '统计时段'),
    optional(field('unit', '单位')),
    field('updateCycle', '更新周期'),
    field('licence', '使用许可'),
    field(
      'columns',
      '列',
      records(part('name', '名称'), part('unit', '单位', 'maybe'), part('type', '数字或文字', 'type')),
    ),
    field('rows', '行（一行一条，各列用｜隔开；可以从表格软件整片粘贴）', { as: 'table' }),
  ],
  leader: [
    field('post', '职务'),
    field('duties', '分工（一行一条）', { as: 'lines' }),
    optional(field('leads', '分管部门（条目编号，用、隔开）', { as: 'items' })),
    optional(field('office', '办公地点')),
    optional(field('phone', '办公电话')),
    optional(field('email', '电子邮箱')),
    field('order', '排序', { as: 'number' }),
  ],
  department: [
    field('address', '地址'),
    field('phone', '电话'),
    field('hours', '办公时间'),
    optional(field('email', '电子邮箱')),
    optional(field('head', '负责人')),
    field('duties', '职责（一行一条）', { as: 'lines' }),
    optional(
      field('divisions', '内设机构', records(part('name', '名称'), part('duty', '职责'), part('phone', '电话'))),
    ),
    field('order', '排序', { as: 'number' }),
  ],
  project: [
    field('code', '项目代码'),
    field('responsible', '责任单位（条目编号）'),
    field('place', '建设地点'),
    field('investment', '总投资'),
    field('stage', '阶段', choice('前期', '在建', '竣工')),
    field('progress', '进度（百分比）', { as: 'number' }),
    field('parties', '参建单位', records(part('role', '角色'), part('name', '名称'))),
    field(
      'approvals',
      '审批结果',
      records(part('name', '名称'), part('number', '文号'), part('date', '日期'), part('body', '机关')),
    ),
    field('milestones', '节点', records(part('date', '日期'), part('text', '内容'), part('done', '完成', 'yes'))),
    optional(field('relatedTo', '相关报道（条目编号，用、隔开）', { as: 'items' })),
  ],
  gallery: [field('pictures', '图片', records(part('picture', '图片编号'), part('caption', '说明'))), publishedBy],
  video: [
    field('video', '视频文件（条目编号）'),
    optional(field('captions', '字幕文件（条目编号）')),
    field('transcript', '文字稿（一行一段）', { as: 'text' }),
    optional(field('duration', '时长（秒）', { as: 'number' })),
    publishedBy,
  ],
  topic: [field('blocks', '版块', { as: 'blocks' })],
};

/** What was typed as fields of the kind; a field left empty is none. Throws `invalid-input` for blocks that were not of this form. */
export function readKindFields(kind: Kind, form: Form): Record<string, unknown> {
  return Object.fromEntries(
    (kindFields[kind] ?? []).flatMap((one) => {
      if (form[one.name] === undefined) return [];
      const typed = text(form, one.name).trim().normalize('NFC');
      return typed === '' && !keepsEmpty(one) ? [] : [[one.name, readOne(one, typed, form)] as const];
    }),
  );
}

/** Lists may be empty and texts too: the kind says whether they may. */
const keepsEmpty = ({ as, required }: KindField): boolean =>
  required && (as === 'records' || as === 'table' || as === 'lines' || as === 'items' || as === 'text');

function readOne(one: KindField, typed: string, form: Form): unknown {
  switch (one.as) {
    case 'number':
      return Number(typed);
    case 'lines':
      return linesIn(typed).map(lineIn);
    case 'items':
      return typed.split(/[、,，\s]+/).filter(Boolean);
    case 'blocks':
      return readBlocks(one, typed);
    case 'records':
      return linesIn(typed).map((line) => readRecord(one.parts, line));
    case 'table':
      // Not trimmed: a first cell may be empty.
      return readTable(text(form, one.name).normalize('NFC'), text(form, 'columns'));
    default:
      return typed;
  }
}

const linesIn = (typed: string): string[] =>
  typed
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);

function readRecord(parts: readonly Part[], line: string): Record<string, unknown> {
  const values = partsIn(line);
  return Object.fromEntries(
    parts.flatMap(({ name, as }, at) => {
      const value = values[at] ?? '';
      return as === 'maybe' && value === '' ? [] : [[name, valueOf(value, as)] as const];
    }),
  );
}

function valueOf(value: string, as: Part['as']): unknown {
  if (as === 'number') return Number(value);
  if (as === 'yes') return /^(?:是|yes|✓)$/i.test(value);
  return as === 'type' ? (/^数/.test(value) ? 'number' : 'text') : value;
}

/** Cells of number columns are numbers where they are written as such; an empty one is none. */
function readTable(typed: string, columns: string): unknown[][] {
  const numeric = linesIn(columns).map((line) => (partsIn(line).at(-1) ?? '').startsWith('数'));
  return typed
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => partsIn(line).map((value, at) => cellOf(value, numeric[at] ?? false)));
}

/** Stands for no value where an empty cell would be an empty text. */
const noValue = '∅';
/** Written one way only, so that what is shown is read as it was. */
const plainNumber = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/;
const isNumber = (shown: string): boolean =>
  plainNumber.test(shown) || (/^-?\d/.test(shown) && String(Number(shown)) === shown);

/** As in a sheet, ' before a cell of a number column makes it a text. */
function cellOf(value: string, numeric: boolean): unknown {
  if (value === noValue || (numeric && value === '')) return null;
  if (!numeric) return /^'+∅$/.test(value) ? value.slice(1) : value;
  return isNumber(value) ? Number(value) : value.replace(/^'/, '');
}

function shownCell(cell: unknown, numeric: boolean): string {
  if (cell === null || cell === undefined) return numeric ? '' : noValue;
  const shown = shownPart(String(cell));
  if (!numeric) return /^'*∅$/.test(shown) ? `'${shown}` : shown;
  if (typeof cell === 'number') return shown;
  return shown === '' || shown === noValue || shown.startsWith("'") || isNumber(shown) ? `'${shown}` : shown;
}

/** They are put together in the editor of pages, and go along as they are. */
function readBlocks({ zh }: KindField, typed: string): unknown {
  try {
    return JSON.parse(typed);
  } catch {
    throw new ChengmenError('invalid-input', { where: zh, problem: '不是这张表单的 (not of this form)' });
  }
}

/** A field as it is typed. `fields`: all of the item, for what is typed as others of it say. */
export function typedField(one: KindField, value: unknown, fields: Readonly<Record<string, unknown>> = {}): string {
  if (value === undefined || value === null) return '';
  switch (one.as) {
    case 'lines':
      return (value as readonly string[]).map(shownLine).join('\n');
    case 'items':
      return (value as readonly string[]).join('、');
    case 'blocks':
      return JSON.stringify(value);
    case 'records':
      return recordsOf(one.parts, value as readonly Readonly<Record<string, unknown>>[]);
    case 'table':
      return tableOf(value as readonly (readonly unknown[])[], fields['columns']);
    default:
      return typeof value === 'string' ? value : JSON.stringify(value);
  }
}

function recordsOf(parts: readonly Part[], values: readonly Readonly<Record<string, unknown>>[]): string {
  return values.map((record) => parts.map(({ name, as }) => shownPart(wordOf(record[name], as))).join('｜')).join('\n');
}

function wordOf(value: unknown, as: Part['as']): string {
  if (as === 'yes') return value === true ? '是' : '';
  if (as === 'type') return value === 'number' ? '数字' : '文字';
  return String(value ?? '');
}

function tableOf(rows: readonly (readonly unknown[])[], columns: unknown): string {
  const types = ((columns ?? []) as { readonly type?: unknown }[]).map(({ type }) => type);
  return rows.map((row) => row.map((cell, at) => shownCell(cell, types[at] === 'number')).join('｜')).join('\n');
}
