import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createDatabase, type Database, executeRawSql } from "../../src/index.ts";
import type { LeakEvent } from "../../src/session/hooks.ts";

let server: EmbeddedPostgres;
let database: Database;
let leaks: LeakEvent[];

const open = (leakAfterMs: number) => {
  database = createDatabase({
    url: `postgresql://${server.user}@127.0.0.1:${server.port}/postgres`,
    mode: "direct",
    max: 2,
    leakAfterMs,
    hooks: [{ leak: (leak) => leaks.push(leak) }],
  });
};
const reported = () => expect.poll(() => leaks.length, { timeout: 20_000 }).toBe(1);

beforeAll(async () => {
  server = await startTemporaryPostgres();
});
afterAll(() => server.stop());
beforeEach(() => {
  leaks = [];
});
afterEach(() => database.close());

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
  open(20);
  await hold(reported);
  expect(leaks).toMatchObject([{ what }]);
  expect(leaks[0]!.heldMs).toBeGreaterThanOrEqual(20);
  expect(leaks[0]!.where).toContain("leaks.test.ts");
  expect(leaks[0]!.where).not.toMatch(/src[\\/]session/);
});

test.each(ways)("a %s that %s gave back in time is not, though a later one is", async (...way) => {
  const [, , hold] = way;
  open(500);
  let later: Promise<unknown> | undefined;
  await hold(
    () =>
      new Promise<void>((taken) => {
        later = database.withSession(async () => {
          taken();
          await reported();
        });
      }),
  );
  await later;
  expect(leaks).toMatchObject([{ what: "session" }]);
  expect(leaks[0]!.heldMs).toBeGreaterThanOrEqual(500);
});
