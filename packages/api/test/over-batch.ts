import type { Procedures } from "../src/index.ts";
import { claimJobs, recordClaim } from "./claim-and-record.ts";
import { done, failed, page, site } from "./outcomes.ts";
import type { World } from "./world.ts";

let lists = 0;
/** A batch of two sites that is over: one was read, one failed. Nothing else may wait in the queue. */
export async function createOverBatch(world: World, api: Procedures) {
  const list = ++lists;
  const rows = [
    ["Site", "Town"],
    [`read-${list}.example`, "Graz"],
    [`broken-${list}.example`, "Linz"],
  ];
  const { batchId } = await api.batches.create({ rows, label: `List ${list}` });
  const [read, broken] = await claimJobs(world, 2);
  await recordClaim(world, read!, done({ site, pages: [page("/")] }));
  await recordClaim(world, broken!, failed());
  const { domainId } = await api.jobs.byId({ jobId: read!.jobId });
  return { batchId, jobId: read!.jobId, failedId: broken!.jobId, domainId: domainId ?? "" };
}
