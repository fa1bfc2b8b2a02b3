import { codeAt, codePeriod, stepAt } from '@chengmen/identity';

const used = new Map<string, number>();

/** A code of an authenticator that was not shown before: codes count once, and one of the next half minute is taken too. */
export async function nextCode(key: string): Promise<string> {
  for (;;) {
    const now = stepAt(new Date());
    const step = Math.max((used.get(key) ?? 0) + 1, now - 1);
    if (step <= now + 1) {
      used.set(key, step);
      return codeAt(key, step);
    }
    await new Promise((resolve) => setTimeout(resolve, codePeriod * 100));
  }
}
