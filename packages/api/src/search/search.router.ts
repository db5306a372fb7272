import { router, signedIn } from "../trpc/trpc.ts";
import { findAnything } from "./find-anything.ts";
import { searchInput } from "./search.contract.ts";

export const searchRouter = router({
  /** Whoever is signed in may ask, and finds what his rights let him read. */
  global: signedIn
    .input(searchInput)
    .query(({ ctx, input }) => findAnything(ctx.db, ctx.actor, input.q)),
});
