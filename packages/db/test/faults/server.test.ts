import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type EmbeddedPostgres, startPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { signalProcess } from "@scrapersky/machine";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import {
  createDatabase,
  type Database,
  type DatabaseError,
  executeRawSql,
} from "../../src/index.ts";
import {
  expectNothingLent,
  expectWorking,
  failOnUnhandledRejections,
  failureOf,
  openIdle,
} from "./outcome.ts";

failOnUnhandledRejections();

const settings = {
  wal_level: "replica",
  max_wal_senders: "2",
  max_connections: "10",
  // Without it a crash may take what was answered already.
  synchronous_commit: "on",
};
/** Connections for whoever is no superuser, whose three are kept back. */
const ordinary = 7;

let first: EmbeddedPostgres;
let current: EmbeddedPostgres;
const opened: Database[] = [];

const open = (overrides: Partial<Parameters<typeof createDatabase>[0]> = {}, user = "app") => {
  const database = createDatabase({
    url: `postgresql://${user}@127.0.0.1:${first.port}/postgres`,
    max: 2,
    ...overrides,
  });
  opened.push(database);
  return database;
};
const insert = (on: Parameters<typeof executeRawSql>[0], id: number) =>
  executeRawSql(on, "insert into note (id) values (:id)", { id });
const ids = async (on: Database) =>
  (await executeRawSql<{ id: number }>(on.db, "select id from note order by id")).map(
    ({ id }) => id,
  );

async function shutDown(signal: NodeJS.Signals): Promise<void> {
  signalProcess(current.pid, signal);
  await current.exited;
}
async function start(): Promise<void> {
  const { dataDir, port } = first;
  current = await startPostgres({ dataDir, port, durable: false, settings });
}
const inDataFolder = (name: string) => join(first.dataDir, name);

beforeAll(async () => {
  first = await startTemporaryPostgres({ settings });
  current = first;
  const admin = open({}, "postgres");
  await executeRawSql(admin.db, "create role app login");
  await executeRawSql(admin.db, "create table note (id int primary key)");
  await executeRawSql(admin.db, "grant all on note to app");
  await admin.close();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close({ drainMs: 100 })));
});
afterAll(async () => {
  await current.stop();
  await first.stop();
});

test("database restarted while idle: no later caller notices", async () => {
  const database = open();
  await openIdle(database, 2);
  await shutDown("SIGINT");
  await start();
  expect(await executeRawSql(database.db, "select 1 as one")).toEqual([{ one: 1 }]);
  await expectWorking(database);
});

test("database away: refused, retryable, and back when it is back", async () => {
  const database = open();
  await executeRawSql(database.db, "select 1");
  await shutDown("SIGINT");
  expect(await failureOf(executeRawSql(database.db, "select 1"))).toMatchObject({
    kind: "connect_failed",
    retryable: true,
    outcomeUnknown: false,
  });
  await expectNothingLent(database);
  await start();
  await expectWorking(database);
});

test("database restarted in a transaction: rolled back, with the reason", async () => {
  const database = open();
  const work = database.db.transaction(async (tx) => {
    await insert(tx, 1);
    await shutDown("SIGINT");
    await insert(tx, 2);
  });
  expect(await failureOf(work)).toMatchObject({
    kind: "connection_lost",
    sqlstate: "57P01",
    outcomeUnknown: false,
    retryable: false,
  });
  await start();
  await expectWorking(database);
  expect(await ids(database)).toEqual([]);
});

test("database crashed: what was answered is there, what was open is not", async () => {
  const database = open();
  await insert(database.db, 10);
  const work = database.db.transaction(async (tx) => {
    await insert(tx, 11);
    await shutDown("SIGQUIT");
    await insert(tx, 12);
  });
  expect(await failureOf(work)).toMatchObject({ kind: "connection_lost", outcomeUnknown: false });
  await start();
  await expectWorking(database);
  expect(await ids(database)).toEqual([10]);
});

test("database shutting down: newcomers are told to come back, those inside may end their work", async () => {
  const database = open();
  const exited = current.exited;
  const refused = await database.db.transaction(async (tx) => {
    await insert(tx, 20);
    // A smart shutdown waits for those inside.
    signalProcess(current.pid, "SIGTERM");
    const other = open();
    await expect
      .poll(async () => (await failureOf(executeRawSql(other.db, "select 1"))).sqlstate)
      .toBe("57P03");
    await insert(tx, 21);
    return failureOf(executeRawSql(other.db, "select 1"));
  });
  expect(refused).toMatchObject({ kind: "unavailable", retryable: true, outcomeUnknown: false });
  await database.close();
  await exited;
  await start();
  expect(await ids(open())).toEqual([10, 20, 21]);
});

test("database starting up: callers wait or are told to come back, and are served once it is up", async () => {
  const patient = open({ acquireTimeoutMs: 20_000 });
  const hasty = open();
  await shutDown("SIGINT");
  await writeFile(inDataFolder("recovery.signal"), "", { mode: 0o644 });
  await configure(
    "restore_command = 'while test ! -e proceed; do sleep 0.05; done; false'\nhot_standby = off\n",
  );
  const starting = start();
  await expect
    .poll(async () => (await failureOf(executeRawSql(hasty.db, "select 1"))).sqlstate)
    .toBe("57P03");
  expect(await failureOf(executeRawSql(hasty.db, "select 1"))).toMatchObject({
    kind: "unavailable",
    retryable: true,
    outcomeUnknown: false,
  });
  const waited = executeRawSql(patient.db, "select 1 as one").catch(
    (error: DatabaseError) => error.sqlstate,
  );
  await writeFile(inDataFolder("proceed"), "");
  await starting;
  // A server that takes longer than three tries is told of.
  expect([[{ one: 1 }], "57P03"]).toContainEqual(await waited);
  await expectWorking(patient);
  await expectWorking(hasty);
  await rm(inDataFolder("proceed"));
});

test("database read-only: a standby refuses writes until it is promoted", async () => {
  const database = open();
  await shutDown("SIGINT");
  await writeFile(inDataFolder("standby.signal"), "", { mode: 0o644 });
  await configure("restore_command = 'false'\nhot_standby = on\n");
  const promoted = start();
  await expectWorking(database);
  expect(await ids(database)).toContain(10);
  expect(await failureOf(insert(database.db, 30))).toMatchObject({
    kind: "read_only",
    sqlstate: "25006",
    retryable: false,
    outcomeUnknown: false,
  });
  const work = database.db.transaction((tx) => insert(tx, 31));
  expect(await failureOf(work)).toMatchObject({ kind: "read_only", outcomeUnknown: false });
  await expectNothingLent(database);
  const admin = open({}, "postgres");
  await executeRawSql(admin.db, "select pg_promote()");
  await promoted;
  await insert(database.db, 32);
  expect((await ids(database)).filter((id) => id >= 30)).toEqual([32]);
});

test("database out of connections: told as such, and served when there is room", async () => {
  const crowd = open({ max: ordinary });
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const holders = Array.from({ length: ordinary }, () =>
    crowd.db.transaction(async (tx) => {
      await executeRawSql(tx, "select 1");
      await held;
    }),
  );
  await expect.poll(() => crowd.stats().lent).toBe(ordinary);
  const late = open();
  expect(await failureOf(executeRawSql(late.db, "select 1"))).toMatchObject({
    kind: "resources",
    sqlstate: "53300",
    retryable: true,
    outcomeUnknown: false,
  });
  release();
  await Promise.all(holders);
  await crowd.close();
  await expectWorking(late);
});

/** Replaces what earlier tests had set for the next start. */
const configure = (lines: string) => writeFile(inDataFolder("postgresql.auto.conf"), lines);
