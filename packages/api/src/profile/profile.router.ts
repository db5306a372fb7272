import { permitted, router, signedIn } from "../trpc/trpc.ts";
import { profileIdInput, profileListInput } from "./profile.contract.ts";
import { getMe, getProfile, listProfiles } from "./profile.service.ts";

export const profileRouter = router({
  me: signedIn.query(({ ctx }) => getMe(ctx.db, ctx.actor)),

  list: permitted("profiles:read")
    .input(profileListInput)
    .query(({ ctx, input }) => listProfiles(ctx.db, ctx.actor.tenantId, input)),

  byId: permitted("profiles:read")
    .input(profileIdInput)
    .query(({ ctx, input }) => getProfile(ctx.db, ctx.actor.tenantId, input.profileId)),
});
