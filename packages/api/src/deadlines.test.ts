import { createDatabase, type Database, executeRawSql, withDeadline } from "@scrapersky/db";
import { createTestDatabase, type TestDatabase } from "@scrapersky/testing/database";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeError } from "./errors/error-mapping.ts";
import type { Context } from "./trpc/context.ts";
import { createCallerFactory, open, router } from "./trpc/trpc.ts";

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

const kept = ({ db }: Pick<Context, "db">) =>
  db.transaction((tx) => executeRawSql(tx, "show statement_timeout"));
const probe = router({
  read: open.query(({ ctx }) => kept(ctx)),
  write: open.mutation(({ ctx }) => kept(ctx)),
  list: open.meta({ deadline: "list" }).mutation(({ ctx }) => kept(ctx)),
});

test("a query reads for three seconds at most, a mutation writes for ten, and a list for thirty", async () => {
  const caller = createCallerFactory(probe)({ db: database.db } as Context);
  expect(await Promise.all([caller.read(), caller.write(), caller.list()])).toEqual([
    [{ statement_timeout: "3s" }],
    [{ statement_timeout: "10s" }],
    [{ statement_timeout: "30s" }],
  ]);
});

test("a statement that takes longer is stopped, in a transaction and outside, and told so", async () => {
  const db = withDeadline(database.db, 20);
  const sleep = "select pg_sleep(60)";
  const readings = [
    () => executeRawSql(db, sleep),
    () => db.transaction((tx) => executeRawSql(tx, sleep)),
  ];
  for (const read of readings) {
    const fault: unknown = await read().catch((error: unknown) => error);
    expect(describeError(fault).details.errorCode).toBe("DATABASE_TIMEOUT");
  }
});
