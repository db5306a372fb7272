import { contactReaderOf } from "../rbac/contact-reader.ts";
import { ONE_SNAPSHOT, permitted, router } from "../trpc/trpc.ts";
import { domainIdInput } from "./domain.contract.ts";
import { getDomain } from "./get-domain.ts";

export const domainRouter = router({
  byId: permitted("domains:read")
    .input(domainIdInput)
    .query(({ ctx, input }) =>
      ctx.db.transaction(
        (tx) => getDomain(tx, contactReaderOf(ctx.actor), input.domainId),
        ONE_SNAPSHOT,
      ),
    ),
});
