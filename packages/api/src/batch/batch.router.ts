import { performance } from "node:perf_hooks";
import { tracked } from "@trpc/server";
import { toTrpcError } from "../errors/error-mapping.ts";
import { changedProcedure } from "../trpc/changed-procedure.ts";
import { countProcedure, facetsProcedure, listProcedure } from "../trpc/list-procedure.ts";
import { ONE_SNAPSHOT, permitted, router } from "../trpc/trpc.ts";
import { appendBatch } from "./append-batch.ts";
import {
  batchAppendInput,
  batchCreateInput,
  type BatchDomainStatuses,
  batchIdInput,
  batchStatusesInput,
  batchValidateInput,
  batchWatchInput,
  type BatchProgress,
} from "./batch.contract.ts";
import { batchDuplicateInput, batchRenameInput } from "./batch-act.contract.ts";
import { getBatchProgress, getBatchStanding } from "./batch-progress.ts";
import { batchRetryInput } from "./batch-retry.contract.ts";
import { cancelBatch } from "./cancel-batch.ts";
import { cancelNextOfBatch } from "./cancel-next-of-batch.ts";
import { createBatch } from "./create-batch.ts";
import { deleteBatch } from "./delete-batch.ts";
import { duplicateBatch } from "./duplicate-batch.ts";
import { getDomainStatuses } from "./domain-statuses.ts";
import { listChangedBatches } from "./list-changed-batches.ts";
import { listBatches } from "./list-batches.ts";
import { pauseBatch } from "./pause-batch.ts";
import { readGiven } from "./read-given.ts";
import { renameBatch } from "./rename-batch.ts";
import { restoreBatch } from "./restore-batch.ts";
import { resumeBatch } from "./resume-batch.ts";
import { retryFailed } from "./retry-failed.ts";
import { validateList } from "./validate-list.ts";
import { withdrawPaused } from "./withdraw-paused.ts";
import { withoutLines, withoutWords } from "../job/told-line.ts";
import { contactReaderOf } from "../rbac/contact-reader.ts";

/** How long a call goes on cancelling by itself. */
const CANCELLING_MS = 250;

export const batchRouter = router({
  create: permitted("batches:create")
    .meta({ deadline: "list" })
    .input(batchCreateInput)
    .mutation(async ({ ctx, input }) => {
      const list = await readGiven(input, input.linesMax);
      return ctx.db.transaction((tx) => createBatch(tx, ctx, input, list));
    }),

  append: permitted("batches:create")
    .meta({ deadline: "list" })
    .input(batchAppendInput)
    .mutation(async ({ ctx, input }) => {
      const list = await readGiven(input);
      return ctx.db.transaction((tx) => appendBatch(tx, ctx, input, list));
    }),

  /** Sorts a list before it is submitted. A query of long input: send it with POST. */
  validate: permitted("batches:create")
    .input(batchValidateInput)
    .query(({ ctx, input }) => validateList(ctx.db, ctx.actor.tenantId, input)),

  list: listProcedure(listBatches),
  count: countProcedure(listBatches),
  facets: facetsProcedure(listBatches),
  changed: changedProcedure(listBatches).query(({ ctx, input }) =>
    ctx.db.transaction(
      (tx) => listChangedBatches(tx, contactReaderOf(ctx.actor), ctx.start, input),
      ONE_SNAPSHOT,
    ),
  ),

  byId: permitted("batches:read")
    .input(batchIdInput)
    .query(async ({ ctx, input }) =>
      withoutLines(
        await getBatchProgress(ctx.db, ctx.actor.tenantId, input.batchId),
        contactReaderOf(ctx.actor),
      ),
    ),

  domainStatuses: permitted("batches:read")
    .input(batchStatusesInput)
    .query(async ({ ctx, input: { batchId, domains } }): Promise<BatchDomainStatuses> => {
      const rights = contactReaderOf(ctx.actor);
      if (domains) {
        return ctx.db.transaction(
          (tx) => getDomainStatuses(tx, ctx.actor.tenantId, batchId, rights),
          ONE_SNAPSHOT,
        );
      }
      const batch = await getBatchStanding(ctx.db, ctx.actor.tenantId, batchId);
      return { batch: withoutWords(batch, rights), domains: {}, truncated: false };
    }),

  /** Nothing of it is sent to a worker after the answer, and nothing written; of a large one workers cancel what is left. */
  cancel: permitted("batches:cancel")
    .input(batchIdInput)
    .mutation(async ({ ctx, input }) => {
      const { tenantId } = ctx.actor;
      const batch = await ctx.db.transaction((tx) => cancelBatch(tx, ctx, input.batchId));
      const { batchId } = batch;
      const until = performance.now() + CANCELLING_MS;
      for (let more = batch.cancelling; more;) {
        more = await ctx.db.transaction((tx) =>
          cancelNextOfBatch(tx, ctx.queue, { batchId, tenantId }),
        );
        if (performance.now() > until) break;
      }
      return withoutLines(
        batch.cancelling ? await getBatchProgress(ctx.db, tenantId, batchId) : batch,
        contactReaderOf(ctx.actor),
      );
    }),

  /** Nothing of it is sent to a worker after the answer, and nothing written; no request after two seconds. */
  pause: permitted("batches:cancel")
    .input(batchIdInput)
    .mutation(async ({ ctx, input }) => {
      const { tenantId } = ctx.actor;
      const batchId = await ctx.db.transaction((tx) => pauseBatch(tx, ctx, input.batchId));
      await ctx.db.transaction((tx) => withdrawPaused(tx, ctx.queue, { batchId, tenantId }));
      return withoutLines(
        await getBatchProgress(ctx.db, tenantId, batchId),
        contactReaderOf(ctx.actor),
      );
    }),

  resume: permitted("batches:cancel")
    .input(batchIdInput)
    .mutation(async ({ ctx, input }) =>
      withoutLines(
        await ctx.db.transaction((tx) => resumeBatch(tx, ctx, input.batchId)),
        contactReaderOf(ctx.actor),
      ),
    ),

  rename: permitted("batches:write")
    .input(batchRenameInput)
    .mutation(async ({ ctx, input }) =>
      withoutLines(
        await ctx.db.transaction((tx) => renameBatch(tx, ctx, input)),
        contactReaderOf(ctx.actor),
      ),
    ),

  /** The list and the settings for another batch, part by part. */
  duplicate: permitted("batches:create")
    .input(batchDuplicateInput)
    .query(({ ctx, input }) => duplicateBatch(ctx.db, ctx.actor, input)),

  delete: permitted("batches:delete")
    .input(batchIdInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => deleteBatch(tx, ctx, input.batchId))),

  restore: permitted("batches:delete")
    .input(batchIdInput)
    .mutation(async ({ ctx, input }) =>
      withoutLines(
        await ctx.db.transaction((tx) => restoreBatch(tx, ctx, input.batchId)),
        contactReaderOf(ctx.actor),
      ),
    ),

  retryFailed: permitted("jobs:retry")
    .input(batchRetryInput)
    .mutation(async ({ ctx, input }) => {
      const { retried, batch } = await ctx.db.transaction((tx) => retryFailed(tx, ctx, input));
      return { retried, batch: withoutLines(batch, contactReaderOf(ctx.actor)) };
    }),

  /** The batch now and after each change, about once a second; ends with its last state. */
  onProgress: permitted("batches:read")
    .input(batchWatchInput)
    .subscription(async function* ({ ctx, input, signal }) {
      let rights = contactReaderOf(ctx.actor);
      const mayListen = async (): Promise<boolean> => {
        const actor = await ctx.actorNow();
        if (actor?.tenantId !== ctx.actor.tenantId) return false;
        rights = contactReaderOf(actor);
        return actor.permissions.has("batches:read");
      };
      const options = { signal, lastVersion: input.lastEventId, mayListen };
      try {
        for await (const { version, progress } of ctx.watcher.watch(
          ctx.actor.tenantId,
          input.batchId,
          options,
        )) {
          yield tracked<BatchProgress>(version, withoutLines(progress, rights));
        }
      } catch (error) {
        throw toTrpcError(error);
      }
    }),
});
