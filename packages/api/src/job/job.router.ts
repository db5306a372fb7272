import { changedProcedure } from "../trpc/changed-procedure.ts";
import { countProcedure, facetsProcedure, listProcedure } from "../trpc/list-procedure.ts";
import { ONE_SNAPSHOT, permitted, router } from "../trpc/trpc.ts";
import { cancelJob } from "./cancel-job.ts";
import { getJob } from "./get-job.ts";
import { jobIdInput, jobRetryInput } from "./job.contract.ts";
import { listChangedJobs } from "./list-changed-jobs.ts";
import { listJobs } from "./list-jobs.ts";
import { retryJob } from "./retry-job.ts";
import { contactReaderOf } from "../rbac/contact-reader.ts";

export const jobRouter = router({
  list: listProcedure(listJobs),
  count: countProcedure(listJobs),
  facets: facetsProcedure(listJobs),
  changed: changedProcedure(listJobs).query(({ ctx, input }) =>
    ctx.db.transaction(
      (tx) => listChangedJobs(tx, contactReaderOf(ctx.actor), ctx.start, input),
      ONE_SNAPSHOT,
    ),
  ),

  byId: permitted("jobs:read")
    .input(jobIdInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction(
        (tx) => getJob(tx, ctx.actor.tenantId, input.jobId, contactReaderOf(ctx.actor)),
        ONE_SNAPSHOT,
      ),
    ),

  retry: permitted("jobs:retry")
    .input(jobRetryInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => retryJob(tx, ctx, input))),

  cancel: permitted("jobs:cancel")
    .input(jobIdInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => cancelJob(tx, ctx, input.jobId))),
});
