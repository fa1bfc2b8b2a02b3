import type { ChannelStep } from './read.ts';
import type { Crumb } from './parts/json-ld.ts';
import { type Words } from './words.ts';

const homeCrumb = (t: Words): Crumb => ({ name: t('首页'), path: `${t.root}/` });

/** 首页 › … › this page. `last` is what the page itself is called there; without it the last channel is the page. */
export function trailOf(t: Words, chain: readonly ChannelStep[], last?: string): readonly Crumb[] {
  const steps = chain.map(({ fields, path }): Crumb => ({ name: fields.name, path }));
  if (last !== undefined) return [homeCrumb(t), ...steps, { name: last }];
  const self = steps.pop();
  return self ? [homeCrumb(t), ...steps, { name: self.name }] : [homeCrumb(t)];
}
