import { ChengmenError } from '@chengmen/model';
import type { Decision } from './types.ts';

const known = new Set(['at', 'context', 'text', 'source']);

/**
 * Reads a file of decisions: JSON, an array of `{at | context, text, source}`. Throws `decisions-invalid` with the number
 * of the first entry that is wrong. Whether a decision fits a page is for `decide` to say.
 */
export function parseDecisions(file: string, json: string): Decision[] {
  const refuse = (problem: string): never => {
    throw new ChengmenError('decisions-invalid', { file, problem });
  };
  const entries = parse(json) ?? refuse('not JSON / 不是 JSON');
  if (!Array.isArray(entries)) return refuse('not an array / 不是数组');
  return entries.map((entry: unknown, index) => {
    const problem = problemOf(entry);
    return problem === undefined ? (entry as Decision) : refuse(`${index + 1}: ${problem}`);
  });
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function problemOf(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null) return 'not an object / 不是对象';
  const fields = entry as Record<string, unknown>;
  const stranger = Object.keys(fields).find((name) => !known.has(name));
  if (stranger !== undefined) return `unknown field ${stranger} / 不认识的字段`;
  if (typeof fields.text !== 'string' || typeof fields.source !== 'string')
    return 'text and source are needed / 须有 text 与 source';
  if (fields.at !== undefined && !Number.isInteger(fields.at)) return 'at is a byte offset / at 须为字节位置';
  if (fields.context !== undefined && typeof fields.context !== 'string') return 'context is text / context 须为文字';
  return undefined;
}
