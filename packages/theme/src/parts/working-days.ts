import { createWorkingDays, UnknownYearError } from '@chengmen/calendar';

const calendar = createWorkingDays();

/** Working days from one civil date to another. Undefined where the calendar does not know the year: nothing is guessed. */
export function workingDays(from: string, to: string): number | undefined {
  try {
    return calendar.between(from, to);
  } catch (error) {
    if (error instanceof UnknownYearError) return undefined;
    throw error;
  }
}
