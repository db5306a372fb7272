import { countProcedure, listProcedure } from "../trpc/list-procedure.ts";
import { preferenceRouter } from "../preference/preference.router.ts";
import { permitted, router, signedIn } from "../trpc/trpc.ts";
import { profileIdInput } from "./profile.contract.ts";
import { getMe } from "./get-me.ts";
import { getProfile } from "./get-profile.ts";
import { listProfiles } from "./list-profiles.ts";

export const profileRouter = router({
  preferences: preferenceRouter,

  me: signedIn.query(({ ctx }) => getMe(ctx.db, ctx.actor)),

  list: listProcedure(listProfiles),
  count: countProcedure(listProfiles),

  byId: permitted("profiles:read")
    .input(profileIdInput)
    .query(({ ctx, input }) => getProfile(ctx.db, ctx.actor.tenantId, input.profileId)),
});
