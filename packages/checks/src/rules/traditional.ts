import { doubtfulForms } from '@chengmen/chinese';
import type { CheckContext } from '../context.ts';
import type { Found } from '../finding.ts';
import type { Content } from '../read-content.ts';

/** Words whose Traditional form nothing decides; only where the site has that edition. */
export function traditionalDoubts({ texts }: Content, { traditional }: CheckContext): Found[] {
  if (!traditional) return [];
  return texts.flatMap(({ field, words }) =>
    doubtfulForms(words, traditional.names ?? []).map(({ quote, offset, character, usual, other }) => ({
      rule: 'traditional-doubt' as const,
      field,
      quote,
      offset,
      zh: `繁体版会把“${quote}”的“${character}”写成“${usual}”，这里可能应是“${other}”。若不对，请把这个名字或词加到网站信息的繁体保护词里。`,
      en: `The Traditional edition will write “${usual}” for “${character}” here, where “${other}” may be meant. If so, put the name or word among the protected names of the site settings.`,
    })),
  );
}
