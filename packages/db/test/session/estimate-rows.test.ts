import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { gt, sql } from "drizzle-orm";
import { integer, pgTable } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase, type Database, estimateRows, executeRawSql } from "../../src/index.ts";

const numbers = pgTable("numbers", { n: integer("n").notNull() });

let server: EmbeddedPostgres;
let database: Database;
beforeAll(async () => {
  server = await startTemporaryPostgres();
  database = createDatabase({ url: server.url, max: 1 });
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

test("what the planner expects of a query with values, without running it", async () => {
  const { db } = database;
  await executeRawSql(db, "create table numbers as select n from generate_series(1, 5000) n");
  await executeRawSql(db, "analyze numbers");
  expect(await estimateRows(db, db.select().from(numbers))).toBe(5_000);
  const above = db.select().from(numbers).where(gt(numbers.n, 4_000));
  const expected = await estimateRows(db, above);
  expect(Math.abs(expected - 1_000)).toBeLessThan(100);
  const failing = db.select({ one: sql`1 / (${numbers.n} - ${numbers.n})` }).from(numbers);
  expect(await estimateRows(db, failing)).toBe(5_000);
});
