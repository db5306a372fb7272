import {
  createDatabase,
  type Database,
  DatabaseError,
  type DatabaseErrorKind,
  executeRawSql,
} from "@scrapersky/db";
import { createTestDatabase, type TestDatabase } from "@scrapersky/testing/database";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeError, toTrpcError } from "./error-mapping.ts";

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

const INTERNAL = "Internal server error";
/** Of each kind: the status, what the sentence says to do, and when a program may come back. */
const ANSWERS: Record<DatabaseErrorKind, [number, string | RegExp, number?]> = {
  connect_failed: [503, /cannot be reached right now; try again in a few seconds/, 5_000],
  connection_lost: [503, /cannot be reached right now; try again in a few seconds/, 5_000],
  unavailable: [503, /cannot be reached right now; try again in a few seconds/, 5_000],
  closed: [503, /cannot be reached right now; try again in a few seconds/, 5_000],
  authentication: [503, /settings; if that lasts for minutes, tell whoever runs/, 5_000],
  configuration: [503, /settings; if that lasts for minutes, tell whoever runs/, 5_000],
  acquire_timeout: [503, /more to do than it can take right now; try again/, 5_000],
  overloaded: [503, /more to do than it can take right now; try again/, 5_000],
  resources: [503, /limits; try again in a few seconds, and if that lasts .* tell/, 5_000],
  statement_timeout: [503, /took too long .*; try again .* ask for less at once/, 5_000],
  aborted: [503, /stopped before it was done; try again/, 5_000],
  outcome_unknown: [503, /may have saved it or not; look whether it is there before/],
  read_only: [503, /takes no changes right now; reading works, .* in a few minutes/, 60_000],
  serialization: [409, /Another change got in the way; try again/, 100],
  constraint: [500, INTERNAL],
  rolled_back: [500, INTERNAL],
  syntax: [500, INTERNAL],
  permission: [500, INTERNAL],
  misuse: [500, INTERNAL],
  unsupported: [500, INTERNAL],
  other: [500, INTERNAL],
};

test.each(Object.entries(ANSWERS))(
  "a fault of the kind %s is told with what to do about it",
  (kind, [status, sentence, retryAfterMs]) => {
    const fault = new DatabaseError(kind as DatabaseErrorKind, "select secret from 10.0.0.7");
    const safe = describeError(new Error("around it", { cause: fault }));
    expect(safe.httpStatus).toBe(status);
    expect(safe.message).toMatch(sentence);
    expect(safe.details.retryAfterMs).toBe(retryAfterMs);
    expect(JSON.stringify(safe)).not.toMatch(/secret|10\.0|around/);
    expect(toTrpcError(fault)).toMatchObject({ message: safe.message });
    expect(getHTTPStatusCodeFromError(toTrpcError(fault))).toBe(status);
  },
);

const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "nothing was thrown",
    (fault: unknown) => fault,
  );

test("a statement that takes too long is told so, and not that the database is away", async () => {
  const slow = database.db.transaction((tx) => executeRawSql(tx, "select pg_sleep(60)"), {
    statementTimeoutMs: 20,
  });
  expect(describeError(await thrownBy(slow))).toMatchObject({
    code: "UNAVAILABLE",
    httpStatus: 503,
    message: expect.stringContaining("took too long"),
    details: { errorCode: "DATABASE_TIMEOUT" },
  });
});

test("who stores the same at the same time as another is told to look again", async () => {
  const create = () =>
    executeRawSql(database.db, "insert into roles (id, name) values (4711, 'twin')");
  await create();
  expect(describeError(await thrownBy(create()))).toMatchObject({
    code: "CONFLICT",
    httpStatus: 409,
    details: { errorCode: "CONSTRAINT" },
  });
});
