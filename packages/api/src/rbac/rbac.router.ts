import { assignInput } from "../profile/profile.contract.ts";
import { permitted, router, signedIn } from "../trpc/trpc.ts";
import { changeRole } from "./change-role.ts";
import { getEffectiveRights } from "./get-effective-rights.ts";
import { listRoles } from "./list-roles.ts";
import { canInput, effectiveInput } from "./rbac.contract.ts";
import { tellMay } from "./tell-may.ts";

export const rbacRouter = router({
  roles: permitted("rbac:read").query(({ ctx }) => listRoles(ctx.db, ctx.actor)),

  // One's own rights are everybody's to see.
  effective: signedIn
    .input(effectiveInput)
    .query(({ ctx, input }) => getEffectiveRights(ctx.db, ctx.actor, input.profileId)),

  can: signedIn.input(canInput).query(({ ctx, input }) => tellMay(ctx.db, ctx.actor, input)),

  assign: permitted("rbac:assign")
    .input(assignInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => changeRole(tx, ctx, input))),
});
