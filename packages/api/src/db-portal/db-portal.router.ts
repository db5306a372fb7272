import { requirePermission } from "../rbac/require-permission.ts";
import { permitted, router } from "../trpc/trpc.ts";
import { askSql } from "./ask-sql.ts";
import { beginSqlRun } from "./begin-sql-run.ts";
import { cancelSqlRun } from "./cancel-sql-run.ts";
import {
  type PlanAnswer,
  runIdInput,
  sampleInput,
  savedSqlIdInput,
  saveSqlInput,
  type SqlAnswer,
  sqlInput,
  tableInput,
} from "./db-portal.contract.ts";
import { deleteSavedSql } from "./delete-saved-sql.ts";
import { endSqlRun } from "./end-sql-run.ts";
import { findSavedSql } from "./find-saved-sql.ts";
import { getSqlState } from "./get-sql-state.ts";
import { getTable } from "./get-table.ts";
import { listDbTables } from "./list-db-tables.ts";
import { listSqlRuns } from "./list-sql-runs.ts";
import { planOf } from "./plan-of.ts";
import { readSample } from "./read-sample.ts";
import { saveSql } from "./save-sql.ts";

const queries = permitted("platform:db.query");
const reads = permitted("platform:db.read");

/** Rows tell of people. */
const tellsOfPeople = <P extends typeof reads>(procedure: P) =>
  procedure.use(({ ctx, next }) => {
    requirePermission(ctx.actor, "contacts:read");
    return next();
  });

export const dbPortalRouter = router({
  tables: reads.query(({ ctx }) => listDbTables(ctx.db)),

  table: reads.input(tableInput).query(({ ctx, input }) => getTable(ctx.db, input.table)),

  // Rows are people's: who looked into which table is in the audit log, so it is no query.
  sample: tellsOfPeople(reads)
    .input(sampleInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => readSample(tx, ctx, input))),

  /** Whether read-only SQL can run here, within which limits, and what it may name. */
  sqlState: queries.query(({ ctx }) => getSqlState(ctx.db)),

  // Written down before it runs and after; between the two it holds no transaction of ours.
  query: tellsOfPeople(queries)
    .input(sqlInput)
    .mutation(async ({ ctx, input, signal }): Promise<SqlAnswer> => {
      const run = await ctx.db.transaction((tx) => beginSqlRun(tx, ctx, input, "query"));
      const answer = await askSql(ctx, run, signal);
      await ctx.db.transaction((tx) => endSqlRun(tx, ctx, run, answer));
      return { runId: run.runId, ...answer };
    }),

  /** How Postgres would run it. It is not run. */
  explain: queries.input(sqlInput).mutation(async ({ ctx, input, signal }): Promise<PlanAnswer> => {
    const run = await ctx.db.transaction((tx) => beginSqlRun(tx, ctx, input, "explain"));
    const answer = await askSql(ctx, run, signal);
    await ctx.db.transaction((tx) => endSqlRun(tx, ctx, run, answer));
    const { runId } = run;
    if (answer.outcome !== "answered") return { runId, ...answer };
    const { outcome, elapsedMs, rows } = answer;
    return { runId, outcome, elapsedMs, plan: planOf(rows[0]?.[0] ?? "") };
  }),

  /** Of one's own. */
  cancelQuery: queries
    .input(runIdInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => cancelSqlRun(tx, ctx, input.runId))),

  queryHistory: queries.query(({ ctx }) => listSqlRuns(ctx.db, ctx.actor)),

  savedQueries: queries.query(({ ctx }) => findSavedSql(ctx.db, ctx.actor)),

  saveQuery: queries
    .input(saveSqlInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => saveSql(tx, ctx, input))),

  deleteQuery: queries
    .input(savedSqlIdInput)
    .mutation(({ ctx, input }) =>
      ctx.db.transaction((tx) => deleteSavedSql(tx, ctx, input.savedId)),
    ),
});
