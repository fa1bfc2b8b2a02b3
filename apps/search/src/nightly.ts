/** Three in the morning in China, when few people search. */
const hour = 3;
const day = 24 * 3600 * 1000;
const eastEight = 8 * 3600 * 1000;

/** Milliseconds until the next three o'clock in China. */
export function untilNight(now: number): number {
  const sinceMidnight = (now + eastEight) % day;
  return (hour * 3600 * 1000 - sinceMidnight + day) % day || day;
}

/** Does some work every night; one that fails is tried again the next. */
export function nightly(work: () => Promise<void>, now: () => number = Date.now): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const next = (): void => {
    timer = setTimeout(
      () =>
        void work()
          .catch(() => undefined)
          .finally(next),
      untilNight(now()),
    );
    timer.unref();
  };
  next();
  return {
    stop() {
      clearTimeout(timer);
    },
  };
}
