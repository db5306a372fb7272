import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createDatabase, type Database, executeRawSql } from "../../src/index.ts";
import type { LeakEvent } from "../../src/session/config/hooks.ts";

let server: EmbeddedPostgres;
let database: Database;
let leaks: LeakEvent[];

const LEAK_MS = 500;
const pass = (ms: number) => vi.advanceTimersByTime(ms);

/** Opens two connections; from then on time passes only by `pass`. */
async function open(): Promise<void> {
  vi.useFakeTimers({
    toFake: ["performance", "setTimeout", "clearTimeout", "setInterval", "clearInterval"],
  });
  database = createDatabase({
    url: `postgresql://${server.user}@127.0.0.1:${server.port}/postgres`,
    mode: "direct",
    min: 2,
    max: 2,
    leakAfterMs: LEAK_MS,
    hooks: [{ leak: (leak) => leaks.push(leak) }],
  });
  const connected = database.connect();
  // The driver waits for a timer before it connects.
  await expect.poll(() => (pass(1), database.stats().idle)).toBe(2);
  await connected;
}

beforeAll(async () => {
  server = await startTemporaryPostgres();
});
afterAll(() => server.stop());
beforeEach(async () => {
  leaks = [];
  await open();
});
afterEach(() => {
  vi.useRealTimers();
  return database.close();
});

type Hold = (meanwhile: () => Promise<unknown>) => Promise<unknown>;

/** Every way to hold a connection for longer than one statement. */
const ways: [what: LeakEvent["what"], call: string, hold: Hold][] = [
  [
    "transaction",
    "transaction",
    (meanwhile) =>
      database.db.transaction(async (tx) => {
        await executeRawSql(tx, "select 1");
        await meanwhile();
      }),
  ],
  ["session", "withSession", (meanwhile) => database.withSession(meanwhile)],
  [
    "session",
    "session",
    async (meanwhile) => {
      await using session = await database.session();
      await executeRawSql(session, "select 1");
      await meanwhile();
    },
  ],
  [
    "stream",
    "stream",
    async (meanwhile) => {
      for await (const rows of database.stream("select 1 as one")) {
        expect(rows).toHaveLength(1);
        await meanwhile();
      }
    },
  ],
];

test.each(ways)("a %s held for too long by %s is reported, with who took it", async (...way) => {
  const [what, , hold] = way;
  await hold(async () => {
    pass(LEAK_MS - 1);
    expect(leaks).toEqual([]);
    pass(LEAK_MS);
  });
  expect(leaks).toMatchObject([{ what }]);
  expect(leaks[0]!.heldMs).toBeGreaterThanOrEqual(LEAK_MS);
  expect(leaks[0]!.where).toContain("leaks.test.ts");
  expect(leaks[0]!.where).not.toMatch(/src[\\/]session/);
});

test.each(ways)("a %s that %s gave back in time is not, though a later one is", async (...way) => {
  const [, , hold] = way;
  await hold(async () => pass(LEAK_MS - 1));
  pass(2 * LEAK_MS);
  expect(leaks).toEqual([]);
  await database.withSession(async () => pass(2 * LEAK_MS));
  expect(leaks).toMatchObject([{ what: "session" }]);
  expect(leaks[0]!.heldMs).toBeGreaterThanOrEqual(LEAK_MS);
});
