import { permitted, router } from "../trpc/trpc.ts";
import { getSettings } from "./get-settings.ts";
import { settingsUpdateInput } from "./settings.contract.ts";
import { updateSettings } from "./update-settings.ts";

export const settingsRouter = router({
  get: permitted("overview:read").query(({ ctx }) => getSettings(ctx.db, ctx.actor.tenantId)),

  update: permitted("settings:write")
    .input(settingsUpdateInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => updateSettings(tx, ctx, input))),
});
