import { contactReaderOf } from "../rbac/contact-reader.ts";
import { countProcedure, facetsProcedure, listProcedure } from "../trpc/list-procedure.ts";
import { changedProcedure } from "../trpc/changed-procedure.ts";
import { ONE_SNAPSHOT, router } from "../trpc/trpc.ts";
import { listChangedContacts } from "./list-changed-contacts.ts";
import { listContacts } from "./list-contacts.ts";

export const contactRouter = router({
  list: listProcedure(listContacts),
  count: countProcedure(listContacts),
  facets: facetsProcedure(listContacts),
  changed: changedProcedure(listContacts).query(({ ctx, input }) =>
    ctx.db.transaction(
      (tx) => listChangedContacts(tx, contactReaderOf(ctx.actor), ctx.start, input),
      ONE_SNAPSHOT,
    ),
  ),
});
