import { parse, protocol, type PGlite, type Results } from '@electric-sql/pglite';

/** What a command asks is asked again by the next: the texts of the whole house are some hundred. */
const mostPrepared = 400;
/** A text of this length lists values, and the next list has another length. */
const longestPrepared = 4000;
/** So many rows later a plan may be made for tables that are no longer as they were. */
const rowsBetweenPlans = 512;
/** What leaves the shape of the tables alone; after anything else what was prepared may no longer fit. */
const keepsShape = /^\s*(?:begin|commit|delete|insert|rollback|select|update|with)\b/i;

interface Prepared {
  readonly name: string;
  /** Type of each parameter, as PostgreSQL numbers types. */
  readonly types: readonly number[];
}

export interface PreparedQueries {
  /** As `PGlite.query`, rejections included. One at a time, and nothing else beside it. */
  query(sql: string, parameters: readonly unknown[]): Promise<Results<Record<string, unknown>>>;
  /** To be called once a script has run. */
  forget(): Promise<void>;
}

/**
 * The embedded database's queries, each text parsed and planned once and asked in one message. `PGlite.query` has both done
 * anew each time and sends six, which is most of what a small query costs.
 */
export function prepareQueries(database: PGlite): PreparedQueries {
  /** The least recently used first. */
  const known = new Map<string, Prepared>();
  let prepared = 0;
  let rowsSincePlans = 0;

  const send = (...messages: Uint8Array[]) =>
    database.execProtocolStream(Buffer.concat([...messages, protocol.serialize.sync()]));

  const prepare = async (sql: string): Promise<Prepared> => {
    const name = `q${++prepared}`;
    const [oldest] = known.size < mostPrepared ? [] : known;
    if (oldest) known.delete(oldest[0]);
    const answer = await send(
      ...(oldest ? [protocol.serialize.close({ type: 'S', name: oldest[1].name })] : []),
      protocol.serialize.parse({ name, text: sql }),
      protocol.serialize.describe({ type: 'S', name }),
    );
    return { name, types: parse.parseDescribeStatementResults(answer) };
  };

  const take = async (sql: string): Promise<Prepared> => {
    const statement = known.get(sql) ?? (await prepare(sql));
    known.delete(sql);
    known.set(sql, statement);
    return statement;
  };

  const serialized = (value: unknown, type: number | undefined): string | null => {
    if (value === null || value === undefined) return null;
    return String(type === undefined ? value : (database.serializers[type]?.(value) ?? value));
  };

  const run = async ({ name, types }: Prepared, parameters: readonly unknown[]) => {
    const answer = await send(
      protocol.serialize.bind({
        statement: name,
        values: parameters.map((value, index) => serialized(value, types[index])),
      }),
      protocol.serialize.describe({ type: 'P' }),
      protocol.serialize.execute({}),
    );
    const [results] = parse.parseResults(answer, database.parsers);
    return results as Results<Record<string, unknown>>;
  };

  const forget = async (): Promise<void> => {
    known.clear();
    await database.exec('deallocate all');
  };

  return {
    forget,
    async query(sql, parameters) {
      if (!keepsShape.test(sql) || sql.length > longestPrepared) {
        const results = await database.query<Record<string, unknown>>(sql, [...parameters]);
        if (!keepsShape.test(sql)) await forget();
        return results;
      }
      const results = await run(await take(sql), parameters);
      rowsSincePlans += results.affectedRows ?? 0;
      if (rowsSincePlans >= rowsBetweenPlans) {
        rowsSincePlans = 0;
        await database.exec('discard plans');
      }
      return results;
    },
  };
}
