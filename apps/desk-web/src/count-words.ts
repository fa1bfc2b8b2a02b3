const word =
  /\p{Script=Han}|[\u3001-\u303f\uff00-\uffef]|(?!\p{Script=Han})[\p{L}\p{N}](?:(?!\p{Script=Han})[\p{L}\p{N}'’.,%_-])*/gu;

/** As Word counts for Chinese: each Han character or full-width sign is one, each word or number in other letters is one. */
export function countWords(text: string): number {
  return text.match(word)?.length ?? 0;
}
