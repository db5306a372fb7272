import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ScrapeOutcome } from "@scrapersky/outcome";
import type { ScrapeClaim } from "@scrapersky/queue";
import type { BatchProgress } from "../src/batch/batch.contract.ts";
import type { Procedures } from "../src/index.ts";
import { recordLost } from "../src/services.ts";
import { done, failed, page, retry, site } from "./outcomes.ts";
import { claimJobs, promoteWaiting, recordClaim, releaseClaim } from "./claim-and-record.ts";
import { promisedStatus } from "./promises.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let api: Procedures;
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "owner");
});
afterAll(() => world.close());

const NOTHING = { pages: -1, emails: -1, phones: -1 };

type JobStep = { kind: "cancelJob" | "retryJob"; which: number };
type Step =
  | { kind: "claim"; limit: number }
  | { kind: "record"; which: number; outcome: "done" | "failed" | "retry"; twice: boolean }
  | { kind: "lose"; which: number }
  | { kind: "release"; which: number }
  | JobStep
  | { kind: "cancel" };

const steps = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant("claim" as const),
        limit: fc.integer({ min: 1, max: 4 }),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant("record" as const),
        which: fc.nat(9),
        outcome: fc.constantFrom("done" as const, "failed" as const, "retry" as const),
        twice: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("lose" as const), which: fc.nat(9) }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("release" as const), which: fc.nat(9) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom("cancelJob" as const, "retryJob" as const),
        which: fc.nat(9),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("cancel" as const) }) },
  ),
  { minLength: 4, maxLength: 30 },
);

const outcomeOf = (kind: "done" | "failed" | "retry"): ScrapeOutcome =>
  ({
    done: () => done({ site, pages: [page("/")] }),
    failed: () => failed(),
    retry: () => retry(),
  })[kind]();

/** What must hold after every step, whatever happened before; only a job that runs again takes progress back. */
async function check(
  batchId: string,
  before: BatchProgress | undefined,
  { ranAgain, isCancelled }: Done,
): Promise<BatchProgress> {
  const batch = await api.batches.byId({ batchId });
  const { domains, batch: standing } = await api.batches.domainStatuses({ batchId });
  const { processingSeconds: _ticks, ...still } = standing;
  expect(batch).toMatchObject(still);
  const [rows] = await world.rows<BatchProgress["counts"] & typeof NOTHING>(
    `select count(*) filter (where j.status = 'pending')::int as pending,
       count(*) filter (where j.status = 'running')::int as running,
       count(*) filter (where j.status = 'complete')::int as complete,
       count(*) filter (where j.status = 'failed')::int as failed,
       count(*) filter (where j.status = 'cancelled')::int as cancelled,
       coalesce(sum(s.pages), 0)::int as pages,
       coalesce(sum((j.result_data->>'contacts')::int), 0)::int as emails,
       coalesce(sum((j.result_data->>'phones')::int), 0)::int as phones
     from jobs j join app.scrape_jobs s on s.job_id = j.job_id where j.batch_id = :batchId::uuid`,
    { batchId },
  );
  const { pages, emails, phones, ...counts } = rows ?? NOTHING;
  expect(batch.counts).toEqual(counts);
  expect(batch).toMatchObject({ pages, emails, phones });
  expect(batch.status).toBe(promisedStatus(batch.counts, batch.startedAt !== null, isCancelled));
  const told = Object.values(domains).map((domain) => domain.status);
  for (const [status, count] of Object.entries(batch.counts)) {
    expect(told.filter((one) => one === status)).toHaveLength(count);
  }
  if (!ranAgain) expect(batch.progress).toBeGreaterThanOrEqual(before?.progress ?? 0);
  const isOver = batch.counts.pending + batch.counts.running === 0;
  expect(batch.endedAt !== null).toBe(isOver);
  expect(batch.progress === 100).toBe(isOver && !isCancelled);
  const [stored] = await world.rows<{ progress: number }>(
    "select progress from batch_jobs where batch_id = :batchId::uuid",
    { batchId },
  );
  expect(Math.floor((stored?.progress ?? -1) * 10_000) / 100).toBeCloseTo(batch.progress, 1);
  if (before && before.endedAt !== null && !ranAgain)
    expect({ ...batch, asOf: before.asOf }).toEqual(before);
  return batch;
}

test("whatever workers and people do, counters equal the job rows and progress never falls", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 8 }), steps, async (size, plan) => {
      await world.rows("delete from pgboss.job");
      const domains = Array.from({ length: size }, (_, index) => `site-${index}.example`);
      const { batchId } = await api.batches.create({
        domains: [...domains, "localhost"],
        maxConcurrent: 100,
      });
      const claims: ScrapeClaim[] = [];
      let isCancelled = false;
      let latest = await check(batchId, undefined, { ranAgain: false, isCancelled });
      for (const step of plan as Step[]) {
        const ranAgain = await take(step, batchId, claims);
        isCancelled ||= step.kind === "cancel" && latest.endedAt === null;
        latest = await check(batchId, latest, { ranAgain, isCancelled });
      }
    }),
    { numRuns: 40 },
  );
});

/** What somebody has done to the batch. */
interface Done {
  ranAgain: boolean;
  isCancelled: boolean;
}

const isOfJob = (step: Step): step is JobStep =>
  step.kind === "cancelJob" || step.kind === "retryJob";

/** Whether a job runs again by it. */
async function take(step: Step, batchId: string, claims: ScrapeClaim[]): Promise<boolean> {
  if (isOfJob(step)) return takeJob(step, batchId);
  await takeClaim(step, batchId, claims);
  return false;
}

async function takeJob({ kind, which }: JobStep, batchId: string): Promise<boolean> {
  const { items } = await api.jobs.list({ batchId, order: "batch" });
  const { jobId } = items[which % items.length]!;
  if (kind === "cancelJob") {
    await api.jobs.cancel({ jobId });
    return false;
  }
  const ranAgain = await api.jobs.retry({ jobId }).then(
    () => true,
    () => false,
  );
  if (ranAgain) await promoteWaiting(world, batchId);
  return ranAgain;
}

async function takeClaim(
  step: Exclude<Step, JobStep>,
  batchId: string,
  claims: ScrapeClaim[],
): Promise<void> {
  if (step.kind === "claim") {
    claims.push(...(await claimJobs(world, step.limit)));
    return;
  }
  if (step.kind === "cancel") {
    await api.batches.cancel({ batchId });
    return;
  }
  const claim = claims[step.which % Math.max(claims.length, 1)];
  if (!claim) return;
  if (step.kind === "lose") {
    await world.database.db.transaction(async (tx) => {
      const ours = await world.queue.settleScrapes(tx, [claim]);
      if (ours.size === 1) await recordLost(tx, [claim.jobId]);
    });
    return;
  }
  if (step.kind === "release") {
    await releaseClaim(world, claim);
    return;
  }
  const record = () => recordClaim(world, claim, outcomeOf(step.outcome));
  await Promise.all(step.twice ? [record(), record()] : [record()]);
}
