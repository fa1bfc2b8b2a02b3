import type { ChannelStep } from './read.ts';
import type { Crumb } from './parts/json-ld.ts';

const home: Crumb = { name: '首页', path: '/' };

/** 首页 › … › this page. `last` is what the page itself is called there; without it the last channel is the page. */
export function trailOf(chain: readonly ChannelStep[], last?: string): readonly Crumb[] {
  const steps = chain.map(({ fields, path }): Crumb => ({ name: fields.name, path }));
  if (last !== undefined) return [home, ...steps, { name: last }];
  const self = steps.pop();
  return self ? [home, ...steps, { name: self.name }] : [home];
}
