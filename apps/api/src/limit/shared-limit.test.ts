import { createDatabase, type Database, executeRawSql } from "@scrapersky/db";
import { createTestDatabase, type TestDatabase } from "@scrapersky/testing/database";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { collectLog } from "../../test/stack.ts";
import { createSignInLimit } from "../auth/sign-in-limit.ts";
import { createLimitStore } from "./limit-store.ts";
import { SharedLimit } from "./shared-limit.ts";

let clone: TestDatabase;
const databases: Database[] = [];
beforeAll(async () => {
  clone = await createTestDatabase();
  // Two apis over one database.
  databases.push(...[1, 2].map(() => createDatabase({ url: clone.url, max: 2 })));
});
afterAll(async () => {
  await Promise.all(databases.map((database) => database.close()));
  await clone.drop();
});

let callers = 0;
let caller: string;
const { sink, logged } = collectLog();
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-29T12:00:00Z") });
  caller = `caller ${++callers}`;
});
afterEach(() => void vi.useRealTimers());

const counters = () => databases.map(({ db }) => createLimitStore(db, pino(sink)));

/** The same limit as each of two apis holds it, counting how often the database is asked. */
function limitsOf(points: number) {
  let asked = 0;
  const window = { points, seconds: 60 };
  const limits = counters().map((create) => {
    const counter = create("test", window);
    const counted = {
      consume: (...of: Parameters<typeof counter.consume>) => {
        asked++;
        return counter.consume(...of);
      },
    };
    return new SharedLimit("test", window, counted);
  });
  return { limits, asked: () => asked };
}

async function admitted(limits: SharedLimit[], calls: number, points = 1): Promise<number> {
  let count = 0;
  for (let call = 0; call < calls; call++) {
    const standing = await limits[call % limits.length]!.take(caller, points);
    if (standing.admitted) count++;
  }
  return count;
}

describe("of a limit of 240 in blocks of 4", () => {
  test("one api gives 240 and not one more, and asks once for each block", async () => {
    const { limits, asked } = limitsOf(240);
    expect(await admitted([limits[0]!], 300)).toBe(240);
    expect(asked()).toBe(60);
  });

  test("two apis give no more together, and less by what the other one holds back at most", async () => {
    const { limits } = limitsOf(240);
    // The first one keeps three of its last block.
    expect(await admitted([limits[0]!], 1)).toBe(1);
    const others = await admitted([limits[1]!], 300);
    expect(others).toBe(240 - limits[0]!.block);
    expect(await admitted([limits[0]!], 300)).toBe(limits[0]!.block - 1);
  });

  test("calls that come at once are counted one by one", async () => {
    const { limits } = limitsOf(240);
    const answers = await Promise.all(
      Array.from({ length: 400 }, (_, call) => limits[call % 2]!.take(caller, 1)),
    );
    expect(answers.filter((answer) => answer.admitted)).toHaveLength(240);
  });

  test("a request of twenty calls counts twenty", async () => {
    const { limits } = limitsOf(240);
    expect(await admitted([limits[0]!], 20, 20)).toBe(12);
  });

  test("all may be had again when the minute is over, and no earlier", async () => {
    const { limits } = limitsOf(240);
    await admitted(limits, 300);
    vi.setSystemTime(Date.now() + 59_000);
    expect(await limits[0]!.take(caller, 1)).toMatchObject({
      admitted: false,
      left: 0,
      resetMs: 1_000,
    });
    vi.setSystemTime(Date.now() + 1_000);
    expect(await limits[0]!.take(caller, 1)).toMatchObject({
      admitted: true,
      left: 239,
      resetMs: 60_000,
    });
  });

  test("a caller who was refused costs the database nothing until then", async () => {
    const { limits, asked } = limitsOf(240);
    await admitted([limits[0]!], 300);
    const before = asked();
    await admitted([limits[0]!], 1_000);
    expect(asked()).toBe(before);
  });
});

test("a store that is away leaves each api with its own count, and one line in the log", async () => {
  await executeRawSql(databases[0]!.db, "alter table app.rate_limits rename to away");
  try {
    const { limits } = limitsOf(240);
    for (const limit of limits) expect(await admitted([limit], 300)).toBe(240);
    expect(logged().match(/counted by this process alone/g)).toHaveLength(2);
  } finally {
    await executeRawSql(databases[0]!.db, "alter table app.away rename to rate_limits");
  }
});

test("failed sign-ins are counted over two apis, those sent at once too", async () => {
  const limits = counters().map((create) =>
    createSignInLimit(create("sign-in", { points: 10, seconds: 300 })),
  );
  const places = await Promise.all(
    Array.from({ length: 30 }, (_, guess) => limits[guess % 2]!.begin(caller, "192.0.2.1")),
  );
  const open = places.filter((place) => place.allowed);
  expect(open).toHaveLength(10);
  await Promise.all(open.map((place, index) => place.end(index === 0 ? "other" : "wrong")));
  expect(await limits[1]!.begin(caller, "192.0.2.1")).toEqual({ allowed: false, waitMs: 300_000 });
  expect(await limits[1]!.begin(caller, "192.0.2.2")).toMatchObject({ allowed: true });
});
