import { createClient } from "@scrapersky/client";
import { executeRawSql } from "@scrapersky/db";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { OWNER, type Stack, startStack, WEB_URL } from "./stack.ts";
import { hideKeys, takeDatabaseAway } from "./take-away.ts";

let stack: Stack;
beforeEach(async () => (stack = await startStack()));
afterEach(() => stack.close());

/** Keeps calls waiting in the middle until `release` is called. */
async function holdCalls() {
  const held = Promise.withResolvers<void>();
  const locked = Promise.withResolvers<void>();
  const over = stack.database.db.transaction(async (tx) => {
    await executeRawSql(tx, "lock table profiles in access exclusive mode");
    locked.resolve();
    await held.promise;
  });
  await locked.promise;
  return {
    release: async () => {
      held.resolve();
      await over;
    },
    waitForCall: () =>
      expect.poll(() => stack.rows("select pid from pg_locks where not granted")).toHaveLength(1),
  };
}

test("an inside fault is a 500 that says nothing, and its cause is in the log without SQL", async () => {
  const bringBack = await hideKeys(stack);
  const rest = await stack.get("/api/v3/profiles", OWNER, { "x-request-id": "fault-in-rest" });
  expect(rest.status).toBe(500);
  expect(await rest.json()).toMatchObject({
    error: true,
    message: "Internal server error",
    status_code: 500,
    request_id: "fault-in-rest",
  });
  const trpc = await stack.get("/api/trpc/profiles.me", OWNER);
  expect(trpc.status).toBe(500);
  const text = await trpc.text();
  expect(text).toContain("Internal server error");
  for (const word of ["api_keys", "select", "42P01", "127.0.0.1", "stack"])
    expect(text).not.toContain(word);
  const fault = stack
    .logged()
    .split("\n")
    .find((line) => line.includes("fault-in-rest") && line.includes("42P01"));
  expect(JSON.parse(fault ?? "{}")).toMatchObject({ fault: "syntax", sqlstate: "42P01" });
  expect(stack.logged()).not.toContain("select id, tenant_id");
  await bringBack();
  expect((await stack.get("/api/v3/profiles", OWNER)).status).toBe(200);
});

test("a list that takes too long says so, with what to ask instead, over REST and tRPC", async () => {
  await stack.database.db.transaction(async (tx) => {
    // Whoever reads waits for it, as for a reading of too many rows.
    await executeRawSql(tx, "lock table app.leads in access exclusive mode");
    const [rest, trpc] = await Promise.all([
      stack.get("/api/v3/leads?q=bakery", OWNER),
      stack.get(`/api/trpc/leads.list?input=${encodeURIComponent('{"q":"bakery"}')}`, OWNER),
    ]);
    const message = expect.stringMatching(/all leads .* longer than 3 s.* ask for fewer/);
    expect([rest.status, trpc.status]).toEqual([503, 503]);
    expect(await rest.json()).toMatchObject({ error: true, message, status_code: 503 });
    expect(await trpc.json()).toMatchObject({
      error: { message, data: { errorCode: "LIST_TOO_LONG" } },
    });
  });
  expect((await stack.get("/api/v3/leads?q=bakery", OWNER)).status).toBe(200);
});

test("while the database is away callers are asked to come back, and afterwards are served again", async () => {
  expect((await stack.get("/health/ready")).status).toBe(200);
  const signIn = () => {
    const { email, password } = stack.user(OWNER);
    const path = "/api/auth/sign-in/email";
    return stack.post(path, { email, password }, undefined, { origin: WEB_URL });
  };
  const cookie = (await signIn()).headers.getSetCookie().join("; ");
  const me = () => stack.get("/api/trpc/profiles.me", undefined, { cookie });
  expect((await me()).status).toBe(200);
  const bringBack = await takeDatabaseAway(stack);
  const rest = await stack.get("/api/v3/profiles", OWNER);
  expect([rest.status, rest.headers.get("retry-after")]).toEqual([503, "5"]);
  const text = `${await rest.text()}${await (await stack.get("/api/trpc/profiles.me", OWNER)).text()}`;
  expect(text).toContain("The database cannot be reached right now");
  for (const word of ["127.0.0.1", "test_", "postgres", "stack"]) expect(text).not.toContain(word);
  const batch = "/api/trpc/profiles.me,batches.list?batch=1";
  const byKey = [await stack.get("/api/trpc/profiles.me", OWNER), await stack.get(batch, OWNER)];
  for (const answer of [...byKey, await me(), await signIn()]) {
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
    const refusal = await answer.text();
    expect(refusal).toContain("The database cannot be reached right now");
    expect(refusal).toContain(answer.headers.get("x-request-id"));
  }
  await expect.poll(async () => (await stack.get("/health/ready")).status).toBe(503);
  const database = await stack.get("/health/database");
  expect(database.status).toBe(500);
  expect(await database.json()).toMatchObject({
    status: "error",
    message: "Database connection failed",
  });
  expect((await stack.get("/health")).status).toBe(200);

  await bringBack();
  await expect.poll(async () => (await stack.get("/health/ready")).status).toBe(200);
  await expect.poll(async () => (await stack.get("/api/v3/profiles", OWNER)).status).toBe(200);
});

test("closing ends event streams, answers what runs, and then takes nobody", async () => {
  const client = createClient({ url: stack.url, apiKey: stack.user(OWNER).apiKey });
  const { batchId } = await client.batches.create.mutate({ domains: ["a.example"] });
  const onData = vi.fn<() => void>();
  const onComplete = vi.fn<() => void>();
  const subscription = client.batches.onProgress.subscribe({ batchId }, { onData, onComplete });
  await expect.poll(() => onData.mock.calls.length).toBe(1);
  const calls = await holdCalls();
  const running = stack.get("/api/v3/profiles", OWNER);
  await calls.waitForCall();
  const closed = stack.server.close();
  await calls.release();
  expect((await running).status).toBe(200);
  await closed;
  await expect(stack.get("/health")).rejects.toThrow("fetch failed");
  expect(onComplete).not.toHaveBeenCalled();
  subscription.unsubscribe();
});
