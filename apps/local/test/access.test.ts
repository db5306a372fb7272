import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { createDatabase, executeRawSql } from "@scrapersky/db";
import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seedAccess } from "../src/access.ts";
import { prepareDatabase } from "../src/database.ts";
import { readEnv } from "../src/env.ts";
import { endAll, makeDataDir } from "./command.ts";

let server: EmbeddedPostgres;
beforeAll(async () => {
  server = await startTemporaryPostgres({ database: "given" });
});
afterAll(async () => {
  await server.stop();
  await endAll();
});

/** What a start does with the database at this address, before its services. */
async function open(dataDir: string, address: string) {
  const env = readEnv({ PATH: process.env["PATH"], DATA_DIR: dataDir });
  const { signal } = new AbortController();
  const { identity } = await prepareDatabase(
    { url: address, server: undefined },
    env,
    true,
    signal,
  );
  const inherited = { ...env.inherited, DATABASE_URL: address };
  const addresses = { web: "http://localhost:1", api: "http://127.0.0.1:2" };
  return await seedAccess(env, { identity, address, given: true, demo: "if empty" }, addresses, {
    built: true,
    env: inherited,
    signal,
  });
}

async function tell(sql: string): Promise<void> {
  const database = createDatabase({ url: server.url.replace("/given", "/postgres"), max: 1 });
  await executeRawSql(database.db, sql);
  await database.close();
}

test("passwords and keys are kept while the database is the same, at whatever address, and only then", async () => {
  const dataDir = dirname(await makeDataDir());
  const first = await open(dataDir, server.url);
  expect(first.how).toBe("seeded");
  await tell("create role second superuser login");
  const { port } = server;
  for (const address of [
    `postgresql://postgres@localhost:${port}/given`,
    `${server.url}?application_name=elsewhere`,
    `postgres://second@127.0.0.1:${port}/given`,
  ]) {
    const { how, access } = await open(dataDir, address);
    expect([address, how]).toEqual([address, "kept"]);
    expect(access.users).toEqual(first.access.users);
  }
  await tell("alter database given rename to renamed");
  const renamed = await open(dataDir, server.url.replace("/given", "/renamed"));
  expect([renamed.how, renamed.access.users]).toEqual(["kept", first.access.users]);

  await tell("create database given");
  const other = await open(dataDir, server.url);
  expect(other.how).toBe("seeded");
  expect(other.access.users).not.toEqual(first.access.users);
  await rm(dataDir, { recursive: true, force: true });
});
