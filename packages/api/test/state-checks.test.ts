import { executeRawSql } from "@scrapersky/db";
import {
  batchRemovals,
  batchWindows,
  jobAttempts,
  tenantRemovals,
  workers,
} from "@scrapersky/db/schema";
import { afterAll, beforeAll, expect, expectTypeOf, test } from "vitest";
import { REMOVAL } from "../src/batch/batch-removal.state.ts";
import { WINDOW } from "../src/batch/batch-window.state.ts";
import { BULK } from "../src/bulk/bulk.state.ts";
import { EXPORT } from "../src/export/export.state.ts";
import { ATTEMPT } from "../src/job/attempt.state.ts";
import { SCHEDULE } from "../src/schedule/schedule.state.ts";
import { TENANT_REMOVAL } from "../src/tenant/tenant-removal.state.ts";
import { WORKER } from "../src/worker/worker.state.ts";
import { DELIVERY } from "../src/webhook/delivery.state.ts";
import { WEBHOOK } from "../src/webhook/webhook.state.ts";
import type { AttemptOutcome } from "../src/status.ts";
import { createWorld, type World } from "./world.ts";

// The real tables hold words of other writers and get no checks; these are ours alone.

let world: World;
beforeAll(async () => (world = await createWorld()));
afterAll(() => world.close());

/** Rows that begin unsaid. */
const TABLES = [
  {
    table: "job_attempts",
    column: "outcome",
    begin: ATTEMPT.begin("claim"),
    columns: "outcome text, ended_at timestamptz",
    checks: {
      job_attempts_outcome_check: ATTEMPT.is(ATTEMPT.states, "outcome"),
      job_attempts_ended_check: `(${ATTEMPT.is(ATTEMPT.open, "outcome")}) = (ended_at is null)`,
    },
  },
  {
    table: "batch_windows",
    column: "state",
    begin: WINDOW.begin("submit"),
    columns: "state text",
    checks: { batch_windows_state_check: WINDOW.is(WINDOW.states, "state") },
  },
  {
    table: "batch_removals",
    column: "state",
    begin: REMOVAL.begin("delete"),
    columns: "state text",
    checks: { batch_removals_state_check: REMOVAL.is(REMOVAL.states, "state") },
  },
  {
    table: "tenant_removals",
    column: "state",
    begin: TENANT_REMOVAL.begin("delete"),
    columns: "state text",
    checks: {
      tenant_removals_state_check: TENANT_REMOVAL.is(TENANT_REMOVAL.states, "state"),
    },
  },
  {
    table: "workers",
    column: "state",
    begin: WORKER.begin("start"),
    columns: "state text",
    checks: { workers_state_check: WORKER.is(WORKER.states, "state") },
  },
];

/** Rows that are always told how they begin. */
const TOLD = [
  {
    table: "exports",
    columns: "status text, ended_at timestamptz",
    checks: {
      exports_status_check: EXPORT.is(EXPORT.states, "status"),
      exports_ended_check: `(${EXPORT.is(EXPORT.open, "status")}) = (ended_at is null)`,
    },
  },
  {
    table: "bulk_actions",
    columns: "status text, ended_at timestamptz",
    checks: {
      bulk_actions_status_check: BULK.is(BULK.states, "status"),
      bulk_actions_ended_check: `(${BULK.is(BULK.open, "status")}) = (ended_at is null)`,
    },
  },
  {
    table: "schedules",
    columns: "status text, next_run_at timestamptz",
    checks: {
      schedules_status_check: SCHEDULE.is(SCHEDULE.states, "status"),
      schedules_next_run_at_check: `(${SCHEDULE.is(SCHEDULE.moves.pause.from[0], "status")}) = (next_run_at is not null)`,
    },
  },
  {
    table: "webhooks",
    columns: "state text, reason text",
    checks: {
      webhooks_state_check: WEBHOOK.is(WEBHOOK.states, "state"),
      webhooks_disabled_check: `(${WEBHOOK.is(WEBHOOK.moves.disable.from[0], "state")}) = (reason is null)`,
    },
  },
  {
    table: "webhook_deliveries",
    columns: "state text, due_at timestamptz, ended_at timestamptz",
    checks: {
      webhook_deliveries_state_check: DELIVERY.is(DELIVERY.states, "state"),
      webhook_deliveries_due_check: `(${DELIVERY.is(DELIVERY.open, "state")}) = (due_at is not null)`,
      webhook_deliveries_ended_check: `(${DELIVERY.is(DELIVERY.open, "state")}) = (ended_at is null)`,
    },
  },
];

/** Names and rules of a table's checks of states, as Postgres prints them; others are about other columns. */
const READ_CHECKS = `select conname as name, pg_get_constraintdef(oid) as rule from pg_constraint
  where conrelid = to_regclass(:table) and contype = 'c'
    and pg_get_constraintdef(oid) ~ '\\m(state|status|outcome)\\M' order by conname`;

test.each([...TABLES, ...TOLD])(
  "app.$table allows the states of its machine, and a time exactly where it has one",
  async ({ table, columns, checks }) => {
    const live = await world.rows(READ_CHECKS, { table: `app.${table}` });
    const wanted = Object.entries(checks).map(
      ([name, rule]) => `constraint ${name} check (${rule})`,
    );
    const made = await world.database.db.transaction(async (tx) => {
      await executeRawSql(
        tx,
        `create temporary table machine_rows (${columns}, ${wanted.join(", ")}) on commit drop`,
      );
      return executeRawSql(tx, READ_CHECKS, { table: "machine_rows" });
    });
    expect(live, `a new migration has to add: ${wanted.join("; ")}`).toEqual(made);
  },
);

test.each(TABLES)(
  "a row of app.$table that begins unsaid begins as the machine says",
  async ({ table, column, begin }) => {
    const [row] = await world.rows(
      `select column_default as begins from information_schema.columns
       where table_schema = 'app' and table_name = :table and column_name = :column`,
      { table, column },
    );
    expect(row).toEqual({ begins: `${begin}::text` });
  },
);

test("the tables' types know the same states", () => {
  expectTypeOf<typeof jobAttempts.$inferSelect.outcome>().toEqualTypeOf<AttemptOutcome>();
  expect(jobAttempts.outcome.enumValues).toEqual(ATTEMPT.states);
  expectTypeOf<typeof batchWindows.$inferSelect.state>().toEqualTypeOf<
    (typeof WINDOW.states)[number]
  >();
  expect(batchWindows.state.enumValues).toEqual(WINDOW.states);
  expectTypeOf<typeof batchRemovals.$inferSelect.state>().toEqualTypeOf<
    (typeof REMOVAL.states)[number]
  >();
  expect(batchRemovals.state.enumValues).toEqual(REMOVAL.states);
  expect(tenantRemovals.state.enumValues).toEqual(TENANT_REMOVAL.states);
  expectTypeOf<typeof workers.$inferSelect.state>().toEqualTypeOf<(typeof WORKER.states)[number]>();
  expect(workers.state.enumValues).toEqual(WORKER.states);
});
