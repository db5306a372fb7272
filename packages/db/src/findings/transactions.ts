import { type Executor, executeRawSql, executeRawSqlOne } from "../session/scope/raw-sql.ts";
import { defineStatement } from "../statement/define-statement.ts";
import { certain, nullable, typed } from "../statement/row.ts";
import { plainText } from "./plain-text.ts";
import type { Finding } from "./finding.ts";

// Transactions that stay open: nothing that died since their beginning can be removed, and what they lock others wait for.

/** One that is older than this is a finding. */
export const TRANSACTION_SECONDS_MAX = 600;
/** One that stands idle for longer than this is one too. */
export const IDLE_SECONDS_MAX = 120;
/** So many are told at most, the oldest. */
export const TRANSACTIONS_SHOWN_MAX = 10;

/** A transaction that is open now. */
export interface OpenTransaction {
  pid: number;
  /** As its program calls itself. */
  program: string;
  isIdle: boolean;
  ageSeconds: number;
  /** Since when it does what it does: runs its statement, or stands idle. */
  stateSeconds: number;
  /** Of whom it waits for a lock. */
  waitsFor: number[];
  /** Its statement, the last one where it is idle, without a value. */
  statement: string;
}

const openOnes = defineStatement(
  `select pid, coalesce(application_name, '') as program,
     case when state like 'idle%' then 'idle' else 'active' end as state,
     extract(epoch from clock_timestamp() - xact_start)::float8 as age_seconds,
     extract(epoch from clock_timestamp() - state_change)::float8 as state_seconds,
     pg_blocking_pids(pid) as waits_for, coalesce(query, '') as query
   from pg_stat_activity
   where backend_type = 'client backend' and datname = current_database() and xact_start is not null
     and pid <> pg_backend_pid()
   order by xact_start, pid limit :limit::int`,
  {
    pid: certain("int4"),
    program: "text",
    state: typed<"idle" | "active">("text"),
    age_seconds: certain("float8"),
    state_seconds: nullable("float8"),
    waits_for: certain("int4[]"),
    query: "text",
  },
);

/** The oldest transactions of this database that the role may see. */
export async function findOpenTransactions(executor: Executor): Promise<OpenTransaction[]> {
  const rows = await executeRawSql(executor, openOnes, { limit: TRANSACTIONS_SHOWN_MAX });
  return rows.map((row) => ({
    pid: row.pid,
    program: row.program,
    isIdle: row.state === "idle",
    ageSeconds: Math.max(0, row.age_seconds),
    stateSeconds: Math.max(0, row.state_seconds ?? 0),
    waitsFor: row.waits_for,
    statement: plainText(row.query),
  }));
}

const sight = defineStatement(
  `select quote_ident(current_user) as role, pg_has_role(current_user, 'pg_read_all_stats', 'usage') as sees_all`,
  { role: "text", sees_all: certain("bool") },
);

/** Ends a connection; its transaction is rolled back. */
const endingOf = (pids: readonly number[]): string =>
  pids.map((pid) => `select pg_terminate_backend(${pid});`).join(" ");

const seconds = (value: number): string => {
  const whole = Math.floor(value);
  return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min`;
};

/** What a role is called, and whether it sees the transactions of others. */
interface Sight {
  role: string;
  sees_all: boolean;
}

/** @param open the oldest first */
export function judgeAges(
  open: readonly OpenTransaction[],
  { role, sees_all: seesAll }: Sight,
): Finding {
  const old = open.filter(({ ageSeconds }) => ageSeconds > TRANSACTION_SECONDS_MAX);
  const [oldest] = old;
  if (oldest !== undefined) {
    return {
      status: "warn",
      says:
        `${old.length === 1 ? "a transaction is" : `${old.length} transactions are`} open for ${seconds(oldest.ageSeconds)}: ` +
        "what others deleted or changed since then cannot be cleared away",
      todo: `wait for it, or end it: ${endingOf(old.map(({ pid }) => pid))}`,
    };
  }
  const says = `none is open for more than ${seconds(TRANSACTION_SECONDS_MAX)}`;
  if (seesAll) return { status: "ok", says };
  return {
    status: "ok",
    says: `${says}, of those that this role may see: its own`,
    todo: `to see all: grant pg_read_all_stats to ${role};`,
  };
}

export function judgeIdle(open: readonly OpenTransaction[], { role }: Sight): Finding {
  const idle = open.filter(({ isIdle, stateSeconds }) => isIdle && stateSeconds > IDLE_SECONDS_MAX);
  if (idle.length === 0) {
    return { status: "ok", says: `none stands idle for more than ${seconds(IDLE_SECONDS_MAX)}` };
  }
  const longest = Math.max(...idle.map(({ stateSeconds }) => stateSeconds));
  const programs = [...new Set(idle.map(({ program }) => program || "a program without a name"))];
  return {
    status: "warn",
    says:
      `${idle.length === 1 ? "one stands" : `${idle.length} stand`} idle, for ${seconds(longest)} at most ` +
      `(${programs.join(", ")}): what they lock others wait for`,
    todo:
      `${endingOf(idle.map(({ pid }) => pid))} ` +
      `and so that none comes again: alter role ${role} set idle_in_transaction_session_timeout = '60s';`,
  };
}

const findSight = async (executor: Executor): Promise<Sight> =>
  (await executeRawSqlOne(executor, sight)) ?? { role: "", sees_all: true };

/** Whether a transaction is open for too long, whatever it does. */
export const checkTransactions = async (executor: Executor): Promise<Finding> =>
  judgeAges(await findOpenTransactions(executor), await findSight(executor));

/** Whether a program began a transaction and does nothing in it. */
export const checkIdleTransactions = async (executor: Executor): Promise<Finding> =>
  judgeIdle(await findOpenTransactions(executor), await findSight(executor));
