import type { MendResult } from '@chengmen/mend';

const classNames = { proved: '必然 proved', likely: '可能 likely', lost: '已失 lost', stated: '有据 stated' } as const;
/** A page has dozens of places at most; of a ruined one the first are enough to read. */
const mostLines = 200;

/** What was done to a page, a line for each place and alarm, for a person at a terminal. */
export function summaryLines(name: string, { encoding, verdict, plan, alarms }: MendResult): string[] {
  const places = plan.slice(0, mostLines).map(
    ({ at, before, after, class: kind, rule, candidates }) =>
      `  ${at}\t${classNames[kind]}\t${before || '—'} → ${JSON.stringify(after)}\t${rule}\t${candidates
        .slice(0, 3)
        .map(({ text, probability }) => `${JSON.stringify(text)} ${Math.round(probability * 1000) / 10} %`)
        .join('，')}`,
  );
  return [
    `${name}　${verdict}　${encoding.used}　${encoding.mechanism} ${Math.round(encoding.confidence * 100)} %`,
    ...places,
    ...(plan.length > mostLines ? [`  … ${plan.length - mostLines} 处未列出 (more places)`] : []),
    ...alarms.map(
      ({ kind, at, evidence, readings }) =>
        `  ${at}\t告警 alarm ${kind}\t${JSON.stringify(evidence)}\t${readings.slice(0, 3).join('；')}`,
    ),
  ];
}
