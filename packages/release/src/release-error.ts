import type { Problem, ProblemCode } from './types.ts';

/** A release, or a part of one, that cannot be trusted or used. Apps turn it into a catalogue error for people. */
export class ReleaseError extends Error {
  readonly code: ProblemCode;
  /** A file of the store, a path, or an address. */
  readonly where: string;
  readonly problem: string;

  constructor(code: ProblemCode, where: string, problem: string, options?: ErrorOptions) {
    super(`${code}: ${where}: ${problem}`, options);
    this.name = 'ReleaseError';
    this.code = code;
    this.where = where;
    this.problem = problem;
  }
}

/** A fault as a line of a report; what is no ReleaseError becomes `damaged` at `where`. */
export function problemOf(error: unknown, where: string): Problem {
  if (error instanceof ReleaseError) return { code: error.code, where: error.where, problem: error.problem };
  return { code: 'damaged', where, problem: error instanceof Error ? error.message : String(error) };
}
