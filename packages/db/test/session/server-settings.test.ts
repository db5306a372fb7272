import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { type PgBouncer, preparePgBouncer, startPgBouncer } from "@scrapersky/embedded/pgbouncer";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  createDatabase,
  type Database,
  DatabaseError,
  executeRawSql,
  executeRawSqlOne,
} from "../../src/index.ts";
import { findUnsuitable } from "../../src/session/wire/server-settings.ts";

describe("findUnsuitable", () => {
  test.each([
    ["DateStyle", "SQL, DMY"],
    ["DateStyle", "German, DMY"],
    ["DateStyle", "Postgres, MDY"],
    ["standard_conforming_strings", "off"],
  ])("%s = %s is refused by name, with the statement that mends it", (setting, value) => {
    const fault = findUnsuitable(new Map([[setting, value]]));
    expect(fault).toBeInstanceOf(DatabaseError);
    expect(fault).toMatchObject({ kind: "configuration", retryable: false });
    expect(fault?.message).toContain(`${setting} is ${value}`);
    expect(fault?.message).toContain(`ALTER ROLE … SET ${setting} = `);
  });

  test.each([
    [{}],
    [{ DateStyle: "ISO, MDY", standard_conforming_strings: "on" }],
    [{ DateStyle: "ISO, DMY", IntervalStyle: "iso_8601", TimeZone: "Asia/Kolkata" }],
  ])("%o is let be", (told) => {
    expect(findUnsuitable(new Map(Object.entries(told)))).toBeUndefined();
  });
});

const bouncerRuns = await preparePgBouncer();
let server: EmbeddedPostgres;
let bouncer: PgBouncer | undefined;
let admin: Database;
const opened: Database[] = [];

beforeAll(async () => {
  server = await startTemporaryPostgres();
  admin = createDatabase({ url: server.url, max: 1 });
  await executeRawSql(admin.db, "create role odd login");
  if (bouncerRuns) {
    bouncer = await startPgBouncer({
      target: { host: server.host, port: server.port, user: "odd" },
      poolSize: 2,
    });
  }
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()));
  await executeRawSql(admin.db, "alter role odd reset all");
});
afterAll(async () => {
  await admin.close();
  await bouncer?.stop();
  await server.stop();
});

const open = (url = server.url.replace(/\/\/[^@]*@/, "//odd@")) => {
  const database = createDatabase({ url, max: 1 });
  opened.push(database);
  return database;
};
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("a role whose settings change what values say", () => {
  test.each([
    ["DateStyle", "SQL, DMY"],
    ["standard_conforming_strings", "off"],
  ])("%s = %s: no connection is lent, until it is mended", async (setting, value) => {
    await executeRawSql(admin.db, `alter role odd set ${setting} = '${value}'`);
    const refused = open();
    const fault = await failureOf(executeRawSql(refused.db, "select 1"));
    expect(fault).toMatchObject({ kind: "configuration", outcomeUnknown: false });
    expect(String(fault)).toContain(setting);
    expect(await failureOf(refused.connect())).toMatchObject({ kind: "configuration" });
    await executeRawSql(admin.db, `alter role odd reset ${setting}`);
    expect(await executeRawSqlOne(open().db, "select date '2026-11-21' as day")).toEqual({
      day: "2026-11-21",
    });
  });

  test.runIf(bouncerRuns)("also behind a pooler", async () => {
    await executeRawSql(admin.db, "alter role odd set DateStyle = 'SQL, DMY'");
    const database = open(bouncer!.url("postgres"));
    expect(await failureOf(executeRawSql(database.db, "select 1"))).toMatchObject({
      kind: "configuration",
    });
  });

  test("settings that only change how a value looks are let be", async () => {
    for (const setting of [
      "bytea_output = escape",
      "IntervalStyle = iso_8601",
      "TimeZone = 'Asia/Kolkata'",
      "DateStyle = 'ISO, DMY'",
    ]) {
      await executeRawSql(admin.db, `alter role odd set ${setting}`);
    }
    expect(
      await executeRawSqlOne(
        open().db,
        `select '\\x00ff'::bytea as bytes, interval '90 min' as length, date '2026-11-21' as day,
                timestamptz '2026-11-21 10:00:00Z' as at`,
      ),
    ).toEqual({
      bytes: Buffer.from([0, 255]),
      length: "PT1H30M",
      day: "2026-11-21",
      at: "2026-11-21 15:30:00+05:30",
    });
  });
});
