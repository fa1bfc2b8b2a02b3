import { readFileSync } from 'node:fs';
import { ChengmenError, itemId } from '@chengmen/model';
import { z } from 'zod';

const column = z.string().min(1).max(200);

/** Which column of a table is what, and which pages stand in which channel (docs/formats/mapping.md). */
const shape = z.strictObject({
  /** Of a table alone. */
  columns: z
    .strictObject({
      title: column,
      body: column,
      date: column.optional(),
      source: column.optional(),
      author: column.optional(),
      address: column.optional(),
      channel: column.optional(),
    })
    .optional(),
  /** The first that fits counts. */
  channels: z
    .array(
      z
        .strictObject({ address: column.optional(), breadcrumb: column.optional(), channel: itemId })
        .refine(({ address, breadcrumb }) => address !== undefined || breadcrumb !== undefined, {
          error: '须有 address 或 breadcrumb (needs one)',
        }),
    )
    .max(1000)
    .optional(),
  /** Values for every row that its own column does not give. */
  constants: z
    .strictObject({ source: column.optional(), author: column.optional(), date: column.optional() })
    .optional(),
  /** What stands in the column of the body: markup (default) or text, a paragraph a line. */
  body: z.enum(['html', 'text']).optional(),
  /** The sheet of a workbook, by name; the first when absent. */
  sheet: column.optional(),
});

export type Mapping = z.infer<typeof shape>;
export type TableMapping = Mapping & { readonly columns: NonNullable<Mapping['columns']> };

/** Reads a mapping file. Throws `mapping-invalid`, saying where it is wrong. */
export function readMapping(file: string): Mapping {
  return parseMapping(
    jsonOf(file, (problem, cause) => {
      throw new ChengmenError('mapping-invalid', { file, problem }, { cause });
    }),
    file,
  );
}

/** A mapping from data; `file` names it in messages. Throws `mapping-invalid`. */
export function parseMapping(given: unknown, file: string): Mapping {
  const refuse = (problem: string, cause?: unknown): never => {
    throw new ChengmenError('mapping-invalid', { file, problem }, { cause });
  };
  const parsed = shape.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return refuse(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, parsed.error);
}

function jsonOf(file: string, refuse: (problem: string, cause?: unknown) => never): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error), error);
  }
}
