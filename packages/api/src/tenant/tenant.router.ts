import { tellInvited } from "../profile/tell-invited.ts";
import { permitted, router } from "../trpc/trpc.ts";
import { deleteTenant } from "./delete-tenant.ts";
import { findTenants } from "./find-tenants.ts";
import { openTenant } from "./open-tenant.ts";
import { renameTenant } from "./rename-tenant.ts";
import { restoreTenant } from "./restore-tenant.ts";
import { switchTenant } from "./switch-tenant.ts";
import {
  tenantDeleteInput,
  tenantIdInput,
  tenantNameInput,
  tenantOpenInput,
  tenantRenameInput,
  tenantsFindInput,
  tenantSwitchInput,
} from "./tenant.contract.ts";

/** What the platform's staff do with every tenant. */
const byStaff = permitted("platform:tenants");
/** What an owner does with the tenant that they are in. */
const byOwner = permitted("tenants:write").input(tenantNameInput);

export const tenantRouter = router({
  find: byStaff.input(tenantsFindInput).query(({ ctx, input }) => findTenants(ctx.db, input)),

  // Mail goes out behind the transaction: what was not committed is told to nobody.
  create: byStaff.input(tenantOpenInput).mutation(async ({ ctx, input }) => {
    const { invitation, ...tenant } = await ctx.db.transaction((tx) =>
      openTenant(tx, ctx, input, ctx.webUrl),
    );
    const mail = tenant.replayed ? null : ctx.mail;
    const owner =
      invitation && (await tellInvited(invitation, { ...ctx, mail, tenantName: tenant.name }));
    return { ...tenant, owner };
  }),

  rename: byStaff
    .input(tenantRenameInput)
    .mutation(({ ctx, input }) =>
      ctx.db.transaction((tx) => renameTenant(tx, ctx, { ...input, action: "tenants.rename" })),
    ),

  switch: byStaff
    .input(tenantSwitchInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => switchTenant(tx, ctx, input))),

  delete: byStaff
    .input(tenantDeleteInput)
    .mutation(({ ctx, input }) =>
      ctx.db.transaction((tx) => deleteTenant(tx, ctx, { ...input, action: "tenants.delete" })),
    ),

  restore: byStaff
    .input(tenantIdInput)
    .mutation(({ ctx, input }) =>
      ctx.db.transaction((tx) => restoreTenant(tx, ctx, input.tenantId)),
    ),

  renameOwn: byOwner.mutation(({ ctx, input }) =>
    ctx.db.transaction((tx) =>
      renameTenant(tx, ctx, {
        tenantId: ctx.actor.tenantId,
        name: input.name,
        action: "tenants.renameOwn",
      }),
    ),
  ),

  deleteOwn: byOwner.mutation(({ ctx, input }) =>
    ctx.db.transaction((tx) =>
      deleteTenant(tx, ctx, {
        tenantId: ctx.actor.tenantId,
        name: input.name,
        action: "tenants.deleteOwn",
      }),
    ),
  ),
});
