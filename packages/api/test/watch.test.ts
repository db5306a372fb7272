import { afterAll, beforeAll, expect, test } from "vitest";
import type { BatchProgress } from "../src/batch/batch.contract.ts";
import { type Procedures, createBatchWatcher } from "../src/index.ts";
import { done } from "./outcomes.ts";
import { claimJobs, recordClaim } from "./claim-and-record.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let api: Procedures;
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "viewer");
});
afterAll(() => world.close());

const mayListen = () => Promise.resolve(true);

const createBatch = async (domains: string[]) =>
  (await world.caller(world.tenants.near, "owner")).batches.create({ domains });

test("a watcher sees the batch move to its end, never backwards, and then the stream ends", async () => {
  const { batchId } = await createBatch(["a.example", "b.example", "c.example"]);
  const seen: { status: string; progress: number }[] = [];
  const watching = (async () => {
    for await (const reading of await api.batches.onProgress({ batchId })) {
      // Without HTTP the envelope arrives as it is: id, data, mark.
      const [, { status, progress }] = reading as unknown as [string, BatchProgress];
      seen.push({ status, progress });
    }
  })();
  await expect.poll(() => seen).toHaveLength(1);
  for (const claim of await claimJobs(world, 10)) {
    const count = seen.length;
    await expect.poll(() => seen.at(-1)?.status).toBe("running");
    await recordClaim(world, claim, done());
    await expect.poll(() => seen.length).toBeGreaterThan(count);
  }
  await watching;
  expect(seen[0]).toEqual({ status: "pending", progress: 0 });
  expect(seen.at(-1)).toEqual({ status: "complete", progress: 100 });
  expect(seen.map((reading) => reading.progress)).toEqual(
    seen.map((reading) => reading.progress).toSorted((a, b) => a - b),
  );
  expect(world.watcher.watched).toBe(0);
});

test("many listeners of one batch cost one reading, and the last one to leave stops it", async () => {
  const { batchId } = await createBatch(["d.example"]);
  const watcher = createBatchWatcher(world.database.db, { intervalMs: 10 });
  const leave = new AbortController();
  const streams = Array.from({ length: 20 }, () =>
    watcher.watch(world.tenants.near.id, batchId, { signal: leave.signal, mayListen }),
  );
  const first = await Promise.all(streams.map((stream) => stream.next()));
  expect(new Set(first.map((reading) => JSON.stringify(reading.value))).size).toBe(1);
  expect(watcher.watched).toBe(1);
  leave.abort();
  const last = await Promise.all(streams.map((stream) => stream.next()));
  expect(last.every((reading) => reading.done)).toBe(true);
  expect(watcher.watched).toBe(0);
});

test("who comes back with the last state's id is told only of a change", async () => {
  const { batchId } = await createBatch(["e.example"]);
  const stream = world.watcher.watch(world.tenants.near.id, batchId, { mayListen });
  const { value } = await stream.next();
  await stream.return();
  if (!value) throw new Error("nothing was read");
  const again = world.watcher.watch(world.tenants.near.id, batchId, {
    lastVersion: value.version,
    mayListen,
  });
  const next = again.next();
  const owner = await world.caller(world.tenants.near, "owner");
  await owner.batches.cancel({ batchId });
  expect((await next).value).toMatchObject({ progress: { status: "cancelled" } });
  expect((await again.next()).done).toBe(true);
});

test("listeners are told to come back when the server closes", async () => {
  const { batchId } = await createBatch(["f.example"]);
  const watcher = createBatchWatcher(world.database.db, { intervalMs: 10 });
  const stream = watcher.watch(world.tenants.near.id, batchId, { mayListen });
  await stream.next();
  const next = stream.next();
  watcher.close();
  await expect(next).rejects.toMatchObject({ code: "UNAVAILABLE" });
});

test("who may not listen any more is told so, without waiting for a change of the batch", async () => {
  const { batchId } = await createBatch(["g.example"]);
  const owner = await world.actor(world.tenants.near, "owner");
  const answers = [
    () => Promise.resolve(owner),
    () => Promise.reject(new Error("the database is away")),
    () => Promise.resolve({ ...owner, permissions: new Set(["jobs:read" as const]) }),
  ];
  const actorNow = () => answers.shift()?.() ?? Promise.resolve(owner);
  const watcher = createBatchWatcher(world.database.db, { intervalMs: 10, rightsMs: 10 });
  const listener = await world.caller(world.tenants.near, "owner", { watcher, actorNow });
  const seen: unknown[] = [];
  const listening = (async () => {
    for await (const reading of await listener.batches.onProgress({ batchId })) seen.push(reading);
  })();
  await expect(listening).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  expect(answers).toEqual([]);
  expect(seen.length).toBeLessThanOrEqual(1);
  expect(watcher.watched).toBe(0);
});

test("who may not read contacts any more is told the rest without them", async () => {
  const { batchId } = await createBatch(["i.example"]);
  const owner = await world.caller(world.tenants.near, "owner");
  const label = "for info@i.example";
  await owner.batches.rename({ batchId, label, expectedRenamedAt: null });
  let actor = await world.actor(world.tenants.near, "owner");
  let looked = Promise.withResolvers<void>();
  const actorNow = () => {
    looked.resolve();
    return Promise.resolve(actor);
  };
  const watcher = createBatchWatcher(world.database.db, { intervalMs: 10, rightsMs: 10 });
  const listener = await world.caller(world.tenants.near, "owner", { watcher, actorNow });
  const stream = (await listener.batches.onProgress({ batchId }))[Symbol.asyncIterator]();
  expect(JSON.stringify(await stream.next())).toContain(label);
  const permissions = [...actor.permissions].filter((name) => name !== "contacts:read");
  actor = { ...actor, permissions: new Set(permissions) };
  looked = Promise.withResolvers<void>();
  await looked.promise;
  await owner.batches.cancel({ batchId });
  const last = JSON.stringify(await stream.next());
  expect(last).toContain("cancelled");
  expect(last).not.toContain("info@i.example");
  expect(await stream.next()).toMatchObject({ done: true });
});

test("whose rights nobody can tell is sent away to come back, once patience is over", async () => {
  const { batchId } = await createBatch(["h.example"]);
  const actorNow = () => Promise.reject(new Error("nobody can tell"));
  const options = { intervalMs: 10, rightsMs: 10, patienceMs: 50 };
  const watcher = createBatchWatcher(world.database.db, options);
  const listener = await world.caller(world.tenants.near, "owner", { watcher, actorNow });
  const listening = (async () => {
    for await (const _ of await listener.batches.onProgress({ batchId }));
  })();
  await expect(listening).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  expect(watcher.watched).toBe(0);
});
