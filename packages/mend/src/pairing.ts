import { isLead, isTrail } from './cp936.ts';

/**
 * Where the walk in CP936 pairs may stand between two characters, as a set of bits: `aligned` the next byte begins a
 * pair or stands alone, `open` a lead byte waits for its second. Without NFKC the set has one member.
 */
export const aligned = 1;
export const open = 2;

/** The set after one byte. Empty (0) when no undamaged page can have this byte here. */
export function afterByte(states: number, byte: number): number {
  let next = 0;
  if (states & open && isTrail(byte)) next |= aligned;
  if (states & aligned) next |= isLead(byte) ? open : aligned;
  return next;
}

/** The set after a character given as a code point. */
export function afterCharacter(states: number, code: number): number {
  if (code < 0x80) return afterByte(states, code);
  if (code < 0x800) return afterByte(afterByte(states, 0xc0 | (code >> 6)), tail(code));
  if (code < 0x10000) {
    return afterByte(afterByte(afterByte(states, 0xe0 | (code >> 12)), tail(code >> 6)), tail(code));
  }
  const high = afterByte(afterByte(states, 0xf0 | (code >> 18)), tail(code >> 12));
  return afterByte(afterByte(high, tail(code >> 6)), tail(code));
}

/** As `afterCharacter`, where NFKC may have made the character from a full-width one. */
export function afterNarrowed(states: number, code: number): number {
  const wide = widen(code);
  return afterCharacter(states, code) | (wide === 0 ? 0 : afterCharacter(states, wide));
}

/** The full-width form that NFKC turns into this ASCII character, or 0. */
export function widen(code: number): number {
  if (code === 0x20) return 0x3000;
  return code > 0x20 && code < 0x7f ? code + 0xfee0 : 0;
}

const tail = (bits: number): number => 0x80 | (bits & 0x3f);
