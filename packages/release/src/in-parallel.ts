/** Runs `work` over the items, at most `width` at a time. Rejects with the first failure, after those under way have ended. */
export async function inParallel<T>(
  items: AsyncIterable<T> | Iterable<T>,
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for await (const item of items) {
    const one = work(item).then(
      () => {
        running.delete(one);
      },
      (error: unknown) => {
        running.delete(one);
        failures.push(error);
      },
    );
    running.add(one);
    if (running.size >= width) await Promise.race(running);
    if (failures.length > 0) break;
  }
  await Promise.all(running);
  if (failures.length > 0) throw failures[0];
}
