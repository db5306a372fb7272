import { findDatabaseError } from "../session/errors/database-error.ts";
import { type Executor, executeRawSql, executeRawSqlOne } from "../session/scope/raw-sql.ts";
import { quotedName } from "../session/sql/quoted-name.ts";
import { defineStatement } from "../statement/define-statement.ts";
import { certain } from "../statement/row.ts";
import { plainText, procedureOf } from "./plain-text.ts";

/** A statement that has been running for longer is slow. */
export const SLOW_SECONDS = 1;
/** What ran less often says little of what to do. */
const CALLS_MIN = 5;
/** So many are told at most. */
export const SLOW_SHOWN_MAX = 10;

/** A statement that takes long. Its text holds no value. */
export interface SlowStatement {
  text: string;
  /** Our procedure or step that sent it, where it says so. */
  procedure: string | null;
  /** How often it ran; 1 for one that runs now. */
  calls: number;
  meanMs: number;
  maxMs: number;
  totalMs: number;
}

export interface SlowStatements {
  /** `history`: what pg_stat_statements counted; `now`: what runs at this moment. */
  of: "history" | "now";
  statements: SlowStatement[];
}

interface StatementRow {
  query: string;
  calls: number;
  mean_ms: number;
  max_ms: number;
  total_ms: number;
}

const HIDDEN = "<insufficient privilege>";

/** By what all calls of a statement took together, of this database and of statements that programs sent. */
const history = (schema: string): string =>
  `select query, sum(calls)::float8 as calls, (sum(total_exec_time) / greatest(sum(calls), 1))::float8 as mean_ms,
     max(max_exec_time)::float8 as max_ms, sum(total_exec_time)::float8 as total_ms
   from ${quotedName(schema)}.pg_stat_statements
   where dbid = (select oid from pg_database where datname = current_database()) and toplevel and query <> :hidden
   group by query having sum(calls) >= :callsMin
   order by sum(total_exec_time) desc limit :limit`;

const extension = defineStatement(
  `select n.nspname as schema from pg_extension e join pg_namespace n on n.oid = e.extnamespace
   where e.extname = 'pg_stat_statements'`,
  { schema: "name" },
);

const runningNow = defineStatement(
  `select coalesce(query, '') as query, 1::float8 as calls, ms as mean_ms, ms as max_ms, ms as total_ms
   from (
     select query, query_start, pid, (extract(epoch from clock_timestamp() - query_start) * 1000)::float8 as ms
     from pg_stat_activity
     where backend_type = 'client backend' and datname = current_database() and state = 'active'
       and pid <> pg_backend_pid() and query <> :hidden and query_start < clock_timestamp() - make_interval(secs => :slowSeconds)
   ) slow
   order by query_start, pid limit :limit::int`,
  {
    query: "text",
    calls: "float8",
    mean_ms: certain("float8"),
    max_ms: certain("float8"),
    total_ms: certain("float8"),
  },
);

const toStatement = (row: StatementRow): SlowStatement => ({
  text: plainText(row.query),
  procedure: procedureOf(row.query),
  calls: row.calls,
  meanMs: row.mean_ms,
  maxMs: row.max_ms,
  totalMs: row.total_ms,
});

/** What takes the most of the server's time where it keeps account of that, else what has been running for long. */
export async function findSlowStatements(executor: Executor): Promise<SlowStatements> {
  const counted = await findCounted(executor);
  if (counted !== undefined) return { of: "history", statements: counted.map(toStatement) };
  const rows = await executeRawSql(executor, runningNow, {
    hidden: HIDDEN,
    slowSeconds: SLOW_SECONDS,
    limit: SLOW_SHOWN_MAX,
  });
  return { of: "now", statements: rows.map(toStatement) };
}

/** Undefined where nobody counts: the extension is not there, was not loaded at the server's start, or may not be read. */
async function findCounted(executor: Executor): Promise<StatementRow[] | undefined> {
  const found = await executeRawSqlOne(executor, extension);
  if (found === undefined) return undefined;
  try {
    return await executeRawSql<StatementRow>(executor, history(found.schema), {
      hidden: HIDDEN,
      callsMin: CALLS_MIN,
      limit: SLOW_SHOWN_MAX,
    });
  } catch (error) {
    const sqlstate = findDatabaseError(error)?.sqlstate;
    if (sqlstate === "55000" || sqlstate === "42501") return undefined;
    throw error;
  }
}
