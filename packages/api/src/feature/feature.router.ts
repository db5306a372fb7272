import { router, signedIn } from "../trpc/trpc.ts";
import { getFeatureTree } from "./get-feature-tree.ts";

export const featureRouter = router({
  tree: signedIn.query(({ ctx }) => getFeatureTree(ctx.db, ctx.actor)),
});
