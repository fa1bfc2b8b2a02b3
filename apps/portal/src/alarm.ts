type Tell = (code: string, where: string, problem: string) => void;

const quiet = 60_000;
const longestMemory = 1000;

/** Passes alarms on, the same one at most once a minute: a damaged page that is asked for a thousand times is one piece of news. */
export function createAlarm(tell: Tell, now: () => number = () => performance.now()): Tell {
  const told = new Map<string, number>();
  return (code, where, problem) => {
    const key = `${code} ${where}`;
    const last = told.get(key);
    if (last !== undefined && now() - last < quiet) return;
    if (told.size >= longestMemory) told.clear();
    told.set(key, now());
    tell(code, where, problem);
  };
}
