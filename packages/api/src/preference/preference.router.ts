import { router, signedIn } from "../trpc/trpc.ts";
import { getPreference } from "./get-preference.ts";
import { preferenceInput, preferenceSetInput } from "./preference.contract.ts";
import { setPreference } from "./set-preference.ts";

/** How the caller wants things. */
export const preferenceRouter = router({
  get: signedIn
    .input(preferenceInput)
    .query(({ ctx, input }) => getPreference(ctx.db, ctx.actor.id, input.key)),

  set: signedIn
    .input(preferenceSetInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => setPreference(tx, ctx, input))),
});
