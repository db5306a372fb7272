import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { type PgBouncer, preparePgBouncer, startPgBouncer } from "@scrapersky/embedded/pgbouncer";
import { eq, sql } from "drizzle-orm";
import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createDatabase,
  type Database,
  DatabaseError,
  type DatabaseErrorKind,
  executeForLibrary,
  executeRawSql,
  executeRawSqlOne,
} from "../../src/index.ts";

const ledger = pgTable("ledger", {
  id: integer("id").primaryKey(),
  owner: text("owner").notNull(),
});

const kindOf = (work: Promise<unknown>): Promise<DatabaseErrorKind | "no error"> =>
  work.then(
    () => "no error" as const,
    (error: unknown) => {
      if (error instanceof DatabaseError) return error.kind;
      throw error;
    },
  );

describe.runIf(await preparePgBouncer())("behind PgBouncer in transaction mode", () => {
  let server: EmbeddedPostgres;
  let bouncer: PgBouncer;
  let database: Database;
  const start = (settings: Record<string, string> = {}, port?: number) =>
    startPgBouncer({
      target: { host: server.host, port: server.port, user: server.user },
      poolSize: 4,
      settings: { application_name_add_host: "0", ...settings },
      ...(port === undefined ? {} : { port }),
    });

  beforeAll(async () => {
    server = await startTemporaryPostgres();
    bouncer = await start();
    database = createDatabase({
      url: bouncer.url("postgres"),
      max: 10,
      statementTimeoutMs: 20_000,
    });
    await database.db.execute(sql`create table ledger (id int primary key, owner text not null)`);
  });
  afterAll(async () => {
    await database.close();
    await bouncer.stop();
    await server.stop();
  });

  test("300 callers on 10 slots over 4 servers: every row is the caller's own, every rollback holds", async () => {
    const { db } = database;
    const wrong: string[] = [];
    const check = (caller: number, what: string, right: boolean) => {
      if (!right) wrong.push(`${caller}: ${what}`);
    };
    await Promise.all(
      Array.from({ length: 300 }, async (_, caller) => {
        const own = await executeRawSqlOne<{ me: number }>(db, "select :caller::int as me", {
          caller,
        });
        check(caller, "own row", own?.me === caller);
        const many = await executeRawSql<{ me: number; n: number }>(
          db,
          "select :caller::int as me, n from generate_series(1, 20) n",
          { caller },
        );
        check(caller, "own 20 rows", many.length === 20 && many.every(({ me }) => me === caller));
        check(
          caller,
          "bad value",
          (await kindOf(executeRawSql(db, "select :x::int", { x: "no" }))) === "syntax",
        );
        await db.transaction(async (tx) => {
          await tx.insert(ledger).values({ id: caller, owner: `kept ${caller}` });
          const [seen] = await tx.select().from(ledger).where(eq(ledger.id, caller));
          check(caller, "sees its own write", seen?.owner === `kept ${caller}`);
        });
        const undone = db.transaction(async (tx) => {
          await tx.insert(ledger).values({ id: 1_000 + caller, owner: "gone" });
          if (caller % 2 === 0) await executeRawSql(tx, "select 1/0").catch(() => {});
          else throw new DatabaseError("misuse", "rolled back on purpose");
        });
        check(caller, "rolls back", ["rolled_back", "misuse"].includes(await kindOf(undone)));
      }),
    );
    expect(wrong).toEqual([]);
    expect(await db.$count(ledger)).toBe(300);
    const open =
      "select 1 from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'";
    expect(await executeRawSql(db, open)).toEqual([]);
  });

  test("no statement is ever named: the servers know no prepared one", async () => {
    const prepared = await Promise.all(
      Array.from({ length: 20 }, () =>
        executeRawSqlOne(database.db, "select count(*)::int as n from pg_prepared_statements"),
      ),
    );
    expect(new Set(prepared.map((row) => row?.n))).toEqual(new Set([0]));
  });

  test("a library's script with its own BEGIN and COMMIT stays on one server", async () => {
    const { rows } = await executeForLibrary(
      database.db,
      "begin; set local lock_timeout = '5s'; select pg_advisory_xact_lock(7); select 42 as answer; commit",
    );
    expect(rows).toContainEqual({ answer: 42 });
  });

  test("a deadline reaches the server through the pooler, and the connection is used again", async () => {
    await executeRawSql(database.db, "select 1");
    const before = database.stats().replaced;
    const slow = executeRawSql(database.db, "select pg_sleep(20)", {}, { timeoutMs: 150 });
    expect(await kindOf(slow)).toBe("statement_timeout");
    expect(database.stats().replaced).toBe(before);
  });
});
