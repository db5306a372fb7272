import { contactReaderOf } from "../rbac/contact-reader.ts";
import { listProcedure } from "../trpc/list-procedure.ts";
import type { Context } from "../trpc/context.ts";
import { ONE_SNAPSHOT, permitted, router } from "../trpc/trpc.ts";
import { addSuppressions } from "./add-suppressions.ts";
import { beginErasure } from "./begin-erasure.ts";
import { continuePurge } from "./continue-purge.ts";
import { getPurge } from "./get-purge.ts";
import { listSuppressions } from "./list-suppressions.ts";
import { previewErasure } from "./preview-erasure.ts";
import { removeSuppressions } from "./remove-suppressions.ts";
import {
  eraseInput,
  erasurePreviewInput,
  type Purge,
  purgeIdInput,
  suppressionsAddInput,
  suppressionsRemoveInput,
} from "./suppression.contract.ts";
import { tellAdded, tellPurge } from "./without-confirming.ts";

/** Steps that a call waits for; a worker goes on with what is left. */
const STEPS_AWAITED = 200;

/** Goes on with a purge, each step in a transaction of its own. */
async function purgeAwhile(
  { db, queue }: Pick<Context, "db" | "queue">,
  purge: Purge,
): Promise<Purge> {
  let last = purge;
  for (let step = 0; step < STEPS_AWAITED && !last.ended; step++) {
    const next = await db.transaction((tx) => continuePurge(tx, queue, purge.purgeId));
    if (!next) break;
    last = next;
  }
  return last;
}

export const suppressionRouter = router({
  list: listProcedure(listSuppressions),

  add: permitted("suppressions:write")
    .input(suppressionsAddInput)
    .mutation(async ({ ctx, input }) => {
      const { purge, ...added } = await ctx.db.transaction((tx) => addSuppressions(tx, ctx, input));
      const begun =
        purge && added.replayed ? await getPurge(ctx.db, ctx.actor.tenantId, purge.purgeId) : purge;
      const answer = { ...added, purge: begun && (await purgeAwhile(ctx, begun)) };
      return tellAdded(answer, input.entries, contactReaderOf(ctx.actor));
    }),

  remove: permitted("suppressions:write")
    .input(suppressionsRemoveInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => removeSuppressions(tx, ctx, input))),

  /** How far the removal of what was stored has come. */
  purge: permitted("suppressions:read")
    .input(purgeIdInput)
    .query(async ({ ctx, input }) =>
      tellPurge(
        ctx.db,
        await getPurge(ctx.db, ctx.actor.tenantId, input.purgeId),
        contactReaderOf(ctx.actor),
      ),
    ),

  /** What an erasure would find. A query of an address: send it with POST. */
  preview: permitted("suppressions:write")
    .input(erasurePreviewInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction((tx) => previewErasure(tx, ctx.actor, input.subject), ONE_SNAPSHOT),
    ),

  /** Removes an address or a domain from wherever the tenant holds it, for good. */
  erase: permitted("suppressions:write")
    .input(eraseInput)
    .mutation(async ({ ctx, input }) => {
      const begun = await ctx.db.transaction((tx) => beginErasure(tx, ctx, input));
      return tellPurge(ctx.db, await purgeAwhile(ctx, begun), contactReaderOf(ctx.actor));
    }),
});
