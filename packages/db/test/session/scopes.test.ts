import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { sql } from "drizzle-orm";
import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type CallOptions,
  copyIn,
  createDatabase,
  type Database,
  type DatabaseError,
  type DatabaseHooks,
  driverErrorOf,
  executeForLibrary,
  executeRawSql,
  executeRawSqlOne,
  type Tx,
  withOptions,
} from "../../src/index.ts";
import { failureOf } from "../faults/outcome.ts";

const one = sql`(values (1)) as one`;
const note = pgTable("note", { id: integer("id").primaryKey(), body: text("body").notNull() });

let server: EmbeddedPostgres;
let database: Database;

const open = (overrides: Partial<Parameters<typeof createDatabase>[0]> = {}) =>
  createDatabase({
    url: `postgresql://${server.user}@127.0.0.1:${server.port}/postgres`,
    max: 4,
    ...overrides,
  });

const ids = async () =>
  (await database.db.select({ id: note.id }).from(note).orderBy(note.id)).map(({ id }) => id);
const write = (tx: Tx, id: number) => tx.insert(note).values({ id, body: "b" });

beforeAll(async () => {
  server = await startTemporaryPostgres();
});
afterAll(() => server.stop());
beforeEach(async () => {
  database = open();
  await database.db.execute(sql`drop table if exists note`);
  await database.db.execute(sql`create table note (id int primary key, body text not null)`);
});
afterEach(() => database.close());

describe("savepoints", () => {
  test("what fails inside is undone, what went before stays, and the transaction goes on", async () => {
    await database.db.transaction(async (tx) => {
      await write(tx, 1);
      const failure = await failureOf(
        tx.savepoint(async (inner) => {
          await write(inner, 2);
          await write(inner, 1);
        }),
      );
      expect(failure.kind).toBe("constraint");
      await tx.savepoint((inner) => write(inner, 3));
      await write(tx, 4);
    });
    expect(await ids()).toEqual([1, 3, 4]);
  });

  test("three levels, the first statement of all in the innermost", async () => {
    await database.db.transaction((tx) =>
      tx.savepoint((one) =>
        one.savepoint(async (two) => {
          await write(two, 1);
          await failureOf(two.savepoint((three) => write(three, 1)));
        }),
      ),
    );
    expect(await ids()).toEqual([1]);
  });

  test("one that sends nothing costs nothing", async () => {
    await database.db.transaction(async (tx) => {
      await tx.savepoint(async () => "nothing");
      await write(tx, 1);
    });
    expect(await ids()).toEqual([1]);
  });

  test("a swallowed error inside cannot be kept: it is undone and told", async () => {
    await database.db.transaction(async (tx) => {
      await write(tx, 1);
      const failure = await failureOf(
        tx.savepoint(async (inner) => {
          await write(inner, 2);
          await write(inner, 2).catch(() => {});
        }),
      );
      expect(failure.kind).toBe("rolled_back");
    });
    expect(await ids()).toEqual([1]);
  });

  test("the outer handle refuses statements while one is open, and its own is over afterwards", async () => {
    let kept: Tx | undefined;
    await database.db.transaction(async (tx) => {
      await tx.savepoint(async (inner) => {
        kept = inner;
        expect((await failureOf(executeRawSql(tx, "select 1"))).kind).toBe("misuse");
        await write(inner, 1);
      });
      expect((await failureOf(executeRawSql(kept!, "select 1"))).kind).toBe("closed");
      await write(tx, 2);
    });
    expect(await ids()).toEqual([1, 2]);
  });

  test("one that is not awaited fails the transaction", async () => {
    const failure = await failureOf(
      database.db.transaction(async (tx) => {
        await write(tx, 1);
        void tx.savepoint((inner) => write(inner, 2)).catch(() => {});
      }),
    );
    expect(failure.kind).toBe("misuse");
    await expect.poll(() => database.stats().lent).toBe(0);
    expect(await ids()).toEqual([]);
  });
});

/** A promise and what settles it. */
function gate(): { opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe("a scope that goes on after the one around it has ended", () => {
  type Late = (tx: Tx) => Promise<unknown>;
  const forgotten: [string, (late: Late) => Promise<unknown>][] = [
    [
      "a savepoint that nobody waited for",
      (late) =>
        database.db.transaction(async (tx) => {
          await write(tx, 2);
          void tx.savepoint(late).catch(() => {});
        }),
    ],
    [
      "a transaction of a session that nobody waited for",
      (late) =>
        database.withSession(async (session) => {
          void session.transaction(late).catch(() => {});
        }),
    ],
  ];

  test.each(forgotten)("%s reaches nobody's connection", async (_, forget) => {
    await database.close();
    database = open({ max: 1 });
    const hold = gate();
    const late = gate();
    const failure = await failureOf(
      forget(async (tx) => {
        await hold.opened;
        await write(tx, 99).finally(late.open);
      }),
    );
    expect(failure.kind).toBe("misuse");
    await database.db.transaction(async (tx) => {
      await write(tx, 1);
      hold.open();
      await late.opened;
    });
    await expect.poll(() => database.stats()).toMatchObject({ lent: 0, replaced: 1 });
    expect(await ids()).toEqual([1]);
  });
});

describe("what a failed statement leaves", () => {
  test("a transaction that it undid opens no savepoint", async () => {
    const failure = await failureOf(
      database.db.transaction(async (tx) => {
        await write(tx, 1);
        await write(tx, 1).catch(() => {});
        const inner = tx.savepoint((one) => write(one, 2));
        expect((await failureOf(inner)).kind).toBe("rolled_back");
      }),
    );
    expect(failure.kind).toBe("rolled_back");
  });

  test("a parameter that has no text form is refused, and the connection and its transaction stay", async () => {
    const cycle: Record<string, unknown> = {};
    cycle["itself"] = cycle;
    const list: unknown[] = [];
    list.push(list);
    await database.db.transaction(async (tx) => {
      await write(tx, 1);
      for (const value of [cycle, list, { big: 1n }]) {
        const failure = await failureOf(executeRawSql(tx, "select :value::jsonb", { value }));
        expect(failure.kind).toBe("misuse");
      }
    });
    expect(await ids()).toEqual([1]);
    expect(database.stats().replaced).toBe(0);
  });
});

describe("a statement that nobody waits for, and that fails", () => {
  const unhandled: unknown[] = [];
  const listener = (reason: unknown) => void unhandled.push(reason);
  const oneTurn = () => new Promise((resolve) => setImmediate(resolve));
  beforeAll(() => void process.on("unhandledRejection", listener));
  afterAll(() => void process.off("unhandledRejection", listener));

  test.each<[string, (tx: Tx) => unknown]>([
    ["raw SQL", (tx) => executeRawSql(tx, "select 1/0")],
    ["one row of it", (tx) => executeRawSqlOne(tx, "select 1/0")],
    ["a query builder's", (tx) => tx.insert(note).values({ id: 1, body: "twice" }).execute()],
  ])("%s fails its transaction, not the process", async (_, forget) => {
    for (const wait of [async () => {}, oneTurn, () => executeRawSql(database.db, "select 1")]) {
      const work = database.db.transaction(async (tx) => {
        await executeRawSql(tx, "insert into note values (1, '') on conflict do nothing");
        void forget(tx);
        await wait();
      });
      expect((await failureOf(work)).kind).toMatch(/^(misuse|rolled_back)$/);
    }
    await oneTurn();
    expect(unhandled.splice(0)).toEqual([]);
    expect(await ids()).toEqual([]);
  });

  test("in a savepoint that nobody waits for either", async () => {
    const work = database.db.transaction(async (tx) => {
      await write(tx, 1);
      void tx.savepoint((inner) => executeRawSql(inner, "select 1/0"));
    });
    expect((await failureOf(work)).kind).toBe("misuse");
    await oneTurn();
    expect(unhandled.splice(0)).toEqual([]);
  });

  const refusal = "select :missing::int";
  const early: [string, (tx: Tx) => unknown][] = [
    ["a savepoint", (tx) => tx.savepoint((inner) => executeRawSql(inner, "select 1/0"))],
    ["a savepoint that sent nothing", (tx) => tx.savepoint(() => Promise.reject(new Error("no")))],
    ["a savepoint in a savepoint", (tx) => tx.savepoint(async (one) => void fail(one))],
    ["what comes of a savepoint", (tx) => fail(tx).then(() => "done")],
    ["a savepoint with an end", (tx) => fail(tx).finally(() => {})],
    ["raw SQL without its parameter", (tx) => executeRawSql(tx, refusal)],
    ["a parameter without a text form", (tx) => executeRawSql(tx, "select :x", { x: () => 1 })],
    ["a setting that would stay", (tx) => executeRawSql(tx, "set work_mem = '1MB'")],
    ["a library's", (tx) => executeForLibrary(tx, "set work_mem = '1MB'")],
    ["the builder's", (tx) => tx.execute(sql`set work_mem = '1MB'`).execute()],
    ["one with options", (tx) => executeRawSql(withOptions(tx, { name: "x" }), refusal)],
    ["a signal that has fired", (tx) => executeRawSql(tx, "select 1", {}, { signal: fired })],
    ["rows that are no rows", (tx) => copyIn(tx, note, ["id"], [[1, 2, 3]])],
  ];
  const fired = AbortSignal.abort();
  const never = new Promise(() => {});
  const fail = (tx: Tx) => tx.savepoint((inner) => executeRawSql(inner, "select 1/0"));

  test.each(early)("%s, though the server would go on", async (_, forget) => {
    const work = database.db.transaction(async (tx) => {
      await write(tx, 1);
      void forget(tx);
      // Long over, and told to nobody, when the transaction comes to its end.
      await executeRawSql(database.db, "select 1");
      await oneTurn();
      await executeRawSql(tx, "select 1").catch(() => {});
    });
    expect((await failureOf(work)).kind).toMatch(/^(misuse|rolled_back|connection_lost)$/);
    await oneTurn();
    expect(unhandled.splice(0)).toEqual([]);
    expect(await ids()).toEqual([]);
  });

  test.each<[string, (promise: Promise<unknown>) => Promise<unknown>]>([
    ["is awaited late", async (promise) => oneTurn().then(() => promise.catch(() => {}))],
    ["is one of several", (promise) => Promise.allSettled([promise])],
    ["is raced", (promise) => Promise.race([promise, never]).catch(() => {})],
    ["is handled behind something else", (promise) => promise.then(() => 1).catch(() => {})],
    ["is handled behind its end", (promise) => promise.finally(() => {}).catch(() => {})],
    [
      "is awaited",
      async (promise) => {
        try {
          await promise;
        } catch {}
      },
    ],
  ])("one whose failure %s leaves the transaction alone", async (_, handle) => {
    await database.db.transaction(async (tx) => {
      await write(tx, 1);
      await handle(fail(tx));
      await handle(executeRawSql(tx, refusal));
    });
    await oneTurn();
    expect(unhandled.splice(0)).toEqual([]);
    expect(await ids()).toEqual([1]);
  });

  test("the failure is there as the cause", async () => {
    const reason = new Error("told to nobody");
    const work = database.db.transaction(async (tx) => {
      await write(tx, 1);
      void tx.savepoint(() => Promise.reject(reason));
      await oneTurn();
    });
    const failure = await failureOf(work);
    expect(failure.kind).toBe("misuse");
    expect(driverErrorOf(failure)).toBe(reason);
  });

  test("a transaction of a session fails the session", async () => {
    const work = database.withSession(async (session) => {
      void session.transaction((tx) => executeRawSql(tx, "select 1/0"));
      await expect
        .poll(() => executeRawSql(session, "select 1").then(Boolean, () => false))
        .toBe(true);
    });
    expect((await failureOf(work)).kind).toBe("misuse");
    await oneTurn();
    expect(unhandled.splice(0)).toEqual([]);
  });

  test("on a connection of one's own, whose release tells nothing, it is an unhandled rejection", async () => {
    const own = await database.session();
    void executeRawSql(own, "select 1/0");
    await executeRawSql(own, "select 1");
    await oneTurn();
    await own.release();
    expect(unhandled.splice(0)).toHaveLength(1);
  });

  test("in a session it fails the session", async () => {
    const work = database.withSession(async (session) => {
      void executeRawSql(session, "select 1/0");
    });
    expect((await failureOf(work)).kind).toBe("misuse");
    await oneTurn();
    expect(unhandled.splice(0)).toEqual([]);
  });
});

describe("deadlines in a transaction", () => {
  test("count from the call: whoever is late or gives up before its turn leaves at once, unsent", async () => {
    await database.db.transaction(async (tx) => {
      const leaving = new AbortController();
      const order: string[] = [];
      const told = (name: string) => (value: unknown) => {
        order.push(name);
        return value;
      };
      const insert = (id: number, options: CallOptions) =>
        failureOf(executeRawSql(tx, "insert into note values (:id, '')", { id }, options));
      const slow = executeRawSql(tx, "select pg_sleep(1)").then(told("slow"));
      const late = insert(1, { timeoutMs: 50 }).then(told("late"));
      const aborted = insert(2, { signal: leaving.signal }).then(told("aborted"));
      const behind = write(tx, 3).then(told("behind"));
      leaving.abort();
      expect(await late).toMatchObject({ kind: "statement_timeout", outcomeUnknown: false });
      expect(await aborted).toMatchObject({ kind: "aborted" });
      await Promise.all([slow, behind]);
      expect(order).toEqual(["aborted", "late", "slow", "behind"]);
    });
    expect(await ids()).toEqual([3]);
  });

  test("a transaction may have a longer one than the rest of the program", async () => {
    await database.close();
    database = open({ statementTimeoutMs: 500 });
    const slow = (options: { statementTimeoutMs?: number }) =>
      database.db.transaction((tx) => executeRawSql(tx, "select pg_sleep(1)"), options);
    expect((await failureOf(slow({}))).kind).toBe("statement_timeout");
    expect(await slow({ statementTimeoutMs: 100_000 })).toHaveLength(1);
  });

  test.each([
    [0, "misuse"],
    [Number.NaN, "misuse"],
    [Infinity, "misuse"],
    [2 ** 31, "misuse"],
    [2 ** 31 - 1, undefined],
    [100_000, undefined],
  ])("of %d ms: %s", async (timeoutMs, kind) => {
    const kindOf = (work: Promise<unknown>) =>
      work.then(
        () => undefined,
        (error: DatabaseError) => error.kind,
      );
    expect(await kindOf(executeRawSql(database.db, "select 1", {}, { timeoutMs }))).toBe(kind);
    const within = (options: object, callOptions?: object) =>
      kindOf(
        database.db.transaction((tx) => executeRawSql(tx, "select 1", {}, callOptions), options),
      );
    expect(await within({}, { timeoutMs })).toBe(kind);
    expect(await within({ statementTimeoutMs: timeoutMs })).toBe(kind);
  });
});

describe("options for a query builder", () => {
  test("deadline, signal and name hold for each of its statements", async () => {
    const names: (string | undefined)[] = [];
    const watched = open({ hooks: [{ query: ({ name }) => names.push(name) }] });
    await watched.connect();
    const slow = sql<string>`pg_sleep(20)::text`;
    const brief = withOptions(watched.db, { timeoutMs: 50, name: "slow notes" });
    expect((await failureOf(brief.select({ slow }).from(one))).kind).toBe("statement_timeout");
    const leaving = new AbortController();
    const left = withOptions(watched.db, { signal: leaving.signal }).select({ slow }).from(one);
    setImmediate(() => leaving.abort());
    expect((await failureOf(left)).kind).toBe("aborted");
    await watched.db.select().from(note).prepare("all notes").execute();
    expect(names).toEqual(expect.arrayContaining(["slow notes", "all notes"]));
    await watched.close();
  });

  test("in a transaction it stays that transaction", async () => {
    await database.db.transaction(async (tx) => {
      const named = withOptions(tx, { name: "a note" });
      await write(named, 1);
      await named.savepoint((inner) => write(inner, 2));
      expect(await ids()).toEqual([]);
    });
    expect(await ids()).toEqual([1, 2]);
    await withOptions(database.db, { timeoutMs: 100_000 }).transaction((tx) => write(tx, 3));
    expect(await ids()).toEqual([1, 2, 3]);
  });
});

describe("beginning", () => {
  test("a script cannot take BEGIN along, and runs inside all the same", async () => {
    const failure = database.db.transaction(async (tx) => {
      await executeRawSql(tx, "insert into note values (1, 'a'); insert into note values (2, 'b')");
      throw new Error("undo");
    });
    await expect(failure).rejects.toThrow("undo");
    expect(await ids()).toEqual([]);
  });

  test("a BEGIN that the server refuses lets nothing run outside", async () => {
    const transaction = database.db.transaction(
      async (tx) => {
        await write(tx, 1).catch(() => {});
        await write(tx, 2).catch(() => {});
      },
      { isolation: "no such level" as "serializable" },
    );
    expect((await failureOf(transaction)).kind).toBe("rolled_back");
    expect(await ids()).toEqual([]);
    expect(database.stats().replaced).toBe(0);
  });

  test("rows of the first statement are its own, not those of BEGIN", async () => {
    const rows = await database.db.transaction((tx) =>
      executeRawSql(tx, "select :a::int as a, :b::text as b", { a: 1, b: "x" }),
    );
    expect(rows).toEqual([{ a: 1, b: "x" }]);
    const inserted = await database.db.transaction((tx) => write(tx, 5).returning());
    expect(inserted).toEqual([{ id: 5, body: "b" }]);
    expect(await database.db.transaction((tx) => tx.$count(note))).toBe(1);
  });

  test("serializable, read only and deferrable together", async () => {
    const shown = await database.db.transaction(
      (tx) =>
        executeRawSqlOne(tx, "select current_setting(:name) as deferrable", {
          name: "transaction_deferrable",
        }),
      { isolation: "serializable", readOnly: true, deferrable: true },
    );
    expect(shown).toEqual({ deferrable: "on" });
  });
});

describe("retrying a whole transaction", () => {
  /** Two transactions that read what the other one writes: one of them must fail. */
  async function collide(
    retry: boolean | number,
  ): Promise<{ attempts: number; results: unknown[] }> {
    let attempts = 0;
    let arrived = 0;
    let meet: () => void = () => {};
    const both = new Promise<void>((resolve) => {
      meet = resolve;
    });
    const one = (id: number) =>
      database.db.transaction(
        async (tx) => {
          attempts++;
          await tx.$count(note);
          if (++arrived === 2) meet();
          await both;
          await write(tx, id);
        },
        { isolation: "serializable", retry },
      );
    const results = await Promise.allSettled([one(1), one(2)]);
    return { attempts, results: results.map(({ status }) => status) };
  }

  test("a serialization failure is retried when asked", async () => {
    expect(await collide(true)).toEqual({ attempts: 3, results: ["fulfilled", "fulfilled"] });
    expect(await ids()).toEqual([1, 2]);
  });

  test("and told, as retryable, when not", async () => {
    const { attempts, results } = await collide(false);
    expect(attempts).toBe(2);
    expect(results.toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  test("nothing but a serialization failure is retried, and no more often than asked", async () => {
    let attempts = 0;
    const failing = (code: string) =>
      failureOf(
        database.db.transaction(
          async (tx) => {
            attempts++;
            await executeRawSql(
              tx,
              `do $$ begin raise exception using errcode = '${code}'; end $$`,
            );
          },
          { retry: 3 },
        ),
      );
    expect((await failing("23505")).kind).toBe("constraint");
    expect(attempts).toBe(1);
    attempts = 0;
    expect((await failing("40P01")).kind).toBe("serialization");
    expect(attempts).toBe(3);
  });

  test("retries are watched and bounded by a budget", async () => {
    const seen: string[] = [];
    const hooks: DatabaseHooks = { retry: ({ what, failure }) => seen.push(`${what} ${failure}`) };
    const watched = open({ hooks: [hooks] });
    await watched.connect();
    const failing = () =>
      failureOf(
        watched.db.transaction(
          (tx) => executeRawSql(tx, "do $$ begin raise exception using errcode = '40001'; end $$"),
          { retry: 8 },
        ),
      );
    await failing();
    await failing();
    await failing();
    expect(seen.length).toBe(10);
    expect(new Set(seen)).toEqual(new Set(["transaction serialization"]));
    await watched.close();
  });
});

describe("sessions lent to background work", () => {
  test("statements of a session are refused while its transaction is open", async () => {
    await database.withSession(async (session) => {
      await session.transaction(async (tx) => {
        expect((await failureOf(executeRawSql(session, "select 1"))).kind).toBe("misuse");
        expect((await failureOf(session.transaction(async () => {}))).kind).toBe("misuse");
        await write(tx, 1);
      });
      expect(await executeRawSql(session, "select 1 as one")).toEqual([{ one: 1 }]);
    });
    expect(await ids()).toEqual([1]);
  });
});
