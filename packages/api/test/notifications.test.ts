import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Procedures } from "../src/index.ts";
import { recordLost } from "../src/services.ts";
import { claimJobs, recordClaim } from "./claim-and-record.ts";
import { done, failed } from "./outcomes.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let maker: Procedures;
beforeAll(async () => {
  world = await createWorld();
  maker = await world.caller(world.tenants.near, "operator");
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.rows("delete from pgboss.job");
  await world.rows("delete from app.notifications");
});

const toldTo = async (api: Procedures) => {
  const { unread, items } = await api.notifications.latest();
  return {
    unread,
    batches: items.flatMap((note) =>
      note.kind === "batch" ? [[note.batch.batchId, note.batch.status]] : [],
    ),
  };
};

test("a batch tells its maker that it has ended, once, with what it brought", async () => {
  const { batchId } = await maker.batches.create({
    domains: ["one.example", "two.example"],
    label: "Bakers",
  });
  const [first, second] = await claimJobs(world, 2);
  await recordClaim(world, first!, done());
  expect(await toldTo(maker)).toEqual({ unread: 0, batches: [] });
  await recordClaim(world, second!, failed());
  expect(await toldTo(maker)).toEqual({ unread: 1, batches: [[batchId, "partial"]] });
  const { items } = await maker.notifications.latest();
  const { counts, emails, phones } = await maker.batches.byId({ batchId });
  expect(items[0]).toMatchObject({ batch: { label: "Bakers", counts, emails, phones } });
  expect(emails).toBeGreaterThan(0);
  for (const other of [
    await world.caller(world.tenants.near, "owner"),
    await world.caller(world.tenants.far, "operator"),
  ]) {
    expect(await toldTo(other)).toEqual({ unread: 0, batches: [] });
  }
});

test("it is told again when it ran again, and then is not read", async () => {
  const { batchId } = await maker.batches.create({ domains: ["again.example"] });
  const [claim] = await claimJobs(world, 1);
  await recordClaim(world, claim!, failed());
  await maker.notifications.markRead({});
  expect(await toldTo(maker)).toEqual({ unread: 0, batches: [[batchId, "failed"]] });
  await maker.batches.retryFailed({ batchId });
  const [again] = await claimJobs(world, 1);
  await recordClaim(world, again!, done());
  expect(await toldTo(maker)).toEqual({ unread: 1, batches: [[batchId, "complete"]] });
});

test("every way to end tells, and who ended it by hand knows it already", async () => {
  const cancelled = await maker.batches.create({ domains: ["mine.example"] });
  await maker.batches.cancel({ batchId: cancelled.batchId });
  const stopped = await maker.batches.create({ domains: ["theirs.example"] });
  const owner = await world.caller(world.tenants.near, "owner");
  await owner.batches.cancel({ batchId: stopped.batchId });
  const lost = await maker.batches.create({ domains: ["lost.example"] });
  const [claim] = await claimJobs(world, 1);
  await world.database.db.transaction((tx) => recordLost(tx, [claim!.jobId]));
  const alone = await maker.batches.create({ domains: ["alone.example"] });
  const { items } = await maker.jobs.list({ batchId: alone.batchId });
  await maker.jobs.cancel({ jobId: items[0]!.jobId });
  expect(await toldTo(maker)).toEqual({
    unread: 3,
    batches: [
      [alone.batchId, "cancelled"],
      [lost.batchId, "failed"],
      [stopped.batchId, "cancelled"],
      [cancelled.batchId, "cancelled"],
    ],
  });
});

test("some or all are marked as read, nobody else's, and the log says so", async () => {
  const made = [];
  for (const domain of ["a.example", "b.example", "c.example"]) {
    const { batchId } = await maker.batches.create({ domains: [domain] });
    const [claim] = await claimJobs(world, 1);
    await recordClaim(world, claim!, done());
    made.push(batchId);
  }
  const { items } = await maker.notifications.latest();
  const [newest] = items.map(({ notificationId }) => notificationId);
  const owner = await world.caller(world.tenants.near, "owner");
  expect(await owner.notifications.markRead({ notificationIds: [newest!] })).toEqual({ read: 0 });
  expect(await owner.notifications.markRead({})).toEqual({ read: 0 });
  expect((await maker.notifications.latest()).unread).toBe(3);
  const ids = [newest!, randomUUID()];
  expect(await maker.notifications.markRead({ notificationIds: ids })).toEqual({ read: 1 });
  expect(await maker.notifications.markRead({ notificationIds: ids })).toEqual({ read: 0 });
  expect(await maker.notifications.markRead({})).toEqual({ read: 2 });
  const { unread, items: read } = await maker.notifications.latest();
  expect(unread).toBe(0);
  expect(read.every(({ readAt }) => readAt !== null)).toBe(true);
  await expect(maker.notifications.markRead({ notificationIds: ["none"] })).rejects.toThrow(
    "Notification not found",
  );
  const logged = await world.rows<{ read: string }>(
    "select detail->>'read' as read from app.audit_log where action = 'notifications.markRead' order by id",
  );
  expect(logged.slice(-2).map(({ read: count }) => count)).toEqual(["1", "2"]);
});
