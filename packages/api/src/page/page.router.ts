import { countProcedure, listProcedure } from "../trpc/list-procedure.ts";
import { router } from "../trpc/trpc.ts";
import { listPages } from "./list-pages.ts";

export const pageRouter = router({
  list: listProcedure(listPages),
  count: countProcedure(listPages),
});
