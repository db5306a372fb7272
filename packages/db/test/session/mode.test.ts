import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { type PgBouncer, preparePgBouncer, startPgBouncer } from "@scrapersky/embedded/pgbouncer";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createDatabase,
  type Database,
  type DatabaseConfig,
  executeRawSql,
  withStatementTags,
} from "../../src/index.ts";
import { failureOf } from "../faults/outcome.ts";
import { startFaultProxy } from "./fault-proxy.ts";

let server: EmbeddedPostgres;
const opened: Database[] = [];
beforeAll(async () => {
  server = await startTemporaryPostgres();
});
afterAll(async () => {
  for (const database of opened) await database.close();
  await server.stop();
});
function open(config: DatabaseConfig): Database {
  const database = createDatabase({ max: 2, ...config });
  opened.push(database);
  return database;
}
const modeOf = (database: Database) => database.describe().settings["mode"];

test("a database on a pooler's port is direct, and lends connections of one's own", async () => {
  const proxy = await startFaultProxy(server.port, { host: "127.0.0.9", port: 6432 });
  const database = open({ url: `postgresql://${server.user}@127.0.0.9:6432/postgres` });
  expect(modeOf(database)).toBe("transaction");
  const own = await database.session();
  await executeRawSql(own, "set work_mem = '2MB'");
  await own.release();
  expect(modeOf(database)).toBe("direct");
  expect((await database.health()).pooler).toEqual({ kind: "none" });
  await database.close();
  await proxy.close();
});

describe.runIf(await preparePgBouncer())("PgBouncer on a port of its own", () => {
  let bouncer: PgBouncer;
  beforeAll(async () => {
    bouncer = await startPgBouncer({
      target: { host: server.host, port: server.port, user: server.user },
      poolSize: 4,
    });
  });
  afterAll(() => bouncer.stop());

  test("is a transaction pooler from the first connection on, and that is said", async () => {
    const database = open({ url: bouncer.url("postgres") });
    expect(modeOf(database)).toBe("direct");
    await database.connect();
    expect(modeOf(database)).toBe("transaction");
    expect(database.describe().notes.join()).toContain("DATABASE_MODE=session");
    expect((await failureOf(database.session())).kind).toBe("unsupported");
  });

  test("is what somebody says it is", async () => {
    const database = open({ url: bouncer.url("postgres"), mode: "session" });
    await database.connect();
    expect(modeOf(database)).toBe("session");
  });

  test("gets no setting that it refuses, the direct way of health included", async () => {
    const url = `${bouncer.url("postgres")}?search_path=pg_catalog&options=-c%20work_mem%3D2MB`;
    const database = open({ url });
    expect(await executeRawSql(database.db, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(database.describe().notes.join()).toMatch(/search_path, work_mem not sent/);
    const { pooled, direct } = await database.health();
    expect([pooled.ok, direct.ok]).toEqual([true, true]);
    const chosen = open({ url, mode: "direct" });
    expect(await failureOf(chosen.connect())).toMatchObject({
      kind: "configuration",
      reason: "setting_refused",
      advice: expect.stringContaining("ALTER ROLE"),
    });
  });

  test("tells its version, whoever asks", async () => {
    const database = open({ url: bouncer.url("postgres") });
    const health = await withStatementTags({ requestId: "r-1", procedure: "health.database" }, () =>
      database.health(),
    );
    expect(health.pooler).toEqual({
      kind: "pgbouncer",
      version: expect.stringMatching(/^\d+\.\d+/),
    });
  });
});
