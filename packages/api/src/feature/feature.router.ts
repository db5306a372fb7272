import { router, signedIn } from "../trpc/trpc.ts";
import { getFeatureTree } from "./feature.service.ts";

export const featureRouter = router({
  tree: signedIn.query(({ ctx }) => getFeatureTree(ctx.db, ctx.actor)),
});
