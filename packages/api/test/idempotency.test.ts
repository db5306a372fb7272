import { randomUUID } from "node:crypto";
import { executeRawSql, type Tx } from "@scrapersky/db";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runOnce } from "../src/idempotency/run-once.ts";
import type { Actor } from "../src/index.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let actor: Actor;
let key: string;
beforeAll(async () => {
  world = await createWorld();
  actor = await world.actor(world.tenants.near, "owner");
});
beforeEach(() => void (key = randomUUID()));
afterAll(() => world.close());

const write = <T>(work: (tx: Tx) => Promise<T>) => world.database.db.transaction(work);
let answers = 0;
/** A call that answers differently each time it is really made. */
const call = (
  tx: Tx,
  changes: Partial<{ by: Actor; route: string; key: string; request: unknown }> = {},
) => {
  const { by = actor, ...input } = changes;
  return runOnce(
    tx,
    by,
    { route: "things.create", key, request: { a: 1 }, ...input },
    async () => ({
      answer: ++answers,
    }),
  );
};

describe("a key is good for 24 hours, to the microsecond", () => {
  /** Calls when the first call was made that long ago, as the transaction's own clock has it. */
  const callAfter = (age: string, request: unknown = { a: 1 }) =>
    write(async (tx) => {
      await executeRawSql(
        tx,
        `update app.idempotency_keys set created_at = now() - interval '${age}' where key = :key`,
        { key },
      );
      return call(tx, { request });
    });

  test.for(["0 s", "23 hours 59 minutes", "23:59:59.999999"])(
    "%s later the stored answer is given, and another request refused",
    async (age) => {
      const first = await write((tx) => call(tx));
      expect(await callAfter(age)).toEqual({ ...first, replayed: true });
      await expect(callAfter(age, { a: 2 })).rejects.toMatchObject({
        code: "CONFLICT",
        details: { errorCode: "IDEMPOTENCY_MISMATCH" },
      });
    },
  );

  test.for(["24 hours", "24:00:00.000001", "3 days"])(
    "%s later the call is made again, whatever it asks for, and remembered anew",
    async (age) => {
      const first = await write((tx) => call(tx));
      const again = await callAfter(age, { a: 2 });
      expect(again).toMatchObject({ replayed: false });
      expect(again.answer).not.toBe(first.answer);
      expect(await write((tx) => call(tx, { request: { a: 2 } }))).toEqual({
        ...again,
        replayed: true,
      });
    },
  );
});

test("a key means one call of one procedure by one person in one tenant", async () => {
  const first = await write((tx) => call(tx));
  const others = [
    { route: "things.remove" },
    { key: `${key}x` },
    { by: { ...actor, tenantId: world.tenants.far.id } },
    { by: await world.actor(world.tenants.near, "operator") },
  ];
  for (const other of others) {
    expect(await write((tx) => call(tx, other))).toMatchObject({ replayed: false });
  }
  expect(await write((tx) => call(tx))).toEqual({ ...first, replayed: true });
});

test("while the first call runs the same one is refused, and any other is not held up", async () => {
  const first = await write(async (tx) => {
    const own = await call(tx);
    await expect(write((other) => call(other))).rejects.toMatchObject({
      code: "CONFLICT",
      details: { errorCode: "IDEMPOTENCY_IN_PROGRESS", retryAfterMs: 1000 },
    });
    expect(await write((other) => call(other, { key: `${key}x` }))).toMatchObject({
      replayed: false,
    });
    return own;
  });
  expect(await write((tx) => call(tx))).toEqual({ ...first, replayed: true });
});

test("a call that fails is not remembered, and neither is one without a key", async () => {
  await expect(
    write(async (tx) => {
      await call(tx);
      throw new Error("undone");
    }),
  ).rejects.toThrow("undone");
  expect(await write((tx) => call(tx))).toMatchObject({ replayed: false });
  const keyless = () =>
    write((tx) =>
      runOnce(tx, actor, { route: "things.create", key: undefined, request: {} }, async () => ({
        answer: ++answers,
      })),
    );
  expect((await keyless()).answer).not.toBe((await keyless()).answer);
});

describe("sent again with its key, nothing is made twice", () => {
  const owner = () => world.caller(world.tenants.near, "owner");
  const kept = (of: string) =>
    world.rows<{ response: object }>("select response from app.idempotency_keys where key = :of", {
      of,
    });

  test("a view and a list of suppressions, each answered as before", async () => {
    const api = await owner();
    const view = { list: "jobs", name: "Mine", query: "", shared: false, idempotencyKey: key };
    const made = await api.views.create(view);
    expect(await api.views.create(view)).toEqual({ ...made, replayed: true });
    expect(await api.views.of({ list: "jobs" })).toHaveLength(1);
    const never = { entries: [`${key}.example`, "no entry"], idempotencyKey: key };
    const added = await api.suppressions.add(never);
    expect(added).toMatchObject({ added: 1, known: 0, purge: { ended: true }, replayed: false });
    expect(await api.suppressions.add(never)).toEqual({ ...added, replayed: true });
  });

  test("an invitation, whose link is told once and kept nowhere", async () => {
    const api = await owner();
    const person = { email: `${key}@near.example`, role: "viewer", idempotencyKey: key };
    const invited = await api.profiles.invite(person);
    expect(invited.link).toContain("/sign-in/link#");
    expect(await api.profiles.invite(person)).toEqual({
      ...invited,
      link: null,
      expiresAt: null,
      replayed: true,
    });
    expect(await kept(key)).toEqual([
      { response: { profileId: invited.profileId, role: "viewer" } },
    ]);
  });

  test("a key, whose secret is told once and kept nowhere", async () => {
    const api = await owner();
    const asked = { holder: "me" as const, name: key, scopes: ["jobs:read"], idempotencyKey: key };
    const { keyId } = await api.keys.create(asked);
    await expect(api.keys.create(asked)).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining(keyId),
      cause: { details: { errorCode: "SECRET_TOLD" } },
    });
    expect(await kept(key)).toEqual([{ response: { keyId } }]);
  });
});
