import { performance } from "node:perf_hooks";
import { withdrawBatch } from "../batch/withdraw-batch.ts";
import type { Actor } from "../rbac/actor.ts";
import { contactReaderOf } from "../rbac/contact-reader.ts";
import { requirePermission } from "../rbac/require-permission.ts";
import type { Context } from "../trpc/context.ts";
import { listProcedure } from "../trpc/list-procedure.ts";
import { permitted, router, signedIn } from "../trpc/trpc.ts";
import {
  BULK_ACTS,
  BULK_LISTS,
  type BulkAction,
  type BulkCall,
  type BulkStart,
  type BulkWish,
  bulkIdInput,
  bulkPreviewInput,
  bulkStartInput,
} from "./bulk.contract.ts";
import { cancelBulk } from "./cancel-bulk.ts";
import { continueBulk } from "./continue-bulk.ts";
import { getBulkAction } from "./get-bulk-action.ts";
import { listBulkActions } from "./list-bulk-actions.ts";
import { listSkipped } from "./list-skipped.ts";
import { previewBulk } from "./preview-bulk.ts";
import { startBulk } from "./start-bulk.ts";
import { undoBulk } from "./undo-bulk.ts";

/** How long a call goes on by itself; a worker goes on with what is left. */
const AWAITED_MS = 1_000;

/** Goes on with a bulk action, each chunk in a transaction of its own. What fails is a worker's to try again and to log. */
async function continueAwhile(
  { db, queue, actor }: Pick<Context, "db" | "queue"> & { actor: Actor },
  begun: BulkAction,
): Promise<BulkAction> {
  const until = performance.now() + AWAITED_MS;
  const next = async (): Promise<boolean> => {
    const step = await db.transaction((tx) => continueBulk(tx, queue, begun.id));
    for (const place of step?.withdrawn ?? []) {
      await db.transaction((tx) => withdrawBatch(tx, queue, place));
    }
    return step !== undefined && !step.ended;
  };
  const nextOrLeft = () => next().catch(() => false);
  for (let more = await nextOrLeft(); more && performance.now() < until;) {
    more = await nextOrLeft();
  }
  return getBulkAction(db, contactReaderOf(actor), begun.id);
}

/** Who may do something to one row may do it to many, if they may read the list. */
function requireAct(actor: Actor, { action, target }: BulkCall<BulkWish>): void {
  requirePermission(actor, BULK_LISTS[target.list].permission);
  requirePermission(actor, BULK_ACTS[action].permission);
}

/** Begins a bulk action for whoever may, and goes on with it for a moment. */
export async function startAwhile(
  ctx: Context & { actor: Actor },
  call: BulkStart,
  as: "bulk.start" | "domains.rescan",
): Promise<BulkAction & { replayed: boolean }> {
  requireAct(ctx.actor, call);
  const { replayed, ...begun } = await ctx.db.transaction((tx) => startBulk(tx, ctx, call, as));
  return { ...(await continueAwhile(ctx, begun)), replayed };
}

export const bulkRouter = router({
  list: listProcedure(listBulkActions),

  byId: permitted("jobs:read")
    .input(bulkIdInput)
    .query(({ ctx, input }) => getBulkAction(ctx.db, contactReaderOf(ctx.actor), input.id)),

  /** Which rows were left out or failed, and why. */
  skipped: permitted("jobs:read")
    .input(bulkIdInput)
    .query(({ ctx, input }) => listSkipped(ctx.db, ctx.actor, input.id)),

  /** What an act would do. A query of many ids: send it with POST. */
  preview: signedIn.input(bulkPreviewInput).query(({ ctx, input }) => {
    requireAct(ctx.actor, input);
    return previewBulk(ctx.db, contactReaderOf(ctx.actor), input);
  }),

  start: signedIn
    .input(bulkStartInput)
    .mutation(({ ctx, input }) => startAwhile(ctx, input, "bulk.start")),

  cancel: permitted("jobs:read")
    .input(bulkIdInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => cancelBulk(tx, ctx, input.id))),

  undo: permitted("jobs:read")
    .input(bulkIdInput)
    .mutation(async ({ ctx, input }) =>
      continueAwhile(ctx, await ctx.db.transaction((tx) => undoBulk(tx, ctx, input.id))),
    ),
});
