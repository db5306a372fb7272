import type net from "node:net";
import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createDatabase, type Database } from "../../src/index.ts";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";

/** The pool looks at its connections four times in the shortest of its periods. */
const SWEEP_MS = 5;

let server: EmbeddedPostgres;
let proxy: FaultProxy;
let database: Database;
/** Where the connections come in, in the order in which they do. */
let doors: net.Socket[];
let bornAt: number;
/** Age of each connection when it was retired, milliseconds. */
let ages: number[];

/** Opens so many connections at once; from now on time passes only by `pass`. */
async function open(count: number, lifetimeMs: number): Promise<void> {
  vi.useFakeTimers({
    toFake: ["performance", "setTimeout", "clearTimeout", "setInterval", "clearInterval"],
  });
  bornAt = performance.now();
  database = createDatabase({
    url: `postgresql://${server.user}@127.0.0.1:${proxy.port}/postgres`,
    max: count,
    lifetimeMs,
    leakAfterMs: SWEEP_MS * 4,
    hooks: [
      {
        replaced: ({ reason }) => {
          if (reason === "lifetime") ages.push(age());
        },
      },
    ],
  });
  let leave = () => {};
  const allInside = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const together = Array.from({ length: count }, () => database.withSession(() => allInside));
  // The driver waits for a timer before it connects.
  const lent = () => (pass(1), database.stats().lent);
  await expect.poll(lent).toBe(count);
  leave();
  await Promise.all(together);
  expect(database.stats()).toMatchObject({ open: count, idle: count });
}

const age = () => performance.now() - bornAt;
const pass = (ms: number) => vi.advanceTimersByTime(ms);

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** Waits until every connection that was retired is closed. */
async function settled(): Promise<void> {
  const closed = () => doors.filter((door) => door.destroyed).length;
  await expect.poll(closed).toBe(ages.length);
  await nextTurn();
}

beforeAll(async () => {
  server = await startTemporaryPostgres();
});
afterAll(() => server.stop());
beforeEach(async () => {
  doors = [];
  ages = [];
  proxy = await startFaultProxy(server.port);
  proxy.admit = async (client) => void doors.push(client);
});
afterEach(async () => {
  vi.useRealTimers();
  await database.close({ drainMs: 0 });
  await proxy.close();
});

test("connections opened together grow old apart, over the last tenth of their lifetime", async () => {
  const count = 20;
  const lifetimeMs = 100_000;
  await open(count, lifetimeMs);
  pass(0.899 * lifetimeMs - age());
  expect(ages).toEqual([]);
  while (ages.length < count && age() < 2 * lifetimeMs) {
    pass(2 * SWEEP_MS);
    await settled();
  }
  const oldest = Math.max(...ages);
  expect(oldest).toBeLessThan(1.05 * lifetimeMs);
  // Twenty numbers by chance lie closer together once in three million runs.
  expect(oldest - Math.min(...ages)).toBeGreaterThan(0.04 * lifetimeMs);
});

test("of connections that are all too old one is closed at a time", async () => {
  // The driver waits a second for the answer to its goodbye: all of them are too old before that.
  const lifetimeMs = 5_000;
  await open(4, lifetimeMs);
  pass(0.899 * lifetimeMs - age());
  expect(ages).toEqual([]);
  for (const retired of [1, 2, 3, 4]) {
    const saysGoodbye = doors.filter((door) => !door.destroyed);
    for (const door of saysGoodbye) door.pause();
    if (retired === 1) pass(0.12 * lifetimeMs);
    const next = () => (pass(SWEEP_MS), ages.length);
    await expect.poll(next).toBe(retired);
    pass(20 * SWEEP_MS);
    await nextTurn();
    pass(20 * SWEEP_MS);
    expect(ages).toHaveLength(retired);
    for (const door of saysGoodbye) door.resume();
    await settled();
  }
});
