import { permitted, router } from "../trpc/trpc.ts";
import { domainIdInput } from "./domain.contract.ts";
import { getDomain } from "./domain.service.ts";

export const domainRouter = router({
  byId: permitted("domains:read")
    .input(domainIdInput)
    .query(({ ctx, input }) => getDomain(ctx.db, ctx.actor.tenantId, input.domainId)),
});
