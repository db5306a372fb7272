import { assignInput, profileIdInput } from "../profile/profile.contract.ts";
import { permitted, router, signedIn } from "../trpc/trpc.ts";
import { changeRole } from "./change-role.ts";
import { createRole } from "./create-role.ts";
import { deleteRole } from "./delete-role.ts";
import { getEffectiveRights } from "./get-effective-rights.ts";
import { lendRole, takeRoleBack } from "./lend-role.ts";
import { listAssignments } from "./list-assignments.ts";
import { listRoles } from "./list-roles.ts";
import {
  canInput,
  effectiveInput,
  roleCreateInput,
  roleIdInput,
  roleLendInput,
  roleUpdateInput,
} from "./rbac.contract.ts";
import { tellMay } from "./tell-may.ts";
import { updateRole } from "./update-role.ts";

const assigns = permitted("rbac:assign");
/** Roles are the same in every tenant, so changing them is the platform's. */
const changesRoles = permitted("platform:roles");

export const rbacRouter = router({
  roles: permitted("rbac:read").query(({ ctx }) => listRoles(ctx.db, ctx.actor)),

  // One's own rights are everybody's to see.
  effective: signedIn
    .input(effectiveInput)
    .query(({ ctx, input }) => getEffectiveRights(ctx.db, ctx.actor, input.profileId)),

  can: signedIn.input(canInput).query(({ ctx, input }) => tellMay(ctx.db, ctx.actor, input)),

  assignments: permitted("rbac:read")
    .input(profileIdInput)
    .query(({ ctx, input }) => listAssignments(ctx.db, ctx.actor, input.profileId)),

  assign: assigns
    .input(assignInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => changeRole(tx, ctx, input))),

  lend: assigns
    .input(roleLendInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => lendRole(tx, ctx, input))),

  takeBack: assigns
    .input(assignInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => takeRoleBack(tx, ctx, input))),

  createRole: changesRoles
    .input(roleCreateInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => createRole(tx, ctx, input))),

  updateRole: changesRoles
    .input(roleUpdateInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => updateRole(tx, ctx, input))),

  deleteRole: changesRoles
    .input(roleIdInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => deleteRole(tx, ctx, input.roleId))),
});
