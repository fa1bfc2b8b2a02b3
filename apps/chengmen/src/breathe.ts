import { setImmediate } from 'node:timers/promises';

/** Whoever reads a list meanwhile must not notice. */
const longestMilliseconds = 10;

/** To be awaited within a long loop: lets everybody else have their turn once that was not so for ten milliseconds. */
export function breathing(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < longestMilliseconds) return;
    await setImmediate();
    since = performance.now();
  };
}
