import { canonicalJson, sha256, type Hash, type ReadKey } from '@chengmen/model';

const absent = sha256('null');
const nothing = sha256('[]');
const hashes = new WeakMap<object, Hash>();
const memberTexts = new WeakMap<object, string>();

/**
 * SHA-256 of the canonical JSON of an answer; of an item, without the fields its revision's hash covers; of media bytes, the name they were asked by.
 * Answers are never altered after they are given, so a hash is worked out once for each object:
 * a list read by ten thousand pages costs one.
 */
export function answerHash(key: ReadKey, answer: unknown): Hash {
  if (answer === undefined || answer === null) return absent;
  if (key.startsWith('bytes:')) return key.slice('bytes:'.length);
  if (typeof answer !== 'object') return sha256(canonicalJson(answer));
  if (Array.isArray(answer) && answer.length === 0) return nothing;
  // Made for the one page that asks: nobody meets the same object again.
  if (key.startsWith('neighbours:')) return sha256(textOf(key, answer));
  const known = hashes.get(answer);
  if (known !== undefined) return known;
  const hash = sha256(textOf(key, answer));
  hashes.set(answer, hash);
  return hash;
}

function textOf(key: ReadKey, answer: object): string {
  if (Array.isArray(answer)) return `[${answer.map(memberText).join(',')}]`;
  // The revision's hash stands for its fields, which are most of an item.
  if (key === 'site' || key.startsWith('item:')) return canonicalJson({ ...answer, fields: null });
  if (!key.startsWith('neighbours:')) return canonicalJson(answer);
  const members = Object.entries(answer).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${memberText(member)}`).join(',')}}`;
}

/** Cards stand in many lists; each is written out once. */
function memberText(member: unknown): string {
  if (typeof member !== 'object' || member === null) return canonicalJson(member);
  const known = memberTexts.get(member);
  if (known !== undefined) return known;
  const text = canonicalJson(member);
  memberTexts.set(member, text);
  return text;
}
