import { civilDateAt } from '@chengmen/calendar';

const known = new Map<number, string>();

/** The civil date in Asia/Shanghai of a time in milliseconds. Worked out once for each quarter of an hour: there are many hits in one. */
export function civilDay(time: number): string {
  const quarter = Math.floor(time / 900_000);
  const day = known.get(quarter);
  if (day !== undefined) return day;
  if (known.size > 1000) known.clear();
  const found = civilDateAt(new Date(time));
  known.set(quarter, found);
  return found;
}
