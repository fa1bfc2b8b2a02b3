import {
  accept,
  analysePage,
  decide,
  gapMark,
  gapSign,
  mend,
  type MendResult,
  type PageAnalysis,
} from '@chengmen/mend';
import { ChengmenError, kinds, sha256, type FieldsOf } from '@chengmen/model';
import type { Decisions } from './decisions.ts';
import { mendingNote } from './mending-note.ts';
import type { Intake, Missing, PageToRead } from './types.ts';

/** Stands where a page gives no date; nobody can take it for one. */
export const unknownDate = '1900-01-01 00:00';
const largestPage = 4 * 1024 * 1024;
const longestBody = 150_000;
const utf8 = new TextDecoder();
const gb18030 = new TextDecoder('gb18030');
const fewestLetters = 10;
/** So many words behind the end of the body are worth a look. */
const muchLeft = 40;

/**
 * A page as received, damaged or not, as the draft of an article: mended, what is likely enough accepted, people's decisions
 * applied, then title, date, source, author, breadcrumb and body found by the page's own labels. The bytes are not changed.
 * Throws `nothing-to-take-in` when no body can be found in it, `decisions-invalid` when the decisions are not about these
 * bytes or name no gap of theirs.
 */
export function readPage(page: PageToRead): Intake {
  const received = { name: page.name, size: page.bytes.length, sha256: sha256(page.bytes) };
  refuseRubbish(page);
  const mended = mendPage(page, received.sha256);
  const found = analysePage(mended, {
    siteNames: page.siteNamesHint ?? [],
    ...(page.addresses ? { addresses: page.addresses } : {}),
  });
  const { body, clean, title, date, source, author, text } = found;
  if (body && body.letters > longestBody) throw nothing(page.name, '正文太长，不像一篇文章 / too long for one article');
  if (!body || !clean || !isProse(text)) throw nothing(page.name, problemOf(page.bytes, text));
  return {
    received,
    mend: mended,
    fields: valid(page.name, {
      title: title ? shown(title.text).slice(0, 200) : firstWords(text),
      channel: page.channel,
      date: date?.minute ?? unknownDate,
      source: source?.name.normalize('NFC') ?? '来源不详',
      ...(author === undefined ? {} : { author: shown(author) }),
      body: clean.html,
      mending: mendingNote(mended, found.marked, found.published, clean.removed),
      ...(found.address === undefined ? {} : { original: found.address }),
    }),
    breadcrumb: found.breadcrumb,
    notes: [...notesOf(found, body.left), ...clean.notes],
    missing: missingOf(title !== undefined, date, source),
    removed: clean.removed,
  };
}

/** Before any work: what is no page of text costs nothing. */
function refuseRubbish({ name, bytes }: PageToRead): void {
  if (bytes.length > largestPage) {
    throw nothing(name, `超过 ${largestPage / 1024 / 1024} MB，不像一个网页 / larger than a page can be`);
  }
  if (bytes.length > 0 && !isText(bytes)) throw nothing(name, '不是文字 / it is not text');
}

/** Damaged pages hold some bytes that no encoding explains; a picture or an archive holds little else. */
function isText(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 65_536);
  const control = sample.reduce((sum, byte) => sum + (byte < 0x20 && (byte < 9 || byte > 13) ? 1 : 0), 0);
  const wrong = Math.min(...[utf8, gb18030].map((decoder) => decoder.decode(sample).split('\ufffd').length - 1));
  return control * 50 <= sample.length && wrong * 8 <= sample.length;
}

function mendPage(page: PageToRead, hash: string): MendResult {
  const { name, bytes, acceptAtLeast, choices = [], decisions } = page;
  const mended = (page.mend ?? mend)({ name, bytes });
  const accepted = accept(mended, { atLeast: acceptAtLeast ?? 0.98, choices });
  return decisions === undefined ? accepted : decided(accepted, decisions, hash);
}

function decided(result: MendResult, { file, page, decisions }: Decisions, hash: string): MendResult {
  const refuse = (problem: string, cause?: unknown): never => {
    throw new ChengmenError('decisions-invalid', { file, problem }, { cause });
  };
  if (page !== hash) return refuse(`page: ${page.slice(0, 12)}… ≠ ${hash.slice(0, 12)}…（不是这一页 / another page）`);
  try {
    return decide(result, decisions);
  } catch (error) {
    if (error instanceof ChengmenError && error.code === 'decisions-invalid') {
      return refuse(String(error.parameters['problem'] ?? error.message), error);
    }
    throw error;
  }
}

const shown = (text: string): string => text.replaceAll(gapMark, gapSign).normalize('NFC').trim();

function firstWords(text: string): string {
  const [line = ''] = text.split('\n');
  return [...line].slice(0, 40).join('').trim();
}

/** Words, not the remains of something else. */
function isProse(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const rubbish = text.match(/[\ufffd\p{Cc}\p{Co}\p{Cn}]/gu)?.length ?? 0;
  return letters >= fewestLetters && rubbish * 10 <= letters;
}

function problemOf(bytes: Uint8Array, text: string): string {
  if (bytes.length === 0) return '文件是空的 / the file is empty';
  return text === '' ? '没有正文 / it has no body' : '不是可读的文字 / it is not readable text';
}

const nothing = (file: string, problem: string, cause?: unknown): ChengmenError =>
  new ChengmenError('nothing-to-take-in', { file, problem }, { cause });

function valid(file: string, fields: FieldsOf<'article'>): FieldsOf<'article'> {
  const parsed = kinds.article.safeParse(fields);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw nothing(file, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, parsed.error);
}

function notesOf({ form, title, date, source }: PageAnalysis, left: number): string[] {
  const notes: string[] = [];
  if (form === 'lines')
    notes.push(
      '收到的是去掉标签后的文字，不是完整网页。 The page was received as a text collector left it, without its markup.',
    );
  if (title === undefined)
    notes.push('没有找到标题，暂用正文开头。 No title was found; the beginning of the body stands in its place.');
  notes.push(...dateNotes(date), ...sourceNotes(source));
  if (left >= muchLeft) {
    notes.push(`正文之后还有约 ${left} 字没有收入，请核对。 About ${left} characters after the body were left out.`);
  }
  return notes;
}

function dateNotes(date: PageAnalysis['date']): string[] {
  if (!date) return [`页面没有写明日期，暂记 ${unknownDate}，须由编辑补填。 The page gives no date; an editor must.`];
  const notes: string[] = [];
  if (!date.labelled) notes.push('日期没有标签，取自正文之外的一行。 The date stands without a label.');
  if (!date.hasTime) notes.push('页面只写到日，时间记为 00:00。 Only the day is known; the time is written as 00:00.');
  if (date.inferred) {
    notes.push('年份中有一位缺损，只有一个年份符合。 A digit of the year is missing; only one year fits.');
  }
  return notes;
}

function sourceNotes(source: PageAnalysis['source']): string[] {
  if (!source) return ['没有找到来源，须由编辑补填。 No source was found; an editor must give it.'];
  if (source.from === 'footer') {
    return [`页面未标来源，取自页脚：${source.name}。 No source is stated; it is taken from the footer.`];
  }
  return source.from === 'hint'
    ? [`页面未标来源，取站点名称：${source.name}。 The source is the name of the site.`]
    : [];
}

const missingOf = (titleFound: boolean, date: PageAnalysis['date'], source: PageAnalysis['source']): Missing[] => [
  ...(titleFound ? [] : (['title'] as const)),
  ...(date ? [] : (['date'] as const)),
  ...(source ? [] : (['source'] as const)),
];
