import type { ScrapeOutcome } from "@scrapersky/outcome";
import type { ScrapeClaim } from "@scrapersky/queue";
import { recordOutcome, releaseJob, startJobs } from "../src/services.ts";
import type { World } from "./world.ts";

/** Claims and starts jobs as a worker does. */
export async function claimJobs(
  world: World,
  limit: number,
  workerId = "worker-1",
): Promise<ScrapeClaim[]> {
  return world.database.db.transaction(async (tx) => {
    const claims = await world.queue.claimScrapes(tx, limit);
    if (claims.length > 0) await startJobs(tx, { workerId, claims });
    return claims;
  });
}

/** Records an outcome as a worker does: the queue's message first, then the job. */
export async function recordClaim(
  world: World,
  claim: ScrapeClaim,
  outcome: ScrapeOutcome,
): Promise<"recorded" | "refused"> {
  return world.database.db.transaction(async (tx) => {
    const again = outcome.kind === "retry" && !claim.last;
    const isOurs = again
      ? await world.queue.retryScrape(tx, claim, 0)
      : await world.queue.completeScrape(tx, claim);
    if (!isOurs) return "refused";
    return recordOutcome(tx, {
      jobId: claim.jobId,
      attempt: claim.attempt,
      workerId: "worker-1",
      outcome,
      final: !again,
    });
  });
}

/** Gives a claim back as a worker does that is told to stop. */
export async function releaseClaim(world: World, claim: ScrapeClaim): Promise<void> {
  await world.database.db.transaction(async (tx) => {
    if (!(await world.queue.releaseScrape(tx, claim))) return;
    const { jobId, attempt } = claim;
    await releaseJob(tx, { jobId, attempt, workerId: "worker-1" });
  });
}
