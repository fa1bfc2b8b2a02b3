/** Runs a statement and answers its rows. */
export type Run = (sql: string) => Promise<readonly Record<string, unknown>[]>;

const writesBetweenLooks = 64;
const writesBetweenVacuums = 2048;
/** Recovery after a kill reads at most about this much log: a second or two. */
const longestLog = 48 * 1024 * 1024;

/**
 * What the server's background processes would do, and the embedded database has none: checkpoints, without which the log
 * grows until the database is closed, and vacuum with fresh statistics for the table that needs them most.
 */
export function createUpkeep(run: Run): { afterWrite(): Promise<void> } {
  let writes = 0;
  return {
    async afterWrite() {
      writes++;
      if (writes % writesBetweenVacuums === 0) await vacuumOne(run);
      else if (writes % writesBetweenLooks === 0) await checkpointWhenLong(run);
    },
  };
}

async function checkpointWhenLong(run: Run): Promise<void> {
  const [row] = await run(
    'select pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn)::int8 as bytes from pg_control_checkpoint()',
  );
  if (Number(row?.['bytes'] ?? 0) > longestLog) await run('checkpoint');
}

async function vacuumOne(run: Run): Promise<void> {
  // What was written within the last second is not counted yet.
  await run('select pg_stat_force_next_flush()');
  const [row] = await run(`
    select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables
    where n_dead_tup > 500 + n_live_tup / 5 or n_mod_since_analyze > 500 + n_live_tup / 5
    order by n_dead_tup + n_mod_since_analyze desc limit 1`);
  if (typeof row?.['name'] === 'string') await run(`vacuum (analyze) ${row['name']}`);
}
