import { assignInput } from "../profile/profile.contract.ts";
import { permitted, router } from "../trpc/trpc.ts";
import { changeRole } from "./change-role.ts";
import { listRoles } from "./list-roles.ts";

export const rbacRouter = router({
  roles: permitted("rbac:read").query(({ ctx }) => listRoles(ctx.db, ctx.actor)),

  assign: permitted("rbac:assign")
    .input(assignInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => changeRole(tx, ctx, input))),
});
