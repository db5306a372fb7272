import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Tx } from "@scrapersky/db";
import { cancelBatch, findCancelled, recordLost } from "../src/services.ts";
import { JOB_STATUSES } from "../src/status.ts";
import { done, failed, page, retry } from "./outcomes.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => (stage = await openStage()));
beforeEach(() => stage.reset());
afterAll(() => stage.world.close());

describe("the fence", () => {
  test("an attempt is recorded by its own number: neither an earlier nor a later one passes", async () => {
    await stage.start(2);
    const before = await stage.everything();
    expect(await stage.record(done(), { attempt: 1 })).toBe("refused");
    expect(await stage.record(done(), { attempt: 3 })).toBe("refused");
    expect(await stage.release({ attempt: 1 })).toBe("refused");
    expect(await stage.release({ attempt: 3 })).toBe("refused");
    expect(await stage.release({ attempt: 2, workerId: "worker-2" })).toBe("refused");
    expect((await stage.start(1)).refused).toEqual([stage.ids.jobId]);
    expect(await stage.everything()).toBe(before);
    expect(await stage.record(done(), { attempt: 2 })).toBe("recorded");
  });

  test("a scrape should stop once its job is anything but running", async () => {
    const { db } = stage.world.database;
    const { jobId, otherId } = stage.ids;
    expect(await findCancelled(db, [jobId, otherId])).toEqual([]);
    for (const status of JOB_STATUSES.filter((each) => each !== "running")) {
      await stage.place(status);
      expect(await findCancelled(db, [jobId, otherId]), status).toEqual([jobId]);
    }
  });

  test("of claims some of which are too late the others start", async () => {
    await stage.record(failed());
    expect(await stage.start(2, [stage.ids.jobId, stage.ids.otherId])).toMatchObject({
      started: [{ jobId: stage.ids.otherId, attempt: 2 }],
      refused: [stage.ids.jobId],
    });
  });

  test("a later claim closes the attempt before it as lost, and no other", async () => {
    await stage.record(retry(), { final: false });
    await stage.start(2);
    await stage.start(3, [stage.ids.jobId], "worker-3");
    expect(await stage.attempts()).toMatchObject([
      { attempt: 1, outcome: "retry", error_code: "timeout", ended: true },
      { attempt: 2, outcome: "lost", error_code: "worker_lost", ended: true },
      { attempt: 3, outcome: "running", worker_id: "worker-3", error_code: null, ended: false },
    ]);
    await stage.record(done(), { attempt: 3 });
    expect((await stage.attempts()).map(({ outcome, ended }) => [outcome, ended])).toEqual([
      ["retry", true],
      ["lost", true],
      ["done", true],
    ]);
  });

  test("an attempt that is offered a second time begins anew, under whoever took it", async () => {
    await stage.world.rows(
      `update app.job_attempts set outcome = 'lost', ended_at = now(), started_at = now() - interval '1 hour'
       where job_id = :jobId::uuid`,
      { jobId: stage.ids.jobId },
    );
    await stage.start(1, [stage.ids.jobId], "worker-2");
    expect(await stage.attempts()).toMatchObject([
      { attempt: 1, outcome: "running", worker_id: "worker-2", ended: false, fresh: true },
    ]);
    await stage.start(1, [stage.ids.jobId], "worker-3");
    expect(await stage.attempts()).toMatchObject([{ outcome: "running", worker_id: "worker-3" }]);
  });

  test("a claim given back takes its attempt along, and leaves the earlier ones", async () => {
    await stage.record(retry(), { final: false });
    await stage.start(2);
    expect(await stage.release({ attempt: 2 })).toBe("released");
    expect(await stage.job()).toMatchObject({ status: "pending", attempt: 1 });
    expect(await stage.attempts()).toMatchObject([{ attempt: 1, outcome: "retry" }]);
  });

  test("two recordings of one attempt at once are one", async () => {
    const second = await stage.whileUncommitted(
      (tx) => stage.recordIn(tx, done()),
      () => stage.record(failed()),
    );
    expect(second).toBe("refused");
    expect(await stage.batch()).toMatchObject({ completed_domains: 1, failed_domains: 0 });
  });

  test("a claim that waits for a recording comes too late", async () => {
    const late = await stage.whileUncommitted(
      (tx) => stage.recordIn(tx, done()),
      () => stage.start(2),
    );
    expect(late.refused).toEqual([stage.ids.jobId]);
    expect(await stage.job()).toMatchObject({ status: "complete", attempt: 1 });
  });

  test("what is recorded meanwhile is neither given back nor lost nor cancelled", async () => {
    const recording = (tx: Tx) => stage.recordIn(tx, done());
    expect(await stage.whileUncommitted(recording, () => stage.release())).toBe("refused");
    await stage.setJob("status = 'running'");
    await stage.whileUncommitted(recording, () =>
      stage.write((tx) => recordLost(tx, [stage.ids.jobId])),
    );
    expect(await stage.job()).toMatchObject({ status: "complete", error_code: null });
    await stage.setJob("status = 'running'");
    await stage.setBatch("status = 'running', completed_domains = 0, failed_domains = 0");
    await stage.whileUncommitted(recording, () =>
      stage.api.batches.cancel({ batchId: stage.ids.batchId }),
    );
    expect(await stage.job()).toMatchObject({ status: "complete" });
    expect(await stage.batch()).toMatchObject({ status: "cancelled", completed_domains: 1 });
  });

  test("a batch that two cancel at once is cancelled once, and once audited", async () => {
    const { world, api, ids } = stage;
    const caller = world.context({ actor: await world.actor(world.tenants.near, "owner") });
    await stage.whileUncommitted(
      (tx) => cancelBatch(tx, { ...caller, actor: caller.actor! }, ids.batchId),
      () => api.batches.cancel({ batchId: ids.batchId }),
    );
    expect(
      await world.rows(
        "select detail from app.audit_log where target_id = :batchId and action = 'batches.cancel'",
        { batchId: ids.batchId },
      ),
    ).toEqual([{ detail: { cancelled: 2 } }]);
  });

  test("a batch whose last job ends while it is cancelled has its own ending", async () => {
    await stage.setBatch("total_domains = 1");
    await stage.whileUncommitted(
      (tx) => stage.recordIn(tx, done()),
      () => stage.api.batches.cancel({ batchId: stage.ids.batchId }),
    );
    expect(await stage.batch()).toMatchObject({ status: "complete", error: null });
  });
});

describe("what an ending leaves on the job", () => {
  test("done: complete, whole, ended, with its pages", async () => {
    await stage.record(done());
    expect(await stage.job()).toMatchObject({
      status: "complete",
      progress: 1,
      ended: true,
      error: null,
      error_code: null,
      pages: 2,
    });
    expect(await stage.attempts()).toMatchObject([
      { outcome: "done", ended: true, error_code: null },
    ]);
  });

  test("failed: nothing of it is done, and why", async () => {
    await stage.record(failed());
    expect(await stage.job()).toMatchObject({
      status: "failed",
      progress: 0,
      ended: true,
      error: "The domain name does not exist.",
      error_code: "dns_not_found",
    });
    expect(await stage.attempts()).toMatchObject([{ outcome: "failed", ended: true }]);
  });

  test("to be tried again: waiting, not ended, and what is known of it stays", async () => {
    await stage.record(failed());
    const { domain_id: domainId } = await stage.job();
    expect(domainId).toEqual(expect.any(String));
    await stage.setJob("status = 'running', error = null");
    await stage.start(2);
    await stage.record(retry(), { attempt: 2, final: false });
    expect(await stage.job()).toMatchObject({
      status: "pending",
      progress: 0,
      ended: false,
      error: null,
      domain_id: domainId,
    });
    expect(await stage.attempts()).toMatchObject([
      { outcome: "failed", ended: true },
      { outcome: "retry", ended: true, error_code: "timeout" },
    ]);
  });

  test("a failure is one whether or not the queue would offer the job again", async () => {
    await stage.record(failed(), { final: false });
    expect(await stage.job()).toMatchObject({ status: "failed" });
  });

  test("a site of no page that robots.txt kept us from is failed; one with either is complete", async () => {
    await stage.record(done({ pages: [], flags: [] }));
    expect(await stage.job()).toMatchObject({ status: "complete" });
    await stage.setJob("status = 'running'");
    await stage.record(done({ pages: [page("/")], flags: ["robots_disallowed"] }));
    expect(await stage.job()).toMatchObject({ status: "complete" });
    await stage.setJob("status = 'running'");
    await stage.record(done({ pages: [], flags: ["robots_disallowed"] }));
    expect(await stage.job()).toMatchObject({ status: "failed", error_code: "robots_disallowed" });
  });

  test("lost for good: failed, ended, with its code, and its open attempt closed", async () => {
    await stage.record(retry(), { final: false });
    await stage.start(2);
    await stage.write((tx) => recordLost(tx, [stage.ids.jobId, stage.ids.otherId]));
    expect(await stage.job()).toMatchObject({
      status: "failed",
      ended: true,
      error: expect.stringContaining("worker"),
      error_code: "worker_lost",
    });
    expect(await stage.attempts()).toMatchObject([
      { outcome: "retry", error_code: "timeout" },
      { outcome: "lost", error_code: "worker_lost", ended: true },
    ]);
    expect(await stage.batch()).toMatchObject({ status: "failed", failed_domains: 2, progress: 1 });
  });

  test("of jobs said to be lost, those that are over stay as they are", async () => {
    await stage.record(done());
    await stage.write((tx) => recordLost(tx, [stage.ids.jobId, stage.ids.otherId]));
    expect(await stage.job()).toMatchObject({ status: "complete", error: null, error_code: null });
    expect(await stage.batch()).toMatchObject({ completed_domains: 1, failed_domains: 1 });
  });

  test("cancelled: ended, with its open attempt closed and its message withdrawn", async () => {
    await stage.record(retry(), { final: false });
    await stage.start(2);
    await stage.api.batches.cancel({ batchId: stage.ids.batchId });
    expect(await stage.job()).toMatchObject({ status: "cancelled", ended: true });
    expect(await stage.attempts()).toMatchObject([
      { outcome: "retry", error_code: "timeout", ended: true },
      { outcome: "cancelled", error_code: "cancelled", ended: true },
    ]);
    expect(await stage.batch()).toMatchObject({
      status: "cancelled",
      error: "Batch cancelled by user",
    });
    expect(
      await stage.world.rows("select state from pgboss.job where id = any(:ids::uuid[])", {
        ids: [stage.ids.jobId, stage.ids.otherId],
      }),
    ).toEqual([]);
  });

  test("cancelled with its batch: only what had not ended", async () => {
    await stage.record(done());
    await stage.api.batches.cancel({ batchId: stage.ids.batchId });
    expect(await stage.job()).toMatchObject({ status: "complete" });
  });

  test("begun is when it was first claimed", async () => {
    expect((await stage.job())["started_at"]).toEqual(expect.any(String));
    await stage.setJob("started_at = started_at - interval '1 hour'");
    const { started_at: first } = await stage.job();
    await stage.start(2);
    expect(await stage.job()).toMatchObject({ started_at: first });
  });
});
