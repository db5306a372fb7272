import { contactReaderOf } from "../rbac/contact-reader.ts";
import { countProcedure, listProcedure } from "../trpc/list-procedure.ts";
import { changedProcedure } from "../trpc/changed-procedure.ts";
import { ONE_SNAPSHOT, router } from "../trpc/trpc.ts";
import { listChangedPages } from "./list-changed-pages.ts";
import { listPages } from "./list-pages.ts";

export const pageRouter = router({
  list: listProcedure(listPages),
  count: countProcedure(listPages),
  changed: changedProcedure(listPages).query(({ ctx, input }) =>
    ctx.db.transaction(
      (tx) => listChangedPages(tx, contactReaderOf(ctx.actor), ctx.start, input),
      ONE_SNAPSHOT,
    ),
  ),
});
