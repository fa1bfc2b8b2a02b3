import { Client } from 'pg';

interface Asked {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly took: number;
}

/** The plans of the slowest queries that a piece of work asks in this process, as PostgreSQL tells them: for a person to read. */
export async function slowestPlans(url: string, work: () => Promise<unknown>): Promise<string[]> {
  const asked = await queriesOf(work);
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const plans: string[] = [];
    for (const { text, values, took } of asked.slice(0, 2)) {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain (analyze, buffers) ${text}`, [...values]);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      plans.push(`${took.toFixed(0)} ms of ${asked.length} queries: ${text}\n${plan}`);
    }
    return plans;
  } finally {
    await client.end();
  }
}

type Query = (this: Client, ...given: unknown[]) => Promise<unknown>;

/** Queries without effect, the slowest first. The library has no place to listen at. */
async function queriesOf(work: () => Promise<unknown>): Promise<Asked[]> {
  const asked: Asked[] = [];
  const prototype = Client.prototype as unknown as { query: Query };
  const { query } = prototype;
  prototype.query = function (text, values, ...rest) {
    const start = performance.now();
    const answered = query.call(this, text, values, ...rest);
    if (typeof text === 'string' && Array.isArray(values) && /^(?:select|with)\b/.test(text))
      void answered.then(() => asked.push({ text, values, took: performance.now() - start }));
    return answered;
  };
  try {
    await work();
  } finally {
    prototype.query = query;
  }
  return asked.toSorted((a, b) => b.took - a.took);
}
