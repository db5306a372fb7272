import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { integer, pgTable } from "drizzle-orm/pg-core";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  copyIn,
  copyOut,
  createDatabase,
  type Database,
  type DatabaseError,
  executeRawSql,
  executeRawSqlOne,
} from "../../src/index.ts";
import {
  expectNothingLent,
  expectWorking,
  failOnUnhandledRejections,
  failureOf,
  openIdle,
} from "./outcome.ts";
import {
  type Moment,
  SUPAVISOR_ERRORS,
  type SupavisorError,
  type SupavisorErrorName,
} from "./supavisor-errors.ts";
import { startSupavisor, type Supavisor } from "./supavisor.ts";

failOnUnhandledRejections();

let server: EmbeddedPostgres;
let direct: Database;
let pooler: Supavisor;
let database: Database;

const open = (overrides: Partial<Parameters<typeof createDatabase>[0]> = {}) =>
  createDatabase({
    url: pooler.url(),
    max: 4,
    statementTimeoutMs: 10_000,
    ...overrides,
  });

const insert = (into: Database, id: number) =>
  executeRawSql(into.db, "insert into note (id) values (:id)", { id });
const present = async (id: number) =>
  (await executeRawSql(direct.db, "select 1 from note where id = :id", { id })).length === 1;

let lastId = 0;

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
  pooler = await startSupavisor(server);
  database = open();
});
afterEach(async () => {
  await database.close({ drainMs: 500 });
  // Never two unanswered requests on one connection, whatever the test did.
  expect(pooler.hazards).toEqual([]);
  expect(pooler.named).toBe(0);
  await pooler.close();
});

const errorsAt = (moment: Moment): [SupavisorErrorName, SupavisorError][] =>
  Object.entries(SUPAVISOR_ERRORS as Record<SupavisorErrorName, SupavisorError>).filter(
    ([, { moments }]) => moments.includes(moment),
  ) as [SupavisorErrorName, SupavisorError][];

function expectMeaning(
  error: DatabaseError,
  expected: SupavisorError,
  outcomeUnknown = false,
): void {
  expect(error).toMatchObject({
    kind: expected.kind,
    retryable: expected.retryable,
    outcomeUnknown,
    sqlstate: expected.sqlstate,
    pooler: expected.fromDatabase ? undefined : "supavisor",
  });
  if (expected.retryAfterMs === undefined) return;
  // What is left of its pause when the caller is told.
  expect(error.retryAfterMs).toBeGreaterThan(0);
  expect(error.retryAfterMs).toBeLessThanOrEqual(expected.retryAfterMs);
}

describe("the fake itself", () => {
  test("two unanswered requests of one client: the hazard is counted, and an answer is lost", async () => {
    const sql = postgres({
      host: "127.0.0.1",
      port: pooler.port,
      user: "app.tenant",
      password: "correct horse",
      database: "postgres",
      max: 1,
      prepare: false,
      fetch_types: false,
    });
    await sql`select 0`;
    const answers = Promise.allSettled([1, 2, 3].map((n) => sql.unsafe(`select ${n} as n`)));
    await expect.poll(() => pooler.hazards.length).toBe(2);
    await sql.end({ timeout: 0 });
    const rows = (await answers).map((answer) =>
      answer.status === "fulfilled" ? Number(answer.value[0]?.["n"]) : "lost",
    );
    expect(rows).not.toEqual([1, 2, 3]);
    pooler.hazards.length = 0;
  });
});

describe("behind Supavisor in transaction mode", () => {
  test("200 callers on 8 slots over 3 servers: every row is the caller's own", async () => {
    const wide = open({ max: 8, acquireTimeoutMs: 30_000 });
    const wrong: string[] = [];
    await Promise.all(
      Array.from({ length: 200 }, async (_, caller) => {
        const own = await executeRawSqlOne<{ me: number }>(wide.db, "select :caller::int as me", {
          caller,
        });
        if (own?.me !== caller) wrong.push(`${caller} got ${own?.me}`);
        await wide.db.transaction(async (tx) => {
          const both = await Promise.all(
            [1, 2].map((n) =>
              executeRawSqlOne<{ me: number; n: number }>(
                tx,
                "select :caller::int as me, :n::int as n, pg_backend_pid() as pid",
                { caller, n },
              ),
            ),
          );
          if (both.some((row, at) => row?.me !== caller || row.n !== at + 1))
            wrong.push(`${caller} got ${JSON.stringify(both)}`);
        });
      }),
    );
    expect(wrong).toEqual([]);
    await expectNothingLent(wide);
    await wide.close();
  });

  test("streams and COPY keep to one unanswered request", async () => {
    const note = pgTable("copied", { id: integer("id").primaryKey() });
    await executeRawSql(direct.db, "create table copied (id int primary key)");
    const rows = Array.from({ length: 3_000 }, (_, at) => [at]);
    expect(await copyIn(database.db, note, ["id"], rows)).toBe(3_000);
    const seen: number[] = [];
    const stream = database.stream<{ id: number }>(
      "select id from copied order by id",
      {},
      { batchRows: 700 },
    );
    for await (const batch of stream) seen.push(...batch.map(({ id }) => id));
    expect(seen).toEqual(rows.flat());
    let bytes = 0;
    await copyOut(database.db, "copy copied to stdout", (piece) => (bytes += piece.length));
    expect(bytes).toBe(rows.flat().join("\n").length + 1);
    await expectWorking(database);
  });

  test("nothing of ours is silently dropped at start-up but the encoding", async () => {
    await executeRawSql(database.db, "select 1");
    expect([...pooler.dropped]).toEqual(["client_encoding"]);
  });

  test("a deadline is carried through as a cancel request, and the connection stays", async () => {
    await executeRawSql(database.db, "select 1");
    const slow = executeRawSql(database.db, "select pg_sleep(20)", {}, { timeoutMs: 100 });
    expect(await failureOf(slow)).toMatchObject({ kind: "statement_timeout" });
    expect(pooler.cancels).toBe(1);
    await expectWorking(database);
    expect(database.stats().replaced).toBe(0);
  });
});

describe("the table at login", () => {
  test.each(errorsAt("login"))("%s", async (name, expected) => {
    pooler.fault = { moment: "login", say: name };
    const id = ++lastId;
    expectMeaning(await failureOf(insert(database, id)), expected);
    expect(await present(id)).toBe(false);
    await expectNothingLent(database);
    pooler.fault = undefined;
    const other = open();
    await expectWorking(other);
    await other.close();
  });

  test("hung up without a word", async () => {
    pooler.fault = { moment: "login", say: "close" };
    const error = await failureOf(executeRawSql(database.db, "select 1"));
    expect(error).toMatchObject({ kind: "connect_failed", retryable: true });
    pooler.fault = undefined;
    await expectWorking(database);
  });

  test.each([
    ["an unknown tenant", { user: "app.nobody" }, "configuration", "ENOTFOUND"],
    ["no tenant", { user: "app" }, "configuration", "ENOIDENTIFIER"],
    ["a wrong password", { password: "guessed" }, "authentication", "wrong password"],
  ] as const)("%s is told for what it is", async (_, parts, kind, code) => {
    const other = open({ url: pooler.url(parts) });
    const error = await failureOf(executeRawSql(other.db, "select 1"));
    expect(error).toMatchObject({
      kind,
      retryable: false,
      sqlstate: SUPAVISOR_ERRORS[code].sqlstate,
    });
    expect(error.safeMessage).not.toMatch(/app|nobody|guessed/);
    await expectNothingLent(other);
    await other.close();
  });

  test("TLS missing on our side", async () => {
    pooler.sslRequired = true;
    const error = await failureOf(executeRawSql(database.db, "select 1"));
    expect(error).toMatchObject({ kind: "configuration", retryable: false, pooler: "supavisor" });
    pooler.sslRequired = false;
    const other = open();
    await expectWorking(other);
    await other.close();
  });

  test("TLS missing on its side", async () => {
    const strict = open({ url: pooler.url().replace("sslmode=disable", "sslmode=verify-full") });
    const error = await failureOf(executeRawSql(strict.db, "select 1"));
    expect(error).toMatchObject({ kind: "configuration", retryable: false });
    expect(pooler.logins).toBe(0);
    await strict.close();
  });

  test("a wrong password is not tried again and again: its breaker never opens", async () => {
    const other = open({ url: pooler.url({ password: "guessed" }), min: 4, max: 10 });
    const ask = () => failureOf(executeRawSql(other.db, "select 1"));
    const together = await Promise.all(Array.from({ length: 20 }, ask));
    const kinds = new Set(together.map(({ kind }) => kind));
    for (let round = 0; round < 20; round++) kinds.add((await ask()).kind);
    expect(kinds).toEqual(new Set(["authentication"]));
    expect(pooler.logins).toBe(1);
    await Promise.all([other.health(), other.health()]);
    await other.health();
    expect(pooler.logins).toBe(2);
    await other.close();
    await expectWorking(database);
  });
});

describe("the table when a request waits for a server", () => {
  test.each(errorsAt("checkout"))("%s: nothing ran", async (name, expected) => {
    await executeRawSql(database.db, "select 1");
    pooler.fault = { moment: "checkout", say: name };
    const [id, inTransaction] = [++lastId, ++lastId];
    expectMeaning(await failureOf(insert(database, id)), expected);
    const work = database.db.transaction((tx) =>
      executeRawSql(tx, "insert into note (id) values (:id)", { id: inTransaction }),
    );
    expectMeaning(await failureOf(work), expected);
    pooler.fault = undefined;
    expect(await present(id)).toBe(false);
    expect(await present(inTransaction)).toBe(false);
    const other = open();
    await expectWorking(other);
    await other.close();
    await expectNothingLent(database);
  });
});

describe("the table when a request runs", () => {
  test.each(errorsAt("running"))(
    "%s: may have run, so it is not to be sent again",
    async (name, expected) => {
      await executeRawSql(database.db, "select 1");
      pooler.fault = { moment: "running", say: name };
      const id = ++lastId;
      const error = await failureOf(insert(database, id));
      pooler.fault = undefined;
      expectMeaning(error, expected, expected.kind === "connection_lost");
      // The server had committed the statement before the pooler lost it.
      expect(await present(id)).toBe(true);
      await expectWorking(database);
    },
  );

  test.each(["EDBHANDLEREXITED", "pool shutting down", "close"] as const)(
    "%s in a transaction: rolled back, and said as lost",
    async (say) => {
      const id = ++lastId;
      const work = database.db.transaction(async (tx) => {
        await executeRawSql(tx, "insert into note (id) values (:id)", { id });
        pooler.fault = { moment: "running", say };
        await executeRawSql(tx, "select 1");
      });
      expect(await failureOf(work)).toMatchObject({
        kind: "connection_lost",
        outcomeUnknown: false,
      });
      pooler.fault = undefined;
      expect(await present(id)).toBe(false);
      await expectWorking(database);
    },
  );

  test.each(["EDBHANDLEREXITED", "pool shutting down", "close"] as const)(
    "%s during COMMIT: the outcome is unknown, and here it had committed",
    async (say) => {
      const id = ++lastId;
      const work = database.db.transaction(async (tx) => {
        await executeRawSql(tx, "insert into note (id) values (:id)", { id });
        pooler.fault = { moment: "running", say };
      });
      expect(await failureOf(work)).toMatchObject({
        kind: "outcome_unknown",
        outcomeUnknown: true,
        retryable: false,
      });
      pooler.fault = undefined;
      await expect.poll(() => present(id)).toBe(true);
      await expectWorking(database);
    },
  );
});

describe("told while idle", () => {
  test.each(["pool shutting down", "close"] as const)(
    "%s: no later caller notices",
    async (say) => {
      await openIdle(database, 3);
      // One that is still being opened waits for an answer: it would not be told.
      await expect.poll(() => database.stats().idle === pooler.clients).toBe(true);
      expect(pooler.clients).toBeGreaterThan(0);
      pooler.tellIdle(say);
      await expect.poll(() => pooler.clients).toBe(0);
      await expectWorking(database);
    },
  );
});
