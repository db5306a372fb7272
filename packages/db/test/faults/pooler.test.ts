import { mkdtemp, rm, writeFile, chmod } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import {
  type PgBouncer,
  type PgBouncerOptions,
  preparePgBouncer,
  startPgBouncer,
} from "@scrapersky/embedded/pgbouncer";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createDatabase, type Database, executeRawSql } from "../../src/index.ts";
import { startFaultProxy } from "../session/fault-proxy.ts";
import {
  expectNothingLent,
  expectWorking,
  failOnUnhandledRejections,
  failureOf,
  openIdle,
} from "./outcome.ts";

failOnUnhandledRejections();

describe.runIf(await preparePgBouncer())("PgBouncer in transaction mode", () => {
  let server: EmbeddedPostgres;
  let direct: Database;
  let pooler: PgBouncer;
  let database: Database;
  const closing: (() => Promise<void>)[] = [];

  const start = async (
    settings: Record<string, string> = {},
    rest: Partial<PgBouncerOptions> = {},
  ) => {
    const started = await startPgBouncer({
      target: { host: server.host, port: server.port, user: server.user },
      poolSize: 4,
      settings,
      ...rest,
    });
    closing.push(() => started.stop());
    return started;
  };
  const open = (
    at: Pick<PgBouncer, "url"> = pooler,
    overrides: Partial<Parameters<typeof createDatabase>[0]> = {},
  ) => {
    const opened = createDatabase({
      url: at.url("postgres"),
      max: 4,
      statementTimeoutMs: 10_000,
      ...overrides,
    });
    closing.push(() => opened.close({ drainMs: 100 }));
    return opened;
  };
  let lastId = 0;
  const insert = "insert into note (id) values (:id)";
  const present = async (id: number) =>
    (await executeRawSql(direct.db, "select 1 from note where id = :id", { id })).length === 1;

  beforeAll(async () => {
    server = await startTemporaryPostgres();
    direct = createDatabase({ url: server.url, max: 2 });
    await executeRawSql(direct.db, "create table note (id int primary key)");
  });
  afterAll(async () => {
    await direct.close();
    await server.stop();
  });
  beforeEach(async () => {
    pooler = await start();
    database = open();
  });
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  });

  describe("restarted", () => {
    const restart = async () => {
      await pooler.stop();
      await start({}, { port: pooler.port });
    };

    test("while idle: no later caller notices", async () => {
      await openIdle(database, 3);
      const before = database.stats().open;
      await restart();
      await expect
        .poll(() => executeRawSql(database.db, "select 1 as one").catch(() => []))
        .toEqual([{ one: 1 }]);
      expect(before).toBeGreaterThan(0);
      await expectWorking(database);
    });

    test("in a statement: in doubt, and here absent", async () => {
      await openIdle(database, 3);
      const id = ++lastId;
      const work = failureOf(
        executeRawSql(database.db, "insert into note select :id from pg_sleep(20)", { id }),
      );
      await expect.poll(() => database.stats().lent).toBe(1);
      await restart();
      expect(await work).toMatchObject({ kind: "connection_lost", outcomeUnknown: true });
      expect(await present(id)).toBe(false);
      await expectWorking(database);
    });

    test("in a transaction: rolled back", async () => {
      const id = ++lastId;
      const work = database.db.transaction(async (tx) => {
        await executeRawSql(tx, insert, { id });
        await restart();
        await executeRawSql(tx, "select 1");
      });
      expect(await failureOf(work)).toMatchObject({
        kind: "connection_lost",
        retryable: false,
        outcomeUnknown: false,
      });
      expect(await present(id)).toBe(false);
      await expectWorking(database);
    });

    test("gone for good: refused at once or after the acquire timeout, and retryable", async () => {
      await openIdle(database, 3);
      await pooler.stop();
      await expect
        .poll(async () => (await failureOf(executeRawSql(database.db, "select 1"))).kind)
        .toBe("connect_failed");
      expect(await failureOf(executeRawSql(database.db, "select 1"))).toMatchObject({
        kind: "connect_failed",
        retryable: true,
        outcomeUnknown: false,
      });
      await expectNothingLent(database);
      await start({}, { port: pooler.port });
      await expectWorking(database);
    });
  });

  describe("paused", () => {
    test("a transaction under way goes on, others wait and are served after it", async () => {
      const ids = [++lastId, ++lastId];
      await openIdle(database, 3);
      const waited = database.db.transaction(async (tx) => {
        await executeRawSql(tx, insert, { id: ids[0] });
        await pooler.pause();
        const other = executeRawSql(database.db, insert, { id: ids[1] });
        expect(await executeRawSql(tx, "select 1 as one")).toEqual([{ one: 1 }]);
        return { other };
      });
      const { other } = await waited;
      await pooler.resume();
      await other;
      expect(await present(ids[0]!)).toBe(true);
      expect(await present(ids[1]!)).toBe(true);
      await expectWorking(database);
    });

    test("a deadline ends the wait; what waited does not run later", async () => {
      await openIdle(database, 3);
      await pooler.pause();
      const id = ++lastId;
      const work = executeRawSql(database.db, insert, { id }, { timeoutMs: 150 });
      expect(await failureOf(work)).toMatchObject({ kind: "statement_timeout", retryable: false });
      await pooler.resume();
      await expectWorking(database);
      expect(await present(id)).toBe(false);
    });

    test("an abort ends the wait", async () => {
      await openIdle(database, 3);
      await pooler.pause();
      const caller = new AbortController();
      const work = executeRawSql(database.db, "select 1", {}, { signal: caller.signal });
      await expect.poll(() => database.stats().lent).toBe(1);
      caller.abort();
      expect(await failureOf(work)).toMatchObject({ kind: "aborted" });
      await pooler.resume();
      await expectWorking(database);
    });
  });

  describe("frozen", () => {
    test("deadlines hold for statements, transactions and new connections", async () => {
      await openIdle(database, 3);
      const id = ++lastId;
      const inside = database.db.transaction(async (tx) => {
        await executeRawSql(tx, insert, { id });
        pooler.freeze();
        await executeRawSql(tx, "select 1", {}, { timeoutMs: 100 });
      });
      expect(await failureOf(inside)).toMatchObject({
        kind: "statement_timeout",
        outcomeUnknown: false,
      });
      const single = executeRawSql(database.db, "select 1", {}, { timeoutMs: 100 });
      expect(await failureOf(single)).toMatchObject({ kind: "statement_timeout" });
      const fresh = open(pooler, { connectTimeoutMs: 200 });
      expect(await failureOf(executeRawSql(fresh.db, "select 1"))).toMatchObject({
        retryable: true,
        outcomeUnknown: false,
      });
      pooler.thaw();
      await expectWorking(database);
      await expectWorking(fresh);
      expect(await present(id)).toBe(false);
    });
  });

  describe("out of", () => {
    const exhausted = {
      kind: "resources",
      retryable: true,
      outcomeUnknown: false,
      sqlstate: "08P01",
      pooler: "pgbouncer",
    };

    test("clients: told as such, those inside go on, and there is room later", async () => {
      const small = await start({ max_client_conn: "2" });
      const inside = open(small, { max: 2 });
      await openIdle(inside, 2);
      const outside = open(small);
      expect(await failureOf(executeRawSql(outside.db, "select 1"))).toMatchObject(exhausted);
      await expectWorking(inside);
      await inside.close();
      await expectWorking(outside);
    });

    test("servers: told after its wait, nothing ran, and those inside go on", async () => {
      const small = await start({ query_wait_timeout: "1" }, { poolSize: 1 });
      const one = open(small);
      await openIdle(one, 3);
      const id = ++lastId;
      const refused = await one.db.transaction(async (tx) => {
        await executeRawSql(tx, "select 1");
        const error = await failureOf(executeRawSql(one.db, insert, { id }));
        await executeRawSql(tx, "select 1");
        return error;
      });
      expect(refused).toMatchObject(exhausted);
      expect(await present(id)).toBe(false);
      await expectWorking(one);
    });

    test("servers: who gives up is told so; a transaction not yet begun leaves no doubt", async () => {
      const one = open(await start({}, { poolSize: 1 }));
      await openIdle(one, 3);
      const ids = [++lastId, ++lastId];
      await one.db.transaction(async (tx) => {
        await executeRawSql(tx, "select 1");
        /** Gives up once the other one's connection is lent, so that its first words are sent. */
        const giveUp = async (begin: (signal: AbortSignal) => Promise<unknown>) => {
          const caller = new AbortController();
          const failure = failureOf(begin(caller.signal));
          await expect.poll(() => one.stats().lent).toBe(2);
          caller.abort();
          return failure;
        };
        const inTransaction = await giveUp((signal) =>
          one.db.transaction(
            (waiting) => executeRawSql(waiting, `insert into note (id) values (${ids[0]})`),
            { signal },
          ),
        );
        expect(inTransaction).toMatchObject({ kind: "aborted", outcomeUnknown: false });
        const alone = await giveUp((signal) =>
          executeRawSql(one.db, insert, { id: ids[1] }, { signal }),
        );
        expect(alone).toMatchObject({ kind: "aborted", outcomeUnknown: true });
      });
      await expectWorking(one);
      for (const id of ids) expect(await present(id)).toBe(false);
    });
  });

  describe("refuses", () => {
    test("an unknown database", async () => {
      const nowhere = open({ url: () => pooler.url("no_such_base") });
      expect(await failureOf(executeRawSql(nowhere.db, "select 1"))).toMatchObject({
        kind: "configuration",
        retryable: false,
        pooler: "pgbouncer",
      });
      await expectNothingLent(nowhere);
    });

    test("a wrong password", async () => {
      const folder = await mkdtemp(join(tmpdir(), "scrapersky-users-"));
      closing.push(() => rm(folder, { recursive: true }));
      await chmod(folder, 0o755);
      await writeFile(join(folder, "users.txt"), `"${server.user}" "right"\n`);
      const strict = await start({
        auth_type: "scram-sha-256",
        auth_file: join(folder, "users.txt"),
      });
      const as = (password: string) => ({
        url: (base: string) => strict.url(base).replace("@", `:${password}@`),
      });
      const wrong = open(as("wrong"));
      expect(await failureOf(executeRawSql(wrong.db, "select 1"))).toMatchObject({
        kind: "authentication",
        retryable: false,
        sqlstate: "08P01",
        pooler: "pgbouncer",
      });
      await expectNothingLent(wrong);
      await expectWorking(open(as("right")));
    });

    test("a database that is away behind it: unavailable, until it is back", async () => {
      const way = await startFaultProxy(server.port);
      closing.push(() => way.close());
      const target = { host: server.host, port: way.port, user: server.user };
      const before = await start(
        { query_wait_timeout: "1", server_connect_timeout: "1" },
        { target },
      );
      const cut = open(before);
      await openIdle(cut, 3);
      way.hangUp = true;
      way.cut();
      await expect
        .poll(async () => {
          const error = await failureOf(executeRawSql(cut.db, "select 1"));
          return { kind: error.kind, retryable: error.retryable };
        })
        .toEqual({
          kind: expect.stringMatching(/unavailable|resources/) as string,
          retryable: true,
        });
      await expectNothingLent(cut);
      way.hangUp = false;
      await expectWorking(cut);
    });
  });
});
