import { createDatabase, executeRawSql } from "@scrapersky/db";
import { getTestServer } from "@scrapersky/testing/database";
import type { Stack } from "./stack.ts";

/** Takes a table away that every call with a key needs, and gives the way to bring it back. */
export async function hideKeys(stack: Stack): Promise<() => Promise<unknown>> {
  await stack.rows("create schema hidden");
  await stack.rows("alter table app.api_keys set schema hidden");
  return () => stack.rows("alter table hidden.api_keys set schema app");
}

/** Takes the database away under everybody's feet, and gives the way to bring it back. */
export async function takeDatabaseAway(stack: Stack): Promise<() => Promise<void>> {
  const server = getTestServer();
  const name = new URL(stack.databaseUrl).pathname.slice(1);
  const url = `postgres://${server.user}@${server.host}:${server.port}/postgres`;
  const admin = createDatabase({ url, max: 1 });
  const throwOut = "select pg_terminate_backend(pid) from pg_stat_activity where datname = :name";
  await executeRawSql(admin.db, `alter database ${name} allow_connections false`);
  await executeRawSql(admin.db, throwOut, { name });
  await executeRawSql(admin.db, `alter database ${name} rename to ${name}_away`);
  return async () => {
    await executeRawSql(admin.db, `alter database ${name}_away rename to ${name}`);
    await executeRawSql(admin.db, `alter database ${name} allow_connections true`);
    await admin.close();
  };
}
