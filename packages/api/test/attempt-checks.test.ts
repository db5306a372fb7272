import { executeRawSql } from "@scrapersky/db";
import { jobAttempts } from "@scrapersky/db/schema";
import { afterAll, beforeAll, expect, expectTypeOf, test } from "vitest";
import { ATTEMPT } from "../src/job/attempt.state.ts";
import type { AttemptOutcome } from "../src/status.ts";
import { createWorld, type World } from "./world.ts";

// The real tables hold words of other writers and get no checks; app.job_attempts is ours alone.

let world: World;
beforeAll(async () => (world = await createWorld()));
afterAll(() => world.close());

const CHECKS = {
  job_attempts_outcome_check: ATTEMPT.is(ATTEMPT.states, "outcome"),
  job_attempts_ended_check: `(${ATTEMPT.is(ATTEMPT.open, "outcome")}) = (ended_at is null)`,
};

/** Names and rules of a table's checks, as Postgres prints them. */
const READ_CHECKS = `select conname as name, pg_get_constraintdef(oid) as rule from pg_constraint
  where conrelid = to_regclass(:table) and contype = 'c' order by conname`;

test("the database allows the outcomes of the machine, and an end exactly where it has one", async () => {
  const live = await world.rows(READ_CHECKS, { table: "app.job_attempts" });
  const wanted = Object.entries(CHECKS).map(([name, rule]) => `constraint ${name} check (${rule})`);
  const made = await world.database.db.transaction(async (tx) => {
    await executeRawSql(
      tx,
      `create temporary table machine_attempts (outcome text, ended_at timestamptz, ${wanted.join(", ")})
       on commit drop`,
    );
    return executeRawSql(tx, READ_CHECKS, { table: "machine_attempts" });
  });
  expect(live, `a new migration has to add: ${wanted.join("; ")}`).toEqual(made);
});

test("an attempt that begins unsaid begins as the machine says", async () => {
  const [column] = await world.rows(
    `select column_default as begins from information_schema.columns
     where table_schema = 'app' and table_name = 'job_attempts' and column_name = 'outcome'`,
  );
  expect(column).toEqual({ begins: `${ATTEMPT.begin("claim")}::text` });
});

test("the table's type knows the same outcomes", () => {
  expectTypeOf<typeof jobAttempts.$inferSelect.outcome>().toEqualTypeOf<AttemptOutcome>();
  expect(jobAttempts.outcome.enumValues).toEqual(ATTEMPT.states);
});
