import { startAwhile } from "../bulk/bulk.router.ts";
import { domainRescanInput } from "../bulk/rescan.contract.ts";
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

  /** Scans the domains of leads again, in one new batch: those of a selection, or all that match a filter. */
  rescan: permitted("batches:create")
    .input(domainRescanInput)
    .mutation(({ ctx, input }) => startAwhile(ctx, input, "domains.rescan")),
});
