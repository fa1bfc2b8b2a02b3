import { checkContent, noSettings, type CheckContext } from '../index.ts';

export const context: CheckContext = {
  now: '2026-11-28 21:00',
  ownHosts: ['www.linjiang.example'],
  settings: noSettings,
  leaders: [
    { name: '陆知远', titles: ['市委副书记', '市长'] },
    { name: '沈禾', titles: ['市委常委', '常务副市长'] },
  ],
};

/** An article in which nothing is wanting but what the body holds. */
export const whole = (body: string): Record<string, unknown> => ({
  title: '排涝站开工',
  channel: 'headlines',
  date: '2026-11-20 09:30',
  source: '市水务局',
  keywords: ['排涝'],
  summary: '青渡区的排涝站本月开工。',
  body,
});

/** What is found in a body: rule, severity, quote. */
export const found = (body: string, more: Partial<CheckContext> = {}): string[][] =>
  checkContent('article', whole(body), { ...context, ...more }).map(({ rule, severity, where }) => [
    rule,
    severity,
    where.quote,
  ]);
