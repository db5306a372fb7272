import { assignInput } from "../profile/profile.contract.ts";
import { permitted, router } from "../trpc/trpc.ts";
import { changeRole } from "./change-role.ts";

export const rbacRouter = router({
  assign: permitted("rbac:assign")
    .input(assignInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => changeRole(tx, ctx, input))),
});
