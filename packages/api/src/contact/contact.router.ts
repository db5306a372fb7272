import { countProcedure, facetsProcedure, listProcedure } from "../trpc/list-procedure.ts";
import { router } from "../trpc/trpc.ts";
import { listContacts } from "./list-contacts.ts";

export const contactRouter = router({
  list: listProcedure(listContacts),
  count: countProcedure(listContacts),
  facets: facetsProcedure(listContacts),
});
