import type { LiveItem, Output, PagePath, Source, Theme } from '@chengmen/model';

/** Every output of a theme over a source and all its items, the withdrawn ones too. Throws where two stand at one address. */
export function renderAll(theme: Theme, source: Source, items: readonly LiveItem[]): ReadonlyMap<PagePath, Output> {
  const targets = new Set([
    ...theme.targetsOf('site', source),
    ...source.months(null).flatMap(({ month }) => theme.targetsOf(`month:*:${month}`, source)),
    ...items.flatMap(({ id }) => theme.targetsOf(`item:${id}`, source)),
  ]);
  const outputs = new Map<PagePath, Output>();
  for (const target of targets) {
    for (const output of theme.render(target, source)) {
      if (outputs.has(output.path)) throw new Error(`${target}: ${output.path} is taken`);
      outputs.set(output.path, output);
    }
  }
  return outputs;
}
