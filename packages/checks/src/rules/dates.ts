import { isDocument } from '@chengmen/model';
import type { CheckContext } from '../context.ts';
import type { Found } from '../finding.ts';
import type { Content, FieldText, TextLine } from '../read-content.ts';

/** A publication date that has not come (VETO-03, META-L5). */
export function dateAhead({ kind, fields }: Content, { now }: CheckContext): Found[] {
  const { date } = fields;
  if (!isDocument(kind) || typeof date !== 'string' || date <= now) return [];
  return [
    {
      rule: 'date-ahead',
      field: 'date',
      quote: date,
      offset: 0,
      zh: `发布时间 ${date} 还没有到。要到时发布，请在终审时定时上线。`,
      en: `The publication date ${date} has not come. To publish then, let the final approval set the time.`,
    },
  ];
}

const written =
  /(?<!\d)((?:19|20|21)\d\d)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?[日号](?:\s?[（(](?:星期|周)([一二三四五六日天])[)）])?/g;

/** Words that look ahead: a date that has not come is meant. */
const ahead =
  /将|拟|起|至|到|前|止|截|预计|计划|规划|目标|力争|有效|届时|届满|施行|实施|生效|执行|期限|安排|放假|倒计时|—|－|-|~/;

/** Dates of a text that do not exist, have not come though the sentence tells of the past, or fall on another day of the week. */
export function datesInText({ texts }: Content, { now }: CheckContext): Found[] {
  return texts.flatMap((text) => text.lines.flatMap((line) => datesIn(line, text, now.slice(0, 10))));
}

function datesIn(line: TextLine, { field }: FieldText, today: string): Found[] {
  return [...line.text.matchAll(written)].flatMap((match): Found[] => {
    const { 0: quote, index, 1: year = '', 2: month = '', 3: day = '', 4: weekday } = match;
    const at = { rule: 'date-in-text' as const, field, quote, offset: line.offset + index };
    const moment = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
    const date = moment.toISOString().slice(0, 10);
    if (moment.getUTCMonth() !== Number(month) - 1 || moment.getUTCDate() !== Number(day))
      return [{ ...at, zh: `没有“${quote}”这一天。`, en: `There is no such day as ${quote}.` }];
    const said = weekday === undefined ? -1 : '日一二三四五六'.indexOf(weekday.replace('天', '日'));
    if (said >= 0 && said !== moment.getUTCDay()) {
      const right = `星期${'日一二三四五六'[moment.getUTCDay()] ?? ''}`;
      return [
        { ...at, zh: `${year}年${month}月${day}日是${right}。`, en: `That day is another day of the week (${right}).` },
      ];
    }
    const sentence = sentenceAt(line.text, index, quote.length);
    if (
      date <= today ||
      ahead.test(sentence.replace(quote, '')) ||
      !/了|已|曾|过|昨|日前|召开|举行|印发/.test(sentence)
    )
      return [];
    return [
      {
        ...at,
        zh: `${quote}还没有到，句子说的却是已经发生的事。`,
        en: `${quote} has not come, yet the sentence tells of what has happened.`,
      },
    ];
  });
}

/** The sentence round a place, within 60 characters to either side. */
function sentenceAt(text: string, at: number, length: number): string {
  const before = text.slice(Math.max(0, at - 60), at);
  const after = text.slice(at + length, at + length + 60);
  return (
    (before.split(/[。！？；\n]/).at(-1) ?? '') + text.slice(at, at + length) + (after.split(/[。！？；\n]/)[0] ?? '')
  );
}
