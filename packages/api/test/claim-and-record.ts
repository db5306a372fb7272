import type { ScrapeOutcome } from "@scrapersky/outcome";
import type { ScrapeClaim } from "@scrapersky/queue";
import { promoteJobs, recordOutcomes, releaseJob, startJobs } from "../src/services.ts";
import type { World } from "./world.ts";

/** Claims and starts jobs as a worker does. */
export async function claimJobs(
  world: World,
  limit: number,
  workerId = "worker-1",
): Promise<ScrapeClaim[]> {
  return world.database.db.transaction(async (tx) => {
    const { claims } = await world.queue.claimScrapes(tx, limit);
    if (claims.length > 0) await startJobs(tx, { workerId, claims });
    return claims;
  });
}

/** Records an outcome as a worker does: the queue's message first, then the job, then the next of its batch. */
export async function recordClaim(
  world: World,
  claim: ScrapeClaim,
  outcome: ScrapeOutcome,
): Promise<"recorded" | "refused"> {
  return world.database.db.transaction(async (tx) => {
    const ours = await world.queue.settleScrapes(tx, [claim]);
    if (!ours.has(claim.jobId)) return "refused";
    const { jobId, attempt, last: final } = claim;
    const recorded = await recordOutcomes(tx, [
      { jobId, attempt, workerId: "worker-1", outcome, final },
    ]);
    const batchIds = recorded.map(({ batchId }) => batchId);
    await promoteJobs(tx, world.queue, batchIds);
    return recorded.length === 1 ? "recorded" : "refused";
  });
}

/** Lets the pauses of what is to be tried again be over, and sends it to the queue as a sweep does. */
export async function promoteWaiting(world: World, batchId: string): Promise<void> {
  await world.rows("update app.scrape_jobs set due_at = now() where due_at is not null");
  await world.database.db.transaction((tx) => promoteJobs(tx, world.queue, [batchId]));
}

/** Gives a claim back as a worker does that is told to stop. */
export async function releaseClaim(world: World, claim: ScrapeClaim): Promise<void> {
  await world.database.db.transaction(async (tx) => {
    if (!(await world.queue.releaseScrape(tx, claim))) return;
    const { jobId, attempt } = claim;
    await releaseJob(tx, { jobId, attempt, workerId: "worker-1" });
  });
}
