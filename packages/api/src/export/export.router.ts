import { countProcedure, facetsProcedure, listProcedure } from "../trpc/list-procedure.ts";
import { permitted, router } from "../trpc/trpc.ts";
import { exportIdInput } from "./export.contract.ts";
import { getExport } from "./get-export.ts";
import { listExports } from "./list-exports.ts";
import { contactReaderOf } from "../rbac/contact-reader.ts";

export const exportRouter = router({
  list: listProcedure(listExports),
  count: countProcedure(listExports),
  facets: facetsProcedure(listExports),

  byId: permitted("export:read")
    .input(exportIdInput)
    .query(({ ctx, input }) =>
      getExport(ctx.db, ctx.actor.tenantId, input.exportId, contactReaderOf(ctx.actor)),
    ),
});
