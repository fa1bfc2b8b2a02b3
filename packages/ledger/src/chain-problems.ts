/** What can be wrong with the chain of events, in words. */
export const chainProblems = {
  missing: { zh: '这一条不见了', en: 'it is missing' },
  predecessor: { zh: '它所记的上一条不是它的上一条', en: 'it names another predecessor' },
  content: { zh: '内容与哈希不符，被改动过', en: 'its content does not have its hash: it was changed' },
  ending: { zh: '记录到此为止，而账本写到了别处', en: 'the log ends here, and the ledger came to another place' },
  unreadable: { zh: '这一行读不出来', en: 'the line cannot be read' },
  other: { zh: '另一份里这一条是别的内容', en: 'another file has something else in its place' },
} as const;

export type ChainProblem = keyof typeof chainProblems;

/** The first event that does not fit, and why. */
export interface BrokenLink {
  readonly seq: number;
  readonly problem: ChainProblem;
}
