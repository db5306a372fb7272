import { ONE_SNAPSHOT, permitted, router } from "../trpc/trpc.ts";
import { getJob } from "./get-job.ts";
import { getJobRecord, listJobRecords } from "./job-records.ts";
import { jobIdInput, jobListInput, jobRecordsInput } from "./job.contract.ts";
import { listJobs } from "./list-jobs.ts";

export const jobRouter = router({
  list: permitted("jobs:read")
    .input(jobListInput)
    .query(({ ctx, input }) => listJobs(ctx.db, ctx.actor.tenantId, input)),

  byId: permitted("jobs:read")
    .input(jobIdInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction((tx) => getJob(tx, ctx.actor.tenantId, input.jobId), ONE_SNAPSHOT),
    ),

  /** Jobs as their table holds them, for REST v3 and exports. */
  records: permitted("jobs:read")
    .input(jobRecordsInput)
    .query(({ ctx, input }) => listJobRecords(ctx.db, ctx.actor.tenantId, input)),

  record: permitted("jobs:read")
    .input(jobIdInput)
    .query(({ ctx, input }) => getJobRecord(ctx.db, ctx.actor.tenantId, input.jobId)),
});
