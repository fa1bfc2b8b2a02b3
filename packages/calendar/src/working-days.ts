import { Temporal } from 'temporal-polyfill';
import { holidayYears, type HolidayYear } from './holidays.ts';

/** A civil date `YYYY-MM-DD`. */
export type CivilDate = string;

/** Raised for a date in a year whose arrangement is not known: a deadline must never be guessed. */
export class UnknownYearError extends RangeError {
  readonly year: number;

  constructor(year: number) {
    super(`the holiday arrangement of ${year} is not in the calendar`);
    this.name = 'UnknownYearError';
    this.year = year;
  }
}

export interface WorkingDays {
  isWorkingDay(date: CivilDate): boolean;
  /**
   * The last day of a period of `days` working days that begins the day after `from` (民法典 art. 201: the first day does not count).
   * Answers the day and how it was counted, so that a citizen can check it.
   */
  deadline(
    from: CivilDate,
    days: number,
  ): { readonly date: CivilDate; readonly skipped: readonly { readonly date: CivilDate; readonly why: string }[] };
  /** Working days after `from` up to and including `to`; negative when `to` lies before. */
  between(from: CivilDate, to: CivilDate): number;
}

/**
 * Working days with make-up days. Throws RangeError for what is no date, UnknownYearError for a year without data.
 *
 * @example
 * createWorkingDays().deadline('2026-09-30', 3).date // '2026-10-10': the holidays do not count, the Saturday worked in exchange does
 */
export function createWorkingDays(years: readonly HolidayYear[] = holidayYears): WorkingDays {
  const offDays = new Map<CivilDate, string>();
  const worked = new Set<CivilDate>();
  const known = new Set<number>();
  for (const { year, off, worked: exchanged } of years) {
    known.add(year);
    for (const { name, from, to } of off) {
      for (
        let day = Temporal.PlainDate.from(`${year}-${from}`);
        Temporal.PlainDate.compare(day, `${year}-${to}`) <= 0;
        day = day.add({ days: 1 })
      ) {
        offDays.set(day.toString(), name);
      }
    }
    for (const day of exchanged) worked.add(`${year}-${day}`);
  }

  const whyOff = (day: Temporal.PlainDate): string | undefined => {
    if (!known.has(day.year)) throw new UnknownYearError(day.year);
    const date = day.toString();
    if (worked.has(date)) return undefined;
    return offDays.get(date) ?? (day.dayOfWeek > 5 ? '周末' : undefined);
  };

  return {
    isWorkingDay: (date) => whyOff(Temporal.PlainDate.from(date)) === undefined,
    deadline(from, days) {
      let day = Temporal.PlainDate.from(from);
      const skipped: { date: CivilDate; why: string }[] = [];
      for (let left = days; left > 0;) {
        day = day.add({ days: 1 });
        const why = whyOff(day);
        if (why === undefined) left--;
        else skipped.push({ date: day.toString(), why });
      }
      return { date: day.toString(), skipped };
    },
    between(from, to) {
      const start = Temporal.PlainDate.from(from);
      const end = Temporal.PlainDate.from(to);
      const direction = Temporal.PlainDate.compare(end, start);
      let count = 0;
      for (let day = direction < 0 ? end : start; !day.equals(direction < 0 ? start : end);) {
        day = day.add({ days: 1 });
        if (whyOff(day) === undefined) count += direction;
      }
      return count;
    },
  };
}

/** The civil date in Asia/Shanghai at an instant. */
export function civilDateAt(instant: Date): CivilDate {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO('Asia/Shanghai')
    .toPlainDate()
    .toString();
}

/** `YYYY-MM-DD HH:MM` in Asia/Shanghai at an instant. */
export function civilMinuteAt(instant: Date): string {
  const moment = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO('Asia/Shanghai');
  return `${moment.toPlainDate().toString()} ${moment.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}
