import { countProcedure, listProcedure } from "../trpc/list-procedure.ts";
import { router } from "../trpc/trpc.ts";
import { listAudit } from "./list-audit.ts";

export const auditRouter = router({
  list: listProcedure(listAudit),
  count: countProcedure(listAudit),
});
