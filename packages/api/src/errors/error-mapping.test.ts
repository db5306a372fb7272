import { createDatabase, type Database, executeRawSql } from "@scrapersky/db";
import { createTestDatabase, type TestDatabase } from "@scrapersky/testing/database";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeError } from "./error-mapping.ts";

let clone: TestDatabase;
let database: Database;
beforeAll(async () => {
  clone = await createTestDatabase();
  database = createDatabase({ url: clone.url, max: 2 });
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});

test.each([
  ["timestamp", "not a time"],
  ["timestamp", "2026-02-30 00:00:00"],
  ["int", "abc"],
  ["int", "99999999999"],
  ["uuid", "abc"],
  ["jsonb", String.raw`"\u0000"`],
  ["jsonb", "{"],
])("a value that is no %s is the caller's mistake: %s", async (type, value) => {
  const error: unknown = await executeRawSql(database.db, `select :value::text::${type}`, {
    value,
  }).catch((fault: unknown) => fault);
  expect(describeError(error)).toMatchObject({ code: "INVALID_INPUT", httpStatus: 422 });
});
