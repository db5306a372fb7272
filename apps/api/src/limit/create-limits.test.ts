import { randomUUID } from "node:crypto";
import type { Actor } from "@scrapersky/api";
import { createDatabase, type Database } from "@scrapersky/db";
import { createTestDatabase, type TestDatabase } from "@scrapersky/testing/database";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readEnv } from "../env.ts";
import { createLimits } from "./create-limits.ts";
import { LIMITS, type LimitSettings } from "./default-limits.ts";

let clone: TestDatabase;
let database: Database;
beforeAll(async () => {
  clone = await createTestDatabase();
  database = createDatabase({ url: clone.url, max: 2 });
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});

/** How each of so many tries in a row went. */
async function tries(count: number, once: (of: string) => Promise<boolean>): Promise<boolean[]> {
  const of = randomUUID();
  const went: boolean[] = [];
  for (let each = 0; each < count; each++) went.push(await once(of));
  return went;
}

type Made = ReturnType<typeof createLimits>;
const ONCE: Record<keyof LimitSettings, (limits: Made) => (of: string) => Promise<boolean>> = {
  LIMIT_KEY: admits("key"),
  LIMIT_KEY_BURST: admits("key"),
  LIMIT_PERSON: admits("person"),
  LIMIT_ADDRESS: admits("address"),
  LIMIT_SIGN_IN_FAILURES:
    ({ signIns }) =>
    async (of) => {
      const place = await signIns.begin(of, "192.0.2.1");
      if (place.allowed) await place.end("wrong");
      return place.allowed;
    },
  LIMIT_STREAMS:
    ({ streams }) =>
    (of) =>
      streams.enter({ id: of, apiKeyId: null } as Actor).then(
        () => true,
        () => false,
      ),
};

function admits(kind: "key" | "person" | "address") {
  return ({ limits }: Made) =>
    async (id: string) =>
      (await limits.admit({ kind, id }, 1)).waitMs === undefined;
}

test("limits are these where no setting says otherwise", () => {
  const expected = {
    LIMIT_KEY: 1_200,
    LIMIT_KEY_BURST: 300,
    LIMIT_PERSON: 600,
    LIMIT_ADDRESS: 300,
    LIMIT_SIGN_IN_FAILURES: 10,
    LIMIT_STREAMS: 20,
  };
  expect(LIMITS).toEqual(expected);
  const settings = { DATABASE_URL: "postgresql://u@h/d", AUTH_SECRET: "x".repeat(40) };
  expect(readEnv(settings)).toMatchObject(expected);
});

test.each(Object.entries(ONCE))("%s is a setting, and 0 is none", async (name, once) => {
  const log = pino({ level: "silent" });
  const of = (most: number) =>
    createLimits(database.db, log, {
      ...(name === "LIMIT_KEY_BURST" ? { LIMIT_KEY: 1 } : { LIMIT_KEY_BURST: 0 }),
      [name]: most,
    });
  const made = [of(3), of(0)];
  const [held, free] = await Promise.all(made.map((limits) => tries(6, once(limits))));
  const admitted = name === "LIMIT_KEY_BURST" ? 4 : 3;
  expect(held).toEqual(Array.from({ length: 6 }, (_, at) => at < admitted));
  const without = name === "LIMIT_KEY_BURST" ? 1 : 6;
  expect(free).toEqual(Array.from({ length: 6 }, (_, at) => at < without));
  for (const { streams } of made) streams.close();
});
