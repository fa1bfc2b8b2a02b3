/** What a letter can be, and how many working days its answer may take. Data: the clocks carry their source and certainty. */
export const letterKinds = {
  consultation: { zh: '咨询', en: 'question', days: 5, source: '抽查答复时限（DED-08）', certainty: 'read' },
  suggestion: { zh: '建议', en: 'suggestion', days: 15, source: '本市办理规定（示例）', certainty: 'recalled' },
  complaint: { zh: '投诉', en: 'complaint', days: 15, source: '本市办理规定（示例）', certainty: 'recalled' },
  help: { zh: '求助', en: 'request for help', days: 5, source: '本市办理规定（示例）', certainty: 'recalled' },
  correction: {
    zh: '网站纠错',
    en: 'correction of this site',
    days: 3,
    source: '网站找错留言办理时限（CLK-01）',
    certainty: 'recalled',
  },
} as const;

export type LetterKind = keyof typeof letterKinds;

export function isLetterKind(value: string): value is LetterKind {
  return Object.hasOwn(letterKinds, value);
}
