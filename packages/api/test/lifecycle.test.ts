import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { BATCH_TRANSITIONS } from "../src/batch/batch.state.ts";
import { JOB_TRANSITIONS } from "../src/job/job.state.ts";
import { recordLost } from "../src/services.ts";
import { BATCH_STATUSES, type BatchStatus, JOB_STATUSES, type JobStatus } from "../src/status.ts";
import { done, failed, retry } from "./outcomes.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => (stage = await openStage()));
beforeEach(() => stage.reset());
afterAll(() => stage.world.close());

describe("the moves of a job are those of its table, whoever asks for them", () => {
  /** Everything that moves a job, and whether it says that it did. */
  const VERBS: Record<string, { to: JobStatus; run: () => Promise<unknown> }> = {
    "a claim": { to: "running", run: async () => (await stage.start(2)).started.length },
    "an earlier claim": { to: "running", run: async () => (await stage.start(0)).started.length },
    "a scrape that is done": { to: "complete", run: () => stage.record(done()) },
    "a scrape that failed": { to: "failed", run: () => stage.record(failed()) },
    "a scrape to be tried again": {
      to: "pending",
      run: () => stage.record(retry(), { final: false }),
    },
    "a claim given back": { to: "pending", run: () => stage.release() },
    "a worker lost for good": {
      to: "failed",
      run: () => stage.write((tx) => recordLost(tx, [stage.ids.jobId])),
    },
    "a cancelled batch": {
      to: "cancelled",
      run: async () => void (await stage.api.batches.cancel({ batchId: stage.ids.batchId })),
    },
  };

  test.for(JOB_STATUSES)("from %s", async (from) => {
    const seen = new Set<JobStatus>();
    for (const [name, { to, run }] of Object.entries(VERBS)) {
      await stage.place(from);
      const before = [await stage.job(), await stage.attempts()];
      const all = await stage.everything();
      const answer = await run();
      const after = [await stage.job(), await stage.attempts()] as const;
      if (JSON.stringify(after) === JSON.stringify(before)) {
        expect(["refused", 0, undefined], name).toContain(answer);
        if (to !== "cancelled") expect(await stage.everything(), name).toBe(all);
      } else {
        expect(after[0]["status"], name).toBe(to);
        expect(["refused", 0], name).not.toContain(answer);
        seen.add(to);
      }
    }
    expect([...seen].toSorted()).toEqual([...JOB_TRANSITIONS[from]].toSorted());
  });
});

describe("the moves of a batch are those of its table, whoever asks for them", () => {
  /** Everything that moves a batch, each from counters that let it end so. */
  const VERBS: Record<string, { to: BatchStatus; counters: [number, number]; run: () => unknown }> =
    {
      "the first claim": { to: "running", counters: [0, 0], run: () => stage.start(2) },
      "the last job, all complete": {
        to: "complete",
        counters: [1, 0],
        run: () => stage.count({ complete: 1 }),
      },
      "the last job, complete after a failed one": {
        to: "partial",
        counters: [0, 1],
        run: () => stage.count({ complete: 1 }),
      },
      "the last job, failed after a complete one": {
        to: "partial",
        counters: [1, 0],
        run: () => stage.count({ failed: 1 }),
      },
      "the last two jobs, one failed": {
        to: "partial",
        counters: [0, 0],
        run: () => stage.count({ complete: 1, failed: 1 }),
      },
      "the last job, none complete": {
        to: "failed",
        counters: [0, 1],
        run: () => stage.count({ failed: 1 }),
      },
      "a person": {
        to: "cancelled",
        counters: [0, 0],
        run: () => stage.api.batches.cancel({ batchId: stage.ids.batchId }),
      },
    };

  test.for(BATCH_STATUSES)("from %s", async (from) => {
    const seen = new Set<BatchStatus>();
    for (const [name, { to, counters, run }] of Object.entries(VERBS)) {
      const [complete, failures] = counters;
      await stage.setJob("status = 'running', completed_at = null");
      await stage.setBatch(
        `status = '${from}', completed_domains = ${complete}, failed_domains = ${failures},
         start_time = null, end_time = null, error = null`,
      );
      const before = await stage.batch();
      await run();
      const after = await stage.batch();
      if (after.status === from) expect(after, name).toEqual(before);
      else {
        expect(after.status, name).toBe(to);
        expect(after["ended"], name).toBe(BATCH_TRANSITIONS[to].length === 0);
        seen.add(to);
      }
    }
    expect([...seen].toSorted()).toEqual([...BATCH_TRANSITIONS[from]].toSorted());
  });

  test("a job that is not the last one ends no batch, and says nothing of its end", async () => {
    await stage.setBatch("total_domains = 3, failed_domains = 1");
    await stage.count({ failed: 1, pages: 2 });
    expect(await stage.batch()).toMatchObject({
      status: "running",
      error: null,
      failed_domains: 2,
      progress: 2 / 3,
      pages: 2,
      ended: false,
      ten_minutes: null,
    });
    await stage.count({ complete: 1, pages: 5 });
    expect(await stage.batch()).toMatchObject({
      status: "partial",
      error: null,
      progress: 1,
      pages: 7,
    });
  });

  test("none complete is said in words, a part of them is not", async () => {
    await stage.count({ failed: 2 });
    expect(await stage.batch()).toMatchObject({
      status: "failed",
      error: "None of the sites could be scraped.",
    });
  });

  test("it took the time since its first claim; one that never began, since it was made", async () => {
    const hoursAgo = (hours: number) => `timezone('utc', now()) - interval '${hours} hours'`;
    await stage.setBatch(`created_at = ${hoursAgo(2)}, start_time = ${hoursAgo(1)}`);
    await stage.count({ complete: 2 });
    expect(await stage.batch()).toMatchObject({ ten_minutes: 6 });
    await stage.setBatch("status = 'pending', completed_domains = 0, start_time = null");
    await stage.count({ complete: 2 });
    expect(await stage.batch()).toMatchObject({ ten_minutes: 12 });
    await stage.setBatch(`status = 'running', completed_domains = 0, start_time = ${hoursAgo(3)}`);
    await stage.api.batches.cancel({ batchId: stage.ids.batchId });
    expect(await stage.batch()).toMatchObject({ ten_minutes: 18, ended: true });
    await stage.setBatch("status = 'pending', start_time = null");
    await stage.api.batches.cancel({ batchId: stage.ids.batchId });
    expect(await stage.batch()).toMatchObject({ ten_minutes: 0, ended: true });
  });

  test("a batch of a total that nobody wrote down can be counted", async () => {
    await stage.setBatch("total_domains = 0");
    await stage.count({ complete: 1 });
    expect(await stage.batch()).toMatchObject({ status: "complete", progress: 1 });
  });

  test("its beginning is the first claim's, and stays", async () => {
    const { start_time: first } = await stage.batch();
    expect(first).toEqual(expect.any(String));
    await stage.setBatch("start_time = start_time - interval '1 hour'");
    const { start_time: earlier } = await stage.batch();
    await stage.start(2);
    expect(await stage.batch()).toMatchObject({ start_time: earlier });
  });
});
