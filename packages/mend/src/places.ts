import type { LoosePlace } from './assemble.ts';
import { decodeStretch } from './assemble.ts';
import type { Finding } from './finding.ts';
import { pageText } from './page-text.ts';
import { propose } from './propose.ts';
import type { OpenPlace, Proposal } from './propose.ts';
import type { Step } from './types.ts';
import { gapSign } from './types.ts';
import { unwrap } from './unwrap.ts';
import { toHex } from './utf8.ts';

/** Turns findings into places of the plan: proved ones with their repair, the others open, with ranked candidates. */
export function placesOf(bytes: Uint8Array, findings: readonly Finding[], steps: readonly Step[]): LoosePlace[] {
  const { html, open } = layOpen(bytes, findings, steps);
  const toRank = open.filter(({ finding: { letters, forms } }) => letters !== undefined || forms !== undefined);
  const { html: text, places, lineLength } = unwrap(html, toRank);
  const proposals = toRank.length === 0 ? [] : propose(text, pageText(text), places, lineLength);
  const byFinding = new Map(toRank.map(({ finding }, i) => [finding, proposals[i]]));
  return findings.flatMap((finding) => placeOf(finding, bytes, byFinding.get(finding)) ?? []);
}

/** The page with every proved repair in place and every other place open. */
export function layOpen(
  bytes: Uint8Array,
  findings: readonly Finding[],
  steps: readonly Step[],
): { html: string; open: OpenPlace[] } {
  const pieces: string[] = [];
  const open: OpenPlace[] = [];
  let at = 0;
  let length = 0;
  const put = (piece: string): void => {
    pieces.push(piece);
    length += piece.length;
  };
  for (const finding of findings) {
    put(decodeStretch(bytes.subarray(at, finding.at), steps));
    const start = length;
    put(finding.class === 'proved' ? (finding.text ?? '') : openText(finding));
    open.push({ finding, start, end: length });
    at = finding.at + finding.length;
  }
  put(decodeStretch(bytes.subarray(at), steps));
  return { html: pieces.join(''), open };
}

const openText = (finding: Finding): string => finding.asReceived ?? gapSign + (finding.tail ?? '');

function placeOf(finding: Finding, bytes: Uint8Array, proposal: Proposal | undefined): LoosePlace | undefined {
  const proved = finding.class === 'proved';
  const candidates = proposal?.candidates ?? finding.candidates ?? [];
  // A doubtful place without candidates: the words say that nothing is missing.
  if (finding.intact !== undefined && candidates.length === 0 && finding.rule !== 'vanished') return undefined;
  const open = openText(finding);
  const evidence = proposal?.evidence ?? finding.evidence;
  return {
    at: finding.at,
    length: finding.length,
    before: toHex(bytes.subarray(finding.at, finding.at + finding.length)),
    after: proved ? (finding.text ?? '') : open,
    class: finding.class,
    rule: finding.rule,
    candidates: proved ? [{ text: finding.text ?? '', probability: 1 }] : candidates,
    open,
    ...(evidence === undefined ? {} : { evidence }),
  };
}
