import type { Encoding, Step } from './types.ts';

const decoders = new Map<Step, InstanceType<typeof TextDecoder>>();

/** Bytes as the first step of decoding reads them: what a reader of the old page saw. */
export function receivedText(bytes: Uint8Array, { steps: [first = 'utf-8'] }: Encoding): string {
  const label = first.endsWith('-bytes') ? 'utf-8' : first;
  const decoder = decoders.get(first) ?? new TextDecoder(label);
  decoders.set(first, decoder);
  return decoder.decode(bytes);
}
