import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import net from "node:net";
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
  vi,
} from "vitest";
import {
  createDatabase,
  type Database,
  DatabaseError,
  executeRawSql,
  executeRawSqlOne,
  withStatementTags,
} from "../../src/index.ts";
import type {
  AcquireEvent,
  LeakEvent,
  QueryEvent,
  RetryEvent,
} from "../../src/session/config/hooks.ts";
import { currentTags } from "../../src/session/sql/tags.ts";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";

const unspied = net.Socket.prototype.write;

let server: EmbeddedPostgres;
let proxy: FaultProxy;
const opened: Database[] = [];

const open = (overrides: Partial<Parameters<typeof createDatabase>[0]> = {}) => {
  const database = createDatabase({
    url: `postgresql://${server.user}@127.0.0.1:${proxy.port}/postgres`,
    max: 4,
    ...overrides,
  });
  opened.push(database);
  return database;
};
const kindOf = (work: Promise<unknown>) =>
  work.then(
    () => "no error" as const,
    (error: unknown) => {
      if (error instanceof DatabaseError) return error.kind;
      throw error;
    },
  );
const pidOf = async (of: Database) =>
  (await executeRawSqlOne<{ pid: number }>(of.db, "select pg_backend_pid() as pid"))?.pid;

beforeAll(async () => {
  server = await startTemporaryPostgres();
});
afterAll(() => server.stop());
beforeEach(async () => {
  proxy = await startFaultProxy(server.port);
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close({ drainMs: 0 })));
  await proxy.close();
});

describe("opening", () => {
  test("connect opens the minimum, and it is kept when connections die or stay idle", async () => {
    const database = open({ min: 3, idleTimeoutMs: 20 });
    expect(database.stats().open).toBe(0);
    await database.connect();
    expect(database.stats()).toMatchObject({ open: 3, idle: 3, lent: 0 });
    proxy.cut();
    await expect.poll(() => database.stats().replaced).toBe(3);
    await expect.poll(() => database.stats()).toMatchObject({ open: 3, idle: 3 });
  });

  test("connect fails fast, and says why", async () => {
    proxy.hangUp = true;
    expect(await kindOf(open({ min: 2 }).connect())).toBe("connect_failed");
  });

  test("one connection that cannot be made does not fail callers who can have another", async () => {
    const database = open({ max: 2 });
    await database.connect();
    proxy.hangUp = true;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => kindOf(executeRawSql(database.db, "select pg_sleep(0.01)"))),
    );
    expect(new Set(answers)).toEqual(new Set(["no error"]));
  });

  test("a wrong password is tried once, however many ask for it", async () => {
    const database = open({
      url: `postgresql://no_such_role@127.0.0.1:${proxy.port}/postgres`,
      max: 10,
    });
    await kindOf(database.connect());
    const accepted = proxy.accepted;
    for (let round = 0; round < 20; round++) {
      expect(await kindOf(executeRawSql(database.db, "select 1"))).toBe("authentication");
    }
    expect(proxy.accepted).toBe(accepted);
    expect(database.stats()).toMatchObject({ open: 0, failing: "authentication" });
  });

  test("a server that comes back is found again", async () => {
    const database = open();
    proxy.hangUp = true;
    expect(await kindOf(executeRawSql(database.db, "select 1"))).toBe("connect_failed");
    proxy.hangUp = false;
    await expect.poll(() => kindOf(executeRawSql(database.db, "select 1"))).toBe("no error");
    expect(database.stats().failing).toBeUndefined();
  });

  test("a short outage is waited for: the caller never learns of it", async () => {
    const retries: RetryEvent[] = [];
    const database = open({
      hooks: [
        {
          retry: (event) => {
            retries.push(event);
            proxy.hangUp = false;
          },
        },
      ],
    });
    proxy.hangUp = true;
    expect(await executeRawSql(database.db, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(retries).toMatchObject([{ what: "connect", attempt: 1, failure: "connect_failed" }]);
  });
});

describe("after an outage", () => {
  test("every caller gets a connection of its own again, not one after the other", async () => {
    const database = open({
      max: 3,
      hooks: [
        {
          retry: () => {
            proxy.hangUp = false;
          },
        },
      ],
    });
    proxy.hangUp = true;
    let inside = 0;
    const together = Array.from({ length: 3 }, () =>
      database.withSession(async () => {
        inside++;
        await expect.poll(() => inside).toBe(3);
      }),
    );
    await Promise.all(together);
  });

  test("idle connections that all fell silent do not eat a caller's time one by one", async () => {
    const looks: (string | undefined)[] = [];
    const database = open({
      min: 4,
      max: 4,
      validateAfterMs: 0,
      hooks: [{ query: ({ name, failure }) => name === "alive" && looks.push(failure) }],
    });
    await database.connect();
    proxy.freeze();
    expect(await executeRawSql(database.db, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(looks).toEqual(["statement_timeout"]);
    expect(database.stats().replaced).toBe(4);
  });
});

describe("a caller that is in a hurry, or leaves, while its connection is looked at", () => {
  test("costs nobody the connections that stand idle", async () => {
    const database = open({ min: 4, max: 4, validateAfterMs: 0 });
    await database.connect();
    proxy.onAnswer = () => false;
    const hurry = kindOf(executeRawSql(database.db, "select 1", {}, { timeoutMs: 40 }));
    const leaving = new AbortController();
    const left = kindOf(executeRawSql(database.db, "select 1", {}, { signal: leaving.signal }));
    leaving.abort();
    expect(await left).toBe("aborted");
    expect(await hurry).not.toBe("no error");
    proxy.onAnswer = undefined;
    expect(database.stats().replaced).toBeLessThanOrEqual(2);
    expect(await kindOf(executeRawSql(database.db, "select 1"))).toBe("no error");
  });
});

describe("fairness and deadlines", () => {
  test("first come, first served", async () => {
    const database = open({ max: 1 });
    await database.connect();
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 50 }, async (_, caller) => {
        await executeRawSql(database.db, "select 1");
        order.push(caller);
      }),
    );
    expect(order).toEqual(Array.from({ length: 50 }, (_, caller) => caller));
  });

  test("the statement of whoever waits is sent before whoever had the connection goes on", async () => {
    const order: string[] = [];
    const write = vi.spyOn(net.Socket.prototype, "write").mockImplementation(function (
      this: net.Socket,
      ...[bytes, ...rest]: Parameters<net.Socket["write"]>
    ) {
      const asked = /select '(\w)'/.exec(String(bytes))?.[1];
      const by = currentTags()?.tags.requestId;
      // The proxy between us and the server writes it too, on nobody's behalf.
      if (asked !== undefined && by !== undefined) order.push(`${asked} is sent for ${by}`);
      return unspied.call(this, bytes, ...rest);
    });
    onTestFinished(() => write.mockRestore());
    const database = open({ max: 1 });
    await database.connect();
    const ask = (what: string) =>
      withStatementTags({ requestId: `request ${what}` }, async () => {
        await executeRawSql(database.db, `select '${what}'`);
        order.push(`${what} is answered`);
      });
    await Promise.all(["a", "b", "c"].map(ask));
    expect(order).toEqual([
      "a is sent for request a",
      "b is sent for request b",
      "a is answered",
      "c is sent for request c",
      "b is answered",
      "c is answered",
    ]);
  });

  test("statements that cannot be sent pass the connection on, however many wait", async () => {
    const database = open({ max: 1 });
    const leaving = new AbortController();
    const ask = (sql: string, params = {}, options = {}) =>
      kindOf(executeRawSql(database.db, sql, params, options));
    const lasting = Array.from({ length: 4_500 }, () => ask("set jit = off"));
    const odd = Array.from({ length: 4_500 }, () => ask("select :a", { a: () => 1 }));
    const left = ask("select 1", {}, { signal: leaving.signal });
    const last = ask("select 1");
    leaving.abort();
    expect(new Set(await Promise.all(lasting))).toEqual(new Set(["unsupported"]));
    expect(new Set(await Promise.all(odd))).toEqual(new Set(["misuse"]));
    expect([await left, await last]).toEqual(["aborted", "no error"]);
    expect(database.stats()).toMatchObject({ lent: 0, waiting: 0, idle: 1 });
  });

  test("a statement's own deadline covers its wait for a connection", async () => {
    const database = open({ max: 1 });
    const holding = database.db.transaction(async (tx) => {
      await executeRawSql(tx, "select 1");
      return kindOf(executeRawSql(database.db, "select 1", {}, { timeoutMs: 30 }));
    });
    expect(await holding).toBe("acquire_timeout");
  });

  test("waiting callers are served while the database closes, later ones are not admitted", async () => {
    const database = open({ max: 1 });
    const waiting = Array.from({ length: 5 }, () =>
      kindOf(executeRawSql(database.db, "select pg_sleep(0.01)")),
    );
    const closing = database.close();
    expect(await kindOf(executeRawSql(database.db, "select 1"))).toBe("closed");
    expect(await Promise.all(waiting)).toEqual(Array.from({ length: 5 }, () => "no error"));
    await closing;
    expect(database.stats()).toMatchObject({ open: 0, waiting: 0 });
  });

  test("closing ends at its deadline, whatever runs", async () => {
    const database = open({ max: 1 });
    await database.connect();
    const running = kindOf(executeRawSql(database.db, "select pg_sleep(30)"));
    const waiting = kindOf(executeRawSql(database.db, "select 1"));
    await database.close({ drainMs: 20 });
    expect(await running).toBe("connection_lost");
    expect(await waiting).toBe("closed");
  });
});

describe("closing", () => {
  test("does not wait for the deadline once those who waited are gone", async () => {
    const database = open({ acquireTimeoutMs: 200 });
    proxy.silent = true;
    const waiting = kindOf(executeRawSql(database.db, "select 1"));
    await database.close({ drainMs: 60_000 });
    expect(await waiting).toBe("acquire_timeout");
  });

  test("twice is closing once", async () => {
    const database = open();
    await database.connect();
    const running = kindOf(executeRawSql(database.db, "select pg_sleep(0.1)"));
    await Promise.all([database.close({ drainMs: 60_000 }), database.close({ drainMs: 0 })]);
    expect(await running).toBe("no error");
  });
});

describe("idempotent statements", () => {
  test("are sent again after their connection was lost, others are not", async () => {
    const database = open({ max: 1 });
    const cutOnce = () => {
      proxy.onAnswer = (chunk) => {
        if (!chunk.includes("marked")) return true;
        proxy.onAnswer = undefined;
        proxy.cut();
        return false;
      };
    };
    await database.connect();
    cutOnce();
    const text = "select :a::text as marked";
    expect(await executeRawSql(database.db, text, { a: "1" }, { idempotent: true })).toEqual([
      { marked: "1" },
    ]);
    cutOnce();
    expect(await kindOf(executeRawSql(database.db, text, { a: "1" }))).toBe("connection_lost");
  });
});

describe("what is idle", () => {
  test("is asked for a sign of life, and replaced when there is none", async () => {
    const names: (string | undefined)[] = [];
    const database = open({
      min: 1,
      max: 1,
      keepaliveMs: 20,
      hooks: [{ query: ({ name }) => names.push(name) }],
    });
    await database.connect();
    const first = await pidOf(database);
    await expect.poll(() => names.filter((name) => name === "alive").length).toBeGreaterThan(2);
    expect(await pidOf(database)).toBe(first);
    proxy.freeze();
    await expect.poll(() => database.stats().replaced).toBe(1);
    expect(await pidOf(database)).not.toBe(first);
  });
});

describe("several that are idle", () => {
  test("are all asked for a sign of life, again and again", async () => {
    const database = open({ min: 3, keepaliveMs: 20, applicationName: "keepalive" });
    await database.connect();
    const last = "select pid, query, query_start::text as at from pg_stat_activity";
    const looking = createDatabase({ url: server.url, max: 1 });
    const seen = new Map<number, Set<string>>();
    await expect
      .poll(async () => {
        const rows = await executeRawSql<{ pid: number; query: string; at: string }>(
          looking.db,
          `${last} where application_name = 'keepalive' and query = 'select 1'`,
        );
        for (const { pid, at } of rows) seen.set(pid, (seen.get(pid) ?? new Set()).add(at));
        return [...seen.values()].filter((times) => times.size > 1).length;
      })
      .toBe(3);
    await looking.close();
  });
});

describe("health", () => {
  test("of a pool without a free connection says so", async () => {
    const database = open({ max: 1 });
    const { pooled } = await database.withSession(() => database.health());
    expect(pooled).toMatchObject({ ok: false, reason: "acquire_timeout" });
  });
});

describe("a transaction that got no connection", () => {
  test("is not counted as one", async () => {
    const outcomes: string[] = [];
    const database = open({
      max: 1,
      hooks: [{ transaction: ({ outcome }) => outcomes.push(outcome) }],
    });
    await database.connect();
    await database.withSession(async () => {
      const signal = AbortSignal.timeout(50);
      const inVain = database.db.transaction((tx) => executeRawSql(tx, "select 1"), { signal });
      expect(await kindOf(inVain)).toBe("aborted");
    });
    expect(outcomes).toEqual([]);
  });
});

describe("a session of one's own", () => {
  test("gives its place back when its connection dies, and not twice", async () => {
    const database = open({ max: 1 });
    const session = await database.session();
    proxy.cut();
    expect(await pidOf(database)).toBeGreaterThan(0);
    await session.release();
    expect(database.stats()).toMatchObject({ lent: 0, open: 1 });
  });
});

describe("the direct way of health", () => {
  test("is tried once by those who ask together, and not again and again when it is refused", async () => {
    const database = open({
      migrationUrl: `postgresql://no_such_role@127.0.0.1:${proxy.port}/postgres`,
      max: 1,
    });
    await database.connect();
    const { accepted } = proxy;
    const ask = async () => (await database.health()).direct;
    const together = await Promise.all([ask(), ask(), ask()]);
    expect(together).toMatchObject(Array(3).fill({ ok: false, reason: "authentication" }));
    expect(await ask()).toMatchObject({ ok: false, reason: "authentication" });
    expect(proxy.accepted).toBe(accepted + 1);
  });
});

describe("what is watched", () => {
  test("a transaction that holds its connection for too long is reported once, with where it began", async () => {
    const leaks: LeakEvent[] = [];
    const database = open({ leakAfterMs: 20, hooks: [{ leak: (leak) => leaks.push(leak) }] });
    await database.db.transaction(async (tx) => {
      await executeRawSql(tx, "select 1");
      await expect.poll(() => leaks.length).toBe(1);
    });
    expect(leaks).toMatchObject([{ what: "transaction" }]);
    expect(leaks[0]!.where).toContain("pool.test.ts");
    expect(leaks[0]!.where).not.toContain("session/database.ts");
  });

  test("queries and waits are told with their tags, which travel as a comment", async () => {
    const queries: QueryEvent[] = [];
    const waits: AcquireEvent[] = [];
    const database = open({
      hooks: [
        { query: (event) => queries.push(event), acquire: (event) => waits.push(event) },
        {
          query: () => {
            throw new Error("a broken watcher");
          },
        },
      ],
    });
    await database.connect();
    const seen = await withStatementTags(
      { procedure: "batches.create", requestId: "it's */ 7" },
      () =>
        executeRawSqlOne<{ query: string }>(
          database.db,
          "select query from pg_stat_activity where pid = pg_backend_pid() and :a::int = 1",
          { a: 1 },
          { name: "own query" },
        ),
    );
    expect(seen?.query).toMatch(
      /^\/\*procedure='batches\.create',request_id='it%27s%20%2A%2F%207'\*\/ /,
    );
    expect(queries.at(-1)).toMatchObject({
      name: "own query",
      command: "SELECT",
      rows: 1,
      failure: undefined,
      tags: { procedure: "batches.create" },
    });
    expect(await kindOf(executeRawSql(database.db, "select 1/0"))).toBe("syntax");
    expect(queries.at(-1)).toMatchObject({ failure: "syntax", tags: undefined });
    expect(waits.every(({ failure }) => failure === undefined)).toBe(true);
  });

  test("a connection is opened on nobody's behalf, whoever needed it first", async () => {
    const queries: QueryEvent[] = [];
    const database = open({ hooks: [{ query: (event) => queries.push(event) }] });
    await withStatementTags({ requestId: "first" }, () => executeRawSql(database.db, "select 1"));
    expect(queries).toMatchObject([
      { name: "open", tags: undefined },
      { text: "select 1", tags: { requestId: "first" } },
    ]);
  });

  test("tags of callers that run at once stay apart", async () => {
    const database = open();
    const seen = await Promise.all(
      Array.from({ length: 50 }, (_, caller) =>
        withStatementTags({ requestId: `r${caller}` }, async () => {
          await executeRawSql(database.db, "select 1");
          const row = await executeRawSqlOne<{ query: string }>(
            database.db,
            "select query from pg_stat_activity where pid = pg_backend_pid()",
          );
          return /request_id='(\w+)'/.exec(row?.query ?? "")?.[1];
        }),
      ),
    );
    expect(seen).toEqual(Array.from({ length: 50 }, (_, caller) => `r${caller}`));
  });
});
