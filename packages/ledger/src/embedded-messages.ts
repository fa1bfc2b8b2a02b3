/** What the driver asks of the worker; answers carry the number of their question, 0 being “open”. */
export type WorkerQuestion = { readonly id: number } & (
  | { readonly type: 'query'; readonly sql: string; readonly parameters: unknown[] }
  | { readonly type: 'script'; readonly sql: string }
  | { readonly type: 'close' }
);

export type WorkerAnswer = { readonly id: number } & (
  | { readonly rows: Record<string, unknown>[]; readonly affected: number }
  | { readonly error: { readonly message: string; readonly code?: string } }
);
