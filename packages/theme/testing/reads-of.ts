import type { Source, TargetId, Theme } from '@chengmen/model';

/** What a target asks of a source, each read once: `newest:notices:20`. */
export function readsOf(theme: Theme, source: Source, target: TargetId): string[] {
  const calls = new Set<string>();
  const watched = new Proxy(source, {
    get:
      (from, name: keyof Source) =>
      (...given: never[]) => {
        calls.add([name, ...given].join(':'));
        return (from[name] as (...rest: never[]) => unknown)(...given);
      },
  });
  theme.render(target, watched);
  return [...calls].sort();
}
