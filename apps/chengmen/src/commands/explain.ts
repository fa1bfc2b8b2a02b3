import type { CommandLine } from '../command-line.ts';
import { exit, type Console } from '../console.ts';
import type { Explanation, Office } from '../office.ts';
import { operand } from './operands.ts';

export async function explain(line: CommandLine, office: Office, terminal: Console): Promise<number> {
  const explanation = await office.explain(operand(line, 'PATH'));
  terminal.json(explanation);
  for (const text of explanationLines(explanation)) terminal.out(text);
  return exit.done;
}

function explanationLines(explanation: Explanation): string[] {
  const { served, release, revisions } = explanation;
  return [
    `${explanation.path}`,
    `◀ 提供 served      ${served.status} ${served.type} ${served.size} B sha256 ${served.hash}${served.location === undefined ? '' : ` → ${served.location}`}`,
    `◀ 发布版 release   第 ${release.size} 版，树根 root ${release.root}，${release.origin}，证明 proof ${release.proofBytes} B`,
    `◀ 模板 template    ${explanation.target}，theme ${explanation.theme.slice(0, 16)}，读取 reads ${explanation.reads}`,
    ...revisions.flatMap((revision) => [
      `◀ 修订 revision    ${revision.revision}　${revision.title}　sha256 ${revision.hash.slice(0, 16)}　${revision.author} ${revision.createdAt}`,
      ...revision.reviews.map(reviewLine),
      ...(revision.order
        ? [
            `  ◀ 常设审定 order   ${revision.order.revision}　${revision.order.title}　sha256 ${revision.order.hash.slice(0, 16)}`,
            ...revision.order.reviews.map(reviewLine),
          ]
        : []),
      ...(revision.intake
        ? [
            `  ◀ 采集 intake      ${revision.intake.name}，${revision.intake.mender}，必然 ${revision.intake.places.proved} 可能 ${revision.intake.places.likely} 有据 ${revision.intake.places.stated} 已失 ${revision.intake.places.lost}，人工决定 ${revision.intake.decisions}`,
            `  ◀ 收到的字节 bytes  ${revision.intake.receivedBytes === null ? '不在了 MISSING' : `${revision.intake.receivedBytes} B`} sha256 ${revision.intake.received}`,
          ]
        : []),
    ]),
  ];
}

function reviewLine({ stage, name, at, hash }: Explanation['revisions'][number]['reviews'][number]): string {
  return `  ◀ 审签 ${stage.padEnd(7)} ${name} ${at} sha256 ${hash.slice(0, 16)}`;
}
