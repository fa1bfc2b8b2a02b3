import { diagnose } from './diagnose.ts';
import { layOpen } from './places.ts';
import type { Encoding, MendInput } from './types.ts';

/** A page decoded and repaired where that is exact, before anything is ranked. */
export interface Repair {
  readonly encoding: Encoding;
  /** As `mend` gives it, but for what only the words can tell. */
  readonly html: string;
}

/** The part of `mend` that needs no counts of the language: telling the mechanism and undoing it. Linear; never throws. */
export function repair({ bytes, encoding: known }: MendInput): Repair {
  const { encoding, findings } = diagnose(bytes, known);
  const certain = findings.filter(({ intact }) => intact === undefined);
  return { encoding, html: layOpen(bytes, certain, encoding.steps).html };
}
