import { countProcedure, listProcedure } from "../trpc/list-procedure.ts";
import { ONE_SNAPSHOT, permitted, router } from "../trpc/trpc.ts";
import { getJob } from "./get-job.ts";
import { jobIdInput } from "./job.contract.ts";
import { listJobs } from "./list-jobs.ts";
import { contactReaderOf } from "../rbac/contact-reader.ts";

export const jobRouter = router({
  list: listProcedure(listJobs),
  count: countProcedure(listJobs),

  byId: permitted("jobs:read")
    .input(jobIdInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction(
        (tx) => getJob(tx, ctx.actor.tenantId, input.jobId, contactReaderOf(ctx.actor)),
        ONE_SNAPSHOT,
      ),
    ),
});
