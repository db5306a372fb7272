import { router, signedIn } from "../trpc/trpc.ts";
import { createView } from "./create-view.ts";
import { deleteView } from "./delete-view.ts";
import { findViews } from "./find-views.ts";
import { updateView } from "./update-view.ts";
import { viewCreateInput, viewIdInput, viewsInput, viewUpdateInput } from "./view.contract.ts";

export const viewRouter = router({
  /** Of one list: the caller's own and those that somebody shares. */
  of: signedIn
    .input(viewsInput)
    .query(({ ctx, input }) => findViews(ctx.db, ctx.actor, input.list)),

  create: signedIn
    .input(viewCreateInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => createView(tx, ctx, input))),

  update: signedIn
    .input(viewUpdateInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => updateView(tx, ctx, input))),

  delete: signedIn
    .input(viewIdInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => deleteView(tx, ctx, input.viewId))),
});
