import { executeRawSql } from "@scrapersky/db";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { batchEnding } from "../src/batch/batch.state.ts";
import { recordLost } from "../src/services.ts";
import {
  type AttemptOutcome,
  BATCH_STATUSES,
  type BatchStatus,
  JOB_STATUSES,
  type JobStatus,
} from "../src/status.ts";
import { promisedStatus } from "./batch-promise.ts";
import { done, failed, retry } from "./outcomes.ts";
import { openStage, type Stage } from "./stage.ts";

// The program's statements are made from its machines, so the moves that docs/lifecycle.md promises are
// said here once more, each by what somebody does: a machine that lets a move too many, or one too few, fails.

let stage: Stage;
beforeAll(async () => (stage = await openStage()));
beforeEach(() => stage.reset());
afterAll(() => stage.world.close());

/** Everything that moves a job and its attempt, by what happens. */
const JOB_VERBS = {
  "a claim": async () => (await stage.start(2)).started.length,
  "a second offer of the same attempt": async () => (await stage.start(1)).started.length,
  "an earlier claim": async () => (await stage.start(0)).started.length,
  "a scrape that is done": () => stage.record(done()),
  "a scrape that failed": () => stage.record(failed()),
  "a scrape to be tried again": () => stage.record(retry(), { final: false }),
  "a claim given back": () => stage.release(),
  "a worker lost for good": () => stage.write((tx) => recordLost(tx, [stage.ids.jobId])),
  "a cancelled batch": async () =>
    void (await stage.api.batches.cancel({ batchId: stage.ids.batchId })),
} satisfies Record<string, () => Promise<unknown>>;
type JobVerb = keyof typeof JOB_VERBS;
const jobVerbs = Object.keys(JOB_VERBS) as JobVerb[];

describe("the moves of a job are those that are promised, whoever asks for them", () => {
  const PROMISED: Record<JobStatus, Partial<Record<JobVerb, JobStatus>>> = {
    pending: {
      "a claim": "running",
      "a second offer of the same attempt": "running",
      "a worker lost for good": "failed",
      "a cancelled batch": "cancelled",
    },
    running: {
      "a claim": "running",
      "a second offer of the same attempt": "running",
      "a scrape that is done": "complete",
      "a scrape that failed": "failed",
      "a scrape to be tried again": "pending",
      "a claim given back": "pending",
      "a worker lost for good": "failed",
      "a cancelled batch": "cancelled",
    },
    complete: {},
    failed: {},
    cancelled: {},
  };

  test.for(JOB_STATUSES)("from %s", async (from) => {
    for (const verb of jobVerbs) {
      await stage.place(from);
      const before = [await stage.job(), await stage.attempts()];
      const all = await stage.everything();
      const answer = await JOB_VERBS[verb]();
      const after = [await stage.job(), await stage.attempts()] as const;
      const to = PROMISED[from][verb];
      expect(after[0]["status"], verb).toBe(to ?? from);
      if (to === undefined) {
        expect(["refused", 0, undefined], verb).toContain(answer);
        expect(after, verb).toEqual(before);
        if (verb !== "a cancelled batch") expect(await stage.everything(), verb).toBe(all);
      } else {
        expect(["refused", 0], verb).not.toContain(answer);
        const isOver = Object.keys(PROMISED[to]).length === 0;
        if (verb !== "a second offer of the same attempt") expect(after, verb).not.toEqual(before);
        expect(after[0]["ended"], verb).toBe(isOver);
      }
    }
  });
});

describe("the moves of an attempt are those that are promised, and its job's", () => {
  /** How the first attempt of a running job ends; null where it is taken away. */
  const PROMISED: Record<JobVerb, AttemptOutcome | null> = {
    "a claim": "lost",
    "a second offer of the same attempt": "running",
    "an earlier claim": "running",
    "a scrape that is done": "done",
    "a scrape that failed": "failed",
    "a scrape to be tried again": "retry",
    "a claim given back": null,
    "a worker lost for good": "lost",
    "a cancelled batch": "cancelled",
  };
  const ENDED: AttemptOutcome[] = ["done", "failed", "retry", "cancelled", "lost"];

  test("one that is open ends as what happened to it", async () => {
    for (const verb of jobVerbs) {
      await stage.place("running");
      await JOB_VERBS[verb]();
      const [first] = (await stage.attempts()).filter(({ attempt }) => attempt === 1);
      const to = PROMISED[verb];
      expect(first?.["outcome"] ?? null, verb).toBe(to);
      if (to !== null) expect(first?.["ended"], verb).toBe(ENDED.includes(to));
    }
  });

  test.for(ENDED)(
    "one that ended as %s stays so, until its number is offered again",
    async (from) => {
      for (const verb of jobVerbs) {
        await stage.place("running", from);
        const [before] = await stage.attempts();
        await JOB_VERBS[verb]();
        const [first] = (await stage.attempts()).filter(({ attempt }) => attempt === 1);
        if (verb === "a second offer of the same attempt") {
          expect(first, verb).toMatchObject({ outcome: "running", ended: false });
        } else expect(first, verb).toEqual(before);
      }
    },
  );
});

describe("the moves of a batch are those that are promised, whoever asks for them", () => {
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
  const OPEN: BatchStatus[] = ["pending", "running"];

  test.for(BATCH_STATUSES)("from %s", async (from) => {
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
      // A later claim finds a running batch as it is.
      if (!OPEN.includes(from) || from === to) expect(after, name).toEqual(before);
      else {
        expect(after.status, name).toBe(to);
        expect(after["ended"], name).toBe(!OPEN.includes(to));
      }
    }
  });

  test("what it ends as follows from its counters alone, whatever they are", async () => {
    const some = [0, 1, 2, 7, 100_000];
    const counts = some.flatMap((complete) => some.map((failures) => ({ complete, failures })));
    const ending = batchEnding({ complete: "n.complete", failed: "n.failures" });
    const rows = await executeRawSql<{ ending: BatchStatus }>(
      stage.world.database.db,
      `select ${ending} as ending from unnest(:complete::int[], :failures::int[]) as n (complete, failures)`,
      {
        complete: counts.map(({ complete }) => complete),
        failures: counts.map(({ failures }) => failures),
      },
    );
    expect(rows.map((row) => row.ending)).toEqual(
      counts.map(({ complete, failures }) =>
        promisedStatus({ pending: 0, running: 0, cancelled: 0, complete, failed: failures }, true),
      ),
    );
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
