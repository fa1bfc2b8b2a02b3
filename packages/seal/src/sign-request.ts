/** What a signer is asked, docs/formats/release.md, “Signer”. */
export interface SignRequest {
  /** Size of the newest tree the signer has signed, as the asker knows it. */
  readonly old: number;
  /** Consistency proof from there, hexadecimal hashes. */
  readonly proof: readonly string[];
  /** Text of the checkpoint. */
  readonly text: string;
}

/** `old <size>`, a hash in base64 a line, an empty line, the text. */
export function formatSignRequest({ old, proof, text }: SignRequest): string {
  const lines = [`old ${old}`, ...proof.map((hash) => Buffer.from(hash, 'hex').toString('base64'))];
  return `${lines.join('\n')}\n\n${text}`;
}

/** undefined for what is none. */
export function readSignRequest(body: string): SignRequest | undefined {
  const [, old = '', hashes = '', text = ''] =
    /^old (0|[1-9]\d{0,14})\n((?:[A-Za-z0-9+/]{43}=\n){0,64})\n(.*)$/s.exec(body) ?? [];
  if (old === '') return undefined;
  const proof = hashes
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [Buffer.from(line, 'base64').toString('hex')]));
  return { old: Number(old), proof, text };
}
